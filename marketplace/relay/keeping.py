"""What the relay did while a backup was being made is taken out of the copy and asked for again: seals, notices, audiences, events.

A relay that works beside the copying would otherwise leave half of its work in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.connection import Graph
from graph.copying.copy import Copy
from graph.copying.rows import CopiedNode
from graph.copying.store import list_keys, read_nodes
from graph.ontology import ONTOLOGY
from graph.outbox import Event
from graph.records import properties
from marketplace.kernel.ids import new_id
from marketplace.kernel.permissions import SYSTEM
from marketplace.relay.sealing import HEAD

JOURNAL = "AuditEntry"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the relay was before the copying began. What had left the outbox by then was carried out in full."""

    sequence: int
    seal: str
    events: tuple[CopiedNode, ...]


def standing_now(graph: Graph) -> Standing:
    head = next((one.properties for one in all_of(graph, "Guard") if one.key == HEAD), {})
    return Standing(head.get("sequence", 0), head.get("seal", ""), tuple(all_of(graph, "OutboxEvent")))


def all_of(graph: Graph, label: str) -> list[CopiedNode]:
    node = ONTOLOGY.node(label)
    return graph.read(lambda tx: read_nodes(tx, node, list_keys(tx, node)), reader=(SYSTEM,), patience=15)


@dataclass(frozen=True, slots=True)
class Kept:
    """The content of a copy, as a relay that comes later may take it up."""

    copy: Copy
    standing: Standing
    sequence: int
    seal: str

    def nodes(self, label: str) -> Iterator[CopiedNode]:
        again = {told_of(entry.properties, "at") for entry in self.copy.entries.values()}
        for node in self.copy.nodes(label):
            if label == JOURNAL:
                yield self._unsealed(node)
            elif label != "Notice" or told_of(node.properties, "created_at") not in again:
                yield node

    def running(self, guards: list[CopiedNode]) -> Iterator[CopiedNode]:
        """Guards, read last of all, for they only count upwards; and an event for each change whose consequences may be missing."""
        for guard in guards:
            yield guard.saying(sequence=self.sequence or None, seal=self.seal or None) if guard.key == HEAD else guard
        yield from (one for one in self.standing.events if one.properties.get("audit_id") not in self.copy.entries)
        yield from (event_again(entry) for entry in self.copy.entries.values())

    def _unsealed(self, entry: CopiedNode) -> CopiedNode:
        """Sealed after a gap: the next relay seals it anew."""
        return entry.saying(sequence=None, previous=None, seal=None) if entry.properties.get("sequence", 0) > self.sequence else entry


def kept(copy: Copy, standing: Standing) -> Kept:
    """The chain goes as far as the copy has it without a gap; the entries from before are left as they are, broken ones too."""
    rows = (node.properties for node in copy.nodes(JOURNAL))
    seals = {row["sequence"]: row["seal"] for row in rows if row.get("sequence", 0) > standing.sequence}
    sequence, seal = standing.sequence, standing.seal
    while sequence + 1 in seals:
        sequence, seal = sequence + 1, seals[sequence + 1]
    return Kept(copy, standing, sequence, seal)


def told_of(row: dict[str, Any], time: str) -> tuple[Any, ...]:
    return row.get("kind"), row.get("entity_id"), row.get("verb"), row.get(time)


def event_again(entry: CopiedNode) -> CopiedNode:
    said = entry.properties
    event = Event(new_id(), said["kind"], said["entity_id"], said["verb"], False, datetime.fromisoformat(said["at"]), entry.key)
    row = properties(event, exclude=("takes_away",)) | {"at": said["at"]}
    return CopiedNode("OutboxEvent", event.id, row)
