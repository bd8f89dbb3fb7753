"""Count what was missed, decide about it, forget it in time."""

from datetime import datetime, timedelta

from graph.connection import Transaction
from marketplace.domains.missed.model import LONGEST_NOTE, MOST_A_DAY, WORKFLOW, MissedWords, id_of
from marketplace.domains.missed.repository import begin_to_count, count_again, count_kept, forget_before, get_missed, is_name, save_missed, take_turn
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change


def count_miss(tx: Transaction, words: str, results: int, now: datetime) -> None:
    """One more search for `words` (as `words_to_count` gives them) found so few. No change of anybody's, so no audit: it would name a person."""
    day = local_day(now)
    if count_again(tx, words, day, results):
        return
    take_turn(tx)
    if count_kept(tx, day) >= MOST_A_DAY or is_name(tx, words):
        return
    begin_to_count(tx, MissedWords(id=id_of(words), words=words, created_at=now, updated_at=now), day)
    count_again(tx, words, day, results)


def dismiss_missed(uow: UnitOfWork, id: str) -> MissedWords:
    """They are no loss; they stay off the list, however often they are typed, until they are forgotten."""
    return _step(uow, id, "dismiss")


def hand_on_missed(uow: UnitOfWork, id: str, version: int, note: str) -> MissedWords:
    """Somebody takes care, and the note says who and how. Raises Invalid without one, Stale when somebody decided meanwhile."""
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise Invalid({"note": label("Say in a few words who takes care of it and how: at most 500 characters.")})
    return _step(uow, id, "hand_on", version, note=note.strip())


def reopen_missed(uow: UnitOfWork, id: str) -> MissedWords:
    """Back on the list."""
    return _step(uow, id, "reopen", note="")


def forget_misses(uow: UnitOfWork, days: int) -> int:
    """What is older than so many days; a batch at a time."""
    take_turn(uow.tx)
    return forget_before(uow.tx, local_day(uow.now) - timedelta(days=days))


def _step(uow: UnitOfWork, id: str, verb: str, version: int | None = None, **news: str) -> MissedWords:
    missed = get_missed(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, missed)
    change: Change[MissedWords] = WORKFLOW.step(verb, missed, missed.version if version is None else version, at=uow.now, **news)
    save_missed(uow.tx, change)
    uow.record(change)
    return change.after
