"""The audit entry stands in the same transaction as the change. Ids, verbs and field names, never personal values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString, Protocol

from graph.connection import Transaction
from graph.outbox import Event
from graph.records import properties, reader, value
from marketplace.kernel.actor import Actor
from marketplace.kernel.permissions import ADMINISTRATOR, SYSTEM, units_of
from marketplace.kernel.permissions import audience as tokens_of
from marketplace.kernel.workflow import Change

LOOK = "look"
"""The verb of whoever saw what is personal."""
ADMINISTRATION = "administration"
"""Where an entry is filed that belongs to no unit and is for administrators."""
JOURNAL = "audit"
"""The kind of an entry, and of its event, that tells of the audit itself."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`purpose` is a code, of a look or an export. `shelf` is the narrowest unit it belongs to: what officers look it up by."""

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
    purpose: str = ""
    shelf: str = ""
    for_account: str = ""
    """Whose role it was, where a substitute did it."""


class Recording(Protocol):
    """What a unit of work is to the audit."""

    tx: Transaction
    actor: Actor
    now: datetime
    entries: list[AuditEntry]
    events: list[Event]

    def new_id(self) -> str: ...


def entry_of(id: str, account_id: str, change: Change[Any], for_account: str = "") -> AuditEntry:
    """Its audience is that of those who may read the thing's history: its makers and the officers above, and whoever did it."""
    after, units = change.after, tuple(getattr(change.after, "units", ()))
    makers = (f"maker:{party}" for party in getattr(after, "makers", ()))
    above = tuple(f"officer:{unit}" for unit in units) or _administrators(after)
    return AuditEntry(
        id=id,
        kind=change.kind,
        entity_id=change.id,
        verb=change.verb,
        account_id=account_id,
        at=change.at,
        fields=change.fields,
        from_status=str(getattr(change.before, "status", "")),
        to_status=str(getattr(after, "status", "")),
        audience=(*above, *makers, f"account:{account_id}", SYSTEM),
        shelf=shelf_of(above),
        for_account=for_account,
    )


def _administrators(entity: Any) -> tuple[str, ...]:
    """What belongs to no unit and administrators may read is administration: accounts, roles, exports, search words."""
    return tuple(token for token in tokens_of(entity.READ, entity) if token == ADMINISTRATOR)


def shelf_of(audience: Iterable[str]) -> str:
    """The first unit is the narrowest: a lineage begins with itself."""
    above = [token for token in audience if token.startswith("officer:") or token == ADMINISTRATOR]
    return above[0].removeprefix("officer:").replace(ADMINISTRATOR, ADMINISTRATION) if above else ""


AROUND_WORKER = """
MATCH (n:Worker {id: $id}) RETURN coalesce(n.guarded_audience, n.audience) AS around
"""
AROUND_ENTERPRISE = """
MATCH (n:Enterprise {id: $id}) RETURN coalesce(n.guarded_audience, n.audience) AS around
"""
AROUND_ACCOUNT = """
MATCH (n:Account {id: $id}) RETURN n.audience AS around
"""
AROUND: dict[str, LiteralString] = {"worker": AROUND_WORKER, "enterprise": AROUND_ENTERPRISE, "account": AROUND_ACCOUNT}
INSIDE = ("officer:", "maker:", "account:", ADMINISTRATOR)


def record_look(uow: Recording, kind: str, id: str, fields: Iterable[str], purpose: str) -> AuditEntry:
    """Somebody saw what is personal: which fields of whom, for which purpose (a code), in the transaction that showed it.

    Read by the person themselves, the officers above, and whoever looked. Raises KeyError for a kind without personal data, NotFound."""
    around = tuple(str(one) for one in uow.tx.one(AROUND[kind], value("around"), id=id) if str(one).startswith(INSIDE))
    return _enter(uow, kind, id, LOOK, tuple(fields), purpose, _narrowest_first(uow.tx, around))


NARROWEST = """
UNWIND $ids AS id MATCH (o:Organisation {id: id}) RETURN o.id AS id ORDER BY size(o.lineage) DESC, id
"""


def _narrowest_first(tx: Transaction, around: tuple[str, ...]) -> tuple[str, ...]:
    """A node keeps its tokens by name: the unit itself is the one with the longest way up."""
    units = units_of(around)
    ordered = tuple(f"officer:{unit}" for unit in tx.all(NARROWEST, value("id"), ids=units)) if units else ()
    return (*ordered, *(token for token in around if token not in ordered))


def record_act(uow: Recording, verb: str, fields: Iterable[str] = (), purpose: str = "", kind: str = JOURNAL, id: str = "") -> AuditEntry:
    """What changes no thing and is to be known: an export of the audit, its verification. For administrators and whoever did it, and the
    officers of the units from which it was done."""
    units = tuple(sorted(token for token in uow.actor.tokens if token.startswith("officer:")))
    return _enter(uow, kind, id or uow.actor.account_id, verb, tuple(fields), purpose, units or (ADMINISTRATOR,))


def _enter(uow: Recording, kind: str, id: str, verb: str, fields: tuple[str, ...], purpose: str, around: tuple[str, ...]) -> AuditEntry:
    """The event makes the relay seal it; nothing else follows from it."""
    who = uow.actor.account_id
    audience = tuple(dict.fromkeys((*around, f"account:{who}", SYSTEM)))
    entry = AuditEntry(
        uow.new_id(), kind, id, verb, who, uow.now, fields, audience=audience, purpose=purpose, shelf=shelf_of(around),
        for_account=uow.actor.for_whom_among(around),
    )  # fmt: skip
    uow.entries.append(entry)
    uow.events.append(Event(uow.new_id(), JOURNAL, entry.id, verb, False, uow.now, entry.id))
    return entry


WRITE_ENTRIES = """
UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row
"""


def write_entries(tx: Transaction, entries: Iterable[AuditEntry]) -> None:
    tx.run(WRITE_ENTRIES, rows=[row_of(entry) for entry in entries])


def row_of(entry: AuditEntry) -> dict[str, object]:
    """With the key by which one verb of a unit is looked up."""
    return properties(entry) | ({"act": act_of(entry.shelf, entry.verb)} if entry.shelf else {})


def act_of(shelf: str, verb: str) -> str:
    return f"{shelf}|{verb}"


LIST_ENTRIES = """
MATCH (e:AuditEntry {entity_id: $id})
WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e {.*} AS entry ORDER BY e.at, e.id
"""


def list_entries(tx: Transaction, id: str) -> list[AuditEntry]:
    """The timeline of one thing, oldest first, as far as the reader may see it. Looks at it stand in the audit, not in its history."""
    return [entry for entry in tx.all(LIST_ENTRIES, reader(AuditEntry, "entry"), id=id) if entry.verb != LOOK]
