"""The words of the interface: what is extracted from the sources, and what the catalogue owes."""

import re
from collections.abc import Iterable
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

# `gettext` and `ngettext` are what a template's {% trans %} becomes.
KEYWORDS = {"_": None, "_l": None, "label": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2)}
METHODS = {".py": "python", ".html": "jinja2", ".txt": "jinja2"}
STRANGE = {"咨询": "consulting", "协会": "Technical association", "需求": None, "供应": None, "投诉": None, "询价": None}
"""Words that the site does not use (意向, 技协, 难题, 供给, 举报), and the one English word that each may stand for."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
Msgid = str | tuple[str, ...]
Translated = Msgid | list[str] | None


def extracted(text: str, suffix: str) -> list[Msgid]:
    """The msgids of one source, in their order."""
    options = {"silent": "false", "extensions": "jinja2.ext.do, jinja2.ext.loopcontrols"} if suffix != ".py" else {}
    rows = extract(METHODS[suffix], BytesIO(text.encode()), keywords=KEYWORDS, options=options)
    return [msgid for _, msgid, *_ in rows if msgid]


def faults(catalogue: Catalog, msgids: Iterable[Msgid]) -> list[str]:
    """What a reader of this language would see in English, doubtful, or with a gap."""
    found = []
    for msgid in msgids:
        message = catalogue.get(msgid if isinstance(msgid, str) else msgid[0])
        found += [f"{fault}: {msgid!r}" for fault in _message_faults(message)]
    return found


def _message_faults(message: Message | None) -> list[str]:
    if message is None or not any(_texts(message.string)):
        return ["untranslated"]
    faults = ["fuzzy"] if message.fuzzy else []
    if not all(_texts(message.string)):
        faults.append("a plural form is missing")
    if any(set(PLACEHOLDER.findall(text)) - _placeholders(message.id) for text in _texts(message.string)):
        faults.append("unknown placeholder")
    if not message.pluralizable and _placeholders(message.id) - _placeholders(message.string):
        faults.append("lost placeholder")
    return faults


def _texts(string: Translated) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def _placeholders(string: Translated) -> set[str]:
    return {found for text in _texts(string) for found in PLACEHOLDER.findall(text)}


def compiled_differs(po: bytes, mo: bytes) -> bool:
    """Whether somebody translated and forgot to compile."""
    return _strings(read_po(BytesIO(po))) != _strings(read_mo(BytesIO(mo)))


def _strings(catalogue: Catalog) -> dict[str, list[str]]:
    said = [message for message in catalogue if message.id and not message.fuzzy and any(_texts(message.string))]
    return {_texts(message.id)[0]: _texts(message.string) for message in said}


def strange_words(catalogue: Catalog) -> list[str]:
    """One thing has one name: what a translation calls by another."""
    pairs = [(str(message.id), text) for message in catalogue if message.id for text in _texts(message.string)]
    return [
        f"{word}: {msgid!r}" for msgid, text in pairs for word, meant in STRANGE.items() if word in text and (meant is None or meant not in msgid)
    ]
