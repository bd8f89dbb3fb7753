"""Introduce two, answer for one's side, and begin their conversation when both have said yes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from graph.connection import Transaction
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.repository import create_enquiry_node, get_enquiry
from marketplace.domains.enquiries.service import tidy_words
from marketplace.domains.introductions.model import WORKFLOW, Introduction, Pair, Side, Status, key_of
from marketplace.domains.introductions.repository import (
    count_made_since,
    create_introduction_node,
    find_introduction_status,
    get_introduction,
    link_enquiry,
    save_introduction,
)
from marketplace.domains.listings.repository import get_listing
from marketplace.domains.needs.repository import get_need
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.guards import hold
from marketplace.kernel.labels import label
from marketplace.kernel.own_needs import link_need
from marketplace.kernel.permission import Permission
from marketplace.kernel.trading import Party
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created
from marketplace.processes.introducing.model import Bounds
from marketplace.processes.introducing.repository import acts_for, are_speaking, get_pair

ONCE = label("You have introduced these two already.")
ONCE_WITHDRAWN = label("You have introduced these two already and withdrew it, which is final. Somebody else may introduce them.")
THING: dict[str, Callable[[Transaction, str], Any]] = {"achievement": get_achievement, "listing": get_listing}


def introduce(uow: UnitOfWork, need_id: str, thing_kind: str, thing_id: str, why: str, bounds: Bounds) -> Introduction:
    """Raises NotFound for what the scout may not read, Forbidden for one's own, Refused for what is over, done already, or too much for a day."""
    pair = get_pair(uow.tx, need_id, thing_kind, thing_id)
    uow.actor.require(Permission.INTRODUCTION_MAKE, pair)
    hold(uow.tx, f"scout:{uow.actor.account_id}")
    _require_new(uow, pair, bounds)
    one = Introduction(
        id=uow.new_id(), number=uow.next_number("QX"), key=key_of(uow.actor.account_id, pair), need_title=pair.need_title,
        thing_kind=pair.thing_kind, thing_title=pair.thing_title, why=_tidy(why, bounds), created_at=uow.now, updated_at=uow.now,
        need_id=pair.need_id, thing_id=pair.thing_id, scout_id=uow.actor.account_id, scout_name=uow.actor.name, needing=pair.needing,
        providing=pair.providing,
    )  # fmt: skip
    create_introduction_node(uow.tx, one)
    uow.record(created(one, at=uow.now, verb="introduce"))
    return one


def _tidy(why: str, bounds: Bounds) -> str:
    text = why.strip()
    if not bounds.least <= len(text) <= bounds.most:
        raise Invalid({"why": label("Between %(least)d and %(most)d characters.")}, least=bounds.least, most=bounds.most)
    return text


def _require_new(uow: UnitOfWork, pair: Pair, bounds: Bounds) -> None:
    _require_public(uow.tx, pair.need_id, pair.thing_kind, pair.thing_id)
    if not pair.needing or not pair.providing:
        raise Refused(label("Nobody stands behind it who could answer."))
    if set(pair.needing) & set(pair.providing):
        raise Refused(label("Both belong to the same: there is nobody to introduce."))
    if before := find_introduction_status(uow.tx, key_of(uow.actor.account_id, pair)):
        raise Refused(ONCE_WITHDRAWN if before is Status.WITHDRAWN else ONCE)
    if count_made_since(uow.tx, uow.actor.account_id, uow.now - timedelta(days=1)) >= bounds.a_day:
        raise Refused(label("You have introduced a great deal today; go on tomorrow."))


def _require_public(tx: Transaction, need_id: str, thing_kind: str, thing_id: str) -> None:
    try:
        both = get_need(tx, need_id).is_public and THING[thing_kind](tx, thing_id).is_public
    except NotFound:
        both = False
    if not both:
        raise Refused(label("One of the two is not public any more, so nothing can come of it."))


def pair_guard(need_id: str, thing_id: str) -> str:
    """Of the answers to whatever introduces the two: one conversation comes of it, whoever answers at the same moment."""
    return f"introduction:{need_id}:{thing_id}"


def accept_introduction(uow: UnitOfWork, id: str, opening: str = "") -> Introduction:
    """By one side; the needing one says its first words with it. The second yes begins the conversation.

    Raises Refused for a second yes of the same side, for what is over, and where the two speak already."""
    one, side = _held(uow, id)
    if one.accepted_at(side):
        raise Refused(label("Your side has accepted already; the other one has not answered yet."))
    _require_public(uow.seeing_all().tx, one.need_id, one.thing_kind, one.thing_id)
    if are_speaking(uow.tx, one.need_id, one.thing_id):
        raise Refused(label("A conversation about the two is under way already: it stands among your enquiries."))
    if side is Side.NEEDING:
        words: dict[str, Any] = {"needing_at": uow.now, "opening": tidy_words(opening, "opening"), "asker_id": uow.actor.account_id}
        return _open(uow, one, words) if one.providing_at else _save(uow, WORKFLOW.step("accept", one, one.version, at=uow.now, **words))
    return _accept_for_provider(uow, one)


def _accept_for_provider(uow: UnitOfWork, one: Introduction) -> Introduction:
    """Where whoever spoke for the needing side has left since, that side is asked anew."""
    said: dict[str, Any] = {"providing_at": uow.now}
    if not one.needing_at:
        return _save(uow, WORKFLOW.step("accept", one, one.version, at=uow.now, **said))
    if one.opening and acts_for(uow.tx, one.asker_id, one.needing, uow.now):
        return _open(uow, one, said)
    anew: dict[str, Any] = {"needing_at": None, "opening": "", "asker_id": ""}
    return _save(uow, WORKFLOW.step("accept", one, one.version, at=uow.now, **said, **anew))


def decline_introduction(uow: UnitOfWork, id: str, _version: int, reason: str) -> Introduction:
    """By either side, also after its own yes; the scout and the other side read the reason. What was to be the first word goes."""
    one, side = _held(uow, id)
    return _save(uow, WORKFLOW.step("decline", one, one.version, at=uow.now, reason=reason, declined_by=side, opening="", asker_id=""))


def withdraw_introduction(uow: UnitOfWork, id: str, version: int, reason: str) -> Introduction:
    """By the scout, until both have accepted; both sides read the reason. What was to be the first word goes.

    Raises Stale where a side has answered since the scout looked: whoever takes back a yes should know of it."""
    one = _locked(uow, id)
    uow.actor.require(Permission.INTRODUCTION_WITHDRAW, one)
    return _save(uow, WORKFLOW.step("withdraw", one, version, at=uow.now, reason=reason, opening="", asker_id=""))


def _locked(uow: UnitOfWork, id: str) -> Introduction:
    """Lock, then read all of it. Raises Refused for what is over."""
    seen = get_introduction(uow.tx, id)
    hold(uow.tx, pair_guard(seen.need_id, seen.thing_id))
    one = get_introduction(uow.seeing_all().tx, id)
    if not one.is_open:
        raise Refused(label("This step is not open any more: somebody may have been faster."))
    return one


def _held(uow: UnitOfWork, id: str) -> tuple[Introduction, Side]:
    """Locked, and for which side the actor speaks. Raises Forbidden for the scout and for whoever belongs to both."""
    one = _locked(uow, id)
    uow.actor.require(Permission.INTRODUCTION_ANSWER, one)
    sides = one.sides_of(uow.actor.tokens)
    if len(sides) != 1:
        raise Forbidden(label("You belong to both sides: a colleague answers."))
    return one, sides[0]


def _open(uow: UnitOfWork, one: Introduction, said: dict[str, Any]) -> Introduction:
    """The first words move to where they are answered."""
    opening = said.get("opening", one.opening)
    opened = _save(uow, WORKFLOW.step("open", one, one.version, at=uow.now, **(said | {"opening": ""})))
    enquiry = _conversation(uow, opened, opening)
    link_enquiry(uow.tx, one.id, enquiry.id)
    return opened


def _conversation(uow: UnitOfWork, one: Introduction, opening: str) -> Enquiry:
    """As if the needing side had asked about the thing for its need; both are told of it by the introduction."""
    enquiry = Enquiry(
        id=uow.new_id(), number=uow.next_number("YX"), about_kind=one.thing_kind, about_title=one.thing_title, text=opening, created_at=uow.now,
        updated_at=uow.now, spoke_at=uow.now, about_id=one.thing_id, asker_id=one.asker_id, party=Party("enterprise", one.needing[0]),
        providers=one.providing,
    )  # fmt: skip
    create_enquiry_node(uow.tx, enquiry)
    link_need(uow.tx, enquiry.id, one.need_id)
    whole = get_enquiry(uow.seeing_all().tx, enquiry.id)
    uow.record(created(whole, at=uow.now))
    return whole


def _save(uow: UnitOfWork, change: Change[Introduction]) -> Introduction:
    save_introduction(uow.tx, change)
    uow.record(change)
    return change.after
