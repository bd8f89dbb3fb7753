"""A need of one's own for which something is asked: whatever comes of the question is counted for it."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.permission_rules import MAKER


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNeed:
    id: str
    title: str
    enterprise_id: str


OWN_NEED = """
MATCH (n:Need {id: $id})-[:POSTED_BY]->(e:Enterprise)
WHERE any(token IN n.audience WHERE token IN $reader) AND $maker + e.id IN $reader
RETURN n.id AS id, n.title AS title, e.id AS enterprise_id
"""


def get_own_need(tx: Transaction, id: str) -> OwnNeed:
    """Raises NotFound for one that somebody else has posted."""
    return tx.one(OWN_NEED, reader(OwnNeed), id=id, maker=MAKER)


MEANT_FOR = "MATCH (q:Enquiry {id: $id}) MATCH (n:Need {id: $need}) CREATE (q)-[:MEANT_FOR]->(n) RETURN q.id AS id"


def link_need(tx: Transaction, enquiry_id: str, need_id: str) -> None:
    tx.one(MEANT_FOR, value("id"), id=enquiry_id, need=need_id)
