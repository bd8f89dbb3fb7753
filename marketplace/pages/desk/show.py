"""Tabs, filters, queue and the chosen case, as the template shows them."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.domains.reviews.model import CHECKS, HOLDING, REPORTING, Report, may_take_over
from marketplace.kernel.actor import Actor
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.rooms import Room
from marketplace.pages.desk.repository import Choices, Counts
from marketplace.pages.desk.state import ORDER_LABELS, TAB_LABELS, DeskState
from marketplace.pages.desk.words import Deadline, check_of, deadline_of, kind_words, timeline_of
from marketplace.web.frame import steps_for
from marketplace.web.links import step_url, url_of
from marketplace.web.words import day, moment, translated

DECIDES = ("publish", "endorse", "return", "publish_revision", "return_revision", "open", "approve", "refuse")
"""Steps of a room that end a review; other steps of the thing are on its own page."""


def tabs_of(state: DeskState, counts: Counts) -> list[dict[str, Any]]:
    return [
        {"words": translated(words), "count": getattr(counts, tab), "url": state.url(tab=tab, case="", page=1), "active": tab == state.tab}
        for tab, words in TAB_LABELS.items()
    ]


def filters_of(state: DeskState, choices: Choices) -> list[dict[str, Any]]:
    kinds = [("", _("Matter: all")), *((kind, kind_words(kind)) for kind in sorted(choices.kinds))]
    units = [("", _("Unit: all")), *((unit, unit) for unit in sorted(choices.units)[:200] if unit)]
    orders = [(value, translated(words)) for value, words in ORDER_LABELS.items()]
    asked = (("kind", _("Matter"), kinds, state.kind), ("unit", _("Unit"), units, state.unit), ("sort", _("Order"), orders, state.order))
    return [
        {"name": name, "label": words, "options": [(value, text, value == now) for value, text in options]} for name, words, options, now in asked
    ]


def row_of(review: Review, state: DeskState, actor: Actor, now: datetime) -> dict[str, Any]:
    mine, is_open = review.claimed_by == actor.account_id, review.status is ReviewStatus.OPEN
    deadline = deadline_of(review.due_at, now) if is_open else Deadline(_("returned %(day)s", day=day(review.closed_at)), "neutral")
    free = is_open and not review.claimed_by and review.id in _claimable(review, actor)
    return {
        "title": review.title, "url": state.url(case=review.id), "note": "，".join(one for one in (review.number, review.unit_name) if one),
        "deadline_words": deadline.words, "tone": deadline.tone,
        "mark": None if is_open else "arrow-return-left", "holder": "" if mine else review.claimed_name, "mine": mine and is_open,
        "claim": HOLDING.steps["claim"] if free else None, "claim_url": _hold_url(review, "claim"), "version": review.version,
        "selected": review.id == state.case, "id": review.id, "back": state.url(case=review.id),
    }  # fmt: skip


def _claimable(review: Review, actor: Actor) -> tuple[str, ...]:
    allowed = actor.can(HOLDING.steps["claim"].needs, review) and actor.account_id not in review.stood_back
    return (review.id,) if allowed else ()


def _hold_url(review: Review, verb: str) -> str:
    return url_for("reviews.hold", id=review.id, verb=verb)


def report_row(report: Report, state: DeskState) -> dict[str, Any]:
    return {
        "title": report.title or kind_words(report.kind), "url": state.url(case=report.id),
        "note": report.text, "deadline_words": moment(report.created_at), "tone": "due",
        "mark": "flag", "holder": "", "mine": False, "claim": None, "version": report.version, "selected": report.id == state.case,
        "id": report.id,
    }  # fmt: skip


def case_of(
    review: Review, entity: Any, rounds: list[Review], room: Room | None, employers: list[str], actor: Actor, now: datetime
) -> dict[str, Any]:
    """Everything that an officer looks at before they decide."""
    is_open, deadline = review.status is ReviewStatus.OPEN, deadline_of(review.due_at, now)
    returned = next((one.reason for one in reversed(rounds) if one.reason), None)
    return {
        **thing_of(review.kind, review.entity_id, entity), "title": review.title, "deadline_words": deadline.words if is_open else "",
        "tone": deadline.tone, "facts": _facts(review, entity), "timeline": timeline_of(rounds, room, now), "returned_reason": returned,
        **conflict_of(review, actor, employers), "steps": _decisions(review, entity, actor) if is_open else [],
        "holding": _holding(review, actor, now) if is_open else [],
    }  # fmt: skip


def thing_of(kind: str, id: str, entity: Any) -> dict[str, Any]:
    """The reviewed thing itself, as far as the officer may read it."""
    url = url_of(kind, id)
    return {
        "kind": kind, "kind_words": kind_words(kind), "lead": getattr(entity, "benefit", "") or getattr(entity, "abstract", ""), "url": url,
        "checks": [check_of(check, entity, url) for check in CHECKS.get(kind, ())] if entity else [], "pairs": [],
        "version": getattr(entity, "version", 0),
    }  # fmt: skip


def _facts(review: Review, entity: Any) -> list[str]:
    sent = _("sent in %(day)s", day=day(review.created_at))
    return [one for one in (review.number, review.unit_name, getattr(entity, "area", ""), sent) if one]


def conflict_of(review: Review, actor: Actor, employers: list[str]) -> dict[str, Any]:
    """Whoever made or entered it may not decide; who works with a maker must say so first."""
    me = actor.account_id
    url = url_for("reviews.declare", id=review.id)
    said = "withdraw" if me in review.stood_back else "none" if me in review.declared else ""
    if not actor.can(HOLDING.steps["claim"].needs, review):
        words = _("You helped to make or to enter this, so you may not decide it: a colleague does.")
        return {"conflict": words, "conflict_url": None, "declared": ""}
    if employers:
        words = _(
            "You and a maker belong to the same employer, %(name)s. That does not exclude you, but it must be declared.", name="、".join(employers)
        )
        return {"conflict": words, "conflict_url": url, "declared": said}
    if said == "withdraw":
        return {"conflict": _("You stood back from this case; a colleague decides."), "conflict_url": url, "declared": said}
    return {"conflict": None, "conflict_url": None, "declared": said}


def _decisions(review: Review, entity: Any, actor: Actor) -> list[tuple[Any, str]]:
    """The thing's own steps, unless a colleague holds the case or the officer stood back."""
    me = actor.account_id
    if entity is None or review.claimed_by not in ("", me) or me in review.stood_back:
        return []
    return [(step, step_url(step, entity)) for step in steps_for(entity) if step.name in DECIDES]


def _holding(review: Review, actor: Actor, now: datetime) -> list[tuple[Any, str]]:
    verbs = []
    if _claimable(review, actor):
        verbs = ["claim"] if not review.claimed_by else ["take_over"] if may_take_over(review, now) else []
    if review.claimed_by == actor.account_id:
        verbs = ["release"]
    return [(HOLDING.steps[verb], _hold_url(review, verb)) for verb in verbs]


def report_case(report: Report, entity: Any, rounds: list[Review], room: Room | None, now: datetime) -> dict[str, Any]:
    """A reported thing: leave it, or take it down with its own room's step."""
    taking = [(step, step_url(step, entity)) for step in steps_for(entity) if step.name == "take_down"] if entity else []
    return {
        **thing_of(report.kind, report.entity_id, entity), "title": report.title or kind_words(report.kind),
        "deadline_words": "", "tone": "due", "checks": [],
        "facts": [_("reported %(at)s", at=moment(report.created_at))], "timeline": timeline_of(rounds, room, now), "returned_reason": None,
        "reported": report.text, "conflict": None, "conflict_url": None, "steps": taking,
        "holding": [(REPORTING.steps["dismiss"], url_for("reviews.dismiss", id=report.id))], "holding_version": report.version,
    }  # fmt: skip
