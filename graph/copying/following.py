"""What is written while a store is being copied: found by its journal, and read again until the copy is whole.

Neither engine shows many statements one state of the store. But every change writes a journal entry in its own transaction and locks
the things that it changes. So: know the journal before the copy begins; copy; read again whatever new entries speak of, until few are
left; then lock those few, read them once more, and look whether anything slipped in between.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from time import sleep

from graph.connection import Graph, Transaction
from graph.copying.fresh import Footprint, Fresh, read_footprint
from graph.copying.rows import CopiedNode, NodeKey
from graph.copying.store import list_newer, lock_things, read_nodes
from graph.copying.walking import AS_SYSTEM, CHUNK, PATIENCE
from graph.errors import GraphError
from graph.schema import Ontology

FEW = 50
PASSES = 20
GRACE = 0.25
"""Seconds after which a commit that had begun to show is there as a whole (Neo4j shows one property by property)."""
Entries = dict[str, CopiedNode]


class TooBusy(GraphError):
    """More is written than can be followed; nothing was copied."""


@dataclass(frozen=True, slots=True)
class Journal:
    """`before` stood when the copy began. An entry whose id is not greater than `after` is old, however late its change was committed."""

    ontology: Ontology
    label: str
    after: str
    before: frozenset[str]

    def read_new(self, tx: Transaction, seen: Iterable[str]) -> Entries:
        node = self.ontology.node(self.label)
        new = list_newer(tx, node, self.after) - self.before - set(seen)
        return {one.key: one for one in read_nodes(tx, node, new)} if new else {}


@dataclass(frozen=True, slots=True)
class Held:
    """One try of the last pass."""

    entries: Entries
    found: Footprint


def follow(graph: Graph, journal: Journal, known: set[NodeKey], fresh: Fresh, sleep: Callable[[float], None] = sleep) -> Entries:
    """Bring the copy up to one moment of the journal. Returns the entries it has beyond those of before. Raises TooBusy."""
    seen: Entries = {}
    for _ in range(PASSES):
        new = graph.read(partial(journal.read_new, seen=seen), reader=AS_SYSTEM, patience=PATIENCE)
        if len(new) <= FEW:
            break
        seen |= new
        for ids in chunks(things_of(new)):
            fresh.take(graph.read(lambda tx, ids=ids: read_footprint(tx, journal.ontology, ids, known), reader=AS_SYSTEM, patience=PATIENCE))  # type: ignore[misc]
    else:
        raise TooBusy(f"after {PASSES} passes there is still more than {FEW} changes to follow")
    sleep(GRACE)
    held = graph.write(lambda tx: hold(tx, journal, seen, known), patience=PATIENCE)
    fresh.take(held.found)
    return seen | held.entries


def hold(tx: Transaction, journal: Journal, seen: Entries, known: set[NodeKey]) -> Held:
    """Under locks: on Neo4j nobody changes a locked thing; on the embedded engine this transaction fails when somebody did, and is tried again."""
    entries: Entries = {}
    later = journal.read_new(tx, seen)
    for _ in range(PASSES):
        lock_all(tx, journal.ontology, things_of(later))
        entries |= later
        found = read_footprint(tx, journal.ontology, things_of(entries), known)
        later = journal.read_new(tx, {**seen, **entries})
        if not slipped_in(later, entries, found):
            return Held(entries, found)
    raise TooBusy(f"in {PASSES} tries something changed each time what was being read")


def lock_all(tx: Transaction, ontology: Ontology, ids: frozenset[str]) -> None:
    """An entry may show a moment before the new thing that it speaks of; what is not there after that moment was taken away."""
    if ids and (missing := ids - lock_things(tx, ontology, ids)):
        sleep(GRACE / 5)
        lock_things(tx, ontology, missing)


def slipped_in(later: Entries, entries: Entries, found: Footprint) -> bool:
    """A change of what was being read, or the rest of a change of which a part was seen: entries of one transaction bear one time."""
    times = {entry.properties.get("at") for entry in entries.values()}
    return any(entry.properties.get("entity_id") in found.reaches or entry.properties.get("at") in times for entry in later.values())


def things_of(entries: Entries) -> frozenset[str]:
    return frozenset(str(entry.properties["entity_id"]) for entry in entries.values())


def chunks(ids: frozenset[str]) -> Iterable[frozenset[str]]:
    some = sorted(ids)
    return (frozenset(some[at : at + CHUNK]) for at in range(0, len(some), CHUNK))
