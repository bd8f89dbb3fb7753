"""What may be done with accounts. Hashing is slow on purpose and stays outside the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.config import Settings
from marketplace.domains.accounts.model import Account
from marketplace.domains.accounts.repository import claim_try_of, create_account_nodes, forgive, get_account, link_people, list_taken, save_account
from marketplace.kernel.door import Door
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.second_factors import code_passes
from marketplace.kernel.sign_ins import Arrival, Due, end_waiting, open_session_node, prove_session, revoke_session, revoke_sessions_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created, edited


@cache
def _hasher() -> PasswordHasher:
    """The library's present parameters, with the memory of the setting."""
    return PasswordHasher(memory_cost=Settings().password_memory_mib * 1024)


@cache
def _nobody() -> str:
    """Hashed on the first wrong name, not at start: hashing is slow on purpose."""
    return _hasher().hash("an unknown account costs the same time")


def hashed(password: str) -> str:
    """argon2id."""
    return _hasher().hash(password)


def password_matches(account: Account | None, password: str) -> bool:
    """Takes the same time for an unknown account, so that nobody learns who has one."""
    try:
        _hasher().verify(account.password_hash if account else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None


def claim_try(uow: UnitOfWork, login: str, door: Door) -> Account | None:
    """Whose password may be looked at now; the try counts as a failure until it was right."""
    return claim_try_of(uow.tx, uow.now, door.pauses, login=login)


def claim_own_try(uow: UnitOfWork, account_id: str, door: Door) -> Account | None:
    """As above, for somebody who is signed in and proves it again."""
    return claim_try_of(uow.tx, uow.now, door.pauses, id=account_id)


def open_session(uow: UnitOfWork, account_id: str, session: str) -> None:
    """`session` is the digest of the token in the cookie: a stolen database opens no door."""
    open_session_node(uow.tx, account_id, session, uow.now)


def enter(uow: UnitOfWork, account: Account, session: str, arrival: Arrival) -> None:
    """After the right password: inside, or before the door that asks for a code. Raises Stale where all sign-ins were ended since."""
    due = Due.CODE if account.second_factor_at else Due.NOTHING
    open_session_node(uow.tx, account.id, session, uow.now, due=due, generation=account.generation, arrival=arrival)
    if due is Due.CODE:
        forgive(uow.tx, account.id, every=False)


def enter_with_code(uow: UnitOfWork, waiting: str, account_id: str, typed: str, door: Door, session: str, arrival: Arrival) -> bool:
    """Each code lets in once. A wrong one counts like a wrong password."""
    account = claim_try_of(uow.tx, uow.now, door.pauses, id=account_id)
    if account is None or not code_passes(uow.tx, account_id, typed, door.keys, uow.now) or not end_waiting(uow.tx, waiting, uow.now):
        return False
    open_session_node(uow.tx, account_id, session, uow.now, generation=account.generation, arrival=arrival)
    return True


def code_fits(uow: UnitOfWork, account_id: str, typed: str, door: Door) -> bool:
    """For whoever is inside and proves it again."""
    return code_passes(uow.tx, account_id, typed, door.keys, uow.now)


def note_proof(uow: UnitOfWork, account_id: str, session: str) -> None:
    """Good for some minutes, for this sign-in only. Raises Stale where it ended meanwhile."""
    prove_session(uow.tx, session, uow.now)
    forgive(uow.tx, account_id, every=True)


def close_session(uow: UnitOfWork, session: str) -> None:
    """A copied cookie opens nothing afterwards."""
    revoke_session(uow.tx, session, uow.now)


@dataclass(frozen=True, slots=True)
class Opening:
    """An account to be opened; `worker_id` says which person it is."""

    login: str
    name: str
    password_hash: str
    worker_id: str = ""
    must_change: bool = False


def create_account(uow: UnitOfWork, login: str, name: str, password_hash: str, worker_id: str = "", *, must_change: bool = False) -> Account:
    """Raises Invalid for a taken sign-in name. `must_change`: somebody else knows the password, too."""
    return create_accounts(uow, [Opening(login, name, password_hash, worker_id, must_change)])[0]


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
    return Account(
        id=uow.new_id(), login=one.login, name=one.name, password_hash=one.password_hash, must_change=one.must_change, created_at=uow.now,
        updated_at=uow.now,
    )  # fmt: skip


def change_password(uow: UnitOfWork, account_id: str, version: int, password_hash: str) -> Account:
    """Every session of the account ends, this one too."""
    account = get_account(uow.tx, account_id)
    uow.actor.require(Permission.ACCOUNT_EDIT, account)
    change = edited(account, version, at=uow.now, verb="change-password", password_hash=password_hash, must_change=False)
    save_account(uow.tx, change)
    forgive(uow.tx, account_id, every=True)
    revoke_sessions_of(uow.tx, account_id, uow.now)
    uow.record(change)
    return change.after


def admit_person(uow: UnitOfWork, account_id: str, worker_id: str, login_wish: str = "") -> Account:
    """The account is this person's from the next request on, by the word of the union or by a code that the union gave out."""
    all_seeing = uow.seeing_all()
    link_people(all_seeing.tx, {account_id: worker_id})
    return name_account(all_seeing, account_id, login_wish, "link-person")


def name_account(uow: UnitOfWork, account_id: str, login_wish: str, verb: str = "name") -> Account:
    """The sign-in name that was wished for, where nobody has it; else the number stays. Only known people learn which names are taken."""
    all_seeing = uow.seeing_all()
    account = get_account(all_seeing.tx, account_id)
    is_free = login_wish and not list_taken(all_seeing.tx, [login_wish])
    change = edited(account, account.version, at=uow.now, verb=verb, login=login_wish if is_free else account.login)
    save_account(all_seeing.tx, change)
    uow.record(change)
    return change.after
