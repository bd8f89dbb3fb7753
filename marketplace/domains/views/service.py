"""Save a view, rename it, share it, delete it and bring it back."""

from dataclasses import replace
from typing import Any

from marketplace.domains.views.model import MOST_VIEWS, WORKFLOW, SavedView, SavedViewText, faults_of
from marketplace.domains.views.repository import count_views, create_view_node, get_view, list_officers, save_view
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.parties import Named
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created, edited

OFFICER = "officer:"


def units_of(actor: Actor) -> list[str]:
    """Where the actor is an officer."""
    return sorted(token.removeprefix(OFFICER) for token in actor.tokens if token.startswith(OFFICER))


def create_view(uow: UnitOfWork, text: SavedViewText) -> SavedView:
    """Raises Invalid at the field, Refused beyond what one account may keep."""
    uow.actor.require(Permission.VIEW_CREATE, None)
    _check(text)
    if count_views(uow.tx, uow.actor.account_id) >= MOST_VIEWS:
        raise Refused(label("You keep %(most)s views already; delete one first."), most=MOST_VIEWS)
    actor = uow.actor
    view = SavedView(
        **content_of(text), id=uow.new_id(), owner_id=actor.account_id, owner_name=actor.name, created_at=uow.now, updated_at=uow.now
    )  # fmt: skip
    create_view_node(uow.tx, view)
    uow.record(created(view, at=uow.now))
    return view


def edit_view(uow: UnitOfWork, id: str, version: int, text: SavedViewText) -> SavedView:
    """Another name or note; the address stays what it was."""
    view = _own(uow, id, Permission.VIEW_EDIT)
    kept = replace(text, address=view.address)
    _check(kept)
    return _saved(uow, edited(view, version, at=uow.now, **content_of(kept)))


def share_view(uow: UnitOfWork, id: str, account_id: str) -> SavedView:
    """With an officer at or under one of one's own units. Raises Invalid for anybody else."""
    view = _own(uow, id, Permission.VIEW_SHARE)
    found = list_officers(uow.tx, units_of(uow.actor), uow.actor.account_id, uow.now, account=account_id) if account_id else []
    if not found:
        raise Invalid({"who": label("Only officers of your own unit and of those under it can be chosen.")})
    if account_id in view.invited:
        return view
    return _step(uow, view, "share", shared=(*view.shared, Named(found[0].id, found[0].name)))


def unshare_view(uow: UnitOfWork, id: str, account_id: str) -> SavedView:
    """From the next request on."""
    view = _own(uow, id, WORKFLOW.steps["unshare"].needs)
    return _step(uow, view, "unshare", shared=tuple(one for one in view.shared if one.id != account_id))


def delete_view(uow: UnitOfWork, id: str) -> SavedView:
    """Gone from every list, its owner's and the others'; it can be brought back."""
    return _step(uow, _own(uow, id, WORKFLOW.steps["delete"].needs), "delete")


def restore_view(uow: UnitOfWork, id: str) -> SavedView:
    """As it was, with those it was shared with."""
    return _step(uow, _own(uow, id, WORKFLOW.steps["restore"].needs), "restore")


def _own(uow: UnitOfWork, id: str, needs: Permission) -> SavedView:
    view = get_view(uow.tx, id)
    uow.actor.require(needs, view)
    return view


def _step(uow: UnitOfWork, view: SavedView, verb: str, **changes: Any) -> SavedView:
    return _saved(uow, WORKFLOW.step(verb, view, view.version, at=uow.now, **changes))


def _saved(uow: UnitOfWork, change: Change[SavedView]) -> SavedView:
    save_view(uow.tx, change)
    uow.record(change)
    return change.after


def _check(text: SavedViewText) -> None:
    if faults := faults_of(text):
        raise Invalid(faults)
