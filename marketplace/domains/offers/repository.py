"""Offers in the graph. Who reads them follows from their conversation, whenever they are read."""

from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.offers.model import Offer, Status, Thread
from marketplace.kernel.entity import node_properties
from marketplace.kernel.permissions import SIGNED_IN
from marketplace.kernel.revisions import VersionStatus
from marketplace.kernel.technology_contracts import Terms
from marketplace.kernel.workflow import Change

CAME = ("drafted", "in-force", "fulfilled")
"""How the graph says that a contract came of it."""
BEGINS = """
(q)-[:ASKED_BY]->(c:Account)
OPTIONAL MATCH (q)-[:ABOUT]->(n)
OPTIONAL MATCH (q)-[:ASKED_FOR]->(p)
"""
BETWEEN = """
  q.id AS enquiry_id, q.about_title AS title, q.about_kind AS about_kind, c.id AS asker_id, n.entered_by AS entered_by,
  {kind: toLower(head(labels(p))), id: p.id, name: p.name} AS asking,
  [(n)-[:PRODUCED_BY]->(s:Studio) | {kind: 'studio', id: s.id, name: s.name}]
    + [(n)-[:OFFERED_BY]->(x) | {kind: toLower(head(labels(x))), id: x.id, name: x.name}]
    + [(n)-[:POSTED_BY]->(e:Enterprise) | {kind: 'enterprise', id: e.id, name: e.name}]
    + CASE WHEN n:Worker THEN [{kind: 'worker', id: n.id, name: n.name}] ELSE [] END AS behind,
  [(n)<-[k:CONTRIBUTED_TO]-(w:Worker) | {id: w.id, name: w.name, share: k.share}] AS people
"""
GET_THREAD = f"""
MATCH (q:Enquiry {{id: $id}}) WHERE any(token IN q.audience WHERE token IN $reader)
MATCH {BEGINS}
OPTIONAL MATCH (n)-[:OFFERS]->(a:Achievement)
RETURN q.id AS id, q.number AS number, q.closed_at IS NOT NULL AS is_closed, CASE WHEN n:Listing THEN n.id ELSE '' END AS listing_id,
  CASE WHEN n:Need THEN n.id ELSE coalesce(head([(q)-[:MEANT_FOR]->(m:Need) | m.id]), '') END AS need_id,
  CASE WHEN n:Achievement THEN n.id ELSE coalesce(a.id, '') END AS achievement_id,
  coalesce(CASE WHEN n:Worker THEN $signed_in IN n.audience
    ELSE n.status = $published AND (n.valid_until IS NULL OR n.valid_until >= $today) END, false) AS is_offered,
  size([(n)-[:PROTECTED_BY]->(t:Patent) | 1]) + size([(a)-[:PROTECTED_BY]->(t:Patent) | 1]) > 0 AS patented,
  n:Listing AND coalesce(n.exclusive, false) AS exclusive,
  head([(q)<-[:CAME_FROM]-(k:Contract) WHERE k.status IN $came | k.id]) AS contract_id, size([(q)<-[:OFFERED_IN]-(o:Offer) | 1]) AS last,
  coalesce(head([(q)-[:TAKES_UP]->(k:Contract) | k.id]), '') AS taken_up,
{BETWEEN}
"""


def get_thread(tx: Transaction, enquiry_id: str, today: date) -> Thread:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET_THREAD, reader(Thread), id=enquiry_id, today=today, came=list(CAME), signed_in=SIGNED_IN, published=VersionStatus.PUBLISHED)


GET = f"""
UNWIND $ids AS id
MATCH (f:Offer {{id: id}})-[:OFFERED_IN]->(q:Enquiry) WHERE any(token IN q.audience WHERE token IN $reader)
MATCH {BEGINS}
MATCH (f)-[:WRITTEN_BY]->(b:Account)
RETURN f {{.*}} AS offer, b.id AS account_id, b.name AS by, head([(f)-[:BECAME]->(k:Contract) | k.id]) AS contract_id,
{BETWEEN}
"""


def get_offer(tx: Transaction, id: str) -> Offer:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET, reader(Offer, "offer"), ids=[id])


def get_offers(tx: Transaction, ids: list[str]) -> list[Offer]:
    return tx.all(GET, reader(Offer, "offer"), ids=ids)


IN_THREAD = """
MATCH (q:Enquiry {id: $id})<-[:OFFERED_IN]-(f:Offer) RETURN f.id AS id
"""


def list_offers(tx: Transaction, enquiry_id: str) -> list[Offer]:
    """The first one first."""
    return sorted(get_offers(tx, tx.all(IN_THREAD, value("id"), id=enquiry_id)), key=lambda one: one.ordinal)


def find_open_offer(tx: Transaction, enquiry_id: str) -> Offer | None:
    return next((one for one in list_offers(tx, enquiry_id) if one.status is Status.OPEN), None)


CREATE = """
MATCH (q:Enquiry {id: $enquiry}) MATCH (c:Account {id: $account})
CREATE (f:Offer)-[:OFFERED_IN]->(q) SET f = $properties
CREATE (f)-[:WRITTEN_BY]->(c)
RETURN f.id AS id
"""


def create_offer_node(tx: Transaction, offer: Offer) -> None:
    tx.one(CREATE, value("id"), enquiry=offer.enquiry_id, account=offer.account_id, properties=node_properties(offer))


SAVE = """
MATCH (f:Offer {id: $id})
SET f.lock = coalesce(f.lock, 0) + 1
WITH f WHERE f.version = $version
SET f += $properties, f.version = $version + 1
RETURN f.version AS version
"""


def save_offer(tx: Transaction, change: Change[Offer]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LISTED = """
MATCH (l:Listing {id: $id}) WHERE any(token IN l.audience WHERE token IN $reader)
WITH l, any(token IN l.guarded_audience WHERE token IN $reader) OR l.price_on_enquiry = false AS shown
RETURN l.contract_kind AS contract_kind, l.sub_kind AS sub_kind, l.price_mode AS price_mode, l.region AS region, l.exclusive AS exclusive,
  l.benefit AS scope, CASE WHEN shown THEN l.price_fen END AS total_fen, CASE WHEN shown THEN l.royalty_bp END AS royalty_bp
"""


def find_listed_terms(tx: Transaction, listing_id: str) -> Terms | None:
    """What the listing says of them; a price on enquiry stays with whoever may see it."""
    return tx.find(LISTED, reader(Terms), id=listing_id)


TAKEN_UP = """
MATCH (q:Enquiry {id: $id})-[:TAKES_UP]->(k:Contract) WHERE any(token IN q.audience WHERE token IN $reader)
RETURN k {.contract_kind, .sub_kind, .price_mode, .total_fen, .technology_fen, .royalty_bp, .royalty_course, .royalty_note, .region, .exclusive,
  .valid_from, .valid_until, .scope, .delivery, .acceptance, .stage_names, .stage_days, .stage_shares, .stage_proofs} AS terms
"""


def get_terms_taken_up(tx: Transaction, enquiry_id: str) -> Terms:
    """On which somebody takes up what they made; both sides of the conversation have read them."""
    return tx.one(TAKEN_UP, reader(Terms, "terms"), id=enquiry_id)


DUE = """
MATCH (f:Offer {status: $open}) WHERE f.holds_until < $today RETURN f.id AS id ORDER BY f.id LIMIT $limit
"""


def list_run_out(tx: Transaction, today: date, limit: int) -> list[str]:
    return tx.all(DUE, value("id"), open=Status.OPEN, today=today, limit=limit)


LIST_IDS = """
MATCH (f:Offer) WHERE f.id > $after RETURN f.id AS id ORDER BY id LIMIT $limit
"""


def list_offer_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
