"""A question as a sentence with fields in it, and its answer as rows, worded for the reader."""

import re
from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.actor import Actor
from marketplace.kernel.cards import Card
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.pages.questions.model import QUESTIONS, Answer, Control, Part, Question, Row
from marketplace.pages.questions.repository import list_areas
from marketplace.pages.questions.state import SEVERAL, Asked
from marketplace.web.links import url_of
from marketplace.web.taxonomies import field_choices, field_name
from marketplace.web.ways import chain_of, kind_of, network_url, sentence_of
from marketplace.web.words import level_name, translated

PLACE = re.compile(r"%\((\w+)\)s")
Pieces = list[tuple[str, Any]]


def pieces_of(tx: Transaction, asked: Asked) -> Pieces:
    """The sentence in its order: ("text", words) and ("part", field)."""
    parts = {part.name: part for part in asked.question.parts}
    split = PLACE.split(translated(asked.question.sentence))
    said = [("part", _field(tx, asked, parts[text])) if number % 2 else ("text", text.strip()) for number, text in enumerate(split)]
    return [(kind, one) for kind, one in said if one]


def _field(tx: Transaction, asked: Asked, part: Part) -> dict[str, Any]:
    fault = asked.faults.get(part.name) or (SEVERAL if part.name in asked.offered else None)
    typed = asked.things[part.name].called if part.name in asked.things else asked.typed.get(part.name, "")
    return {
        "name": part.name, "words": translated(part.words), "blank": translated(part.blank), "control": part.control.value, "needed": part.needed,
        "value": typed or asked.code(part.name), "kinds": ",".join(part.kinds), "options": _options(tx, part),
        "fault": translated(fault) if fault else "",
        "offered": [
            (thing.node.kind, thing.called, thing.note, asked.url(**{part.name: thing.node.id})) for thing in asked.offered.get(part.name, ())
        ],
    }  # fmt: skip


def _options(tx: Transaction, part: Part) -> list[tuple[str, str]]:
    if part.control is Control.LEVEL:
        return [(value, translated(words)) for value, words in LEVEL_LABELS.items()]
    if part.control is Control.AREA:
        return [(area, area) for area in list_areas(tx)]
    return [(code, words) for code, words in field_choices() if code] if part.control is Control.FIELD else []


def words_of(asked: Asked) -> str:
    """The whole question in one sentence, as a title."""
    said = {part.name: _said(asked, part) for part in asked.question.parts}
    return " ".join(translated(asked.question.sentence, **said).split())


def _said(asked: Asked, part: Part) -> str:
    if part.name in asked.things:
        return asked.things[part.name].node.label
    code = asked.code(part.name)
    if part.control is Control.TICK:
        return _("(%(words)s)", words=translated(part.words)) if code else ""
    if not code:
        return asked.typed.get(part.name) or translated(part.blank)
    return {Control.LEVEL: level_name, Control.FIELD: field_name}.get(part.control, str)(code)


def rows_of(answer: Answer, cards: Iterable[Card], first: int) -> list[dict[str, Any]]:
    by = {card.id: card for card in cards}
    return [_row(row, by.get(row.node.id), first + place) for place, row in enumerate(answer.rows)]


def _row(row: Row, card: Card | None, place: int) -> dict[str, Any]:
    return {
        "place": place, "kind": row.node.kind, "kind_words": kind_of(row.node.kind), "label": row.node.label,
        "url": url_of(row.node.kind, row.node.id) if card else network_url(row.node), "network_url": network_url(row.node),
        "level": level_name(card.level) if card else "", "unit": (card.provider or "") if card else "", "area": (card.area or "") if card else "",
        "why": [sentence_of(way) for way in row.ways], "chains": [chain_of(way) for way in row.ways], "words": row.words, "count": row.count,
        "steps": row.ways[0].steps if row.ways else 0,
    }  # fmt: skip


def questions_for(actor: Actor) -> list[dict[str, Any]]:
    """All that the reader may ask; a guest also sees what signing in opens."""
    return [_entry(one, actor) for one in QUESTIONS.values() if actor.can(one.needs) or (actor.is_guest and not _is_for_officers(one))]


def _is_for_officers(question: Question) -> bool:
    return question.needs == "review-desk"


def _entry(question: Question, actor: Actor) -> dict[str, Any]:
    blanks = {part.name: "" if part.control is Control.TICK else "…" for part in question.parts}
    return {
        "name": question.name, "words": " ".join(translated(question.sentence, **blanks).split()), "note": translated(question.example),
        "url": url_for("questions.ask", name=question.name), "is_open": actor.can(question.needs),
    }  # fmt: skip
