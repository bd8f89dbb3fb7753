"""From the ontology to constraints and indexes. Running it twice changes nothing.

Labels and names can't be parameters in Cypher; they come from the ontology, whose spelling is checked when it is made.
"""

from collections.abc import Iterable

from graph.connection import Graph
from graph.dialect import index_names, list_constraints, list_indexes
from graph.schema import Ontology, Property

CONSTRAINT = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
INDEX = "CREATE INDEX IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
DROP = "DROP INDEX `{name}` IF EXISTS"

Key = tuple[str, str]


def apply_constraints(graph: Graph, ontology: Ontology) -> None:
    """Constraints first: each brings the index that look-ups of its key use. A look-up that has become unique gives up its plain index."""
    missing = _unique(ontology) - list_constraints(graph)
    _drop_plain(graph, missing)
    _create(graph, CONSTRAINT, missing)
    _create(graph, INDEX, _lookups(ontology) - list_indexes(graph))


def missing_constraints(graph: Graph, ontology: Ontology) -> list[str]:
    """In words for an operator; empty when all is in place."""
    unique = _unique(ontology) - list_constraints(graph)
    lookups = _lookups(ontology) - list_indexes(graph)
    return [
        *(f"unique constraint on {label}.{name}" for label, name in sorted(unique)),
        *(f"index on {label}.{name}" for label, name in sorted(lookups)),
    ]


def _unique(ontology: Ontology) -> set[Key]:
    return {(label, one.name) for label, one in _declared(ontology) if one.unique}


def _lookups(ontology: Ontology) -> set[Key]:
    return {(label, one.name) for label, one in _declared(ontology) if one.lookup and not one.unique}


def _declared(ontology: Ontology) -> Iterable[tuple[str, Property]]:
    return ((node.name, one) for node in ontology.nodes for one in node.properties)


def _drop_plain(graph: Graph, keys: set[Key]) -> None:
    names = index_names(graph) if keys else {}
    for key in sorted(keys & names.keys()):
        statement = DROP.format(name=names[key])
        graph.write(lambda tx, statement=statement: tx.run(statement), patience=15)  # type: ignore[misc]


def _create(graph: Graph, template: str, keys: set[Key]) -> None:
    for label, name in sorted(keys):
        statement = template.format(label=label, name=name)
        graph.write(lambda tx, statement=statement: tx.run(statement), patience=15)  # type: ignore[misc]
