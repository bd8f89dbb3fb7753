"""The rules of the shortage list in the graph: one node."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change
from marketplace.processes.shortage.model import ShortageRules

ID = "shortage"

FIND = """
MATCH (p:ShortagePolicy {id: $id}) WHERE any(token IN p.audience WHERE token IN $reader) RETURN p {.*} AS rules
"""


def find_rules(tx: Transaction) -> ShortageRules | None:
    return tx.find(FIND, reader(ShortageRules, "rules"), id=ID)


CREATE = "CREATE (p:ShortagePolicy) SET p = $properties"


def create_rules(tx: Transaction, rules: ShortageRules) -> None:
    tx.run(CREATE, properties=node_properties(rules))


SAVE = """
MATCH (p:ShortagePolicy {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def save_rules(tx: Transaction, change: Change[ShortageRules]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
