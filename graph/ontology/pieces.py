"""What labels are put together from: kinds of properties, and those that many labels share."""

from functools import partial

from graph.schema import Kind, Node, Personal, Property, Words


def _property(
    kind: Kind, name: str, en: str, zh: str, *, unique: bool = False, lookup: bool = False, searchable: bool = False, personal: Personal | None = None
) -> Property:
    return Property(name, kind, Words(en, zh), unique=unique, lookup=lookup, searchable=searchable, personal=personal)


text = partial(_property, Kind.TEXT)
texts = partial(_property, Kind.TEXTS)
integer = partial(_property, Kind.INTEGER)
integers = partial(_property, Kind.INTEGERS)
number = partial(_property, Kind.NUMBER)
flag = partial(_property, Kind.BOOLEAN)
time = partial(_property, Kind.TIME)
date = partial(_property, Kind.DATE)


def node(label: str, en: str, zh: str, *properties: Property, glyph: str = "") -> Node:
    return Node(label, Words(en, zh), properties, glyph)


ID = text("id", "Identifier", "标识", unique=True)
VERSION = integer("version", "Version", "版本号")
LOCK = integer("lock", "Lock", "锁")
NUMBER = text("number", "Number", "编号", lookup=True, searchable=True)
STATUS = text("status", "Status", "状态", lookup=True)
AUDIENCE = texts("audience", "Audience", "可见范围")
GUARDED = texts("guarded_audience", "Audience of the guarded side", "受限内容可见范围")
CREATED = time("created_at", "Created", "创建时间")
UPDATED = time("updated_at", "Updated", "更新时间")
PUBLISHED = time("published_at", "Published", "公开时间")
SUBMITTED = time("submitted_at", "Submitted", "提交时间")
SOURCE = text("source_key", "Source identifier", "来源标识", lookup=True)
SOURCE_NAME = text("source", "Source", "来源")
BATCH = text("batch_id", "Import batch", "导入批次", lookup=True)
REASON = text("reason", "Reason", "理由")
NAME = text("name", "Name", "名称", searchable=True)
KNOWN_NAME = text("name", "Name", "名称", lookup=True, searchable=True)
TITLE = text("title", "Title", "标题", searchable=True)
SUMMARY = text("summary", "Description", "说明", searchable=True)
BENEFIT = text("benefit", "Benefit in one line", "一句话效益", searchable=True)
FIELD = text("field", "Technology field", "技术领域", lookup=True)
BASE = (ID, VERSION, LOCK, CREATED, UPDATED)
COPY = text("revision", "Working copy", "修订稿")
ENTERED = text("entered_by", "Entered by", "录入人")
SHOWN = (*BASE, NUMBER, STATUS, COPY, ENTERED, AUDIENCE, SOURCE, SOURCE_NAME, BATCH, PUBLISHED, SUBMITTED, REASON)
