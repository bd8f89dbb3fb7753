"""The comparison as the template shows it: columns, groups of rows, what is better, what was folded away."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from marketplace.pages.compare.properties import GROUPS, Property
from marketplace.pages.compare.repository import Thing
from marketplace.pages.compare.state import CompareState, name_of
from marketplace.pages.search.words import KINDS
from marketplace.web.links import page_url, url_of
from marketplace.web.words import translated

ASKED_ABOUT = ("achievement", "listing")
"""Kinds whose makers one asks from here."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`better` is the word for it, where a number allows one."""

    words: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]

    @property
    def is_equal(self) -> bool:
        return len(self.cells) > 1 and len({cell.words for cell in self.cells}) == 1


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


def groups_of(things: list[Thing]) -> list[Group]:
    """Rows in which at least one thing says something."""
    told = [Group(translated(title), tuple(row for one in rows if (row := row_of(one, things)))) for title, rows in GROUPS]
    return [group for group in told if group.rows]


def row_of(one: Property, things: list[Thing]) -> Row | None:
    said = [one.words(thing) for thing in things]
    best = best_of(one, things)
    cells = tuple(Cell(words, translated(one.best) if at in best else "") for at, words in enumerate(said))
    return Row(translated(one.name), cells) if any(said) else None


def best_of(one: Property, things: list[Thing]) -> frozenset[int]:
    """Places of the best number, where at least two can be compared and not all are the same."""
    numbers = {at: number for at, thing in enumerate(things) if (number := one.number(thing)) is not None}
    alike = len({one.like(things[at]) for at in numbers}) == 1
    if not one.best or not alike or len(set(numbers.values())) < 2:
        return frozenset()
    best = max(numbers.values()) if one.most else min(numbers.values())
    return frozenset(at for at, number in numbers.items() if number == best)


def differing(groups: list[Group]) -> list[Group]:
    kept = [Group(group.title, tuple(row for row in group.rows if not row.is_equal)) for group in groups]
    return [group for group in kept if group.rows]


def columns_of(things: list[Thing], state: CompareState) -> list[dict[str, Any]]:
    return [
        {
            "kind": thing.card.kind, "kind_words": translated(KINDS[thing.card.kind]), "title": thing.card.title, "number": thing.card.number,
            "url": url_of(thing.card.kind, thing.card.id), "ref": name_of((thing.card.kind, thing.card.id)),
            "provider": thing.card.provider, "remove_url": page_url(ids=state.without((thing.card.kind, thing.card.id)) or None),
            "ask_url": url_for("enquiries.new", kind=thing.card.kind, id=thing.card.id) if thing.card.kind in ASKED_ABOUT else "",
        }
        for thing in things
    ]  # fmt: skip
