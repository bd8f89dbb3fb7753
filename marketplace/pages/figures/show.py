"""Rows of the tables as a page and an export show them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.kernel.labels import Label, label
from marketplace.pages.figures.state import NONE
from marketplace.processes.figures.model import COUNTS, DIMENSIONS, Quartiles, Row, Sheet
from marketplace.web.taxonomies import field_name
from marketplace.web.words import NOTHING, translated

WORDS: dict[str, Label] = {
    "published": label("Public achievements"), "mature": label("Public long enough"), "converted": label("Of these under contract"),
    "enquired": label("Asked about"), "offered": label("Offer made"), "concluded": label("Under contract"), "fulfilled": label("Contract fulfilled"),
    "adopted": label("Use confirmed"), "needs": label("Needs published"), "answered": label("Needs answered"),
    "solved": label("Needs under contract"), "introduced": label("Needs with an introduction"),
    "opened": label("Introduction accepted by both sides"),
    "led": label("Introduction that led to a contract"),
}  # fmt: skip
FUNNEL = ("published", "enquired", "offered", "concluded", "fulfilled", "adopted")
BROUGHT = ("introduced", "opened", "led")
PARTS: dict[str, Label] = {"low": label("quarter"), "middle": label("half"), "high": label("three quarters")}
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Count:
    """`value` None is withheld; `url` leads to the list behind it."""

    words: str
    value: int | None
    url: str
    share: int | None = None


def count_of(sheet: Sheet, row: Row, name: str, dimension: str = "", whole: int | None = None) -> Count:
    value: int | None = getattr(row, name)
    cell: dict[str, Any] = {dimension: row.key or NONE} if dimension else {}
    share = round(10_000 * value / whole) if value is not None and whole else None
    return Count(translated(WORDS[name]), value, url_for("figures.behind", scope=sheet.id, what=name, **cell), share)


def funnel_of(sheet: Sheet) -> list[Count]:
    """Each step beside the first."""
    return [count_of(sheet, sheet.tables.total, name, whole=sheet.tables.total.published) for name in FUNNEL]


def brought_of(sheet: Sheet) -> list[Count]:
    """What came of introductions, each step beside the needs that have one."""
    return [count_of(sheet, sheet.tables.total, name, whole=sheet.tables.total.introduced) for name in BROUGHT]


def key_words(dimension: str, key: str) -> str:
    if not key:
        return str(_("none given"))
    return field_name(key) if dimension == "field" else key


def rows_of(sheet: Sheet, dimension: str) -> list[dict[str, Any]]:
    """`told`: at least one figure stands in it; the others are named in one line below the table. `brought`: something of it
    was introduced, as far as that is told."""
    rows: tuple[Row, ...] = getattr(sheet.tables, dimension)
    shown = ("published", "mature", "converted", "concluded", "adopted", "needs", "answered", "solved")
    return [
        {"words": key_words(dimension, row.key),
         "counts": {name: count_of(sheet, row, name, dimension) for name in (*shown, *BROUGHT)}, "rate": rate_words(row),
         "told": any(getattr(row, name) for name in shown), "brought": any(getattr(row, name) for name in BROUGHT),
         "answer": span_words(row.answer_hours), "contract": days_words(row.contract_days)}
        for row in (sorted(rows, key=lambda one: one.key, reverse=dimension == "year"))
    ]  # fmt: skip


def rate_words(row: Row) -> str:
    """Withheld with either of its parts."""
    return NOTHING if row.rate is None else f"{row.rate:.1f}%"


def span_words(spans: Quartiles) -> str:
    """The middle one, in hours below two days."""
    if spans.middle is None:
        return NOTHING
    hours = spans.middle
    return str(_("%(n)s h", n=f"{hours:.1f}") if hours < 2 * HOURS_A_DAY else _("%(n)s days", n=f"{hours / HOURS_A_DAY:.1f}"))


def days_words(spans: Quartiles) -> str:
    return NOTHING if spans.middle is None else str(_("%(n)s days", n=f"{spans.middle:.0f}"))


def answer_note(spans: Quartiles) -> str:
    return _spread(spans, span_words)


def contract_note(spans: Quartiles) -> str:
    return _spread(spans, days_words)


def _spread(spans: Quartiles, words: Callable[[Quartiles], str]) -> str:
    if spans.middle is None:
        return str(_("too few to tell"))
    low, high = words(Quartiles(1, None, spans.low)), words(Quartiles(1, None, spans.high))
    return str(_("the middle half between %(low)s and %(high)s", low=low, high=high))


def header() -> list[str]:
    spans = [_("%(what)s: %(part)s", what=what, part=translated(part)) for what in (_("Hours to the first answer"), _("Days to the contract"))
             for part in PARTS.values()]  # fmt: skip
    return [_("Table"), _("Cell"), *(translated(WORDS[name]) for name in COUNTS), *spans]


def lines_of(sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    yield _line(_("Total"), "", sheet.tables.total)
    for dimension, words in DIMENSIONS.items():
        for row in getattr(sheet.tables, dimension):
            yield _line(translated(words), key_words(dimension, row.key), row)


def _line(table: str, words: str, row: Row) -> tuple[Any, ...]:
    spans = [getattr(one, part) for one in (row.answer_hours, row.contract_days) for part in PARTS]
    counts = [NOTHING if getattr(row, name) is None else getattr(row, name) for name in COUNTS]
    return (table, words, *counts, *(NOTHING if one is None else round(one, 2) for one in spans))
