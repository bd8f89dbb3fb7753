"""Which things of the demonstration stand in the pictures, and who looks at them: found by what they are, not by name."""

from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.kernel.actor import GUEST, Actor

MOST_USED = """
MATCH (a:Achievement {status: 'published'})-[:PRODUCED_BY]->(s:Studio {status: 'active'})
WHERE EXISTS { MATCH (s)<-[m:MEMBER_OF {role: 'lead'}]-(:Worker)<-[:IS_PERSON]-(:Account) WHERE m.until IS NULL }
WITH a, size([(a)-[u:ADOPTED_BY]->(:Enterprise) | 1]) + size([(a)-[:PROTECTED_BY]->(:Patent) | 1]) + size([(a)<-[:OFFERS]-(:Listing) | 1]) AS much
RETURN a.id AS id ORDER BY CASE WHEN a.title CONTAINS '锂离子' THEN 0 ELSE 1 END, much DESC, id LIMIT 1
"""
DRAFT = "MATCH (a:Achievement {status: 'draft'}) WHERE a.entered_by <> '' RETURN a.id AS id ORDER BY id LIMIT 1"
SUBMITTED = "MATCH (a:Achievement {status: 'submitted'}) RETURN a.id AS id ORDER BY id LIMIT 1"
RETURNED = "MATCH (a:Achievement {status: 'returned'}) RETURN a.id AS id ORDER BY id LIMIT 1"
WITHDRAWN = "MATCH (a:Achievement {status: 'withdrawn'}) RETURN a.id AS id ORDER BY id LIMIT 1"
REVISED = """
MATCH (v:Version {kind: 'achievement', status: 'published'}) WITH v.entity_id AS id, count(v) AS kept WHERE kept > 1
MATCH (a:Achievement {id: id, status: 'published'})<-[:CONTRIBUTED_TO]-(:Worker)<-[:IS_PERSON]-(:Account)
RETURN DISTINCT a.id AS id ORDER BY id LIMIT 1
"""
STUDIO = "MATCH (:Achievement {id: $achievement})-[:PRODUCED_BY]->(s:Studio) RETURN s.id AS id LIMIT 1"
PATENT = "MATCH (a:Achievement)-[:PROTECTED_BY]->(p:Patent) WITH p, count(a) AS much RETURN p.id AS id ORDER BY much DESC, id LIMIT 1"
LISTING = """
MATCH (l:Listing {status: 'published'})-[:OFFERED_BY]->(s:Studio)
RETURN l.id AS id ORDER BY CASE WHEN s.id = $studio THEN 0 ELSE 1 END, id LIMIT 1
"""
NEED = """
MATCH (n:Need {status: 'published', visibility: 'open'})-[:POSTED_BY]->(e:Enterprise)<-[:HOLDS]-(:Account)
RETURN n.id AS id ORDER BY CASE WHEN n.title CONTAINS '电池' THEN 0 ELSE 1 END, id LIMIT 1
"""
CONFIDENTIAL = "MATCH (n:Need {status: 'published', visibility: 'confidential'})-[:POSTED_BY]->(:Enterprise) RETURN n.id AS id ORDER BY id LIMIT 1"
ANONYMOUS = "MATCH (n:Need {status: 'published', visibility: 'anonymous'}) RETURN n.id AS id ORDER BY id LIMIT 1"
ENTERPRISE = "MATCH (:Need {id: $need})-[:POSTED_BY]->(e:Enterprise) RETURN e.id AS id LIMIT 1"
ASSOCIATION = "MATCH (s:Association)<-[h:HOLDS]-(:Account) WHERE h.until IS NULL RETURN s.id AS id ORDER BY id LIMIT 1"
WORKER = """
MATCH (w:Worker {status: 'shown'})<-[:IS_PERSON]-(:Account)
WITH w, size([(w)-[:CONTRIBUTED_TO]->(a:Achievement {status: 'published'}) | 1]) AS works, EXISTS { MATCH (w)-[m:MEMBER_OF]->(:Studio) } AS inside
RETURN w.id AS id ORDER BY inside, works DESC, id LIMIT 1
"""
ORGANISATION = (
    "MATCH (:Achievement {id: $achievement})-[:UNDER]->(:Organisation)-[:PART_OF]->(o:Organisation) RETURN o.id AS id ORDER BY o.kind DESC LIMIT 1"
)
ENQUIRY = "MATCH (q:Enquiry) WHERE q.answered_at IS NOT NULL RETURN q.id AS id ORDER BY id LIMIT 1"
ACCOUNT = (
    "MATCH (:Achievement {id: $achievement})-[:UNDER]->(:Organisation)-[:PART_OF]->(:Organisation)<-[:HOLDS]-(c:Account) RETURN c.id AS id LIMIT 1"
)
THINGS: dict[str, LiteralString] = {
    "achievement": MOST_USED, "draft": DRAFT, "submitted": SUBMITTED, "returned": RETURNED, "withdrawn": WITHDRAWN, "revised": REVISED,
    "studio": STUDIO, "patent": PATENT, "listing": LISTING, "need": NEED, "confidential": CONFIDENTIAL, "anonymous": ANONYMOUS,
    "enterprise": ENTERPRISE, "association": ASSOCIATION, "worker": WORKER, "organisation": ORGANISATION, "enquiry": ENQUIRY, "account": ACCOUNT,
}  # fmt: skip

LEAD = (
    "MATCH (:Studio {id: $studio})<-[m:MEMBER_OF {role: 'lead'}]-(:Worker)<-[:IS_PERSON]-(c:Account) WHERE m.until IS NULL RETURN c.id AS id LIMIT 1"
)
HIMSELF = "MATCH (:Worker {id: $worker})<-[:IS_PERSON]-(c:Account) RETURN c.id AS id LIMIT 1"
USER = "MATCH (:Enterprise {id: $enterprise})<-[h:HOLDS]-(c:Account) WHERE h.until IS NULL RETURN c.id AS id LIMIT 1"
CHAIR = "MATCH (:Association {id: $association})<-[h:HOLDS]-(c:Account) WHERE h.until IS NULL RETURN c.id AS id LIMIT 1"
OFFICER = """
MATCH (:Achievement {id: $achievement})-[:UNDER]->(u:Organisation) MATCH (o:Organisation)<-[h:HOLDS {role: 'union-officer'}]-(c:Account)
WHERE o.id IN u.lineage AND o.id <> u.id AND h.until IS NULL RETURN c.id AS id ORDER BY o.kind DESC LIMIT 1
"""
REVIEWER = """
MATCH (:Achievement {id: $submitted})-[:UNDER]->(u:Organisation) MATCH (o:Organisation)<-[h:HOLDS {role: 'union-officer'}]-(c:Account)
WHERE o.id IN u.lineage AND o.id <> u.id AND h.until IS NULL RETURN c.id AS id ORDER BY o.kind DESC LIMIT 1
"""
ADMINISTRATOR = "MATCH (c:Account)-[h:HOLDS {role: 'administrator'}]->(:Organisation) WHERE h.until IS NULL RETURN c.id AS id LIMIT 1"
MAKER_OF_DRAFT = "MATCH (a:Achievement {id: $draft}) RETURN a.entered_by AS id"
MAKER_OF_RETURNED = "MATCH (a:Achievement {id: $returned}) RETURN a.entered_by AS id"
MAKER_OF_WITHDRAWN = "MATCH (a:Achievement {id: $withdrawn}) RETURN a.entered_by AS id"
MAKER_OF_REVISED = "MATCH (:Achievement {id: $revised})<-[:CONTRIBUTED_TO]-(:Worker)<-[:IS_PERSON]-(c:Account) RETURN c.id AS id ORDER BY id LIMIT 1"
POSTER_OF_CONFIDENTIAL = "MATCH (n:Need {id: $confidential})-[:POSTED_BY]->(:Enterprise)<-[:HOLDS]-(c:Account) RETURN c.id AS id LIMIT 1"
ANSWERER = """
MATCH (:Enquiry {id: $enquiry})-[:ABOUT]->(a)-[:PRODUCED_BY|OFFERED_BY|POSTED_BY]->(p)<-[h:HOLDS]-(c:Account) WHERE h.until IS NULL
RETURN c.id AS id ORDER BY id LIMIT 1
"""
ASKER = "MATCH (:Enquiry {id: $enquiry})-[:ASKED_BY]->(c:Account) RETURN c.id AS id LIMIT 1"
PEOPLE: dict[str, LiteralString] = {
    "lead": LEAD, "worker": HIMSELF, "user": USER, "poster": USER, "association": CHAIR, "officer": OFFICER, "reviewer": REVIEWER,
    "administrator": ADMINISTRATOR, "maker_of_draft": MAKER_OF_DRAFT, "maker_of_returned": MAKER_OF_RETURNED,
    "maker_of_withdrawn": MAKER_OF_WITHDRAWN, "maker_of_revised": MAKER_OF_REVISED, "poster_of_confidential": POSTER_OF_CONFIDENTIAL,
    "asker": ASKER, "answerer": ANSWERER,
}  # fmt: skip


def find_things(tx: Transaction) -> dict[str, str]:
    """Ids by the names that shots use; what the demonstration lacks is not there."""
    found: dict[str, str] = {}
    for name, statement in THINGS.items():
        if (id := tx.find(statement, value("id"), **_asked(statement, found))) is not None:
            found[name] = id
    return found


def find_people(tx: Transaction, things: dict[str, str], now: datetime) -> dict[str, Actor]:
    ids = {name: tx.find(statement, value("id"), **_asked(statement, things)) for name, statement in PEOPLE.items()}
    return {"guest": GUEST, **{name: actor_of_account(tx, id, now) for name, id in ids.items() if id}}


def _asked(statement: str, found: dict[str, str]) -> dict[str, str]:
    """The parameters that a statement names; nothing of that name finds nothing."""
    return {name: found.get(name, "") for name in THINGS if f"${name}}}" in statement or f"${name} " in statement}
