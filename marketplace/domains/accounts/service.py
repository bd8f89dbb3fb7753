"""What may be done with accounts. Hashing is slow on purpose and stays outside the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import count_failure_of, create_account_nodes, get_account, link_people, list_taken, save_account
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import open_session_node, revoke_session, revoke_sessions_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created, edited

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Hashed on the first wrong name, not at start: hashing is slow on purpose."""
    return _hasher.hash("an unknown account costs the same time")


def hashed(password: str) -> str:
    """argon2id with the library's present parameters."""
    return _hasher.hash(password)


def password_matches(account: Account | None, password: str) -> bool:
    """Takes the same time for an unknown account, so that nobody learns who has one."""
    try:
        _hasher.verify(account.password_hash if account else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None


def open_session(uow: UnitOfWork, account_id: str, session: str) -> None:
    """`session` is the digest of the token in the cookie: a stolen database opens no door."""
    open_session_node(uow.tx, account_id, session, uow.now)


def close_session(uow: UnitOfWork, session: str) -> None:
    """A copied cookie opens nothing afterwards."""
    revoke_session(uow.tx, session, uow.now)


def count_failure(uow: UnitOfWork, login: str, most: int, minutes: int) -> None:
    """Five wrong passwords lock the account for a while."""
    count_failure_of(uow.tx, login, most, uow.now, uow.now + timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True)
class Opening:
    """An account to be opened; `worker_id` says which person it is."""

    login: str
    name: str
    password_hash: str
    worker_id: str = ""


def create_account(uow: UnitOfWork, login: str, name: str, password_hash: str, worker_id: str = "") -> Account:
    """Raises Invalid for a taken sign-in name."""
    return create_accounts(uow, [Opening(login, name, password_hash, worker_id)])[0]


def create_accounts(uow: UnitOfWork, openings: Sequence[Opening]) -> list[Account]:
    """At most 1,000 in one transaction. Raises Invalid for a taken sign-in name, also for one that is asked for twice."""
    uow.actor.require(Permission.ADMINISTER, None)
    logins = {one.login for one in openings}
    if len(logins) < len(openings) or list_taken(uow.tx, sorted(logins)):
        raise Invalid({"login": label("This sign-in name is taken.")})
    accounts = [_opened(uow, one) for one in openings]
    create_account_nodes(uow.tx, accounts)
    people = {account.id: one.worker_id for account, one in zip(accounts, openings, strict=True) if one.worker_id}
    if people:
        link_people(uow.tx, people)
    uow.record(*(created(one, at=uow.now) for one in accounts))
    return accounts


def _opened(uow: UnitOfWork, one: Opening) -> Account:
    return Account(id=uow.new_id(), login=one.login, name=one.name, password_hash=one.password_hash, created_at=uow.now, updated_at=uow.now)


def change_password(uow: UnitOfWork, account_id: str, version: int, password_hash: str) -> Account:
    """Every session of the account ends, this one too."""
    account = get_account(uow.tx, account_id)
    uow.actor.require(Permission.ACCOUNT_EDIT, account)
    change = edited(account, version, at=uow.now, verb="change-password", password_hash=password_hash)
    save_account(uow.tx, change)
    revoke_sessions_of(uow.tx, account_id, uow.now)
    uow.record(change)
    return change.after
