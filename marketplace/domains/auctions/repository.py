"""Auctions in the graph. Where the bidding stands lies on a node of its own without relations: it is the guard, and holds what is secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.auctions.model import OPEN, PUBLIC, Auction, Phase, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.paging import Page
from marketplace.kernel.workflow import Change

read_auction = reader(Auction, "auction")

GET = """
UNWIND $ids AS id
MATCH (a:Auction {id: id}) WHERE any(token IN a.audience WHERE token IN $reader)
MATCH (s:Standing {id: id})
MATCH (a)-[:AUCTIONS]->(l:Listing)
MATCH (a)-[:AUCTIONED_BY]->(p)
OPTIONAL MATCH (l)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (l)-[:OFFERS]->(w:Achievement)
WITH a, s, l, p, o, w, any(token IN a.guarded_audience WHERE token IN $reader) AS inside
RETURN a {.*} AS auction, l.id AS listing_id, o.name AS organisation_name, o.lineage AS units,
  CASE WHEN any(token IN w.audience WHERE token IN $reader) THEN w.id END AS achievement_id,
  CASE WHEN p:Worker AND NOT (inside OR any(token IN p.audience WHERE token IN $reader)) THEN {kind: '', id: p.id, name: ''}
    ELSE {kind: toLower(head(labels(p))), id: p.id, name: p.name} END AS seller,
  CASE WHEN inside THEN s.reserve_fen END AS reserve_fen, s.reserve_fen IS NOT NULL AS has_reserve,
  s.reserve_fen IS NULL OR coalesce(s.highest_fen, 0) >= s.reserve_fen AS is_reserve_reached,
  s.highest_fen AS highest_fen, s.leader AS leader, s.bids AS bids, s.extensions AS extensions, s.closes_at AS closes_at, s.last_at AS last_at,
  s.head AS head
"""


def get_auction(tx: Transaction, id: str) -> Auction:
    """Raises NotFound. The reserve comes to the seller's side alone, the leader's maximum to nobody."""
    return tx.one(GET, read_auction, ids=[id])


def get_auctions(tx: Transaction, ids: list[str]) -> list[Auction]:
    return tx.all(GET, read_auction, ids=ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the bidding stands; read by services alone."""

    id: str
    highest_fen: int | None = None
    leader: int = 0
    maximum_fen: int | None = None
    bids: int = 0
    extensions: int = 0
    closes_at: datetime | None = None
    last_at: datetime | None = None
    head: str = ""


TAKE_TURN = """
MATCH (s:Standing {id: $id})
SET s.lock = coalesce(s.lock, 0) + 1
RETURN s {.*} AS standing
"""


def take_turn(tx: Transaction, id: str) -> Standing:
    """The guard of all that concerns one auction: first this, then read, then decide. Raises NotFound."""
    return tx.one(TAKE_TURN, reader(Standing, "standing"), id=id)


SAVE_STANDING = """
MATCH (s:Standing {id: $id}) SET s += $properties RETURN s.id AS id
"""


def save_standing(tx: Transaction, standing: Standing) -> None:
    """Only by whoever holds the guard."""
    names = ("highest_fen", "leader", "maximum_fen", "bids", "extensions", "closes_at", "last_at", "head")
    tx.changed(SAVE_STANDING, id=standing.id, properties={name: getattr(standing, name) for name in names})


CREATE = """
MATCH (l:Listing {id: $listing_id})
CREATE (a:Auction)-[:AUCTIONS]->(l) SET a = $properties
CREATE (s:Standing {id: $id})
RETURN a.id AS id
"""
BY_STUDIO = "MATCH (a:Auction {id: $id}) MATCH (p:Studio {id: $party}) CREATE (a)-[:AUCTIONED_BY]->(p) RETURN p.id AS id"
BY_ENTERPRISE = "MATCH (a:Auction {id: $id}) MATCH (p:Enterprise {id: $party}) CREATE (a)-[:AUCTIONED_BY]->(p) RETURN p.id AS id"
BY_ASSOCIATION = "MATCH (a:Auction {id: $id}) MATCH (p:Association {id: $party}) CREATE (a)-[:AUCTIONED_BY]->(p) RETURN p.id AS id"
BY_WORKER = "MATCH (a:Auction {id: $id}) MATCH (p:Worker {id: $party}) CREATE (a)-[:AUCTIONED_BY]->(p) RETURN p.id AS id"
AUCTIONED_BY: dict[str, LiteralString] = {"studio": BY_STUDIO, "enterprise": BY_ENTERPRISE, "association": BY_ASSOCIATION, "worker": BY_WORKER}


def create_auction_node(tx: Transaction, auction: Auction) -> None:
    tx.one(CREATE, value("id"), id=auction.id, listing_id=auction.listing_id, properties=node_properties(auction))
    tx.one(AUCTIONED_BY[auction.seller.kind], value("id"), id=auction.id, party=auction.seller.id)
    write_reserve(tx, auction)


WRITE_RESERVE = """
MATCH (s:Standing {id: $id}) SET s.reserve_fen = $reserve_fen, s.closes_at = $closes_at RETURN s.id AS id
"""


def write_reserve(tx: Transaction, auction: Auction) -> None:
    """The reserve, and the end as the seller sets it; before the announcement."""
    tx.changed(WRITE_RESERVE, id=auction.id, reserve_fen=auction.reserve_fen, closes_at=auction.ends_at)


SAVE = """
MATCH (a:Auction {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a += $properties, a.version = $version + 1
RETURN a.version AS version
"""


def save_auction(tx: Transaction, change: Change[Auction]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


OPEN_OF = """
MATCH (:Listing {id: $id})<-[:AUCTIONS]-(a:Auction) WHERE a.status IN $open RETURN a.number AS number LIMIT 1
"""


def find_open_auction(tx: Transaction, listing_id: str) -> str | None:
    """The number of a listing's open auction, under the listing's guard: of two drafted at once, one is."""
    hold(tx, f"auction-of:{listing_id}")
    return tx.find(OPEN_OF, value("number"), id=listing_id, open=sorted(OPEN))


COUNT = """
MATCH (a:Auction) WHERE a.status IN $statuses AND any(token IN a.audience WHERE token IN $reader)
WITH CASE WHEN a.closed_at IS NOT NULL THEN $over WHEN a.begins_at > $now THEN $ahead ELSE $running END AS phase
RETURN phase, count(*) AS auctions
"""
PHASES: dict[str, str] = {"over": Phase.OVER, "ahead": Phase.AHEAD, "running": Phase.RUNNING}
"""As a list tells them apart: what is being closed still runs."""


def count_auctions(tx: Transaction, now: datetime) -> dict[str, int]:
    """By phase, of what has been announced."""
    return dict(tx.all(COUNT, lambda row: (str(row["phase"]), int(row["auctions"])), statuses=sorted(PUBLIC), now=now, **PHASES))


LIST = """
MATCH (a:Auction) WHERE a.status IN $statuses AND any(token IN a.audience WHERE token IN $reader)
WITH a, CASE WHEN a.closed_at IS NOT NULL THEN $over WHEN a.begins_at > $now THEN $ahead ELSE $running END AS phase
WHERE $chosen IN ['', phase]
MATCH (s:Standing {id: a.id})
WITH a, s ORDER BY a.closed_at IS NOT NULL, coalesce(a.closed_at, s.closes_at) DESC, a.id SKIP $skip LIMIT $size
RETURN a.id AS id
"""


def list_auctions(tx: Transaction, number: int, now: datetime, chosen: str = "", size: int = 20) -> Page[Auction]:
    """What has been announced, of one phase or of all, what is open first; a page."""
    counted = count_auctions(tx, now)
    total = counted.get(chosen, 0) if chosen else sum(counted.values())
    ids = tx.all(LIST, value("id"), statuses=sorted(PUBLIC), now=now, chosen=chosen, skip=(number - 1) * size, size=size, **PHASES)
    return Page(tuple(_in_order(tx, ids)), total, number, size)


def _in_order(tx: Transaction, ids: list[str]) -> list[Auction]:
    found = {one.id: one for one in get_auctions(tx, ids)}
    return [found[id] for id in ids if id in found]


DUE = """
MATCH (a:Auction {status: $announced}) MATCH (s:Standing {id: a.id}) WHERE s.closes_at <= $now RETURN a.id AS id ORDER BY id LIMIT 50
"""


def list_due(tx: Transaction, now: datetime) -> list[str]:
    """Whose end has passed and is not written down."""
    return tx.all(DUE, value("id"), announced=Status.ANNOUNCED, now=now)


LIST_IDS = """
MATCH (a:Auction) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit
"""


def list_auction_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (a:Auction {id: $id}) SET a.audience = $audience, a.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, auction: Auction) -> None:
    now = node_properties(auction)
    tx.run(RENEW, id=auction.id, audience=now["audience"], guarded=now["guarded_audience"])
