"""Verifications of the audit that an administrator asked for: who, when, how much was looked at, what was found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.audit import record_act
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import ADMINISTRATOR, SYSTEM
from marketplace.kernel.unit_of_work import UnitOfWork

VERIFY = "verify"


class Status(StrEnum):
    ASKED = "asked"
    SOUND = "sound"
    FAULTY = "faulty"
    BROKEN_OFF = "broken-off"


@dataclass(frozen=True, slots=True)
class AuditCheck:
    id: str
    status: Status
    by: str
    created_at: datetime
    finished_at: datetime | None = None
    entries: int = 0
    faults: tuple[str, ...] = ()


read_check = reader(AuditCheck, "check")
CREATE = """
MERGE (c:AuditCheck {id: $id})
SET c.created_at = $now, c.status = $asked, c.by = $by, c.entries = 0, c.audience = $audience
"""


def ask_check(uow: UnitOfWork) -> None:
    """Whoever leads carries it out; it is itself recorded. One that waits already is enough."""
    uow.actor.require(Permission.AUDIT_VERIFY, None)
    if find_asked(uow.tx) is None:
        uow.tx.run(CREATE, id=uow.new_id(), now=uow.now, asked=Status.ASKED, by=uow.actor.account_id, audience=(ADMINISTRATOR, SYSTEM))
        record_act(uow, VERIFY)


FIND_ASKED = """
MATCH (c:AuditCheck {status: $asked}) RETURN c {.*} AS check ORDER BY c.id LIMIT 1
"""


def find_asked(tx: Transaction) -> AuditCheck | None:
    return tx.find(FIND_ASKED, read_check, asked=Status.ASKED)


SEEN = """
MATCH (c:AuditCheck {id: $id}) SET c.entries = $entries
"""


def note_progress(tx: Transaction, id: str, entries: int) -> None:
    tx.run(SEEN, id=id, entries=entries)


FINISH = """
MATCH (c:AuditCheck {id: $id}) SET c.status = $status, c.finished_at = $now, c.entries = $entries, c.faults = $faults RETURN c.id AS id
"""


def finish_check(tx: Transaction, id: str, status: Status, now: datetime, entries: int, faults: tuple[str, ...]) -> None:
    tx.one(FINISH, value("id"), id=id, status=status, now=now, entries=entries, faults=faults)


LATEST = """
MATCH (c:AuditCheck) WHERE any(token IN c.audience WHERE token IN $reader)
RETURN c {.*} AS check ORDER BY c.id DESC LIMIT 10
"""


def list_checks(tx: Transaction) -> list[AuditCheck]:
    return tx.all(LATEST, read_check)
