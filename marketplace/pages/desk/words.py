"""Deadlines, steps and what a thing says, as the desk words them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from marketplace.domains.reviews.model import STAGE_LABELS, Check
from marketplace.kernel.labels import Label, label
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.rooms import Room, steps_named
from marketplace.kernel.workdays import SHANGHAI, local_day, workdays_between
from marketplace.web.taxonomies import field_name
from marketplace.web.words import moment, money, percent, plain, translated

KIND_LABELS: dict[str, Label] = {
    "achievement": label("Achievement"), "listing": label("Listing"), "need": label("Need"), "patent": label("Patent"), "studio": label("Studio"),
    "association": label("Association"), "enterprise": label("Enterprise"), "worker": label("Person"),
    "registration": label("Registration"), "challenge": label("Open challenge"),
    "auction": label("Auction"),
}  # fmt: skip


def kind_words(kind: str) -> str:
    return translated(KIND_LABELS.get(kind, kind))


@dataclass(frozen=True, slots=True)
class Deadline:
    words: str
    tone: str


def deadline_of(due_at: datetime, now: datetime) -> Deadline:
    """In workdays of the national calendar: overdue, due today at an hour, or how many are left."""
    days = workdays_between(local_day(now), local_day(due_at))
    if due_at < now:
        return Deadline(_("overdue by %(n)s workdays", n=-days) if days else _("overdue since %(hour)s", hour=_hour(due_at)), "error")
    if days == 0:
        return Deadline(_("due today %(hour)s", hour=_hour(due_at)), "due")
    return Deadline(_("%(n)s workdays left", n=days), "neutral")


def _hour(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%H:%M")


def outcome_words(room: Room | None, verb: str) -> str:
    """A step's own word for having been done."""
    return next((translated(step.done) for step in steps_named(room, verb)), verb)


def timeline_of(reviews: list[Review], room: Room | None, now: datetime) -> list[dict[str, Any]]:
    """Every round: who sent it, who took it, how it ended; then what comes next."""
    events = [event for review in reviews for event in _round(review, room, now)]
    is_open = any(review.status is ReviewStatus.OPEN for review in reviews)
    return [*events, _afterwards(room)] if is_open else events


def _afterwards(room: Room | None) -> dict[str, Any]:
    if room is not None and room.kind == "registration":
        return _event(_("They are let in"), [_("Whoever registered is told.")], "todo")
    return _event(_("Becomes public"), [_("The makers are told.")], "todo")


def _round(review: Review, room: Room | None, now: datetime) -> list[dict[str, Any]]:
    stage = translated(STAGE_LABELS.get(review.stage, review.stage))
    events = [_event(_("Sent in"), [review.unit_name, moment(review.created_at)], "done")]
    if review.claimed_at and review.claimed_name:
        events.append(_event(_("Claimed"), [review.claimed_name, moment(review.claimed_at)], "done"))
    if review.status is ReviewStatus.OPEN:
        day = workdays_between(local_day(review.created_at), local_day(now)) + 1
        return [*events, _event(stage, [_("Workday %(n)s, under way", n=day)], "now")]
    lines = [review.claimed_name, moment(review.closed_at), review.reason]
    return [*events, _event(outcome_words(room, review.outcome), lines, "done")]


def _event(title: str, lines: list[str], state: str) -> dict[str, Any]:
    return {"title": title, "lines": [line for line in lines if line], "state": state}


def check_of(check: Check, entity: Any, url: str) -> dict[str, Any]:
    """One line of the checklist with what the thing itself says about it."""
    said = (SAY.get(name, _said)(getattr(entity, name, None)) for name in check.says)
    note = "，".join(words for words in said if words)
    nothing = _("nothing stated") if check.says else ""
    return {"words": translated(check.words), "note": note or nothing, "url": url, "link": _("See"), "done": False}


def _said(value: Any) -> str:
    words = plain(value) if value not in (None, "", ()) else ""
    return words.replace("\n", "、")[:120]


def _people(contributions: Any) -> str:
    return "、".join(f"{one.name} {percent(one.share)}" for one in contributions)


def _adopters(adoptions: Any) -> str:
    return "、".join(f"{one.enterprise_name} {money(one.saving_fen) if one.saving_fen else ''}".strip() for one in adoptions)


def _files(files: Any) -> str:
    return "、".join(one.name for one in files)


def _amount(fen: int | None) -> str:
    return money(fen) if fen is not None else ""


SAY: dict[str, Callable[[Any], str]] = {
    "contributions": _people, "adoptions": _adopters, "files": _files, "budget_low_fen": _amount, "budget_high_fen": _amount, "price_fen": _amount,
    "field": lambda code: field_name(code) if code else "",
}  # fmt: skip
