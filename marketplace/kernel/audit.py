"""The audit entry stands in the same transaction as the change. Ids, verbs and field names, never personal values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.connection import Transaction
from graph.records import properties, reader
from marketplace.kernel.workflow import Change


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: str
    kind: str
    entity_id: str
    verb: str
    account_id: str
    at: datetime
    fields: tuple[str, ...] = ()
    from_status: str = ""
    to_status: str = ""
    audience: tuple[str, ...] = ()
    for_account: str = ""
    """Whose role it was, where a substitute did it."""


def entry_of(id: str, account_id: str, change: Change[Any], for_account: str = "") -> AuditEntry:
    """Its audience is that of those who may read the thing's history: its makers and the officers above."""
    units = (f"officer:{unit}" for unit in getattr(change.after, "units", ()))
    makers = (f"maker:{party}" for party in getattr(change.after, "makers", ()))
    return AuditEntry(
        id=id,
        kind=change.kind,
        entity_id=change.id,
        verb=change.verb,
        account_id=account_id,
        at=change.at,
        fields=change.fields,
        from_status=str(getattr(change.before, "status", "")),
        to_status=str(getattr(change.after, "status", "")),
        audience=(*units, *makers, "system"),
        for_account=for_account,
    )


WRITE_ENTRIES = """
UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row
"""


def write_entries(tx: Transaction, entries: Iterable[AuditEntry]) -> None:
    tx.run(WRITE_ENTRIES, rows=[properties(entry) for entry in entries])


LIST_ENTRIES = """
MATCH (e:AuditEntry {entity_id: $id})
WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e {.*} AS entry ORDER BY e.at, e.id
"""


def list_entries(tx: Transaction, id: str) -> list[AuditEntry]:
    """The timeline of one thing, oldest first, as far as the reader may see it."""
    return tx.all(LIST_ENTRIES, reader(AuditEntry, "entry"), id=id)
