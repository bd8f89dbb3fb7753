"""What may be done with a second factor. Each of it ends the sign-ins that came in without it, and is in the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.domains.accounts.model import FACTOR_TOKENS, Account
from marketplace.domains.accounts.repository import get_account, save_account
from marketplace.kernel.errors import Forbidden, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.second_factors import drop_second_factor, replace_codes, save_second_factor
from marketplace.kernel.sign_ins import Arrival, open_session_node, revoke_sessions_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, edited


@dataclass(frozen=True, slots=True)
class Setting:
    """What is kept of a new second factor: the sealed secret, the step of the code that showed it works, the codes to write down."""

    sealed: str
    step: int
    codes: Sequence[str]


def set_up_second_factor(uow: UnitOfWork, setting: Setting, session: str, arrival: Arrival) -> Account:
    """All sign-ins end, and a new one begins that has shown the factor. Raises Refused where there is one already."""
    account = _own(uow)
    if account.second_factor_at is not None:
        raise Refused(label("There is a second factor already. Take it away before you set up another."))
    change = edited(account, account.version, at=uow.now, verb="set-up-second-factor", second_factor_at=uow.now)
    save_account(uow.tx, change)
    save_second_factor(uow.tx, account.id, setting.sealed, setting.step, setting.codes, uow.now)
    revoke_sessions_of(uow.tx, account.id, uow.now)
    open_session_node(uow.tx, account.id, session, uow.now, arrival=arrival)
    uow.record(change)
    return change.after


def renew_codes(uow: UnitOfWork, codes: Sequence[str]) -> None:
    """The old ones work no longer."""
    account = _own(uow)
    change = edited(account, account.version, at=uow.now, verb="renew-recovery-codes")
    save_account(uow.tx, change)
    replace_codes(uow.tx, account.id, codes)
    uow.record(change)


def drop_own_factor(uow: UnitOfWork, *, required: bool) -> None:
    """Raises Refused for those whose role asks for one."""
    if required and uow.actor.tokens & FACTOR_TOKENS:
        raise Refused(label("Your role asks for a second factor. An administrator can take it away so that you set up another."))
    _drop(uow, _own(uow))


def drop_factor_of(uow: UnitOfWork, account_id: str) -> None:
    """For somebody who lost telephone and codes. Nobody does it for themselves here: a stolen sign-in would be enough."""
    uow.actor.require(Permission.ADMINISTER, None)
    if uow.actor.account_id == account_id:
        raise Forbidden(label("Another administrator has to take away your own second factor."))
    account = get_account(uow.tx, account_id)
    _drop(uow, account)
    revoke_sessions_of(uow.tx, account_id, uow.now)


def _own(uow: UnitOfWork) -> Account:
    account = get_account(uow.tx, uow.actor.account_id)
    uow.actor.require(Permission.ACCOUNT_EDIT, account)
    return account


def _drop(uow: UnitOfWork, account: Account) -> None:
    change: Change[Account] = edited(account, account.version, at=uow.now, verb="drop-second-factor", second_factor_at=None)
    save_account(uow.tx, change)
    drop_second_factor(uow.tx, account.id)
    uow.record(change)
