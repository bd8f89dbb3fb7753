"""The only place that knows that two engines differ, and the words in which both can be asked about themselves."""

from enum import StrEnum

from graph.connection import Graph, Transaction
from graph.records import value

WIPE_BATCH = 5_000
AT_START = 15.0
"""Seconds: a server that has just started, on a machine with much to do, drops its first callers."""


class Engine(StrEnum):
    EMBEDDED = "embedded"
    NEO4J = "neo4j"


def engine_of(graph: Graph) -> Engine:
    return Engine.EMBEDDED if "ArcadeDB" in graph.agent() else Engine.NEO4J


CONSTRAINTS = """
SHOW CONSTRAINTS YIELD labelsOrTypes, properties
RETURN labelsOrTypes[0] AS label, properties[0] AS property
"""


def list_constraints(graph: Graph) -> set[tuple[str, str]]:
    """(label, property) of each constraint that stands."""
    return set(graph.read(lambda tx: tx.all(CONSTRAINTS, lambda row: (row["label"], row["property"])), patience=AT_START))


INDEXES = """
SHOW INDEXES YIELD labelsOrTypes, properties, state
WHERE labelsOrTypes IS NOT NULL AND size(labelsOrTypes) > 0
RETURN labelsOrTypes[0] AS label, properties[0] AS property
"""


def list_indexes(graph: Graph) -> set[tuple[str, str]]:
    """(label, property) of each index, those that belong to a constraint too."""
    return set(graph.read(lambda tx: tx.all(INDEXES, lambda row: (row["label"], row["property"])), patience=AT_START))


INDEX_NAMES = """
SHOW INDEXES YIELD name, labelsOrTypes, properties
WHERE labelsOrTypes IS NOT NULL AND size(labelsOrTypes) > 0
RETURN name, labelsOrTypes[0] AS label, properties[0] AS property
"""


def index_names(graph: Graph) -> dict[tuple[str, str], str]:
    """What DROP INDEX takes, by (label, property)."""
    return dict(graph.read(lambda tx: tx.all(INDEX_NAMES, lambda row: ((row["label"], row["property"]), str(row["name"])))))


def explain(graph: Graph, statement: str, **parameters: object) -> None:
    """Raises GraphError for what the engine does not understand; runs nothing."""
    graph.read(lambda tx: tx.run(f"EXPLAIN {statement}", **parameters))


WIPE = """
MATCH (n)
WITH n LIMIT $batch
DETACH DELETE n
RETURN count(*) AS gone
"""


def wipe(graph: Graph) -> None:
    """Every node and relation of the database; constraints and indexes stay."""

    def wipe_batch(tx: Transaction) -> int:
        return int(tx.one(WIPE, value("gone"), batch=WIPE_BATCH))

    while graph.write(wipe_batch, patience=15) == WIPE_BATCH:
        pass
