"""What may be done at the desk. Deciding itself belongs to the room of the thing that is reviewed."""

from datetime import timedelta
from typing import Any

from marketplace.domains.reviews.model import HOLDING, REPORTING, Declaration, Report, ReportStatus, may_take_over
from marketplace.domains.reviews.repository import (
    count_reports_since,
    create_report_node,
    find_report_of,
    get_report,
    get_review,
    hold_review,
    save_declaration,
    save_report,
)
from marketplace.kernel.errors import Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import PUBLIC, SIGNED_IN, audience
from marketplace.kernel.reviewing import Review
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created

MOST_A_DAY = 20
"""Reports of one account; more is no reader's worry but a flood."""


def claim_review(uow: UnitOfWork, id: str) -> Review:
    """Raises Refused, with the colleague's name, when somebody was faster."""
    review = get_review(uow.tx, id)
    uow.actor.require(Permission.REVIEW_CLAIM, review)
    if uow.actor.account_id in review.stood_back:
        raise Refused(label("You stood back from this case; a colleague decides."))
    return _hold(uow, _held(uow, review, "claim"), "")


def take_over_review(uow: UnitOfWork, id: str) -> Review:
    """An overdue case of a colleague's; both see in its history who took it."""
    review = get_review(uow.tx, id)
    uow.actor.require(Permission.REVIEW_CLAIM, review)
    if not may_take_over(review, uow.now):
        raise Refused(label("Only an overdue case of a colleague's can be taken over."))
    return _hold(uow, _held(uow, review, "take_over"), review.claimed_by)


def _held(uow: UnitOfWork, review: Review, verb: str) -> Change[Review]:
    actor = uow.actor
    return HOLDING.step(
        verb, review, review.version, at=uow.now, claimed_by=actor.account_id, claimed_name=actor.name, claimed_at=uow.now
    )  # fmt: skip


def release_review(uow: UnitOfWork, id: str) -> Review:
    """Back among the unclaimed."""
    review = get_review(uow.tx, id)
    uow.actor.require(Permission.REVIEW_RELEASE, review)
    change = HOLDING.step("release", review, review.version, at=uow.now, claimed_by="", claimed_name="", claimed_at=None)
    return _hold(uow, change, uow.actor.account_id)


def _hold(uow: UnitOfWork, change: Change[Review], held_by: str) -> Review:
    if not hold_review(uow.tx, change, held_by):
        raise Refused(label("%(name)s has claimed this case."), name=get_review(uow.tx, change.id).claimed_name or "–")
    uow.record(change)
    return change.after


def declare_relation(uow: UnitOfWork, id: str, declaration: Declaration) -> Review:
    """A relation to the makers is told of, on the record; who stands back lets the case go and may not decide it."""
    review = get_review(uow.tx, id)
    uow.actor.require(Permission.REVIEW_CLAIM, review)
    me, stands_back = uow.actor.account_id, declaration is Declaration.WITHDRAW
    others = tuple(one for one in review.declared if one != me), tuple(one for one in review.stood_back if one != me)
    mine: dict[str, Any] = {"declared": others[0] if stands_back else (*others[0], me), "stood_back": (*others[1], me) if stands_back else others[1]}
    freed = {"claimed_by": "", "claimed_name": ""} if stands_back and review.claimed_by == me else {}
    change = HOLDING.step("declare", review, review.version, at=uow.now, **(mine | freed))
    save_declaration(uow.tx, change.after)
    uow.record(change)
    return change.after


def report_thing(uow: UnitOfWork, entity: Any, text: str) -> Report:
    """A reader says what is wrong with what they read; one open report a reader and thing."""
    me = uow.actor.account_id
    if not {PUBLIC, SIGNED_IN} & set(audience(entity.READ, entity)):
        raise Refused(label("Only what is public can be reported."))
    if find_report_of(uow.tx, entity.id, me, ReportStatus.OPEN):
        raise Refused(label("You have reported this already; it is being looked at."))
    if count_reports_since(uow.tx, me, uow.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(label("That are many reports for one day; go on tomorrow or call the union."))
    report = Report(
        id=uow.new_id(), kind=entity.KIND, entity_id=entity.id, title=title_of(entity), text=text, by=me, units=tuple(entity.units),
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    uow.actor.require(Permission.REPORT_MAKE, report)
    create_report_node(uow.tx, report)
    uow.record(created(report, at=uow.now))
    return report


def title_of(entity: Any) -> str:
    """Works have a title, people and bodies a name; some things are called otherwise by those outside."""
    if (open_title := getattr(entity, "open_title", None)) is not None:
        return str(open_title)
    return str(getattr(entity, "title", "") or getattr(entity, "name", ""))


def dismiss_report(uow: UnitOfWork, id: str, version: int, reason: str) -> Report:
    """Nothing is wrong with it, and the reader who wrote is told why."""
    report = get_report(uow.tx, id)
    uow.actor.require(Permission.REPORT_DECIDE, report)
    change = REPORTING.step("dismiss", report, version, at=uow.now, reason=reason)
    save_report(uow.tx, change)
    uow.record(change)
    return change.after
