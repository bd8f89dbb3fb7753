"""Enquiries and what readers saved. Who stands behind a thing follows from its relations, whenever it is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.enquiries.model import Enquiry, Status, Subject
from marketplace.kernel.entity import node_properties
from marketplace.kernel.errors import NotFound
from marketplace.kernel.guards import OPEN_OFFER
from marketplace.kernel.paging import Page
from marketplace.kernel.permissions import PUBLIC, SIGNED_IN
from marketplace.kernel.workflow import Change

read_enquiry = reader(Enquiry, "enquiry")
PAGE_SIZE = 20

GET = """
UNWIND $ids AS id
MATCH (q:Enquiry {id: id}) WHERE any(token IN q.audience WHERE token IN $reader)
MATCH (q)-[:ASKED_BY]->(c:Account)
OPTIONAL MATCH (q)-[:ABOUT]->(n)
OPTIONAL MATCH (q)-[:ASKED_FOR]->(p)
WITH q, c, n, p, [(n)-[:PRODUCED_BY]->(s:Studio) | s.id] + [(n)<-[:CONTRIBUTED_TO]-(w:Worker) | w.id]
  + [(n)-[:OFFERED_BY]->(x) | x.id] + [(n)-[:POSTED_BY]->(e:Enterprise) | e.id] + CASE WHEN n:Worker THEN [n.id] ELSE [] END AS providers
RETURN q {.*} AS enquiry, n.id AS about_id, c.id AS asker_id, providers, CASE WHEN size(providers) = 0 THEN n.entered_by END AS keeper_id,
  {kind: toLower(head(labels(p))), id: p.id, name: p.name} AS party,
  {name: c.name, party: coalesce(p.name, head([(c)-[h:HOLDS]->(e:Enterprise) WHERE h.until IS NULL OR h.until > q.created_at | e.name]),
    head([(c)-[h:HOLDS]->(a:Association) WHERE h.until IS NULL OR h.until > q.created_at | a.name]), '')} AS asker
"""


def get_enquiry(tx: Transaction, id: str) -> Enquiry:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET, read_enquiry, ids=[id])


def get_enquiries(tx: Transaction, ids: list[str]) -> list[Enquiry]:
    return tx.all(GET, read_enquiry, ids=ids)


ABOUT_ACHIEVEMENT = """
MATCH (n:Achievement {id: $id}) WHERE any(token IN n.audience WHERE token IN $reader) AND $public IN n.audience
RETURN 'achievement' AS kind, n.id AS id, n.title AS title, n.entered_by AS entered_by,
  [(n)-[:PRODUCED_BY]->(s:Studio) | s.id] + [(n)<-[:CONTRIBUTED_TO]-(w:Worker) | w.id] AS makers
"""
ABOUT_LISTING = """
MATCH (n:Listing {id: $id}) WHERE any(token IN n.audience WHERE token IN $reader) AND $public IN n.audience
RETURN 'listing' AS kind, n.id AS id, n.title AS title, n.entered_by AS entered_by, [(n)-[:OFFERED_BY]->(p) | p.id] AS makers
"""
ABOUT_NEED = """
MATCH (n:Need {id: $id}) WHERE any(token IN n.audience WHERE token IN $reader) AND $public IN n.audience
RETURN 'need' AS kind, n.id AS id, n.title AS title, n.entered_by AS entered_by, [(n)-[:POSTED_BY]->(e:Enterprise) | e.id] AS makers
"""
ABOUT_WORKER = """
MATCH (n:Worker {id: $id}) WHERE any(token IN n.audience WHERE token IN $reader) AND $signed_in IN n.audience
  AND NOT 'ABOUT' IN coalesce(n.concealed, ['ABOUT'])
RETURN 'worker' AS kind, n.id AS id, n.name AS title, '' AS entered_by, [n.id] AS makers
"""
ABOUT: dict[str, LiteralString] = {"achievement": ABOUT_ACHIEVEMENT, "listing": ABOUT_LISTING, "need": ABOUT_NEED, "worker": ABOUT_WORKER}


def get_subject(tx: Transaction, kind: str, id: str) -> Subject:
    """Raises NotFound, also for what is not public: nobody is asked about a draft, nor a person who does not want to be."""
    if kind not in ABOUT:
        raise NotFound(id)
    return tx.one(ABOUT[kind], reader(Subject), id=id, public=PUBLIC, signed_in=SIGNED_IN)


CREATE = """
MATCH (c:Account {id: $asker})
CREATE (q:Enquiry) SET q = $properties
CREATE (q)-[:ASKED_BY]->(c)
RETURN q.id AS id
"""
LINK_ACHIEVEMENT = "MATCH (q:Enquiry {id: $id}) MATCH (n:Achievement {id: $about}) CREATE (q)-[:ABOUT]->(n) RETURN q.id AS id"
LINK_LISTING = "MATCH (q:Enquiry {id: $id}) MATCH (n:Listing {id: $about}) CREATE (q)-[:ABOUT]->(n) RETURN q.id AS id"
LINK_NEED = "MATCH (q:Enquiry {id: $id}) MATCH (n:Need {id: $about}) CREATE (q)-[:ABOUT]->(n) RETURN q.id AS id"
LINK_WORKER = "MATCH (q:Enquiry {id: $id}) MATCH (n:Worker {id: $about}) CREATE (q)-[:ABOUT]->(n) RETURN q.id AS id"
FOR_ENTERPRISE = "MATCH (q:Enquiry {id: $id}) MATCH (p:Enterprise {id: $about}) CREATE (q)-[:ASKED_FOR]->(p) RETURN q.id AS id"
FOR_ASSOCIATION = "MATCH (q:Enquiry {id: $id}) MATCH (p:Association {id: $about}) CREATE (q)-[:ASKED_FOR]->(p) RETURN q.id AS id"
FOR_STUDIO = "MATCH (q:Enquiry {id: $id}) MATCH (p:Studio {id: $about}) CREATE (q)-[:ASKED_FOR]->(p) RETURN q.id AS id"
FOR_WORKER = "MATCH (q:Enquiry {id: $id}) MATCH (p:Worker {id: $about}) CREATE (q)-[:ASKED_FOR]->(p) RETURN q.id AS id"
FOR: dict[str, LiteralString] = {"enterprise": FOR_ENTERPRISE, "association": FOR_ASSOCIATION, "studio": FOR_STUDIO, "worker": FOR_WORKER}
LINK: dict[str, LiteralString] = {"achievement": LINK_ACHIEVEMENT, "listing": LINK_LISTING, "need": LINK_NEED, "worker": LINK_WORKER}


def create_enquiry_node(tx: Transaction, enquiry: Enquiry) -> None:
    tx.one(CREATE, value("id"), asker=enquiry.asker_id, properties=node_properties(enquiry))
    tx.one(LINK[enquiry.about_kind], value("id"), id=enquiry.id, about=enquiry.about_id)
    if enquiry.party.id:
        tx.one(FOR[enquiry.party.kind], value("id"), id=enquiry.id, about=enquiry.party.id)


SPOKE = """
MATCH (q:Enquiry {id: $id}) SET q.spoke = $side, q.spoke_at = $at, q.reminded_at = $reminded
"""


def note_word(tx: Transaction, enquiry: Enquiry) -> None:
    """Who spoke last, and who was reminded. Its version stays: a word more makes nobody's answer stale."""
    tx.run(SPOKE, id=enquiry.id, side=enquiry.spoke, at=enquiry.spoke_at, reminded=enquiry.reminded_at)


SAVE = """
MATCH (q:Enquiry {id: $id})
SET q.lock = coalesce(q.lock, 0) + 1
WITH q WHERE q.version = $version
SET q += $properties, q.version = $version + 1
RETURN q.version AS version
"""


def save_enquiry(tx: Transaction, change: Change[Enquiry]) -> None:
    """Lock, then compare: of two colleagues who answer at once, one does."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST = """
MATCH (q:Enquiry) WHERE any(token IN q.audience WHERE token IN $own)
WITH q ORDER BY q.created_at DESC, q.id SKIP $skip LIMIT $limit RETURN q.id AS id
"""
COUNT = "MATCH (q:Enquiry) WHERE any(token IN q.audience WHERE token IN $own) RETURN count(q) AS total"


def list_enquiries(tx: Transaction, own: Sequence[str], number: int) -> Page[Enquiry]:
    """Asked by me or of me, the latest first; `own` are the reader's tokens of themselves and of whom they act for."""
    ids = tx.all(LIST, value("id"), own=list(own), skip=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return Page(tuple(get_enquiries(tx, ids)), int(tx.one(COUNT, value("total"), own=list(own))), number, PAGE_SIZE)


UNANSWERED = """
MATCH (q:Enquiry {status: $asked}) WHERE q.reminded_at IS NULL
WITH q ORDER BY q.created_at LIMIT $limit RETURN q.id AS id
"""


def list_unanswered(tx: Transaction, limit: int) -> list[Enquiry]:
    """Of which nobody was reminded yet, the oldest first."""
    return get_enquiries(tx, tx.all(UNANSWERED, value("id"), asked=Status.ASKED, limit=limit))


ASKED_SINCE = """
MATCH (c:Account {id: $account})<-[:ASKED_BY]-(q:Enquiry) WHERE q.created_at > $since RETURN count(q) AS asked
"""


def count_asked_since(tx: Transaction, account: str, since: datetime) -> int:
    return int(tx.one(ASKED_SINCE, value("asked"), account=account, since=since))


RENEW = """
MATCH (q:Enquiry {id: $id}) SET q.audience = $audience
"""


def renew_audience(tx: Transaction, enquiry: Enquiry) -> None:
    tx.run(RENEW, id=enquiry.id, audience=node_properties(enquiry)["audience"])


ABOUT_THESE = """
UNWIND $ids AS id MATCH (:Achievement {id: id})<-[:ABOUT]-(q:Enquiry) RETURN q.id AS id
UNION
UNWIND $ids AS id MATCH (:Listing {id: id})<-[:ABOUT]-(q:Enquiry) RETURN q.id AS id
UNION
UNWIND $ids AS id MATCH (:Need {id: id})<-[:ABOUT]-(q:Enquiry) RETURN q.id AS id
"""


def list_enquiries_about(tx: Transaction, ids: list[str]) -> list[tuple[str, str]]:
    """Who reads an enquiry follows from who stands behind the thing now."""
    return tx.all(ABOUT_THESE, lambda row: (Enquiry.KIND, str(row["id"])), ids=ids)


LIST_IDS = """
MATCH (q:Enquiry) WHERE q.id > $after RETURN q.id AS id ORDER BY id LIMIT $limit
"""


def list_enquiry_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


OPEN_OFFERS = "MATCH (:Enquiry {id: $id})<-[:OFFERED_IN]-(o:Offer {status: $open}) RETURN count(o) AS open"


def count_open_offers(tx: Transaction, id: str) -> int:
    """What waits for a word is not closed over."""
    return int(tx.one(OPEN_OFFERS, value("open"), id=id, open=OPEN_OFFER))


KEEP = """
CALL () {
  MATCH (n:Achievement {id: $id}) RETURN n, 'achievement' AS kind UNION MATCH (n:Listing {id: $id}) RETURN n, 'listing' AS kind
  UNION MATCH (n:Need {id: $id}) RETURN n, 'need' AS kind UNION MATCH (n:Patent {id: $id}) RETURN n, 'patent' AS kind
  UNION MATCH (n:Studio {id: $id}) RETURN n, 'studio' AS kind UNION MATCH (n:Worker {id: $id}) RETURN n, 'worker' AS kind
  UNION MATCH (n:Enterprise {id: $id}) RETURN n, 'enterprise' AS kind UNION MATCH (n:Association {id: $id}) RETURN n, 'association' AS kind
}
WITH n, kind WHERE kind = $kind AND any(token IN n.audience WHERE token IN $reader)
MATCH (c:Account {id: $account})
MERGE (c)-[s:SAVED]->(n) ON CREATE SET s.at = $now
RETURN n.id AS id
"""
FORGET = """
MATCH (:Account {id: $account})-[s:SAVED]->(n) WHERE n.id = $id DELETE s RETURN $id AS id
"""


def keep_thing(tx: Transaction, account: str, kind: str, id: str, now: datetime) -> None:
    """Raises NotFound for what the reader may not see, or what is of another kind."""
    tx.one(KEEP, value("id"), account=account, kind=kind, id=id, now=now)


def forget_thing(tx: Transaction, account: str, id: str) -> bool:
    """Whether it was kept."""
    return tx.find(FORGET, value("id"), account=account, id=id) is not None
