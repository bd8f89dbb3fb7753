"""Records of exports in the graph; they are never changed."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.entity import node_properties
from marketplace.processes.exports.model import NetworkExport

CREATE = """
CREATE (x:NetworkExport) SET x = $properties
"""


def create_export_node(tx: Transaction, export: NetworkExport) -> None:
    tx.run(CREATE, properties=node_properties(export))


LIST = """
MATCH (x:NetworkExport {by: $account}) WHERE any(token IN x.audience WHERE token IN $reader)
RETURN x {.*} AS export ORDER BY x.id DESC LIMIT 100
"""


def list_exports(tx: Transaction, account: str) -> list[NetworkExport]:
    """Of an account, the newest first: itself and an administrator may know."""
    return tx.all(LIST, reader(NetworkExport, "export"), account=account)
