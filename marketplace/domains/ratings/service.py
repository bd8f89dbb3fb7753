"""Give a rating, let both be seen, answer, take down. Each call is one transaction, retried as a whole."""

from marketplace.domains.ratings.model import LONGEST_ANSWER, WORKFLOW, Rating, faults_of
from marketplace.domains.ratings.repository import create_rating_node, get_rating, get_ratings, list_due, list_of_contract, save_rating
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.guards import hold
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created

BATCH = 100


def give_rating(uow: UnitOfWork, rating: Rating) -> Rating:
    """Whoever calls has asked whether they may. The second one lets both be seen.

    Raises Invalid at the mark, Refused for a second one of the same side."""
    if faults := faults_of(rating):
        raise Invalid(faults)
    hold(uow.tx, f"ratings:{rating.contract_id}")
    theirs = list_of_contract(uow.seeing_all().tx, rating.contract_id)
    if any(one.key == rating.key for one in theirs):
        raise Refused(label("Your side has rated already."))
    if any(one.is_shown for one in theirs):
        raise Refused(label("The time for ratings is over: what the other side said is to be read already."))
    create_rating_node(uow.tx, rating)
    uow.record(created(rating, at=uow.now, verb="rate"))
    for one in (*theirs, rating) if theirs else ():
        show_rating(uow, one)
    return rating


def show_rating(uow: UnitOfWork, rating: Rating) -> Rating:
    """Whatever both have said, or the calendar decided: nobody sees the other's word before their own is given."""
    return _save(uow, WORKFLOW.step("show", rating, rating.version, at=uow.now, shown_at=uow.now))


def show_due(uow: UnitOfWork) -> int:
    """The time for rating is over and one side has been silent. Returns how many; a batch at a time."""
    due = get_ratings(uow.tx, list_due(uow.tx, uow.now, BATCH))
    for one in due:
        show_rating(uow, one)
    return len(due)


def answer_rating(uow: UnitOfWork, id: str, version: int, words: str) -> Rating:
    """By whoever was rated, once."""
    rating = get_rating(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["answer"].needs, rating)
    if rating.answered_at is not None:
        raise Refused(label("It has been answered already."))
    if not words.strip() or len(words) > LONGEST_ANSWER:
        raise Invalid({"answer": label("Between 1 and %(most)d characters.")}, most=LONGEST_ANSWER)
    return _save(uow, WORKFLOW.step("answer", rating, version, at=uow.now, answer=words.strip(), answered_at=uow.now))


def take_down_rating(uow: UnitOfWork, id: str, version: int, reason: str) -> Rating:
    """By an officer above who was rated: insults, secrets, what is not about this contract. Both sides read why."""
    rating = get_rating(uow.tx, id)
    uow.actor.require(WORKFLOW.steps["take_down"].needs, rating)
    return _save(uow, WORKFLOW.step("take_down", rating, version, at=uow.now, reason=reason))


def _save(uow: UnitOfWork, change: Change[Rating]) -> Rating:
    save_rating(uow.tx, change)
    uow.record(change)
    return change.after
