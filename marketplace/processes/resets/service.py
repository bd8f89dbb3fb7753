"""A code is handed over, and used once."""

from datetime import datetime

from marketplace.domains.accounts.model import Status
from marketplace.domains.accounts.repository import actor_of_account, get_account, save_account
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.emails import read_emails
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.one_time_codes import code_digest
from marketplace.kernel.permission import Permission
from marketplace.kernel.sign_ins import Arrival, Due, open_session_node
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.resets.model import GOOD_FOR, LETTER_EVERY, Helped
from marketplace.processes.resets.repository import find_helped, hold_mailed, issue_reset, redeem_reset


def give_code(uow: UnitOfWork, login: str, code: str) -> tuple[Helped, datetime]:
    """Until when it is good. Raises Invalid for an unknown name as for one that is not theirs to help."""
    helped = find_helped(uow.tx, login, Status.ACTIVE, uow.now)
    if helped is None or not uow.actor.can(Permission.ACCOUNT_RESET, helped):
        raise Invalid({"login": label("There is no account of that name which you may help.")})
    until = uow.now + GOOD_FOR
    issue_reset(uow.tx, helped.account_id, code_digest(code), uow.actor.account_id, uow.now, until)
    _note(uow, helped.account_id, "give-reset-code")
    return helped, until


def mail_code(uow: UnitOfWork, login: str, code: str) -> str:
    """The confirmed address to which the code goes; empty where none is known, or where one was given a few minutes ago."""
    account_id = hold_mailed(uow.tx, login, Status.ACTIVE, uow.now - LETTER_EVERY)
    if account_id is None:
        return ""
    issue_reset(uow.tx, account_id, code_digest(code), "", uow.now, uow.now + GOOD_FOR)
    _note(uow, account_id, "mail-reset-code")
    return read_emails(uow.tx, [account_id]).get(account_id, "")


def use_code(uow: UnitOfWork, login: str, code: str, session: str, arrival: Arrival) -> bool:
    """Opens one door: the one to a new password. A second factor is asked for afterwards, at the sign-in."""
    account_id = redeem_reset(uow.tx, login, code_digest(code), Status.ACTIVE, uow.now)
    if account_id is None:
        return False
    open_session_node(uow.tx, account_id, session, uow.now, due=Due.PASSWORD, arrival=arrival)
    own = uow.turn(actor_of_account(uow.tx, account_id, uow.now), uow.now)
    _note(own, account_id, "use-reset-code")
    return True


def _note(uow: UnitOfWork, account_id: str, verb: str) -> None:
    """In the audit of the account; the officer may not read it, so the system does."""
    account = get_account(uow.tx.seen_by(SYSTEM_ACTOR.reader), account_id)
    change = edited(account, account.version, at=uow.now, verb=verb)
    save_account(uow.tx, change)
    uow.record(change)
