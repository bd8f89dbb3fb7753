"""Keep a search, change it, mute it, look at it, let it go."""

from typing import Any

from marketplace.domains.saved_searches.model import WORKFLOW, SavedSearch, SavedSearchText, faults_of
from marketplace.domains.saved_searches.repository import count_searches, create_search_node, get_search, save_search
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created, edited


def save_new_search(uow: UnitOfWork, text: SavedSearchText, most: int) -> SavedSearch:
    """From now on: what is public already is no news. Raises Invalid at the field, Refused beyond `most` of one account."""
    uow.actor.require(Permission.SIGNED_IN, None)
    _check(text)
    if count_searches(uow.tx, uow.actor.account_id) >= most:
        raise Refused(label("You keep %(most)s searches already; delete one first."), most=most)
    search = SavedSearch(
        **content_of(text), id=uow.new_id(), owner_id=uow.actor.account_id, since=uow.now, seen_at=uow.now, created_at=uow.now, updated_at=uow.now
    )
    create_search_node(uow.tx, search)
    uow.record(created(search, at=uow.now))
    return search


def edit_search(uow: UnitOfWork, id: str, version: int, text: SavedSearchText) -> SavedSearch:
    """Other words or filters begin anew: what they would have found before is no news."""
    search = _own(uow, id)
    _check(text)
    is_same = (text.words, text.filters) == (search.words, search.filters)
    return _saved(uow, edited(search, version, at=uow.now, **content_of(text), since=search.since if is_same else uow.now))


def look_at_search(uow: UnitOfWork, id: str) -> SavedSearch:
    """What was new is seen. Looking changes nothing that anybody else could have changed meanwhile."""
    search = _own(uow, id)
    return _saved(uow, edited(search, search.version, at=uow.now, verb="look", seen_at=uow.now))


def mute_search(uow: UnitOfWork, id: str) -> SavedSearch:
    """It goes on counting what is new, and says nothing. Muting what is muted changes nothing."""
    return _step(uow, id, "mute")


def unmute_search(uow: UnitOfWork, id: str) -> SavedSearch:
    """What was found while it was mute is not told any more."""
    return _step(uow, id, "unmute")


def delete_search(uow: UnitOfWork, id: str) -> SavedSearch:
    """Gone from the list; it can be brought back."""
    return _step(uow, id, "delete")


def restore_search(uow: UnitOfWork, id: str, most: int) -> SavedSearch:
    """Raises Refused where others have taken its place."""
    if count_searches(uow.tx, uow.actor.account_id) >= most:
        raise Refused(label("You keep %(most)s searches already; delete one first."), most=most)
    return _step(uow, id, "restore")


def _own(uow: UnitOfWork, id: str) -> SavedSearch:
    search = get_search(uow.tx, id)
    uow.actor.require(Permission.SAVED_SEARCH_EDIT, search)
    return search


def _step(uow: UnitOfWork, id: str, verb: str, **changes: Any) -> SavedSearch:
    search = _own(uow, id)
    if search.status is WORKFLOW.steps[verb].to:
        return search
    return _saved(uow, WORKFLOW.step(verb, search, search.version, at=uow.now, **changes))


def _saved(uow: UnitOfWork, change: Change[SavedSearch]) -> SavedSearch:
    save_search(uow.tx, change)
    uow.record(change)
    return change.after


def _check(text: SavedSearchText) -> None:
    if faults := faults_of(text):
        raise Invalid(faults)
