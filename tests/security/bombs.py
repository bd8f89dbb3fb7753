"""Small files that would become large, or run without end, in whoever opens them trustingly; and good ones to compare them with."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from itertools import count

from fpdf import FPDF
from PIL import Image

MEGABYTE = 1024 * 1024
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OUTSIDE = 'TargetMode="External"'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
BOOK = (
    f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE[:-1]}">'
    '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def related(kind: str, target: str, more: str = "") -> str:
    return RELATIONS.format(f'<Relationship Id="rId1" Type="{OFFICE}{kind}" Target="{target}" {more}/>')


def zipped(parts: dict[str, str | bytes | Iterable[bytes]]) -> bytes:
    """Parts that come in pieces are never whole in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            if isinstance(content, str | bytes):
                packed.writestr(name, content)
                continue
            with packed.open(name, "w", force_zip64=True) as part:
                for piece in content:
                    part.write(piece)
    return out.getvalue()


def book(sheet: str | Iterable[bytes], **more: str | bytes | Iterable[bytes]) -> bytes:
    parts: dict[str, str | bytes | Iterable[bytes]] = {
        "[Content_Types].xml": DECLARED + CONTENT_TYPES, "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": DECLARED + BOOK, "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": DECLARED + sheet if isinstance(sheet, str) else sheet,
    }  # fmt: skip
    return zipped(parts | more)


def cells(*places: str) -> str:
    rows = "".join(f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>' for place in places)
    return f"{SHEET}<sheetData>{rows}</sheetData></worksheet>"


def letter(body: str = "<w:p><w:r><w:t>说明</w:t></w:r></w:p>", **more: str | bytes | Iterable[bytes]) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"{DECLARED}<w:document {space}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document} | more)


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]><document>&l11;</document>'
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


def pieces(text: bytes, megabytes: int, before: bytes = b"", after: bytes = b"") -> Iterable[bytes]:
    block = text * (MEGABYTE // len(text))
    yield before
    for _ in range(megabytes):
        yield block
    yield after


def lying(content: bytes, part: str, size: int) -> bytes:
    """The same file, whose directory says that the part is as small as this, with the check sum of that beginning."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        info = packed.getinfo(part)
        with packed.open(part) as opened:
            crc = zlib.crc32(opened.read(size))
    changed = bytearray(content)
    at = content.rindex(part.encode()) - 46
    assert changed[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", changed, at + 16, crc)
    struct.pack_into("<I", changed, at + 24, size)
    assert struct.unpack_from("<I", content, at + 24)[0] == info.file_size
    return bytes(changed)


def sheet_xml(size: int) -> Iterable[bytes]:
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 1_000 + b"</t></is></c></row>"
    return pieces(row, size, SHEET.encode() + b"<sheetData>", b"</sheetData></worksheet>")


def nested(depth: int) -> bytes:
    return letter("<w:p>" * depth + "</w:p>" * depth)


def shared(texts: int, length: int, columns: int, rows: int) -> bytes:
    """One long text that many cells show."""
    line = "".join(f'<c r="{column}%d" t="s"><v>0</v></c>' for column in list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[:columns])
    sheet = "".join(f'<row r="{row}">{line.replace("%d", str(row))}</row>' for row in range(1, rows + 1))
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"<si><t>" + "a" * length + "</t></si>"}</sst>'
    links = RELATIONS.format(
        f'<Relationship Id="rId1" Type="{OFFICE}worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}sharedStrings" Target="sharedStrings.xml"/>'
    )
    return book(f"{SHEET}<sheetData>{sheet}</sheetData></worksheet>", **{"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": links})


def png(width: int, height: int) -> bytes:
    """Says how large it is, and packs nothing but zeros: 20,000 by 20,000 are 1.6 GB in 2 MB."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    line = bytes(width * 4 + 1)
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(side: int = 64, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(out, "JPEG", **options)
    return out.getvalue()


def many_scans() -> bytes:
    """A progressive picture whose last scan is said over and over."""
    picture = jpeg(2_000, progressive=True)
    last = picture.rindex(b"\xff\xda")
    return picture[:last] + picture[last:-2] * 3_000 + b"\xff\xd9"


def pdf() -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.cell(text="evidence")
    return bytes(document.output())


def written_pdf(*objects: bytes) -> bytes:
    """Object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in zip(count(1), objects, strict=False):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def stream(content: bytes, more: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (more, len(content), content)


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


PAGES = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")


def doubling(depth: int) -> bytes:
    """Each knot of the tree of pages holds the next one ten times."""
    knots = [b"<< /Type /Pages /Kids [%s] /Count 10 >>" % (b"%d 0 R " % (number + 1) * 10) for number in range(2, depth + 2)]
    return written_pdf(PAGES[0], *knots, b"<< /Type /Page >>")


def scripted(opening: bytes) -> bytes:
    return written_pdf(b"<< /Type /Catalog /Pages 2 0 R %s >>" % opening, *PAGES[1:3], stream(zlib.compress(b"q Q")))


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "picture of 400 million points": ("a.png", lambda: png(20_000, 20_000)), "picture just over the limit": ("a.png", lambda: png(10_000, 5_001)),
    "three thousand scans": ("a.jpg", many_scans), "packed 400 MB": ("a.xlsx", lambda: book(sheet_xml(400))),
    "much beside the document": ("a.docx", lambda: letter(**{"word/media/a.bin": pieces(b"\0", 400)})),
    "packed 400 MB in a letter": ("a.docx", lambda: zipped({"word/document.xml": pieces(b"<p>a</p>", 400, b"<d>", b"</d>")})),
    "directory that lies": ("a.xlsx", lambda: lying(book(sheet_xml(400)), "xl/worksheets/sheet1.xml", 4_000)),
    "two cells, far apart": ("a.xlsx", lambda: book(cells("A1", "XFD1048576"))),
    "two rows, far apart": ("a.xlsx", lambda: book(cells("A1", "Z1048576"))),
    "one text in every cell": ("a.xlsx", lambda: shared(1, 90_000, 26, 20_000)), "endless cell": ("a.xlsx", lambda: shared(1, 50_000_000, 1, 1)),
    "deep letter": ("a.docx", lambda: nested(1_000_000)), "endless word": ("a.docx", lambda: letter("<w:p a='" + "a" * 100_000_000 + "'/>")),
    "a million names": ("a.docx", lambda: letter("".join(f"<n{n}/>" for n in range(1_000_000)))), "a billion laughs": ("a.docx", laughs),
    "six thousand parts": ("a.docx", lambda: letter(**{f"word/{n}.xml": "<a/>" for n in range(6_000)})),
    "page of two gigabytes": ("a.pdf", lambda: written_pdf(*PAGES, stream(zeros(1_024)))),
    "page packed twice": (
        "a.pdf", lambda: written_pdf(*PAGES, stream(zlib.compress(zeros(1_024)), b"/Filter [/FlateDecode /FlateDecode]")),
    ),
    "ten to the fortieth pages": ("a.pdf", lambda: doubling(40)), "pages in a ring": ("a.pdf", lambda: written_pdf(PAGES[0], b"<< /Kids [2 0 R] >>")),
    "deep array": ("a.pdf", lambda: written_pdf(b"<< /Pages 2 0 R /X " + b"[" * 200_000 + b"]" * 200_000 + b" >>", *PAGES[1:])),
}  # fmt: skip
"""By what they are: the name under which they are sent, and how they are made."""

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "program": ("a.pdf", lambda: b"MZ\x90\x00"), "page of HTML": ("a.png", lambda: b"<html><script>1</script>"),
    "drawing that runs": ("a.svg", lambda: b"<svg onload='x'/>"), "HTML called text": ("a.html", lambda: b"<script>1</script>"),
    "picture of another kind": ("a.png", jpeg), "picture called PDF": ("a.pdf", jpeg), "text that is none": ("a.txt", lambda: b"a\x00b"),
    "half a letter": ("a.docx", lambda: letter()[:-40]), "letter called table": ("a.xlsx", letter),
    "macros": ("a.docx", lambda: letter(**{"word/vbaProject.bin": b"x"})),
    "template elsewhere": (
        "a.docx",
        lambda: letter(**{"word/_rels/settings.xml.rels": related("attachedTemplate", "http://a.example/t.dotm", OUTSIDE)}),
    ),
    "script at opening": ("a.pdf", lambda: scripted(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
    "named script": ("a.pdf", lambda: scripted(b"/Names << /JavaScript << /Names [] >> >>")),
    "program at opening": ("a.pdf", lambda: scripted(b"/OpenAction << /S /Launch /F (cmd.exe) >>")),
    "PDF without pages": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF"), "no ending": ("evidence", lambda: b"text"), "ending alone": (".pdf", pdf),
}  # fmt: skip

GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "picture": ("a.png", lambda: png(40, 30)), "photograph": ("a.JPG", jpeg), "progressive photograph": ("a.jpeg", lambda: jpeg(progressive=True)),
    "PDF": ("a.pdf", pdf), "PDF by hand": ("a.pdf", lambda: scripted(b"/OpenAction [3 0 R /Fit]")), "letter": ("a.docx", letter),
    "letter with a link": ("a.docx", lambda: letter(**{"word/_rels/document.xml.rels": related("hyperlink", "http://a.example", OUTSIDE)})),
    "table": ("a.xlsx", lambda: book(cells("A1", "AD99999"))), "deep but not endless": ("a.docx", lambda: nested(200)),
    "text": ("a.txt", lambda: "说明".encode()), "register": ("a.csv", lambda: "编号,名称\n1,夹具\n".encode("utf-8-sig")),
}  # fmt: skip
