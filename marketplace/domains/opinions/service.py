"""Say what one thinks of a match, think again, take it back; and of its publisher: what a new version answers."""

from collections.abc import Collection
from dataclasses import replace

from marketplace.domains.opinions.model import MARKING, REASONS, WORKFLOW, MarkStatus, MatchOpinion, Pair, Repairable, RepairMark, Status, Verdict
from marketplace.domains.opinions.repository import (
    create_mark_node,
    create_opinion_node,
    get_pair,
    get_repairable,
    hold_agreed,
    hold_mark,
    hold_opinion,
    mark_key,
    save_mark,
    save_opinion,
)
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created

KINDS = ("achievement", "listing")
"""What has a publisher who can repair its text."""


def give_opinion(uow: UnitOfWork, need_id: str, kind: str, thing_id: str, verdict: str, tell: bool = False) -> str:
    """Once for each account, need and thing; saying it again changes it. Returns what was said before, empty for nothing.

    `tell`: whoever passes for a reason agrees to hear once when a new version answers it.

    Raises NotFound unless both may be seen, Forbidden for those who stand behind the thing, Invalid for words that are none of ours."""
    pair = _pair(uow, need_id, kind, thing_id)
    if verdict not in list(Verdict):
        raise Invalid({"verdict": label("Choose one of the reasons.")})
    before, said = hold_opinion(uow.tx, _key(uow, pair)), Verdict(verdict)
    if before is None:
        _create(uow, pair, said, tell and said in REASONS)
        return ""
    _save(uow, WORKFLOW.step("say", before, before.version, at=uow.now, verdict=said, ordinal=pair.ordinal, tell=tell and said in REASONS))
    return before.verdict if before.status is Status.GIVEN else ""


def take_opinion_back(uow: UnitOfWork, need_id: str, kind: str, thing_id: str) -> None:
    """It counts no longer. Taking back what was never said, or twice, changes nothing."""
    pair = _pair(uow, need_id, kind, thing_id)
    said = hold_opinion(uow.tx, _key(uow, pair))
    if said is not None and said.status is Status.GIVEN:
        _save(uow, WORKFLOW.step("take_back", said, said.version, at=uow.now, tell=False))


def mark_repaired(uow: UnitOfWork, kind: str, thing_id: str, reasons: Collection[str]) -> RepairMark:
    """By its publisher: which reasons the version in the making answers, or where none is, the one that is public. Said again, it holds instead.

    Raises NotFound, Forbidden, Refused where there never was a second version, Invalid for words that are none of ours."""
    thing = _own(uow, kind, thing_id)
    if not thing.is_revised:
        raise Refused(label("There is only one version yet. Revise it first, then say what the new one answers."))
    before = hold_mark(uow.tx, mark_key(thing.thing_id, thing.answering))
    if not reasons and before is not None and before.status is MarkStatus.MARKED:
        return _marked(uow, MARKING.step("drop", before, before.version, at=uow.now))
    if not reasons or set(reasons) - set(REASONS):
        raise Invalid({"reasons": label("Choose one of the reasons.")})
    chosen = tuple(one for one in REASONS if one in reasons)
    if before is None:
        return _first_mark(uow, thing, chosen)
    return _marked(uow, MARKING.step("mark_repaired", before, before.version, at=uow.now, reasons=chosen, owners=thing.owners))


def _own(uow: UnitOfWork, kind: str, thing_id: str) -> Repairable:
    if kind not in KINDS:
        raise NotFound(thing_id)
    thing = get_repairable(uow.tx, kind, thing_id)
    uow.actor.require(MARKING.steps["mark_repaired"].needs, thing)
    return thing


def _first_mark(uow: UnitOfWork, thing: Repairable, reasons: tuple[Verdict, ...]) -> RepairMark:
    mark = RepairMark(
        id=uow.new_id(), key=mark_key(thing.thing_id, thing.answering), thing_kind=thing.kind, thing_id=thing.thing_id, ordinal=thing.answering,
        reasons=reasons, owners=thing.owners, created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_mark_node(uow.tx, mark)
    uow.record(created(mark, at=uow.now, verb="mark_repaired"))
    return mark


def _marked(uow: UnitOfWork, change: Change[RepairMark]) -> RepairMark:
    save_mark(uow.tx, change)
    uow.record(change)
    return change.after


def begin_telling(uow: UnitOfWork, key: str, *, is_public: bool) -> list[MatchOpinion]:
    """The version that a mark waits for is public, or was given up. Returns who agreed to be told of it and passed on an earlier one; only
    one telling finds the mark still waiting."""
    mark = hold_mark(uow.tx, key)
    if mark is None or mark.status is not MarkStatus.MARKED:
        return []
    _marked(uow, MARKING.step("tell_all" if is_public else "drop", mark, mark.version, at=uow.now))
    return [replace(one, thing_id=mark.thing_id, thing_kind=mark.thing_kind) for one in hold_agreed(uow.tx, mark)] if is_public else []


def note_told(uow: UnitOfWork, opinion: MatchOpinion) -> None:
    """One agreement is for one telling."""
    _save(uow, WORKFLOW.step("tell", opinion, opinion.version, at=uow.now, tell=False, told_at=uow.now))


def _pair(uow: UnitOfWork, need_id: str, kind: str, thing_id: str) -> Pair:
    if kind not in KINDS:
        raise NotFound(thing_id)
    pair = get_pair(uow.tx, need_id, kind, thing_id)
    uow.actor.require(WORKFLOW.steps["say"].needs, pair)
    return pair


def _key(uow: UnitOfWork, pair: Pair) -> str:
    return f"{uow.actor.account_id}:{pair.need_id}:{pair.thing_id}"


def _create(uow: UnitOfWork, pair: Pair, verdict: Verdict, tell: bool) -> None:
    opinion = MatchOpinion(
        id=uow.new_id(), key=_key(uow, pair), verdict=verdict, ordinal=pair.ordinal, tell=tell, account_id=uow.actor.account_id,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_opinion_node(uow.tx, opinion, pair)
    uow.record(created(opinion, at=uow.now, verb="say"))


def _save(uow: UnitOfWork, change: Change[MatchOpinion]) -> None:
    save_opinion(uow.tx, change)
    uow.record(change)
