"""Accept an offer, once; ask those who made the thing whether they take it themselves."""

from marketplace.domains.contracts.model import WORKFLOW as CONTRACTS
from marketplace.domains.contracts.model import Contract, ContractText, Origin, Side
from marketplace.domains.contracts.repository import find_live_contract, get_contract, get_side, save_contract
from marketplace.domains.contracts.service import draft_contract
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.repository import create_enquiry_node
from marketplace.domains.enquiries.service import tidy_words
from marketplace.domains.offers.model import WORKFLOW as OFFERS
from marketplace.domains.offers.model import Offer, Thread
from marketplace.domains.offers.repository import get_offer, get_thread
from marketplace.domains.offers.service import hold_offer, keep
from marketplace.kernel.errors import Refused
from marketplace.kernel.guards import hold, listing_guard, thread_guard
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.technology_contracts import ContractKind, Terms
from marketplace.kernel.trading import Party
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import created
from marketplace.processes.deals.model import FIRST_REFUSAL, WORKFLOW, FirstRefusal, id_of
from marketplace.processes.deals.repository import (
    ask_first,
    get_first_refusal,
    get_first_refusals,
    link_contract,
    list_contributors_with_a_share,
    list_silent,
    save_answer,
)

AT_ONCE = 100
EMPLOYERS = ("studio", "enterprise")


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
    contract = _draft(uow, accepted, thread)
    link_contract(uow.tx, id, contract.id)
    _ask_those_who_made_it(uow, contract, thread, refusal_workdays)
    return contract


def _require_free(uow: UnitOfWork, offer: Offer, thread: Thread) -> None:
    if offer.holds_until < local_day(uow.now):
        raise Refused(label("The offer has run out."))
    if thread.fault:
        raise Refused(thread.fault)
    if thread.exclusive and find_live_contract(uow.tx, thread.listing_id):
        raise Refused(label("This is sold exclusively, and a contract with somebody else is under way. If it falls through, you can accept again."))


def _draft(uow: UnitOfWork, offer: Offer, thread: Thread) -> Contract:
    text = ContractText(**content_of(text_of(offer, Terms)), title=thread.title)
    origin = Origin(kind="enquiry", id=thread.id, listing_id=thread.listing_id, achievement_id=thread.achievement_id, need_id=thread.need_id)
    return draft_contract(uow, text, _side(uow, thread.seller), _side(uow, thread.buyer), origin)


def _side(uow: UnitOfWork, party: Party) -> Side:
    return get_side(uow.tx, party.kind, party.id)


def _ask_those_who_made_it(uow: UnitOfWork, contract: Contract, thread: Thread, workdays: int) -> None:
    """Civil Code, article 847: where an employer or studio transfers what was made in its service. Whoever sells their own work is not asked."""
    if contract.contract_kind is not ContractKind.TRANSFER or contract.seller.kind not in EMPLOYERS or not contract.achievement_id:
        return
    due = workdays_after(local_day(uow.now), workdays)
    asked = [
        FirstRefusal(
            **content_of(text_of(contract, Terms)), id=id_of(contract.id, one.id), contract_id=contract.id, number=contract.number,
            title=contract.title, worker_id=one.id, name=one.name, asked_at=uow.now, due_on=due, enquiry_id=thread.id,
            achievement_id=contract.achievement_id, parties=contract.makers,
        )
        for one in list_contributors_with_a_share(uow.tx, contract.achievement_id)
    ]  # fmt: skip
    ask_first(uow.tx, contract.id, asked)
    uow.record(*(created(one, at=uow.now, verb="ask") for one in asked))


def waive_first_refusal(uow: UnitOfWork, id: str) -> FirstRefusal:
    """By the person alone."""
    return _answer(uow, _held(uow, id), "waive")


def take_up(uow: UnitOfWork, id: str, words: str) -> Enquiry:
    """Under the same conditions: the deal stops, and the person writes to the seller in a conversation of their own, which is returned."""
    words = tidy_words(words, "words")
    asked = _held(uow, id)
    _answer(uow, asked, "take_up")
    everything = uow.seeing_all()
    contract = get_contract(everything.tx, asked.contract_id)
    change = CONTRACTS.step("cancel", contract, contract.version, at=uow.now, reason=FIRST_REFUSAL, ended_at=uow.now)
    save_contract(everything.tx, change)
    uow.record(change)
    return _conversation(uow, asked, get_thread(everything.tx, asked.enquiry_id, local_day(uow.now)), words)


def _held(uow: UnitOfWork, id: str) -> FirstRefusal:
    """Lock, then read. Raises Forbidden for the parties, Refused where nothing is asked any more."""
    hold(uow.tx, thread_guard(get_first_refusal(uow.tx, id).enquiry_id))
    asked = get_first_refusal(uow.tx, id)
    uow.actor.require(Permission.FIRST_REFUSAL_ANSWER, asked)
    if not asked.is_pending:
        raise Refused(label("The contract is no longer being written: there is nothing left to answer."))
    if asked.due_on < local_day(uow.now):
        raise Refused(label("The last day for an answer has passed; it counts as waived."))
    return asked


def _answer(uow: UnitOfWork, asked: FirstRefusal, verb: str) -> FirstRefusal:
    change = WORKFLOW.step(verb, asked, asked.version, at=uow.now, answered_at=uow.now)
    save_answer(uow.tx, change)
    uow.record(change)
    return change.after


def _conversation(uow: UnitOfWork, asked: FirstRefusal, thread: Thread, words: str) -> Enquiry:
    """About the same thing, for oneself, with whoever sells it."""
    enquiry = Enquiry(
        id=uow.new_id(), number=uow.next_number("YX"), about_kind=thread.about_kind, about_title=thread.title, text=words, created_at=uow.now,
        updated_at=uow.now, spoke_at=uow.now, about_id=thread.listing_id or thread.achievement_id, asker_id=uow.actor.account_id,
        party=Party("worker", asked.worker_id, asked.name), providers=tuple(id for id in thread.makers if id != thread.asking.id),
    )  # fmt: skip
    create_enquiry_node(uow.tx, enquiry)
    uow.record(created(enquiry, at=uow.now, verb="ask"))
    return enquiry


def let_silence_count(uow: UnitOfWork) -> int:
    """Whoever has not answered by the last day has waived; by the schedule of the site. Returns how many."""
    silent = get_first_refusals(uow.tx, list_silent(uow.tx, local_day(uow.now), AT_ONCE))
    for one in silent:
        _answer(uow, one, "fall_silent")
    return len(silent)
