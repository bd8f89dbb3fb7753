"""Listings in the graph. A price on enquiry never leaves the store for whoever may not see it."""

from datetime import date

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.listings.model import Listing, PutUp, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change

read_listing = reader(Listing, "listing")

GET = """
UNWIND $ids AS id
MATCH (l:Listing {id: id}) WHERE any(token IN l.audience WHERE token IN $reader)
OPTIONAL MATCH (l)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (l)-[:OFFERED_BY]->(p)
OPTIONAL MATCH (l)-[:OFFERS]->(a:Achievement)
WITH l, o, p, a, any(token IN l.guarded_audience WHERE token IN $reader) AS inside,
  a IS NOT NULL AND any(token IN a.audience WHERE token IN $reader) AS may_see
RETURN l {.*} AS listing, o.id AS organisation_id, o.name AS organisation_name, o.lineage AS units, o.area AS area,
  CASE WHEN p:Worker AND NOT (inside OR any(token IN p.audience WHERE token IN $reader)) THEN {kind: '', id: p.id, name: ''}
    ELSE {kind: toLower(head(labels(p))), id: p.id, name: p.name} END AS offerer,
  CASE WHEN may_see THEN a.id END AS achievement_id, CASE WHEN may_see THEN a.title END AS achievement_title,
  a IS NOT NULL AND EXISTS { MATCH (a)-[:PROTECTED_BY]->(:Patent) } AS has_patent,
  CASE WHEN a IS NOT NULL AND 'public' IN a.audience
    THEN COUNT { MATCH (a)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed RETURN DISTINCT e } ELSE 0 END AS used,
  CASE WHEN inside OR l.price_on_enquiry = false THEN l.price_fen END AS price_fen,
  CASE WHEN inside OR l.price_on_enquiry = false THEN l.royalty_bp END AS royalty_bp,
  CASE WHEN inside OR l.price_on_enquiry = false THEN l.royalty_course END AS royalty_course,
  CASE WHEN inside OR l.price_on_enquiry = false THEN l.price_note ELSE '' END AS price_note,
  CASE WHEN inside THEN l.entered_by ELSE '' END AS entered_by, CASE WHEN inside THEN l.reason ELSE '' END AS reason
"""


def get_listing(tx: Transaction, id: str) -> Listing:
    """Raises NotFound. A hidden price comes empty; whoever may edit or review sees it."""
    return tx.one(GET, read_listing, ids=[id])


def get_listings(tx: Transaction, ids: list[str]) -> list[Listing]:
    return tx.all(GET, read_listing, ids=ids)


AUCTIONS = """
MATCH (:Listing {id: $id})<-[:AUCTIONS]-(a:Auction) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a.id AS id, a.number AS number, a.announced_at AS announced_at, a.closed_at AS closed_at ORDER BY a.created_at DESC, a.id LIMIT 3
"""


def list_put_up(tx: Transaction, listing_id: str) -> list[PutUp]:
    """Its auctions that the reader may see, the latest first."""
    return tx.all(AUCTIONS, reader(PutUp), id=listing_id)


CREATE = """
CREATE (l:Listing) SET l = $properties
WITH l
OPTIONAL MATCH (o:Organisation {id: $organisation_id})
FOREACH (x IN CASE WHEN o IS NULL THEN [] ELSE [o] END | CREATE (l)-[:UNDER]->(x))
WITH l
OPTIONAL MATCH (a:Achievement {id: $achievement_id})
FOREACH (x IN CASE WHEN a IS NULL THEN [] ELSE [a] END | CREATE (l)-[:OFFERS]->(x))
"""
OFFERED_BY_STUDIO = "MATCH (l:Listing {id: $id}) MATCH (p:Studio {id: $party}) CREATE (l)-[:OFFERED_BY]->(p)"
OFFERED_BY_ENTERPRISE = "MATCH (l:Listing {id: $id}) MATCH (p:Enterprise {id: $party}) CREATE (l)-[:OFFERED_BY]->(p)"
OFFERED_BY_ASSOCIATION = "MATCH (l:Listing {id: $id}) MATCH (p:Association {id: $party}) CREATE (l)-[:OFFERED_BY]->(p)"
OFFERED_BY_WORKER = "MATCH (l:Listing {id: $id}) MATCH (p:Worker {id: $party}) CREATE (l)-[:OFFERED_BY]->(p)"
OFFERED_BY = {
    "studio": OFFERED_BY_STUDIO, "enterprise": OFFERED_BY_ENTERPRISE, "association": OFFERED_BY_ASSOCIATION, "worker": OFFERED_BY_WORKER,
}  # fmt: skip


def create_listing_node(tx: Transaction, listing: Listing) -> None:
    tx.run(CREATE, properties=node_properties(listing), **properties(listing, "organisation_id", "achievement_id"))
    tx.run(OFFERED_BY[listing.offerer.kind], id=listing.id, party=listing.offerer.id)
    write_field(tx, listing)


SAVE = """
MATCH (l:Listing {id: $id})
SET l.lock = coalesce(l.lock, 0) + 1
WITH l WHERE l.version = $version
SET l += $properties, l.version = $version + 1
RETURN l.version AS version
"""


def save_listing(tx: Transaction, change: Change[Listing]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("field"):
        write_field(tx, change.after)


WRITE_FIELD = """
MATCH (l:Listing {id: $id})
OPTIONAL MATCH (l)-[old:IN_FIELD]->(:TechnologyField) DELETE old
WITH DISTINCT l MATCH (f:TechnologyField {code: $field})
CREATE (l)-[:IN_FIELD]->(f)
"""


def write_field(tx: Transaction, listing: Listing) -> None:
    tx.run(WRITE_FIELD, id=listing.id, field=listing.field)


PATENTED = """
MATCH (a:Achievement {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a.title AS title, size([(a)-[:PROTECTED_BY]->(p:Patent) | 1]) > 0 AS patented,
  [(a)-[:PRODUCED_BY]->(s:Studio) | s.id] + [(a)<-[:CONTRIBUTED_TO]-(w:Worker) | w.id] AS makers
"""


def find_offered(tx: Transaction, id: str) -> tuple[str, bool, tuple[str, ...]]:
    """Title, whether a patent protects it, who made it. Raises NotFound."""
    return tx.one(PATENTED, lambda row: (str(row["title"]), bool(row["patented"]), tuple(row["makers"])), id=id)


OF_WORKS = """
UNWIND $ids AS id MATCH (:Achievement {id: id})<-[:OFFERS]-(l:Listing) RETURN l.id AS id
"""


def list_listings_of(tx: Transaction, ids: list[str]) -> list[tuple[str, str]]:
    """An offer is used where its work is, and protected by its work's patents."""
    return tx.all(OF_WORKS, lambda row: (Listing.KIND, str(row["id"])), ids=ids)


DUE = """
MATCH (l:Listing {status: $status}) WHERE l.valid_until < $today RETURN l.id AS id ORDER BY id LIMIT $limit
"""


def list_due(tx: Transaction, today: date, limit: int = 500) -> list[str]:
    """On offer, though their last day has passed."""
    return tx.all(DUE, value("id"), status=Status.PUBLISHED, today=today, limit=limit)


ENDING = """
MATCH (l:Listing {status: $status}) WHERE l.valid_until >= $today AND l.valid_until <= $last
  AND (l.reminded_for IS NULL OR l.reminded_for <> l.valid_until)
RETURN l.id AS id ORDER BY id LIMIT $limit
"""


def list_ending(tx: Transaction, today: date, last: date, limit: int = 500) -> list[str]:
    """On offer until a day between these, and nobody was reminded of that day."""
    return tx.all(ENDING, value("id"), status=Status.PUBLISHED, today=today, last=last, limit=limit)


RENEW = """
MATCH (l:Listing {id: $id}) SET l.audience = $audience, l.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, listing: Listing) -> None:
    now = node_properties(listing)
    tx.run(RENEW, id=listing.id, audience=now["audience"], guarded=now["guarded_audience"])


LIST_IDS = """
MATCH (l:Listing) WHERE l.id > $after RETURN l.id AS id ORDER BY id LIMIT $limit
"""


def list_listing_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
