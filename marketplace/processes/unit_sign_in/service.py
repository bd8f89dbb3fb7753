"""Accounts are linked by whoever is signed in to them, or by an administrator; never by a name that happens to be the same."""

from graph.errors import Duplicate
from marketplace.domains.accounts.model import Account, Status
from marketplace.domains.accounts.repository import get_account, save_account
from marketplace.domains.accounts.service import enter
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import Arrival
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.unit_sign_in.repository import find_linked


def burn_state(uow: UnitOfWork) -> None:
    """Nothing but the key that the change carries: a state that comes twice finds it (AlreadyDone)."""


def enter_linked(uow: UnitOfWork, subject: str, session: str, arrival: Arrival) -> bool:
    """As after the right password: a second factor is asked for where there is one. False for whom no account was linked with."""
    account = find_linked(uow.tx, subject, Status.ACTIVE)
    if account is None:
        return False
    enter(uow, account, session, arrival)
    return True


def link_own(uow: UnitOfWork, subject: str) -> Account:
    """Raises Invalid where somebody else is linked with it."""
    return _link(uow, uow.actor.account_id, subject)


def unlink_own(uow: UnitOfWork) -> Account:
    """From then on only the password opens this account."""
    return _link(uow, uow.actor.account_id, None)


def link_account(uow: UnitOfWork, account_id: str, subject: str) -> Account:
    """By an administrator who knows the subject from the unit itself; an empty one undoes the link. Nobody's own: that needs the unit's word."""
    uow.actor.require(Permission.ADMINISTER, None)
    if uow.actor.account_id == account_id:
        raise Forbidden(label("Link your own account by signing in there."))
    return _link(uow, account_id, subject or None)


def _link(uow: UnitOfWork, account_id: str, subject: str | None) -> Account:
    account = get_account(uow.tx, account_id)
    uow.actor.require(Permission.ACCOUNT_EDIT, account)
    other = find_linked(uow.tx, subject, Status.ACTIVE) if subject else None
    if other is not None and other.id != account_id:
        raise Invalid({"subject": label("Somebody else's account is linked with this.")})
    change = edited(account, account.version, at=uow.now, verb="link-sign-in" if subject else "unlink-sign-in", subject=subject)
    try:
        save_account(uow.tx, change)
    except Duplicate as error:
        raise Invalid({"subject": label("Somebody else's account is linked with this.")}) from error
    uow.record(change)
    return change.after
