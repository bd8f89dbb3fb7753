"""Words and figures as the reader's language writes them: filters for templates, labels for forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from babel.dates import format_date, format_datetime
from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString

from graph.ontology import ONTOLOGY
from graph.schema import Words
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import wan_of, yuan_of
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.kernel.workdays import SHANGHAI

NOTHING = "–"


class Speech(NamedTuple):
    """A language and its messages."""

    language: str
    messages: NullTranslations


UNASKED = Speech("zh", NullTranslations())


def speech() -> Speech:
    """Of the reader, looked up once a request: a page asks some hundreds of times, and the library's own look-up took a tenth of the page."""
    if not has_app_context():
        return UNASKED
    known: Speech | None = g.get("speech")
    if known is None:
        locale = get_locale()
        known = g.speech = Speech(locale.language, get_translations()) if locale else UNASKED
    return known


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language than the reader's, for what is written for somebody else."""
    before = g.pop("speech", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.speech = before


def locale_code() -> str:
    return speech().language


def catalogue() -> NullTranslations:
    return speech().messages


def translated(text: Label | str, **values: Any) -> str:
    """A msgid in the reader's language."""
    if not text:
        return ""
    said = str(catalogue().ugettext(text))
    return said % values if values else said


def say(text: Label | str, **values: Any) -> Any:
    """As `translated`, but at the moment of showing: for labels of fields, made once at import."""
    return LazyString(lambda: translated(text, **values)) if text else ""


def word(words: Words | None) -> str:
    """Bilingual data, such as a technology field or a name of the ontology."""
    if words is None:
        return NOTHING
    return words.zh if locale_code().startswith("zh") else words.en


@cache
def _words(node: str, name: str) -> Words:
    return ONTOLOGY.node(node).property(name).words


def names(node: str, name: str) -> Any:
    """The ontology's name of a property, in the reader's language."""
    words = _words(node, name)
    return LazyString(lambda: word(words))


def day(value: date | datetime | None) -> str:
    if value is None:
        return NOTHING
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return local.isoformat() if locale_code().startswith("zh") else format_date(local, "d MMM y", locale="en")


def moment(value: datetime | None) -> str:
    if value is None:
        return NOTHING
    local = value.astimezone(SHANGHAI)
    return (
        local.strftime("%Y-%m-%d %H:%M") if locale_code().startswith("zh") else format_datetime(local, "d MMM y, HH:mm", tzinfo=SHANGHAI, locale="en")
    )


def money(fen: int | None) -> str:
    return NOTHING if fen is None else f"¥{yuan_of(fen)}"


def yuan(fen: int) -> str:
    """Always two decimals, and a true minus: the figures of a column stand below each other."""
    return f"{'−' if fen < 0 else ''}{abs(fen) / 100:,.2f}"


def wan(fen: int | None) -> str:
    return NOTHING if fen is None else wan_of(fen)


def percent(basis_points: int | None) -> str:
    return NOTHING if basis_points is None else f"{basis_points / 100:g}%"


def size_of(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1_048_576:.1f} MB" if count >= 1_048_576 else f"{max(1, round(count / 1024))} KB"


def level_name(level: str) -> str:
    """A skill level; nothing for a person who has none."""
    return translated(LEVEL_LABELS[level]) if level in LEVEL_LABELS else ""


def property_name(name: str, node: str) -> str:
    """The ontology's name of a property; its own name where it stands for a relation."""
    try:
        return word(_words(node, name))
    except KeyError:
        return translated(PARTS.get(name, name))


PARTS = {
    "contributions": label("Contributors and shares"),
    "adoptions": label("Where it is used"),
    "skills": label("Skills"),
    "inventors": label("Inventors in order"),
    "certificates": label("Certificates"),
    "union_name": label("Union above it"),
}
"""Parts of a form that are relations in the graph."""


def plain(value: Any) -> str:
    """Any value of a version as text, for comparing."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, tuple):
        return "\n".join(plain(one) for one in value)
    if is_dataclass(value):
        parts = (getattr(value, one.name) for one in fields(value))
        return " ".join(str(part) for part in parts if part not in ("", None))
    return day(value) if isinstance(value, date) else str(value)


FILTERS = {
    "t": translated, "word": word, "day": day, "moment": moment, "money": money, "yuan": yuan, "wan": wan, "percent": percent, "bytes": size_of,
    "property_name": property_name, "level_name": level_name,
}  # fmt: skip
