"""Write a challenge, have it reviewed, object to its choice. What touches its teams is a process."""

from typing import Any

from marketplace.domains.challenges.model import OBJECTING, WORKFLOW, Challenge, ChallengeText, Course, Objection
from marketplace.domains.challenges.repository import (
    add_proof,
    create_challenge_node,
    create_objection_node,
    find_open_need,
    get_challenge,
    list_objections,
    save_challenge,
    save_objection,
)
from marketplace.kernel import publishing
from marketplace.kernel.criteria import WHOLE
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.files import Checked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.parties import find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelf
from marketplace.kernel.revisions import content_of
from marketplace.kernel.stored_file import Access, StoredFile, stored_file
from marketplace.kernel.technology_contracts import WHOLE as ALL_SHARES
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Workflow, created, edited

NEEDED = ("title", "problem", "field", "prize_fen", "apply_until", "indicators", "open_to", "criterion_names")


def create_challenge(uow: UnitOfWork, text: ChallengeText, enterprise_id: str, course: Course, need_id: str = "") -> Challenge:
    """A draft of an enterprise, by one of its users or by an officer above it; from one of its open needs, or written anew."""
    _require_order(text)
    seat = find_seat(uow.tx, "enterprise", enterprise_id)
    tokens = {f"maker:{enterprise_id}", *(f"officer:{unit}" for unit in seat.units), "system"}
    if not seat.enterprise_id or not tokens & uow.actor.tokens:
        raise Forbidden(label("You can announce a challenge only for your own enterprise."))
    need = find_open_need(uow.tx, need_id)
    if need_id and (need is None or need.name != enterprise_id):
        raise Invalid({"title": label("A challenge comes from an open need of the same enterprise.")})
    challenge = Challenge(
        **content_of(text), **content_of(course), id=uow.new_id(), number=uow.next_number("JB"), entered_by=uow.actor.account_id, created_at=uow.now,
        updated_at=uow.now, organisation_id=seat.organisation_id, organisation_name=seat.organisation_name, units=seat.units, area=seat.area,
        enterprise_id=seat.enterprise_id, enterprise_name=seat.enterprise_name, need_id=need_id,
    )  # fmt: skip
    create_challenge_node(uow.tx, challenge)
    uow.record(created(challenge, at=uow.now))
    return challenge


def _require_order(text: ChallengeText) -> None:
    """Raises Invalid where what a draft says already does not fit together."""
    if text.criterion_weights and (sum(text.criterion_weights) != WHOLE or min(text.criterion_weights) <= 0):
        raise Invalid({"criteria": label("The weights must be 100 % together, and none of them nothing.")})
    if text.stage_shares and (sum(text.stage_shares) != ALL_SHARES or min(text.stage_shares) < 0):
        raise Invalid({"stages": label("The stages must be 100 % together.")})
    if list(text.stage_days) != sorted(text.stage_days):
        raise Invalid({"stages": label("Each milestone comes after the one before.")})
    if text.escrow_fen is not None and not text.escrow_place:
        raise Invalid({"escrow_place": label("Say where the money lies: this site holds none.")})


def revise_challenge(uow: UnitOfWork, id: str, version: int, text: ChallengeText) -> Challenge:
    """Only before it is announced: teams rely on what was public."""
    _require_order(text)
    before = get_challenge(uow.tx, id)
    uow.actor.require(Permission.CHALLENGE_EDIT, before)
    if not before.is_unsent:
        raise Refused(label("What has been sent in or announced is not changed any more."))
    return publishing.rewrite(uow, SHELF, before, version, text)


def faults_of(challenge: Challenge) -> dict[str, Label]:
    """What review needs. The last day lies in the future, and what is set aside is no more than all prizes."""
    rows = {"indicators": "figures", "criterion_names": "criteria"}
    faults = {rows.get(name, name): label("Review needs this; fill it in first.") for name in NEEDED if not getattr(challenge, name)}
    today = local_day(challenge.submitted_at or challenge.updated_at)
    if challenge.apply_until and challenge.apply_until <= today:
        faults["apply_until"] = label("This day has passed.")
    if challenge.escrow_fen and challenge.escrow_fen > (challenge.prize_fen or 0) * challenge.winners_most:
        faults["escrow_fen"] = label("That is more than all prizes together.")
    if not challenge.units:
        faults["title"] = label("No unit stands behind it yet, so nobody could review it.")
    return faults


def follows_from(text: ChallengeText) -> dict[str, Any]:
    """Nothing besides the text itself."""
    return {}


def unit_name_of(challenge: Challenge) -> str:
    """Where it comes from, as the desk says it."""
    return challenge.enterprise_name


SHELF = Shelf(ChallengeText, get_challenge, save_challenge, WORKFLOW, Workflow(field="revision"), faults_of, follows_from, unit_name_of)


def submit_challenge(uow: UnitOfWork, id: str, version: int) -> Challenge:
    """To the sub-district or industry above the enterprise's base union."""
    return publishing.send(uow, SHELF, id, version)


def publish_challenge(uow: UnitOfWork, id: str, version: int) -> Challenge:
    """Open for applications. Raises Refused where the last day has passed while it waited."""
    waiting = get_challenge(uow.tx, id)
    if waiting.apply_until and waiting.apply_until < local_day(uow.now):
        raise Refused(label("Its last day has passed; return it, so that the enterprise sets a later one."))
    return publishing.publish(uow, SHELF, id, version)


def return_challenge(uow: UnitOfWork, id: str, version: int, reason: str) -> Challenge:
    """Back to the enterprise, with what is to be mended."""
    return publishing.give_back(uow, SHELF, id, version, reason)


def file_proof(uow: UnitOfWork, id: str, file: Checked, place: str) -> StoredFile:
    """Of the money that was set aside, or of the payment. The bytes lie in the file store already."""
    challenge = get_challenge(uow.tx, id)
    uow.actor.require(Permission.CHALLENGE_EDIT, challenge)
    added = stored_file(uow.new_id(), file, place, Access.SIGNED_IN, uow.now)
    add_proof(uow.tx, id, added)
    uow.record(edited(challenge, challenge.version, at=uow.now, verb="add-file"))
    return added


def object_to_choice(uow: UnitOfWork, id: str, words: str) -> Objection:
    """While the choice is under public notice, one open objection an account. Raises Invalid, Refused, Forbidden."""
    if not words.strip():
        raise Invalid({"words": label("Say what is wrong with the choice.")})
    challenge = get_challenge(uow.tx, id)
    uow.actor.require(Permission.CHALLENGE_OBJECT, challenge)
    change = WORKFLOW.step("object", challenge, challenge.version, at=uow.now)
    if challenge.notice_until and local_day(uow.now) > challenge.notice_until:
        raise Refused(label("The public notice is over."))
    if any(one.account_id == uow.actor.account_id and one.decided_at is None for one in list_objections(uow.tx, id)):
        raise Refused(label("You have objected already; it waits for a decision."))
    save_challenge(uow.tx, change)
    objection = Objection(
        id=uow.new_id(), challenge_id=id, account_id=uow.actor.account_id, words=words.strip(), created_at=uow.now, updated_at=uow.now
    )  # fmt: skip
    create_objection_node(uow.tx, objection, challenge.review_units)
    uow.record(change)
    return objection


def settle_objection(uow: UnitOfWork, challenge: Challenge, objection_id: str, verb: str, answer: str) -> Objection:
    """The officer's answer in words; what follows for the choice is the process'. Raises NotFound, Invalid, Refused."""
    uow.actor.require(Permission.OBJECTION_DECIDE, challenge)
    if not answer.strip():
        raise Invalid({"answer": label("Give the reason: it is shown to those concerned.")})
    raised = next((one for one in list_objections(uow.tx, challenge.id) if one.id == objection_id), None)
    if raised is None:
        raise NotFound(objection_id)
    if raised.account_id == uow.actor.account_id:
        raise Forbidden(label("Nobody decides about their own objection."))
    change = OBJECTING.step(verb, raised, raised.version, at=uow.now, answer=answer.strip(), decided_at=uow.now)
    save_objection(uow.tx, change)
    return change.after
