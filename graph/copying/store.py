"""The statements of copying. A label can't be a parameter in Cypher; each comes from the ontology, whose spelling is checked when it is made."""

from collections.abc import Iterable
from typing import Any, cast

from neo4j import Record

from graph.connection import Transaction
from graph.copying.rows import HANGING, CopiedNode, CopiedRelation, copied_labels, find_declared, key_name, plain
from graph.records import loaded, value
from graph.schema import Node, Ontology

KEYS = "MATCH (n:{label}) RETURN collect(n.{key}) AS keys"


def list_keys(tx: Transaction, node: Node) -> list[str]:
    """In one row: a hundred thousand rows cost a hundred times more."""
    return sorted(tx.one(filled(KEYS, node), value("keys")))


NODES = "UNWIND $keys AS key MATCH (n:{label} {{{key}: key}}) RETURN key, properties(n) AS properties"


def read_nodes(tx: Transaction, node: Node, keys: Iterable[str]) -> list[CopiedNode]:
    return tx.all(filled(NODES, node), lambda row: CopiedNode(node.name, row["key"], told(row)), keys=list(keys))


OUTGOING = """
UNWIND $keys AS key
MATCH (n:{label} {{{key}: key}})-[r]->(other)
RETURN key, type(r) AS type, labels(other)[0] AS label, coalesce(other.id, other.code) AS other, properties(r) AS properties
"""


def read_outgoing(tx: Transaction, node: Node, keys: Iterable[str]) -> list[CopiedRelation]:
    def read(row: Record) -> CopiedRelation:
        return CopiedRelation(node.name, row["key"], row["type"], row["label"], row["other"], told(row))

    return tx.all(filled(OUTGOING, node), read, keys=list(keys))


INCOMING = """
UNWIND $keys AS key
MATCH (n:{label} {{{key}: key}})<-[r]-(other)
RETURN key, type(r) AS type, labels(other)[0] AS label, coalesce(other.id, other.code) AS other, properties(r) AS properties
"""


def read_incoming(tx: Transaction, node: Node, keys: Iterable[str]) -> list[CopiedRelation]:
    def read(row: Record) -> CopiedRelation:
        return CopiedRelation(row["label"], row["other"], row["type"], node.name, row["key"], told(row))

    return tx.all(filled(INCOMING, node), read, keys=list(keys))


HANGING_ON = "UNWIND $ids AS id MATCH (n:{label} {{{name}: id}}) RETURN n.id AS key, properties(n) AS properties"


def read_hanging(tx: Transaction, ontology: Ontology, ids: Iterable[str]) -> list[CopiedNode]:
    """What says by its property that it belongs to one of these."""
    found = list[CopiedNode]()
    for node in copied_labels(ontology):
        for name in (name for name in HANGING if (one := find_declared(node.properties, name)) and one.lookup):
            statement = cast(Any, HANGING_ON.format(label=node.name, name=name))
            found += tx.all(statement, lambda row, label=node.name: CopiedNode(label, row["key"], told(row)), ids=list(ids))  # type: ignore[misc]
    return found


LOCK = "UNWIND $keys AS key MATCH (n:{label} {{{key}: key}}) SET n.lock = coalesce(n.lock, 0) + 1 RETURN key"


def lock_things(tx: Transaction, labels: Iterable[Node], ids: Iterable[str]) -> set[str]:
    """Nobody changes them before this transaction ends, or else it fails. Returns those that are there."""
    wanted = sorted(ids)
    lockable = [node for node in labels if find_declared(node.properties, "lock")]
    return {key for node in lockable for key in tx.all(filled(LOCK, node), value("key"), keys=wanted)}


NEWER = "MATCH (n:{label}) WHERE n.{key} > $after RETURN collect(n.{key}) AS keys"


def list_newer(tx: Transaction, node: Node, after: str) -> set[str]:
    return set(tx.one(filled(NEWER, node), value("keys"), after=after))


ANY_NODE = "MATCH (n) RETURN labels(n)[0] AS label LIMIT 1"


def is_empty(tx: Transaction) -> bool:
    return tx.find(ANY_NODE, value("label")) is None


CREATE_NODES = "UNWIND $rows AS row CREATE (n:{label}) SET n = row"


def create_nodes(tx: Transaction, node: Node, rows: list[dict[str, Any]]) -> None:
    tx.run(filled(CREATE_NODES, node), rows=rows)


CREATE_RELATIONS = """
UNWIND $rows AS row
MATCH (a:{source} {{{source_key}: row.a}})
MATCH (b:{target} {{{target_key}: row.b}})
CREATE (a)-[r:{type}]->(b) SET r = row.properties
RETURN count(r) AS made
"""


def create_relations(tx: Transaction, source: Node, type: str, target: Node, rows: list[dict[str, Any]]) -> int:
    """Returns how many were made: fewer where an end is missing."""
    statement = CREATE_RELATIONS.format(source=source.name, source_key=key_name(source), type=type, target=target.name, target_key=key_name(target))
    return int(tx.one(cast(Any, statement), value("made"), rows=rows))


def filled(template: str, node: Node) -> Any:
    return template.format(label=node.name, key=key_name(node))


def told(row: Record) -> dict[str, Any]:
    return plain(cast(dict[str, Any], loaded(row["properties"])))
