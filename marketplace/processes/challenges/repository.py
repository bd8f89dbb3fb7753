"""What came of a challenge: the contracts, as everybody may know of them."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.processes.challenges.model import Contracted

CONTRACTS = """
MATCH (k:Contract)-[:CAME_FROM]->(c:Challenge {id: $id}) WHERE any(token IN c.audience WHERE token IN $reader)
MATCH (k)-[:SOLD_BY]->(s)
RETURN k.id AS id, k.number AS number, k.status AS status, s.name AS seller ORDER BY number
"""


def list_contracts(tx: Transaction, challenge_id: str) -> list[Contracted]:
    """Everybody sees with whom, and where they stand; their terms are the parties'."""
    return tx.all(CONTRACTS, reader(Contracted), id=challenge_id)
