"""Records of exports in the graph; they are never changed."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.entity import node_properties
from marketplace.processes.downloads.model import Download

CREATE = """
CREATE (d:Download) SET d = $properties
"""


def create_download_node(tx: Transaction, download: Download) -> None:
    tx.run(CREATE, properties=node_properties(download))


LIST = """
MATCH (d:Download {by: $account}) WHERE any(token IN d.audience WHERE token IN $reader)
RETURN d {.*} AS download ORDER BY d.id DESC LIMIT 100
"""


def list_downloads(tx: Transaction, account: str) -> list[Download]:
    """Of an account, the newest first: itself and an administrator may know."""
    return tx.all(LIST, reader(Download, "download"), account=account)
