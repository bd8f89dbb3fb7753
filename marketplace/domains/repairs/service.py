"""Say what a new version answers, think again; and the end of a mark, once its version is public."""

from collections.abc import Collection

from marketplace.domains.repairs.model import MARKING, Repairable, RepairMark
from marketplace.domains.repairs.repository import create_mark_node, get_repairable, hold_mark, mark_key, save_mark
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.verdicts import REASONS, Verdict
from marketplace.kernel.workflow import Change, created

KINDS = ("achievement", "listing")
"""What has versions, and readers who pass on it."""


def mark_repaired(uow: UnitOfWork, kind: str, thing_id: str, reasons: Collection[str]) -> RepairMark:
    """By its publisher: which reasons the version in the making answers, or where none is, the one that is public. Said again, it holds instead.

    Raises NotFound, Forbidden, Refused where there never was a second version, Invalid for words that are none of ours."""
    thing = _own(uow, kind, thing_id)
    if not thing.is_revised:
        raise Refused(label("There is only one version yet. Revise it first, then say what the new one answers."))
    before = hold_mark(uow.tx, mark_key(thing.thing_id, thing.answering))
    if not reasons and before is not None and before.is_waiting:
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


def end_mark(uow: UnitOfWork, key: str, *, is_public: bool) -> RepairMark | None:
    """The version that it waits for is public, or was given up. Only one relay finds it still waiting; the others get None."""
    mark = hold_mark(uow.tx, key)
    if mark is None or not mark.is_waiting:
        return None
    return _marked(uow, MARKING.step("tell_all" if is_public else "drop", mark, mark.version, at=uow.now))
