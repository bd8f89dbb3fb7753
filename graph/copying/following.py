"""What is written while a store is being copied: found by its journal, and read again until the copy is whole.

Neither engine shows many statements one state of the store. But every change writes a journal entry in its own transaction and locks
the things that it changes. So: know the journal before the copy begins; copy; read again whatever new entries speak of, until few are
left; then lock those few, read them once more, and look whether anything slipped in between.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from time import sleep

from graph.connection import Graph, Transaction
from graph.copying.fresh import Footprint, Fresh, Things, read_footprint
from graph.copying.rows import CopiedNode, NodeKey, copied_labels
from graph.copying.store import list_newer, lock_things, read_nodes
from graph.copying.walking import AS_SYSTEM, CHUNK, PATIENCE
from graph.errors import GraphError
from graph.schema import Ontology

FEW = 50
TRIES = 60
TRIES_UNDER_LOCKS = 3
GRACE = 0.05
"""Seconds after which a commit that had begun to show is there as a whole (Neo4j shows one property by property)."""
Entries = dict[str, CopiedNode]


class TooBusy(GraphError):
    """More is written than can be followed; nothing was copied."""


class SlippedIn(GraphError):
    """Let the locks go, and begin the last pass again. `ids` are of things that were not there at its first look."""


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

    def things_of(self, entries: Entries) -> Things:
        """A journal's kind is mostly a label in small letters; where it is not, a thing is looked for under every label."""
        kinds = {str(entry.properties["kind"]) for entry in entries.values()}
        labels = [node for node in copied_labels(self.ontology) if node.name.lower() in kinds]
        ids = frozenset(str(entry.properties["entity_id"]) for entry in entries.values())
        return Things(ids, tuple(labels) if len(labels) == len(kinds) else copied_labels(self.ontology), self.ontology)


@dataclass(frozen=True, slots=True)
class Held:
    """One try of the last pass."""

    entries: Entries
    found: Footprint


def follow(graph: Graph, journal: Journal, known: set[NodeKey], fresh: Fresh) -> Entries:
    """Bring the copy up to one moment of the journal. Returns the entries it has beyond those of before. Raises TooBusy."""
    seen: Entries = {}
    gone: frozenset[str] = frozenset()
    for _ in range(TRIES):
        seen |= read_again(graph, journal, known, fresh, seen)
        sleep(GRACE)
        try:
            held = graph.write(partial(hold, journal=journal, seen=seen, known=known, gone=gone), patience=PATIENCE)
        except SlippedIn as slipped:
            gone |= frozenset(map(str, slipped.ids))
        else:
            fresh.take(held.found)
            return seen | held.entries
    raise TooBusy(f"in {TRIES} tries something changed each time what was being read")


def read_again(graph: Graph, journal: Journal, known: set[NodeKey], fresh: Fresh, seen: Entries) -> Entries:
    """Without locks, until few are left. Returns the entries whose things were read again."""
    done: Entries = {}
    for _ in range(TRIES):
        new = graph.read(partial(journal.read_new, seen={**seen, **done}), reader=AS_SYSTEM, patience=PATIENCE)
        if len(new) <= FEW:
            return done
        sleep(GRACE)
        for some in chunks(new):
            fresh.take(graph.read(partial(read_footprint, of=journal.things_of(some), known=known), reader=AS_SYSTEM, patience=PATIENCE))
        done |= new
    raise TooBusy(f"after {TRIES} passes there are still more than {FEW} changes to follow")


def hold(tx: Transaction, journal: Journal, seen: Entries, known: set[NodeKey], gone: frozenset[str]) -> Held:
    """Under locks: on Neo4j nobody changes a locked thing; on the embedded engine this transaction fails when somebody did, and is tried again.

    `gone` was missing in an earlier transaction already, and so was taken away."""
    entries: Entries = {}
    later = journal.read_new(tx, seen)
    for turn in range(TRIES_UNDER_LOCKS):
        if missing := lock_all(tx, journal.things_of(later)) - gone:
            raise SlippedIn(*(missing if turn == 0 else ()))
        entries |= later
        found = read_footprint(tx, journal.things_of(entries), known)
        later = journal.read_new(tx, {**seen, **entries})
        if not slipped_in(later, entries, found):
            return Held(entries, found)
    raise SlippedIn


def lock_all(tx: Transaction, things: Things) -> frozenset[str]:
    """Returns what is not there. Waiting would not help: the embedded engine keeps an index as this transaction read it first,
    while the journal, read later, speaks already of what came since."""
    return things.ids - lock_things(tx, things.labels, things.ids) if things.ids else things.ids


def slipped_in(later: Entries, entries: Entries, found: Footprint) -> bool:
    """A change of what was being read, or the rest of a change of which a part was seen: entries of one transaction bear one time."""
    times = {entry.properties.get("at") for entry in entries.values()}
    return any(entry.properties.get("entity_id") in found.reaches or entry.properties.get("at") in times for entry in later.values())


def chunks(entries: Entries) -> Iterator[Entries]:
    keys = sorted(entries)
    return ({key: entries[key] for key in keys[at : at + CHUNK]} for at in range(0, len(keys), CHUNK))
