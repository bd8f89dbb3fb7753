"""The audit as a chain: each entry's seal holds the one before it, so that editing, deleting or reordering shows.

Read in pieces by its running number, so that a million entries are verified in the memory of a few thousand. What was put away in
archives is the beginning of the same chain."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from neo4j import Record

from graph.connection import Graph, Transaction
from graph.records import reader, value
from marketplace.kernel.audit import AuditEntry
from marketplace.kernel.permissions import SYSTEM

HEAD = "audit:head"
PIECE = 2_000
MOST_FAULTS = 100
"""After so many the chain is broken, and nobody needs a list of the rest."""
AS_SYSTEM = (SYSTEM,)


@dataclass(frozen=True, slots=True)
class Link:
    """A sealed entry at its place in the chain."""

    entry: AuditEntry
    sequence: int
    previous: str
    seal: str


@dataclass(frozen=True, slots=True)
class Archive:
    """Links `first` to `last`, in a file; `previous` is the seal before them, `seal` the last of them."""

    id: str
    created_at: datetime
    first: int
    last: int
    previous: str
    seal: str
    place: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were looked at, and every fault in words."""

    entries: int
    faults: tuple[str, ...]


def told_of(entry: AuditEntry) -> dict[str, Any]:
    """What is sealed: what happened. Who may read of it can change with the tree of units. Milliseconds are what every engine keeps."""
    told = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"), "by": entry.account_id, "fields": list(entry.fields),
        "from": entry.from_status, "id": entry.id, "kind": entry.kind, "of": entry.entity_id, "to": entry.to_status, "verb": entry.verb,
    }  # fmt: skip
    return told | ({"purpose": entry.purpose} if entry.purpose else {}) | ({"for": entry.for_account} if entry.for_account else {})


def seal_of(entry: AuditEntry, sequence: int, previous: str) -> str:
    return digest_of(told_of(entry) | {"previous": previous, "sequence": sequence})


def digest_of(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read_head(row: Record) -> tuple[int, str]:
    return int(row["sequence"]), str(row["seal"])


HEAD_NOW = """
MATCH (g:Guard {id: $id}) RETURN coalesce(g.sequence, 0) AS sequence, coalesce(g.seal, '') AS seal
"""


def head_of(tx: Transaction) -> tuple[int, str]:
    """Number and seal of the last link; (0, '') before the first."""
    return tx.find(HEAD_NOW, read_head, id=HEAD) or (0, "")


LINKS = """
UNWIND range($first, $last) AS number
MATCH (e:AuditEntry {sequence: number})
RETURN e {.*} AS entry, e.sequence AS sequence, coalesce(e.previous, '') AS previous, coalesce(e.seal, '') AS seal ORDER BY sequence, entry.id
"""
read_link = reader(Link)


def list_links(tx: Transaction, first: int, last: int) -> list[Link]:
    """By the index on the running number: a range of it would walk the whole audit on the embedded engine."""
    return tx.all(LINKS, read_link, first=first, last=last)


ARCHIVES = """
MATCH (a:AuditArchive) RETURN a {.*} AS archive ORDER BY a.first
"""


def list_archives(tx: Transaction) -> list[Archive]:
    return tx.all(ARCHIVES, reader(Archive, "archive"))


UNSEALED = """
MATCH (e:AuditEntry) WHERE e.seal IS NULL
RETURN e.id AS id ORDER BY id LIMIT $limit
"""


def list_unsealed(tx: Transaction, limit: int = 1_000) -> list[str]:
    """What an earlier leader left behind; walks the whole audit, so it is asked once a term."""
    return tx.all(UNSEALED, value("id"), limit=limit)


SEALED = """
MATCH (e:AuditEntry) WHERE e.seal IS NOT NULL RETURN count(e) AS entries
"""


def count_sealed(tx: Transaction) -> int:
    return int(tx.one(SEALED, value("entries")))


def faults_of(links: Iterable[Link], first: int, previous: str) -> tuple[list[str], int, str]:
    """Of a piece that should begin with number `first`; and the number and seal with which the next piece goes on."""
    faults = list[str]()
    for link in links:
        if link.sequence != first:
            faults.append(f"audit: {link.sequence} stands where {first} should")
            first = link.sequence
        if link.previous != previous or link.seal != seal_of(link.entry, link.sequence, link.previous):
            faults.append(f"audit: entry {link.entry.id} is not what was sealed")
        previous, first = link.seal, first + 1
    return faults, first, previous


def line_of(link: Link) -> str:
    """As an archive keeps it: what was sealed, and what else stood on the node."""
    kept = told_of(link.entry) | {"previous": link.previous, "sequence": link.sequence}
    return json.dumps(kept | {"seal": link.seal, "audience": list(link.entry.audience)}, ensure_ascii=False, sort_keys=True)


def archive_faults(archive: Archive, text: str) -> list[str]:
    """What differs between the file and what was sealed."""
    previous, number = archive.previous, archive.first
    for line in text.splitlines():
        told = json.loads(line)
        seal, _audience = told.pop("seal"), told.pop("audience")
        if told["sequence"] != number or told["previous"] != previous or seal != digest_of(told):
            return [f"audit: archive {archive.first} to {archive.last} is not what was sealed at {number}"]
        previous, number = seal, number + 1
    ended = (number - 1, previous) == (archive.last, archive.seal)
    return [] if ended else [f"audit: archive {archive.first} to {archive.last} ends at {number - 1}"]


def verify(graph: Graph, fetch: Callable[[str], bytes], seen: Callable[[int], None] = lambda count: None) -> Verdict:
    """From the first archive to the head, in pieces; the site goes on meanwhile. `fetch` reads an archive's file."""
    faults, number, seal = _archived(graph, fetch)
    base, checked = number - 1, number - 1
    while checked < (head := graph.read(head_of, reader=AS_SYSTEM, patience=15))[0] and len(faults) < MOST_FAULTS:
        last = min(checked + PIECE, head[0])
        links = graph.read(lambda tx, low=checked + 1, high=last: list_links(tx, low, high), reader=AS_SYSTEM, patience=15)  # type: ignore[misc]
        found, number, seal = faults_of(links, number, seal)
        faults += found
        if number != last + 1:
            faults.append(f"audit: the links from {number} to {last} are missing")
            number = last + 1
        checked = last
        seen(checked)
    return Verdict(checked, tuple((*faults, *_end_faults(graph, base, number - 1, seal))[:MOST_FAULTS]))


def _archived(graph: Graph, fetch: Callable[[str], bytes]) -> tuple[list[str], int, str]:
    faults, number, seal = list[str](), 1, ""
    for archive in graph.read(list_archives, reader=AS_SYSTEM, patience=15):
        if (archive.first, archive.previous) != (number, seal):
            faults.append(f"audit: the archives have a gap before {archive.first}")
        try:
            faults += archive_faults(archive, fetch(archive.place).decode())
        except (OSError, ValueError, KeyError):
            faults.append(f"audit: the archive {archive.first} to {archive.last} can't be read")
        number, seal = archive.last + 1, archive.seal
    return faults, number, seal


def _end_faults(graph: Graph, base: int, last: int, seal: str) -> Iterator[str]:
    """What stands outside the numbers: the head itself, entries that are sealed twice or beyond it, and what was never sealed."""
    head = graph.read(head_of, reader=AS_SYSTEM, patience=15)
    if head[0] < last or (head[0] == last and head[1] != seal):
        yield f"audit: the chain ends at {last}, its head says {head[0]}"
    sealed, unsealed = graph.read(lambda tx: (count_sealed(tx), list_unsealed(tx)), reader=AS_SYSTEM, patience=30)
    now = graph.read(head_of, reader=AS_SYSTEM, patience=15)[0]
    if not head[0] - base <= sealed <= now - base:
        yield f"audit: {sealed} entries are sealed, {head[0] - base} should be"
    yield from (f"audit: entry {id} is not sealed" for id in unsealed)
