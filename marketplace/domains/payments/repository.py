"""Payments in the graph: each a record under its contract, read by both parties and by the legal person behind the seller."""

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.payments.model import Payment, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.workflow import Change

read_payment = reader(Payment, "payment")

GET = """
UNWIND $ids AS id
MATCH (p:Payment {id: id}) WHERE any(token IN p.audience WHERE token IN $reader)
MATCH (p)-[:PAID_UNDER]->(c:Contract) MATCH (c)-[s:SOLD_BY]->(seller) MATCH (c)-[:BOUGHT_BY]->(buyer)
RETURN p {.*} AS payment, c.title AS title, toLower(head(labels(seller))) AS seller_kind, seller.id AS seller_id,
  coalesce(s.enterprise_id, '') AS enterprise_id, buyer.id AS buyer_id
"""


def get_payment(tx: Transaction, id: str) -> Payment:
    """Raises NotFound for everybody but the parties."""
    return tx.one(GET, read_payment, ids=[id])


def get_payments(tx: Transaction, ids: list[str]) -> list[Payment]:
    return tx.all(GET, read_payment, ids=ids)


UNDER = """
MATCH (p:Payment {contract_id: $id}) WHERE any(token IN p.audience WHERE token IN $reader) RETURN p.id AS id ORDER BY id
"""


def list_payments(tx: Transaction, contract_id: str) -> list[Payment]:
    """Of one contract, in the order in which they were recorded."""
    return get_payments(tx, tx.all(UNDER, value("id"), id=contract_id))


def hold_money(tx: Transaction, contract_id: str) -> None:
    """Whoever records or confirms under a contract takes their turn: two at once would both pass the comparison with what was agreed."""
    hold(tx, f"money:{contract_id}")


CREATE = """
MATCH (c:Contract {id: $contract})
CREATE (p:Payment) SET p = $properties
CREATE (p)-[:PAID_UNDER]->(c)
RETURN p.id AS id
"""


def create_payment_node(tx: Transaction, payment: Payment) -> None:
    tx.one(CREATE, value("id"), contract=payment.contract_id, properties=node_properties(payment))


SAVE = """
MATCH (p:Payment {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def save_payment(tx: Transaction, change: Change[Payment]) -> None:
    """Lock, then compare: of two who confirm at once, one does."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


WAITING = """
MATCH (p:Payment {status: $confirmed})-[:PAID_UNDER]->(c:Contract)
WHERE p.posted_at IS NULL AND p.counters_id = '' AND NOT EXISTS { MATCH (o:Payment {counters_id: p.id}) WHERE o.status = $confirmed }
RETURN p.id AS id ORDER BY p.paid_on, id
"""


def list_waiting_ids(tx: Transaction) -> list[str]:
    """Confirmed, and not in the ledger: there was no rule yet."""
    return tx.all(WAITING, value("id"), confirmed=Status.CONFIRMED)


LIST_IDS = """
MATCH (p:Payment) WHERE p.id > $after RETURN p.id AS id ORDER BY id LIMIT $limit
"""


def list_payment_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (p:Payment {id: $id}) SET p.audience = $audience
"""


def renew_audience(tx: Transaction, payment: Payment) -> None:
    tx.run(RENEW, id=payment.id, audience=node_properties(payment)["audience"])
