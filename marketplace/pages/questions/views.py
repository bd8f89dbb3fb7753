"""Ask in words: the list of questions, one question with its answer, and what a field offers while one types."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.errors import Forbidden, NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.rings import KINDS
from marketplace.pages.questions.answers import PAGE_SIZE, answer
from marketplace.pages.questions.model import QUESTIONS, Answer, Question
from marketplace.pages.questions.show import Pieces, pieces_of, questions_for, rows_of, words_of
from marketplace.pages.questions.state import Asked, asked_of
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.picking import suggest
from marketplace.web.site import current_site
from marketplace.web.ways import kind_of
from search.errors import SearchUnavailable

room = Blueprint("questions", __name__, url_prefix="/network/questions")


@dataclass(frozen=True, slots=True)
class Looked:
    """One read: the question as it was understood, and what was found."""

    asked: Asked
    pieces: Pieces
    answer: Answer = field(default_factory=Answer)
    cards: tuple[Card, ...] = ()
    away: bool = False


@room.get("")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    return show("questions/index.html", questions=questions_for(current_actor()))


@room.get("/<name>")
@requires(Permission.VISIT)
def ask(name: str) -> ResponseReturnValue:
    if name not in QUESTIONS:
        raise NotFound(name)
    question, actor = QUESTIONS[name], current_actor()
    if not actor.can(question.needs):
        if actor.is_guest:
            return show("questions/closed.html", question=question, questions=questions_for(actor))
        raise Forbidden
    looked = read(look, question, request.args.to_dict())
    if looked.asked.is_ready and looked.asked.parts != _sent(question):
        return redirect(looked.asked.url())
    return show("questions/ask.html", looked.asked.status, **_context(looked))


def _sent(question: Question) -> dict[str, str]:
    return {part.name: request.args[part.name] for part in question.parts if part.name in request.args}


def look(tx: Transaction, question: Question, args: dict[str, str], *, all_of_it: int = 0) -> Looked:
    """`all_of_it`: so many rows from the first, instead of a page."""
    asked = asked_of(tx, question, args)
    pieces = pieces_of(tx, asked)
    if not asked.is_ready:
        return Looked(asked, pieces)
    skip, limit = (0, all_of_it) if all_of_it else ((asked.page - 1) * PAGE_SIZE, PAGE_SIZE)
    try:
        found = answer(tx, current_site().index, asked, skip, limit)
    except SearchUnavailable:
        return Looked(asked, pieces, away=True)
    return Looked(asked, pieces, found, tuple(list_cards(tx, [(row.node.kind, row.node.id) for row in found.rows])))


def _context(looked: Looked) -> dict[str, Any]:
    asked, found = looked.asked, looked.answer
    first = (asked.page - 1) * PAGE_SIZE + 1
    return {
        "question": asked.question, "questions": questions_for(current_actor()), "asked": asked, "pieces": looked.pieces, "away": looked.away,
        "answered": asked.is_ready and not looked.away, "words": words_of(asked) if asked.is_ready else "",
        "rows": rows_of(found, looked.cards, first), "total": found.total, "cut": found.cut, "page": asked.page,
        "pages": max(1, -(-found.total // PAGE_SIZE)), "first": first, "last": first + len(found.rows) - 1,
        "address": asked.url(), "keep_url": url_for("views.new", address=asked.url(), title=words_of(asked)[:80]) if asked.is_ready else "",
    }  # fmt: skip


@room.get("/things")
@requires(Permission.VISIT)
def things() -> ResponseReturnValue:
    """What a field offers while somebody types in it; nothing that they may not see."""
    kinds = [kind for kind in request.args.get("kinds", "").split(",") if kind in KINDS]
    found = read(suggest, one_line(request.args.get("text"))[:60], kinds) if kinds else []
    return jsonify([{"called": one.called, "note": "，".join(words for words in (kind_of(one.node.kind), one.note) if words)} for one in found])
