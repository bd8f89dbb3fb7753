"""Accept an offer, once; ask those who made the thing whether they take it themselves."""

from marketplace.domains.contracts.model import WORKFLOW as CONTRACTS
from marketplace.domains.contracts.model import Contract, ContractText, Origin, Side
from marketplace.domains.contracts.repository import find_live_contract, get_contract, get_side, save_contract
from marketplace.domains.contracts.service import draft_contract
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.repository import create_enquiry_node, get_enquiry, renew_audience
from marketplace.domains.enquiries.service import tidy_words
from marketplace.domains.offers.model import WORKFLOW as OFFERS
from marketplace.domains.offers.model import Offer, Thread
from marketplace.domains.offers.repository import get_offer, get_thread
from marketplace.domains.offers.service import hold_offer, keep
from marketplace.kernel.errors import Refused
from marketplace.kernel.first_refusals import Answer, FirstRefusal
from marketplace.kernel.guards import first_refusal_guard, hold, listing_guard
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.technology_contracts import Terms
from marketplace.kernel.trading import Party, binds
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created
from marketplace.processes.deals.model import FIRST_REFUSAL, WORKFLOW
from marketplace.processes.deals.repository import get_first_refusal, get_first_refusals, link_contract, link_taken_up, list_silent, save_answer

AT_ONCE = 100


def accept_offer(uow: UnitOfWork, id: str, version: int, refusal_workdays: int) -> Contract:
    """By the other side, once: the contract is drafted in the same transaction. Raises Refused, saying what happened, for whoever comes too late."""
    thread = get_thread(uow.tx, get_offer(uow.tx, id).enquiry_id, local_day(uow.now))
    if thread.exclusive:
        hold(uow.tx, listing_guard(thread.listing_id))
    offer = hold_offer(uow, id)
    uow.actor.require(Permission.OFFER_ANSWER, offer)
    thread = get_thread(uow.tx, offer.enquiry_id, local_day(uow.now))
    _require_free(uow, offer, thread)
    accepted = keep(uow, OFFERS.step("accept", offer, offer.version, at=uow.now))
    contract = _draft(uow, accepted, thread, refusal_workdays)
    link_contract(uow.tx, id, contract.id)
    return contract


def _require_free(uow: UnitOfWork, offer: Offer, thread: Thread) -> None:
    if offer.holds_until < local_day(uow.now):
        raise Refused(label("The offer has run out."))
    if thread.fault:
        raise Refused(thread.fault)
    if thread.exclusive and find_live_contract(uow.tx, thread.listing_id):
        raise Refused(label("This is sold exclusively, and a contract with somebody else is under way. If it falls through, you can accept again."))


def _draft(uow: UnitOfWork, offer: Offer, thread: Thread, refusal_workdays: int) -> Contract:
    text = ContractText(**content_of(text_of(offer, Terms)), title=thread.title)
    origin = Origin(kind="enquiry", id=thread.id, listing_id=thread.listing_id, achievement_id=thread.achievement_id, need_id=thread.need_id)
    return draft_contract(uow, text, _side(uow, thread.seller), _side(uow, thread.buyer), origin, refusal_workdays)


def _side(uow: UnitOfWork, party: Party) -> Side:
    return get_side(uow.tx, party.kind, party.id)


def waive_first_refusal(uow: UnitOfWork, id: str, version: int) -> FirstRefusal:
    """By the person alone, on the terms that they saw. Raises Stale where others are asked about meanwhile."""
    return _answer(uow, _held(uow, id), version, "waive")


def take_up(uow: UnitOfWork, id: str, version: int, words: str) -> Enquiry:
    """Under the same conditions: the deal stops, and the person writes to the seller in a conversation of their own, which is returned.

    Raises Refused for whoever leads the seller: nobody makes a contract with themselves."""
    words = tidy_words(words, "words")
    asked = _held(uow, id)
    everything = uow.seeing_all()
    contract = get_contract(everything.tx, asked.contract_id)
    if binds(contract.seller) in uow.actor.tokens:
        raise Refused(label("You sign for the seller yourself. Whoever is to take it up for themselves has to hand that over first."))
    _answer(uow, asked, version, "take_up")
    change = CONTRACTS.step("cancel", contract, contract.version, at=uow.now, reason=FIRST_REFUSAL, ended_at=uow.now)
    save_contract(everything.tx, change)
    uow.record(change)
    return _conversation(uow, asked, contract, words)


def _held(uow: UnitOfWork, id: str) -> FirstRefusal:
    """Lock, then read. Raises Forbidden for the parties, Refused where nothing is asked any more."""
    hold(uow.tx, first_refusal_guard(get_first_refusal(uow.tx, id).contract_id))
    asked = get_first_refusal(uow.tx, id)
    uow.actor.require(Permission.FIRST_REFUSAL_ANSWER, asked)
    if not asked.is_pending:
        raise Refused(label("The contract is no longer being written: there is nothing left to answer."))
    if asked.due_on < local_day(uow.now):
        raise Refused(label("The last day for an answer has passed; it counts as waived."))
    return asked


def _answer(uow: UnitOfWork, asked: FirstRefusal, version: int, verb: str) -> FirstRefusal:
    change = WORKFLOW.step(verb, asked, version, at=uow.now, answered_at=uow.now)
    save_answer(uow.tx, change)
    uow.record(change)
    return change.after


def _conversation(uow: UnitOfWork, asked: FirstRefusal, contract: Contract, words: str) -> Enquiry:
    """About the same thing, for oneself, with whoever sells it."""
    about_kind, about = ("listing", contract.listing_id) if contract.listing_id else ("achievement", contract.achievement_id)
    enquiry = Enquiry(
        id=uow.new_id(), number=uow.next_number("YX"), about_kind=about_kind, about_title=contract.title, text=words, created_at=uow.now,
        updated_at=uow.now, spoke_at=uow.now, about_id=about, asker_id=uow.actor.account_id,
        party=Party("worker", asked.worker_id, asked.name), providers=(contract.seller.id,),
    )  # fmt: skip
    create_enquiry_node(uow.tx, enquiry)
    link_taken_up(uow.tx, enquiry.id, contract.id)
    whole = get_enquiry(uow.seeing_all().tx, enquiry.id)
    renew_audience(uow.tx, whole)
    uow.record(created(whole, at=uow.now, verb="ask"))
    return whole


def let_silence_count(uow: UnitOfWork) -> int:
    """Whoever has not answered by the last day has waived; by the schedule of the site. Returns how many."""
    due = list_silent(uow.tx, local_day(uow.now), AT_ONCE)
    for contract in sorted({id.partition(".")[0] for id in due}):
        hold(uow.tx, first_refusal_guard(contract))
    silent = [one for one in get_first_refusals(uow.tx, due) if one.answer is Answer.ASKED and one.due_on < local_day(uow.now)]
    for one in silent:
        _answer(uow, one, one.version, "fall_silent")
    return len(silent)
