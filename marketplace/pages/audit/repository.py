"""Entries of the audit with the reader's tokens, the newest first.

No engine has an index on who may read: so the statement begins where few entries are. A thing, a person and the units of a small subtree
are looked up; else the chain is walked by its running number, so far that the page answers at once, and says how far it looked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.audit import ADMINISTRATION, act_of
from marketplace.kernel.chain import Link, head_of
from marketplace.kernel.permissions import ADMINISTRATOR, SYSTEM, units_of

STEP, GROWTH = 200, 3
MOST_WALKED = 20_000
MOST_UNITS = 300
"""Units that are looked up one by one; whoever has more of them finds enough by walking."""
MOST_LOOKED_UP = 3_000
"""Entries that are read and sorted for one page; where there are more, they stand close enough to be met by walking."""
BIG = 1 << 52


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the list; `before` is the cursor. `of` are ids of things: of one thing, or those of the reader themselves."""

    who: str = ""
    of: tuple[str, ...] = ()
    kind: str = ""
    verb: str = ""
    unit: str = ""
    since: datetime | None = None
    until: datetime | None = None
    since_day: date | None = None
    until_day: date | None = None
    before: int = 0

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "who": self.who, "of": list(self.of), "kind": self.kind, "verb": self.verb, "token": f"officer:{self.unit}" if self.unit else "",
            "since": self.since, "until": self.until, "before": self.before or BIG,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """`before` is the cursor of what follows, 0 at the end; `walked_to` is the number down to which was looked where that was not all."""

    links: tuple[Link, ...]
    before: int = 0
    walked_to: int = 0


NARROWED = """
WHERE ($kind = '' OR e.kind = $kind) AND ($verb = '' OR e.verb = $verb) AND ($who = '' OR e.account_id = $who)
  AND ($since IS NULL OR e.at >= $since) AND ($until IS NULL OR e.at < $until)
  AND (size($of) = 0 OR e.entity_id IN $of) AND ($token = '' OR $token IN e.audience)
  AND any(token IN e.audience WHERE token IN $reader) AND e.seal IS NOT NULL AND e.sequence < $before
RETURN e {.*} AS entry, e.sequence AS sequence, e.previous AS previous, e.seal AS seal ORDER BY sequence DESC LIMIT $limit
"""
OF_THINGS = "UNWIND $of AS id MATCH (e:AuditEntry {entity_id: id})" + NARROWED
BY_ACCOUNT = "MATCH (e:AuditEntry {account_id: $by})" + NARROWED
OF_ACTS = "UNWIND $acts AS act MATCH (e:AuditEntry {act: act})" + NARROWED
ON_SHELVES = "UNWIND $shelves AS shelf MATCH (e:AuditEntry {shelf: shelf})" + NARROWED
WALKED = "UNWIND range($low, $high) AS number MATCH (e:AuditEntry {sequence: number})" + NARROWED
MANY_ON = "UNWIND $keys AS key MATCH (e:AuditEntry {shelf: key}) WITH e LIMIT $limit RETURN count(e) AS entries"
MANY_ACTS = "UNWIND $keys AS key MATCH (e:AuditEntry {act: key}) WITH e LIMIT $limit RETURN count(e) AS entries"
MANY_BY = "UNWIND $keys AS key MATCH (e:AuditEntry {account_id: key}) WITH e LIMIT $limit RETURN count(e) AS entries"
read_link = reader(Link)


def list_audit(tx: Transaction, wanted: Wanted, size: int, account: str) -> Found:
    """`account` is the reader's: what they did themselves is theirs to see, wherever it was."""
    if wanted.of:
        return _cut(_asked(tx, OF_THINGS, wanted, size), size)
    if wanted.who:
        few = _count(tx, MANY_BY, [wanted.who]) <= MOST_LOOKED_UP
        return _cut(_asked(tx, BY_ACCOUNT, wanted, size, by=wanted.who), size) if few else _walk(tx, wanted, size)
    shelves = _shelves(tx, wanted)
    if shelves is None or not _are_few(tx, wanted, shelves, account):
        return _walk(tx, wanted, size)
    return _looked_up(tx, wanted, size, shelves, account)


def _are_few(tx: Transaction, wanted: Wanted, shelves: list[str], account: str) -> bool:
    """Where they are many, walking meets enough of them soon."""
    filed = _count(tx, MANY_ACTS, _acts(shelves, wanted)) if wanted.verb else _count(tx, MANY_ON, shelves)
    return filed <= MOST_LOOKED_UP and _count(tx, MANY_BY, [account]) <= MOST_LOOKED_UP


def _acts(shelves: list[str], wanted: Wanted) -> list[str]:
    return [act_of(shelf, wanted.verb) for shelf in shelves]


def _count(tx: Transaction, statement: LiteralString, keys: list[str]) -> int:
    return int(tx.one(statement, value("entries"), keys=keys, limit=MOST_LOOKED_UP + 1))


def _looked_up(tx: Transaction, wanted: Wanted, size: int, shelves: list[str], account: str) -> Found:
    filed = _asked(tx, OF_ACTS, wanted, size, acts=_acts(shelves, wanted)) if wanted.verb else _asked(tx, ON_SHELVES, wanted, size, shelves=shelves)
    found = {link.sequence: link for link in (*filed, *_asked(tx, BY_ACCOUNT, wanted, size, by=account))}
    return _cut(sorted(found.values(), key=lambda link: -link.sequence), size)


def _asked(tx: Transaction, statement: LiteralString, wanted: Wanted, size: int, **where: Any) -> list[Link]:
    return tx.all(statement, read_link, limit=size + 1, **wanted.parameters, **where)


def _cut(links: list[Link], size: int) -> Found:
    """One more than fits says that there is more."""
    return Found(tuple(links[:size]), links[size - 1].sequence if len(links) > size else 0)


BELOW = """
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:PART_OF*0..4]-(o:Organisation) WHERE unit IN o.lineage
RETURN DISTINCT o.id AS id LIMIT $limit
"""


def _shelves(tx: Transaction, wanted: Wanted) -> list[str] | None:
    """Where the reader's entries are filed; None where that is too many places to look."""
    if SYSTEM in tx.reader:
        return None
    units = [wanted.unit] if wanted.unit else units_of(tx.reader)
    below = tx.all(BELOW, value("id"), units=units, limit=MOST_UNITS + 1) if units else []
    if len(below) > MOST_UNITS:
        return None
    return [*below, *([ADMINISTRATION] if ADMINISTRATOR in tx.reader and not wanted.unit else [])]


def _walk(tx: Transaction, wanted: Wanted, size: int) -> Found:
    low, high = _bounds(tx, wanted)
    links, at = list[Link](), high
    for first in _steps(low, high):
        links += tx.all(WALKED, read_link, low=first, high=at, limit=size + 1 - len(links), **wanted.parameters)
        at = first - 1
        if len(links) > size:
            return _cut(links, size)
    return Found(tuple(links), at + 1, at + 1) if at >= low else Found(tuple(links))


def _steps(low: int, high: int) -> Iterator[int]:
    """Where each step begins, downwards: a short one first, for whoever finds much."""
    lowest, step = max(low, high - MOST_WALKED + 1), STEP
    while high >= lowest:
        first = max(lowest, high - step + 1)
        yield first
        high, step = first - 1, step * GROWTH


DAYS = """
MATCH (d:AuditDay) WHERE ($since = '' OR d.id >= $since) AND ($until = '' OR d.id <= $until)
RETURN coalesce(min(d.first), 1) AS first, coalesce(max(d.last), 0) AS last
"""


def _bounds(tx: Transaction, wanted: Wanted) -> tuple[int, int]:
    """Numbers between which the asked days lie; a day's entries may stand among those of others."""
    head = head_of(tx)[0]
    since, until = (day.isoformat() if day else "" for day in (wanted.since_day, wanted.until_day))
    first, last = tx.one(DAYS, lambda row: (int(row["first"]), int(row["last"])), since=since, until=until) if since or until else (1, head)
    return first, min(last, wanted.before - 1 if wanted.before else head)


GET = """
MATCH (e:AuditEntry {id: $id}) WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e {.*} AS entry, coalesce(e.sequence, 0) AS sequence, coalesce(e.previous, '') AS previous, coalesce(e.seal, '') AS seal
"""


def get_link(tx: Transaction, id: str) -> Link:
    """Raises NotFound, also for what is not theirs."""
    return tx.one(GET, read_link, id=id)
