"""Events written in the same transaction as the change they tell of. They say which thing changed, not how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded, properties, reader, value


@dataclass(frozen=True, slots=True)
class Event:
    """`takes_away`: until it is handled, every query leaves `entity_id` out."""

    id: str
    kind: str
    entity_id: str
    verb: str
    takes_away: bool
    at: datetime
    audit_id: str
    tries: int = 0
    status: str = "pending"
    problem: str = ""


WRITE_EVENTS = """
UNWIND $rows AS row CREATE (e:OutboxEvent) SET e = row
"""


def write_events(tx: Transaction, events: Iterable[Event]) -> None:
    """Only what takes away says so: an index in which nearly all have one value makes deleting them slow."""
    tx.run(WRITE_EVENTS, rows=[properties(event) | {"takes_away": event.takes_away or None} for event in events])


LIST_PENDING = """
MATCH (e:OutboxEvent) WHERE e.status <> 'aside'
RETURN e {.*, takes_away: coalesce(e.takes_away, false)} AS event ORDER BY e.at, e.id LIMIT $limit
"""


def read_event(row: Record) -> Event:
    """By hand, for an import leaves thousands; what stands here was written from this very dataclass."""
    told: dict[str, Any] = dict(row["event"])
    return Event(**told | {"at": loaded(told["at"])})


def list_pending(tx: Transaction, limit: int = 500) -> list[Event]:
    """The oldest first. Handled events are deleted, so there is no mark to fall behind of."""
    return tx.all(LIST_PENDING, read_event, limit=limit)


GUARD = "outbox"
NAME_STATE = """
MERGE (g:Guard {id: $id})
SET g.state = $state
"""


def name_state(tx: Transaction) -> None:
    """Another name than before. To be committed before the events that call for it are gone or set aside: then nobody finds the old name."""
    tx.run(NAME_STATE, id=GUARD, state=token_hex(8))


FIND_STATE = """
OPTIONAL MATCH (e:OutboxEvent) WHERE e.status <> 'aside'
WITH e LIMIT 1 WITH count(e) AS waiting
MATCH (g:Guard {id: $id}) WHERE waiting = 0
RETURN g.state AS state
"""


def find_state(tx: Transaction) -> str | None:
    """As long as it is the same, nothing has changed of which an event tells. None while one waits to be handled, and before any was.

    The events are looked for first: who finds none, and then the name, has missed none that was handled in between."""
    return tx.find(FIND_STATE, value("state"), id=GUARD)


DELETE_EVENTS = """
UNWIND $ids AS id MATCH (e:OutboxEvent {id: id}) DELETE e
"""


def delete_events(tx: Transaction, ids: list[str]) -> None:
    tx.run(DELETE_EVENTS, ids=ids)


LIST_WITHHELD = """
MATCH (e:OutboxEvent {takes_away: true}) RETURN DISTINCT e.entity_id AS id
"""


def list_withheld(tx: Transaction) -> frozenset[str]:
    """Ids of what was taken from somebody's sight and may still stand in the index."""
    return frozenset(tx.all(LIST_WITHHELD, value("id")))


SET_ASIDE = """
MATCH (e:OutboxEvent {id: $id})
SET e.tries = e.tries + 1, e.problem = $problem, e.status = CASE WHEN e.tries + 1 >= $most THEN 'aside' ELSE 'pending' END
RETURN e.id AS id
"""


def set_aside(tx: Transaction, id: str, problem: str, most: int = 3) -> None:
    """Count a failed try; after the last one the event waits for a person and holds up nobody else."""
    tx.run(SET_ASIDE, id=id, problem=problem, most=most)


LIST_ASIDE = """
MATCH (e:OutboxEvent) WHERE e.status = 'aside'
RETURN e {.*, takes_away: coalesce(e.takes_away, false)} AS event ORDER BY e.at, e.id SKIP $skip LIMIT $limit
"""


def list_aside(tx: Transaction, skip: int = 0, limit: int = 1_000) -> list[Event]:
    """Those that wait for a person, the oldest first."""
    return tx.all(LIST_ASIDE, read_event, skip=skip, limit=limit)


RETRY_EVENTS = """
MATCH (e:OutboxEvent) WHERE e.status = 'aside' AND ($id = '' OR e.id = $id)
SET e.status = 'pending', e.tries = 0, e.problem = ''
RETURN count(e) AS retried
"""


def retry_event(tx: Transaction, id: str) -> int:
    """As if it had never been tried. 0 for one that is not set aside: it was retried already, or handled."""
    return int(tx.one(RETRY_EVENTS, value("retried"), id=id)) if id else 0


def retry_all_events(tx: Transaction) -> int:
    """Returns how many."""
    return int(tx.one(RETRY_EVENTS, value("retried"), id=""))


COUNT_EVENTS = """
MATCH (e:OutboxEvent) RETURN count(e) AS waiting
"""


def count_events(tx: Transaction) -> int:
    return int(tx.one(COUNT_EVENTS, value("waiting")))


@dataclass(frozen=True, slots=True)
class Backlog:
    """`oldest` is the oldest of those that are not set aside."""

    pending: int
    aside: int
    oldest: datetime | None


BACKLOG = """
MATCH (e:OutboxEvent)
RETURN count(CASE WHEN e.status <> 'aside' THEN 1 END) AS pending, count(CASE WHEN e.status = 'aside' THEN 1 END) AS aside,
  min(CASE WHEN e.status <> 'aside' THEN e.at END) AS oldest
"""


def get_backlog(tx: Transaction) -> Backlog:
    """How far the relay is behind."""
    return tx.one(BACKLOG, reader(Backlog))
