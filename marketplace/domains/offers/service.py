"""What may be done with offers: propose, withdraw, decline, let run out. Accepting one makes a contract, which is a process."""

from datetime import date

from graph.connection import Transaction
from marketplace.domains.offers.model import GONE, WORKFLOW, Offer, Side, Status, Thread
from marketplace.domains.offers.repository import (
    create_offer_node,
    find_listed_terms,
    find_open_offer,
    get_offer,
    get_terms_taken_up,
    get_thread,
    list_offers,
    list_run_out,
    save_offer,
)
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.guards import hold, thread_guard
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import MOST_FEN
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.technology_contracts import PriceMode, Terms, faults_of_terms
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created

LONGEST_STAGE = 3_650
"""Days. Ten years: beyond it a slip of the finger is more likely than a plan."""
AT_ONCE = 100


def propose_offer(uow: UnitOfWork, enquiry_id: str, seen: int, terms: Terms, holds_until: date, note: str = "") -> Offer:
    """The next version in a conversation; the one before it is replaced. `seen` is the last one that the actor has read.

    Raises Invalid where terms and object do not fit, or the other side was faster; Refused where nothing can be offered any more."""
    hold(uow.tx, thread_guard(enquiry_id))
    thread = get_thread(uow.tx, enquiry_id, local_day(uow.now))
    uow.actor.require(Permission.OFFER_MAKE, thread)
    if thread.fault:
        raise Refused(thread.fault)
    if faults := faults_of_offer(terms, thread, holds_until, local_day(uow.now)):
        raise Invalid(faults)
    if thread.last != seen:
        raise Invalid({"seen": label("Meanwhile there is a newer offer. Read it; yours is not sent yet.")})
    _replace_open(uow, enquiry_id)
    return _create(uow, thread, terms, holds_until, note)


def _create(uow: UnitOfWork, thread: Thread, terms: Terms, holds_until: date, note: str) -> Offer:
    side = thread.side_of(uow.actor.tokens) or Side.SELLER
    offer = Offer(
        **content_of(terms), id=uow.new_id(), ordinal=thread.last + 1, side=side, holds_until=holds_until, note=note, created_at=uow.now,
        updated_at=uow.now, enquiry_id=thread.id, title=thread.title, about_kind=thread.about_kind, asking=thread.asking, behind=thread.behind,
        people=thread.people, asker_id=thread.asker_id, entered_by=thread.entered_by, account_id=uow.actor.account_id,
    )  # fmt: skip
    create_offer_node(uow.tx, offer)
    uow.record(created(offer, at=uow.now, verb="propose"))
    return offer


def _replace_open(uow: UnitOfWork, enquiry_id: str) -> None:
    before = find_open_offer(uow.tx, enquiry_id)
    if before is not None:
        keep(uow, WORKFLOW.step("supersede", before, before.version, at=uow.now))


def faults_of_offer(terms: Terms, thread: Thread, holds_until: date, today: date) -> dict[str, Label]:
    """Field → what is wrong."""
    faults = faults_of_terms(terms, patented=thread.patented)
    if "stage_shares" in faults:
        faults["stages"] = faults.pop("stage_shares")
    if any(not 0 <= days <= LONGEST_STAGE for days in terms.stage_days):
        faults["stages"] = label("A stage lies between today and ten years from now.")
    if terms.price_mode is PriceMode.NEGOTIABLE:
        faults["price_mode"] = label("An offer says what it costs, and how it is paid.")
    for name in ("total_fen", "technology_fen"):
        if not 0 <= (getattr(terms, name) or 0) <= MOST_FEN:
            faults[name] = label("This amount cannot be.")
    if holds_until < today:
        faults["holds_until"] = label("This day has passed.")
    return faults


def withdraw_offer(uow: UnitOfWork, id: str, version: int) -> Offer:
    """By the side that made it, until the other has accepted."""
    offer = hold_offer(uow, id)
    uow.actor.require(Permission.OFFER_WITHDRAW, offer)
    return keep(uow, WORKFLOW.step("withdraw", offer, offer.version, at=uow.now))


def decline_offer(uow: UnitOfWork, id: str, version: int, reason: str) -> Offer:
    """By the other side, with a reason that the first one reads."""
    offer = hold_offer(uow, id)
    uow.actor.require(Permission.OFFER_ANSWER, offer)
    return keep(uow, WORKFLOW.step("decline", offer, offer.version, at=uow.now, reason=reason))


def hold_offer(uow: UnitOfWork, id: str) -> Offer:
    """Lock, then read: what it says now holds until the end of the transaction. Raises Refused, saying what happened, where it is no longer open."""
    hold(uow.tx, thread_guard(get_offer(uow.tx, id).enquiry_id))
    offer = get_offer(uow.tx, id)
    if offer.status in GONE:
        raise Refused(GONE[offer.status])
    return offer


def keep(uow: UnitOfWork, change: Change[Offer]) -> Offer:
    """One step of an offer."""
    save_offer(uow.tx, change)
    uow.record(change)
    return change.after


def expire_offers(uow: UnitOfWork) -> int:
    """Those whose last day has passed; by the schedule of the site, never by a person. Returns how many."""
    due = list_run_out(uow.tx, local_day(uow.now), AT_ONCE)
    for id in due:
        hold(uow.tx, thread_guard(get_offer(uow.tx, id).enquiry_id))
        offer = get_offer(uow.tx, id)
        if offer.status is Status.OPEN:
            keep(uow, WORKFLOW.step("expire", offer, offer.version, at=uow.now))
    return len(due)


def find_first_terms(tx: Transaction, thread: Thread) -> Terms:
    """What a new offer begins with: the last one, else what is taken up, else what the listing says."""
    before = list_offers(tx, thread.id)
    if before:
        return text_of(before[-1], Terms)
    if thread.taken_up:
        return get_terms_taken_up(tx, thread.id)
    return (find_listed_terms(tx, thread.listing_id) if thread.listing_id else None) or Terms()
