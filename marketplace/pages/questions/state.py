"""The address as a question and back: every part read, looked up and bounded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from graph.connection import Transaction
from marketplace.kernel.labels import Label, label
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.kernel.ways import Node
from marketplace.pages.questions.model import Control, Part, Question
from marketplace.pages.questions.repository import list_areas
from marketplace.web.forms import one_line
from marketplace.web.picking import LONGEST, Picked, Thing, pick
from marketplace.web.taxonomies import taxonomies

MOST_PAGES = 50
UNKNOWN = label("Choose one of the list.")
NOTHING = label("Nothing of this name that you can see.")
SEVERAL = label("Several fit: choose one.")
NEEDED = label("Fill this in.")
ANY = label("Fill in at least one part.")
SAME = label("Choose two different things.")
AWAY = label("Search is away for a moment: write the whole name or the number.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parts as the reader gave them. `faults` and `offered` stand at their part."""

    question: Question
    codes: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Label] = field(default_factory=dict)
    offered: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def is_blank(self) -> bool:
        return not any((self.codes, self.things, self.typed))

    @property
    def is_ready(self) -> bool:
        return not self.is_blank and not self.faults and not self.offered

    @property
    def status(self) -> int:
        return 422 if self.faults else 200

    def id(self, name: str) -> str:
        return self.things[name].node.id if name in self.things else ""

    def code(self, name: str) -> str:
        return self.codes.get(name, "")

    def node(self, name: str) -> Node:
        return self.things[name].node

    @property
    def parts(self) -> dict[str, str]:
        """As the address says it, shortest form."""
        said = {**self.typed, **self.codes, **{name: thing.node.id for name, thing in self.things.items()}}
        return {part.name: said[part.name] for part in self.question.parts if part.name in said}

    def url(self, **more: Any) -> str:
        return url_for("questions.ask", name=self.question.name, **(self.parts | more))


def asked_of(tx: Transaction, question: Question, args: Mapping[str, str]) -> Asked:
    """What no part knows is left aside; what does not fit stands as a fault at its part."""
    given = {part.name: one_line(args.get(part.name))[:LONGEST] for part in question.parts}
    given = {name: text for name, text in given.items() if text}
    codes: dict[str, str] = {}
    things: dict[str, Thing] = {}
    typed: dict[str, str] = {}
    faults: dict[str, Label] = {}
    offered: dict[str, tuple[Thing, ...]] = {}
    for part in question.parts:
        if (text := given.get(part.name, "")) and part.control is not Control.THING:
            codes[part.name] = text
            faults |= {} if _knows(tx, part, text) else {part.name: UNKNOWN}
        elif text:
            _look_up(part, pick(tx, text, part.kinds), things, typed, faults, offered)
    faults |= _missing(question, given) if given else {}
    ends = [thing.node.id for name, thing in things.items() if name in ("a", "b")]
    faults |= {"b": SAME} if len(ends) != len(set(ends)) else {}
    return Asked(question, codes, things, typed, faults, offered, _page(args.get("page", "")))


def _look_up(
    part: Part, found: Picked, things: dict[str, Thing], typed: dict[str, str], faults: dict[str, Label], offered: dict[str, tuple[Thing, ...]]
) -> None:
    if found.thing is not None:
        things[part.name] = found.thing
        return
    typed[part.name] = found.text
    if part.free:
        return
    if found.offered:
        offered[part.name] = found.offered
    else:
        faults[part.name] = AWAY if found.away else NOTHING


def _knows(tx: Transaction, part: Part, code: str) -> bool:
    if part.control is Control.LEVEL:
        return code in LEVEL_LABELS
    if part.control is Control.FIELD:
        return code in taxonomies().fields
    return code == "1" if part.control is Control.TICK else code in list_areas(tx)


def _missing(question: Question, given: Mapping[str, str]) -> dict[str, Label]:
    if all(part.control is Control.TICK for part in question.parts if part.name in given):
        return {question.parts[0].name: ANY}
    return {part.name: NEEDED for part in question.parts if part.needed and part.name not in given}


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
