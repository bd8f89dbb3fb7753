"""The tree grows and is mended by officers above and by administrators."""

from collections.abc import Iterable
from typing import Any

from marketplace.domains.organisations.model import WORKFLOW, Organisation, OrganisationText, area_of, lineage_of
from marketplace.domains.organisations.repository import create_organisation_node, get_organisation, list_children, save_organisation
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited

ENDED = label("This unit has been closed or merged; nothing new can stand under it.")


def create_organisation(uow: UnitOfWork, text: OrganisationText, source_key: str = "") -> Organisation:
    """A new unit below its parents; only an administrator founds one without parents."""
    parents = _parents(uow, text.parent_ids)
    id = uow.new_id()
    organisation = Organisation(
        **content_of(text), id=id, lineage=lineage_of(id, parents), area=area_of(text, parents), source_key=source_key,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_organisation_node(uow.tx, organisation, local_day(uow.now))
    uow.record(created(organisation, at=uow.now))
    return organisation


def edit_organisation(uow: UnitOfWork, id: str, version: int, text: OrganisationText) -> Organisation:
    """Raises Invalid for a parent that lies below it. What hangs on it follows by the relay."""
    before = get_organisation(uow.tx, id)
    uow.actor.require(Permission.ORGANISATION_EDIT, before)
    parents = _parents(uow, text.parent_ids)
    if any(id in parent.lineage for parent in parents):
        raise Invalid({"parent_ids": label("A unit can't be below itself.")})
    change = edited(before, version, at=uow.now, **content_of(text), lineage=lineage_of(id, parents), area=area_of(text, parents))
    save_organisation(uow.tx, change, local_day(uow.now))
    uow.record(change)
    if change.touches("lineage") or change.touches("area"):
        _renew_below(uow, list_children(uow.tx, id))
    return change.after


def _renew_below(uow: UnitOfWork, units: Iterable[Organisation]) -> None:
    """A moved unit takes its subtree along, at once: rights follow the lineage."""
    for unit in units:
        whole = get_organisation(uow.tx, unit.id)
        parents = tuple(get_organisation(uow.tx, parent) for parent in whole.parent_ids)
        change = edited(whole, whole.version, at=uow.now, verb="move", lineage=lineage_of(whole.id, parents), area=area_of(whole, parents))
        save_organisation(uow.tx, change, local_day(uow.now))
        uow.record(change)
        _renew_below(uow, list_children(uow.tx, unit.id))


def _parents(uow: UnitOfWork, ids: tuple[str, ...]) -> tuple[Organisation, ...]:
    """The actor must be an officer above each of the parents, or an administrator."""
    parents = tuple(get_organisation(uow.tx, id) for id in ids)
    if any(not parent.is_active for parent in parents):
        raise Invalid({"parent_ids": ENDED})
    for parent in parents:
        uow.actor.require(Permission.ORGANISATION_EDIT, parent)
    if not parents and not uow.actor.can(Permission.ADMINISTER):
        raise Forbidden
    return parents


def end_unit(uow: UnitOfWork, id: str, version: int, successor: Organisation, verb: str, reason: str) -> Organisation:
    """By an officer of a unit above it, who acts on the successor, too. What stood under it follows in batches; its number and its page stay."""
    unit = get_organisation(uow.tx, id)
    uow.actor.require(WORKFLOW.steps[verb].needs, unit)
    uow.actor.require(Permission.ORGANISATION_EDIT, successor)
    if id in successor.lineage:
        raise Invalid({"into": label("The successor can't stand below it or be the unit itself.")})
    more: dict[str, Any] = {"successor_id": successor.id, "ended_on": local_day(uow.now), "parent_ids": ()}
    change = WORKFLOW.step(verb, unit, version, at=uow.now, reason=reason, **more)
    save_organisation(uow.tx, change, local_day(uow.now))
    uow.record(change)
    return change.after


def move_unit(uow: UnitOfWork, id: str, away_from: str, to: Organisation) -> Organisation:
    """One unit of those below goes to the successor with all that is below it. The relation that ends keeps its dates."""
    unit = get_organisation(uow.tx, id)
    ids = tuple(dict.fromkeys(to.id if parent == away_from else parent for parent in unit.parent_ids))
    parents = tuple(get_organisation(uow.tx, parent) for parent in ids)
    change = edited(
        unit, unit.version, at=uow.now, verb="move", parent_ids=ids, lineage=lineage_of(id, parents), area=area_of(unit, parents)
    )  # fmt: skip
    save_organisation(uow.tx, change, local_day(uow.now))
    uow.record(change)
    _renew_below(uow, list_children(uow.tx, id))
    return change.after
