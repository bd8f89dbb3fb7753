"""Extracts the messages of the site, keeps the Chinese catalogue up to date, and compiles it."""

import sys
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.house.rules.catalogue import Msgid, Translated, compiled_differs, extracted, faults
from tests.house.rules.source import ROOT, python_sources, template_sources

PO = ROOT / "marketplace/translations/zh_CN/LC_MESSAGES/messages.po"
MO = PO.with_suffix(".mo")
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def all_messages() -> list[Msgid]:
    """Every msgid of the sources, once."""
    found = [msgid for one in [*python_sources(), *template_sources()] for msgid in extracted(one.text, Path(one.path).suffix)]
    return list({msgid if isinstance(msgid, str) else msgid[0]: msgid for msgid in sorted(found, key=_weight)}.values())


def _weight(msgid: Msgid) -> tuple[int, str]:
    """Plurals last, so that they win over a singular of the same words."""
    return (0, msgid) if isinstance(msgid, str) else (1, msgid[0])


def read_catalogue() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_CN")
    return read_po(BytesIO(PO.read_bytes()), locale="zh_CN")


def renewed(old: Catalog, msgids: list[Msgid], words: dict[str, str]) -> Catalog:
    """A catalogue of exactly these messages. Nothing is guessed: what has no translation stays empty."""
    new = Catalog(locale="zh_CN", project="jiangchuang", version="1", creation_date=UNDATED, revision_date=UNDATED, fuzzy=False)
    for msgid in msgids:
        key = msgid if isinstance(msgid, str) else msgid[0]
        known = old.get(key)
        text = words.get(key) or (_plain(known.string) if known and not known.fuzzy else "")
        new.add(msgid, string=text if isinstance(msgid, str) else (text,), flags=_flags(key))
    return new


def _flags(key: str) -> list[str]:
    return ["python-format"] if "%(" in key else []


def _plain(string: Translated) -> str:
    return string if isinstance(string, str) else next(iter(string or ()), "")


def read_words(files: list[str]) -> dict[str, str]:
    """Lines of `msgid<TAB>translation`. Raises ValueError for a line without a tab."""
    words: dict[str, str] = {}
    for file in files:
        for line in Path(file).read_text(encoding="utf-8-sig").splitlines():
            if line.strip() and not line.startswith("#"):
                msgid, text = line.replace("\\n", "\n").split("\t", 1)
                words[msgid] = text.strip()
    return words


def write(catalogue: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    PO.write_bytes(text.getvalue())
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    MO.write_bytes(compiled.getvalue())


def complaints() -> list[str]:
    """What `check` finds."""
    if not PO.exists():
        return [f"{PO.relative_to(ROOT)} is missing: run bin/messages"]
    found = faults(read_catalogue(), all_messages())
    if not MO.exists() or compiled_differs(PO.read_bytes(), MO.read_bytes()):
        found.append("messages.mo is not what messages.po says: run bin/messages")
    return found


def main(arguments: list[str]) -> int:
    """Exit code 1 while anything is untranslated or uncompiled."""
    if arguments != ["check"]:
        write(renewed(read_catalogue(), all_messages(), read_words(arguments)))
    found = complaints()
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(all_messages())} messages, {len(found)} to mend")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
