"""What was acknowledged against what is stored: nothing lost, nothing half there."""

from time import monotonic, sleep

from graph.connection import Graph
from graph.errors import GraphError

Said = list[tuple[str, str]]
"""(verb, id), as the application said it after its commit was acknowledged"""
Found = dict[str, tuple[int, int, int]]
"""id → (version, audit entries, outbox events)"""
LEAST = {"created": 1, "revised": 2}

STORED = """
MATCH (a:Achievement)
RETURN a.id AS id, a.version AS version,
  COUNT { MATCH (e:AuditEntry {entity_id: a.id}) } AS entries, COUNT { MATCH (o:OutboxEvent {entity_id: a.id}) } AS events
"""
ORPHANS = """
MATCH (o:OutboxEvent) WHERE NOT EXISTS { MATCH (a:Achievement {id: o.entity_id}) } RETURN o.entity_id AS id
UNION MATCH (e:AuditEntry) WHERE NOT EXISTS { MATCH (a:Achievement {id: e.entity_id}) } RETURN e.entity_id AS id
"""


def stored(graph: Graph) -> Found:
    return {
        row["id"]: (row["version"], row["entries"], row["events"])
        for row in graph.read(lambda tx: tx.all(STORED, lambda record: record.data()), patience=15)
    }


def lost(said: Said, found: Found) -> list[str]:
    """Acknowledged, and not there."""
    return [id for verb, id in said if found.get(id, (0, 0, 0))[0] < LEAST[verb]]


def halves(graph: Graph, found: Found) -> list[str]:
    """A version without its entry or its event, and an entry or event without what it tells of."""
    return [
        *(id for id, (version, entries, events) in found.items() if not version == entries == events),
        *graph.read(lambda tx: tx.all(ORPHANS, lambda record: record["id"]), patience=15),
    ]


def wait_for(graph: Graph, within: float) -> float:
    """Seconds until the store answers. Raises its error when that takes too long."""
    began = monotonic()
    while True:
        try:
            graph.ping()
        except GraphError:
            if monotonic() - began > within:
                raise
            sleep(0.05)
        else:
            return monotonic() - began
