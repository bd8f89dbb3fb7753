"""Bidders and bids in the graph. A bid is written once and never again."""

from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, rows, value
from marketplace.domains.bids.model import Bid, Bidder
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change

read_bidder = reader(Bidder, "bidder")

BIDDERS = """
WHERE any(token IN b.audience WHERE token IN $reader)
MATCH (b)-[:BIDS_IN]->(a:Auction)-[:AUCTIONED_BY]->(seller)
MATCH (b)-[:BIDS_FOR]->(p)
RETURN b {.*} AS bidder, a.id AS auction_id, a.number AS number, a.title AS title,
  a.deposit_fen AS deposit_fen, a.deposit_until AS deposit_until, a.return_by AS return_by,
  seller.id AS seller_id, a.closed_at IS NOT NULL AS is_over,
  a.winner = b.ordinal AND coalesce(a.outcome, '') = ''
    AND NOT EXISTS { MATCH (a)<-[:CAME_FROM]-(c:Contract) WHERE c.signed_on IS NOT NULL } AS is_held,
  toLower(head(labels(p))) AS party_kind, p.id AS party_id, p.name AS party_name
ORDER BY bidder.created_at, bidder.id
"""
GET = "UNWIND $ids AS id MATCH (b:Bidder {id: id}) " + BIDDERS
OF_AUCTION = "MATCH (:Auction {id: $id})<-[:BIDS_IN]-(b:Bidder) " + BIDDERS


def get_bidder(tx: Transaction, id: str) -> Bidder:
    """Raises NotFound for everybody but the bidder and the seller."""
    return tx.one(GET, read_bidder, ids=[id])


def get_bidders(tx: Transaction, ids: list[str]) -> list[Bidder]:
    return tx.all(GET, read_bidder, ids=ids)


def list_bidders(tx: Transaction, auction_id: str) -> list[Bidder]:
    """Those whom the reader may see: the seller all, a bidder themselves."""
    return tx.all(OF_AUCTION, read_bidder, id=auction_id)


TAKEN = """
MATCH (:Auction {id: $id})<-[:BIDS_IN]-(b:Bidder) RETURN b.ordinal AS ordinal, b.legal_id AS legal_id
"""


def list_taken(tx: Transaction, auction_id: str) -> list[tuple[int, str]]:
    """Numbers that are given, and the legal person of each; under the guard, so that none is given twice."""
    return tx.all(TAKEN, lambda row: (int(row["ordinal"]), str(row["legal_id"])), id=auction_id)


COUNT = """
MATCH (a:Auction {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN size([(a)<-[:BIDS_IN]-(b:Bidder) WHERE b.paid_on IS NOT NULL | 1]) AS bidders
"""


def count_bidders(tx: Transaction, auction_id: str) -> int:
    """Whose deposit has arrived: a figure that everybody may see."""
    return int(tx.one(COUNT, value("bidders"), id=auction_id))


CREATE = """
MATCH (a:Auction {id: $auction_id})
CREATE (b:Bidder)-[:BIDS_IN]->(a) SET b = $properties
RETURN b.id AS id
"""
FOR_ENTERPRISE = "MATCH (b:Bidder {id: $id}) MATCH (p:Enterprise {id: $party}) CREATE (b)-[:BIDS_FOR]->(p) RETURN p.id AS id"
FOR_ASSOCIATION = "MATCH (b:Bidder {id: $id}) MATCH (p:Association {id: $party}) CREATE (b)-[:BIDS_FOR]->(p) RETURN p.id AS id"
BIDS_FOR: dict[str, LiteralString] = {"enterprise": FOR_ENTERPRISE, "association": FOR_ASSOCIATION}


def create_bidder_node(tx: Transaction, bidder: Bidder) -> None:
    tx.one(CREATE, value("id"), auction_id=bidder.auction_id, properties=node_properties(bidder))
    tx.one(BIDS_FOR[bidder.party_kind], value("id"), id=bidder.id, party=bidder.party_id)


SAVE = """
MATCH (b:Bidder {id: $id})
SET b.lock = coalesce(b.lock, 0) + 1
WITH b WHERE b.version = $version
SET b += $properties, b.version = $version + 1
RETURN b.version AS version
"""


def save_bidder(tx: Transaction, change: Change[Bidder]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


WRITE_BIDS = """
MATCH (a:Auction {id: $id})
UNWIND $rows AS row
CREATE (b:Bid)-[:BID_IN]->(a) SET b = row
RETURN b.id AS id
"""


def write_bids(tx: Transaction, auction_id: str, bids: tuple[Bid, ...]) -> None:
    tx.all(WRITE_BIDS, value("id"), id=auction_id, rows=rows(bids))


LIST_BIDS = """
MATCH (a:Auction {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
MATCH (a)<-[:BID_IN]-(b:Bid)
WHERE b.sequence <= $count
RETURN b {.*} AS bid ORDER BY bid.sequence, bid.id
"""
read_bid = reader(Bid, "bid")


def list_bids(tx: Transaction, auction_id: str, count: int) -> list[Bid]:
    """The record from the first: everybody who may see the auction may check it. `count`: as the auction said it, for a bid that came since
    would look like one that nobody counted."""
    return tx.all(LIST_BIDS, read_bid, id=auction_id, count=count)


BEST = """
MATCH (a:Auction {id: $id})<-[:BID_IN]-(b:Bid)
WITH b.ordinal AS ordinal, max(b.amount_fen) AS amount_fen, max(b.sequence) AS last
RETURN ordinal, amount_fen ORDER BY amount_fen DESC, last DESC
"""


def list_best(tx: Transaction, auction_id: str) -> list[tuple[int, int]]:
    """Each bidder's highest bid, the highest first: (number, fen). Of equal maxima the earlier one leads, and its line is written last."""
    return tx.all(BEST, lambda row: (int(row["ordinal"]), int(row["amount_fen"])), id=auction_id)


LIST_IDS = """
MATCH (b:Bidder) WHERE b.id > $after RETURN b.id AS id ORDER BY id LIMIT $limit
"""


def list_bidder_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (b:Bidder {id: $id}) SET b.audience = $audience
"""


def renew_audience(tx: Transaction, bidder: Bidder) -> None:
    tx.run(RENEW, id=bidder.id, audience=node_properties(bidder)["audience"])
