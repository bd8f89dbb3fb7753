"""Relations of people as they stand, taken away and written at another person; and the record by which they go back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, LiteralString

from neo4j import Record as Row

from graph.connection import Transaction
from graph.copying.proving import readers_of
from graph.copying.rows import plain
from graph.ontology import ONTOLOGY
from graph.person_keys import find_keys
from graph.records import loaded, properties, reader, value
from graph.vault import DataKey
from marketplace.kernel.revisions import VersionStatus
from marketplace.kernel.sealing import Keys, keys_of, sealed_names, unlocked
from marketplace.processes.identity.model import Merge, Place, Sayings

STAY = ("UNDER", "WAS_UNDER", "MERGED_INTO")
"""The union in which somebody was entered, and who they have become, are told of that entry itself."""
LOCK = """
MATCH (w:Worker {id: $id})
SET w.lock = coalesce(w.lock, 0) + 1
WITH w WHERE w.version = $version
RETURN w.version AS version
"""


def lock_both(tx: Transaction, seen: Mapping[str, int]) -> None:
    """Id → version seen; always in the order of ids, so that two officers never wait for each other. Raises Stale."""
    for id, version in sorted(seen.items()):
        tx.changed(LOCK, id=id, version=version)


TIES = """
MATCH (w:Worker {id: $id})-[r]-(n) WHERE NOT type(r) IN $stay
RETURN type(r) AS relation, head(labels(n)) AS label, coalesce(n.id, n.code) AS other, startNode(r).id = $id AS outgoing, properties(r) AS said
"""


def ties_of(tx: Transaction, id: str) -> dict[Place, Sayings]:
    """Whoever may read what is at their other end: nothing is left behind. Sealed values are open here, or two could not be compared."""
    found: dict[Place, list[dict[str, Any]]] = {}
    keys = find_keys(tx, [id])
    for place, said in tx.all(TIES, lambda row: _read_tie(row, keys.get(id)), id=id, stay=STAY):
        found.setdefault(place, []).append(said)
    return {place: tuple(sorted(said, key=lambda one: str(sorted(one.items())))) for place, said in found.items()}


def _read_tie(row: Row, key: DataKey | None) -> tuple[Place, dict[str, Any]]:
    said: Any = loaded(row["said"])
    place = Place(row["relation"], row["label"], row["other"], row["outgoing"])
    return place, plain(unlocked(said, place.relation, key))


CUT_OUTGOING = """
UNWIND $rows AS row MATCH (w:Worker {id: row.worker})-[r]->(n) WHERE type(r) = row.relation AND coalesce(n.id, n.code) = row.other
DELETE r
"""
CUT_INCOMING = """
UNWIND $rows AS row MATCH (w:Worker {id: row.worker})<-[r]-(n) WHERE type(r) = row.relation AND coalesce(n.id, n.code) = row.other
DELETE r
"""
PERSON = "(w:Worker {id: row.worker})"
TO_ENTERPRISE = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Enterprise {{id: row.other}}) CREATE (w)-[r:EMPLOYED_BY]->(n) SET r = row.said"
MEMBER_OF_STUDIO = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Studio {{id: row.other}}) CREATE (w)-[r:MEMBER_OF]->(n) SET r = row.said"
MEMBER_OF_ASSOCIATION = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Association {{id: row.other}}) CREATE (w)-[r:MEMBER_OF]->(n) SET r = row.said"
LEADS_STUDIO = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Studio {{id: row.other}}) CREATE (w)-[r:LEADS]->(n) SET r = row.said"
LEADS_ASSOCIATION = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Association {{id: row.other}}) CREATE (w)-[r:LEADS]->(n) SET r = row.said"
TO_ACHIEVEMENT = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Achievement {{id: row.other}}) CREATE (w)-[r:CONTRIBUTED_TO]->(n) SET r = row.said"
TO_PATENT = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Patent {{id: row.other}}) CREATE (w)-[r:INVENTED]->(n) SET r = row.said"
TO_SKILL = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Skill {{id: row.other}}) CREATE (w)-[r:HAS_SKILL]->(n) SET r = row.said"
TO_OCCUPATION = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Occupation {{code: row.other}}) CREATE (w)-[r:CERTIFIED_IN]->(n) SET r = row.said"
TO_OTHER = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Worker {{id: row.other}}) CREATE (w)-[r:DISTINCT_FROM]->(n) SET r = row.said"
FROM_OTHER = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Worker {{id: row.other}}) CREATE (w)<-[r:DISTINCT_FROM]-(n) SET r = row.said"
KIN_OF = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Worker {{id: row.other}}) CREATE (w)-[r:DECLARED_KIN]->(n) SET r = row.said"
NAMED_KIN = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Worker {{id: row.other}}) CREATE (w)<-[r:DECLARED_KIN]-(n) SET r = row.said"
FROM_PATENT = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Patent {{id: row.other}}) CREATE (w)<-[r:OWNED_BY]-(n) SET r = row.said"
FROM_LISTING = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Listing {{id: row.other}}) CREATE (w)<-[r:OFFERED_BY]-(n) SET r = row.said"
FROM_ENQUIRY = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Enquiry {{id: row.other}}) CREATE (w)<-[r:ABOUT]-(n) SET r = row.said"
FROM_ASKING = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Enquiry {{id: row.other}}) CREATE (w)<-[r:ASKED_FOR]-(n) SET r = row.said"
FROM_CONTRACT = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Contract {{id: row.other}}) CREATE (w)<-[r:OFFERED_FIRST_TO]-(n) SET r = row.said"
FROM_SALE = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Contract {{id: row.other}}) CREATE (w)<-[r:SOLD_BY]-(n) SET r = row.said"
FROM_PURCHASE = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Contract {{id: row.other}}) CREATE (w)<-[r:BOUGHT_BY]-(n) SET r = row.said"
FROM_AUCTION = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Auction {{id: row.other}}) CREATE (w)<-[r:AUCTIONED_BY]-(n) SET r = row.said"
FROM_ACCOUNT = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Account {{id: row.other}}) CREATE (w)<-[r:IS_PERSON]-(n) SET r = row.said"
FROM_READER = f"UNWIND $rows AS row MATCH {PERSON} MATCH (n:Account {{id: row.other}}) CREATE (w)<-[r:SAVED]-(n) SET r = row.said"
WRITE: dict[tuple[str, str, bool], LiteralString] = {
    ("EMPLOYED_BY", "Enterprise", True): TO_ENTERPRISE, ("MEMBER_OF", "Studio", True): MEMBER_OF_STUDIO,
    ("MEMBER_OF", "Association", True): MEMBER_OF_ASSOCIATION, ("LEADS", "Studio", True): LEADS_STUDIO,
    ("LEADS", "Association", True): LEADS_ASSOCIATION, ("CONTRIBUTED_TO", "Achievement", True): TO_ACHIEVEMENT,
    ("INVENTED", "Patent", True): TO_PATENT, ("HAS_SKILL", "Skill", True): TO_SKILL, ("CERTIFIED_IN", "Occupation", True): TO_OCCUPATION,
    ("DISTINCT_FROM", "Worker", True): TO_OTHER, ("DISTINCT_FROM", "Worker", False): FROM_OTHER, ("OWNED_BY", "Patent", False): FROM_PATENT,
    ("OFFERED_BY", "Listing", False): FROM_LISTING, ("ABOUT", "Enquiry", False): FROM_ENQUIRY, ("IS_PERSON", "Account", False): FROM_ACCOUNT,
    ("SAVED", "Account", False): FROM_READER, ("DECLARED_KIN", "Worker", True): KIN_OF, ("DECLARED_KIN", "Worker", False): NAMED_KIN,
    ("ASKED_FOR", "Enquiry", False): FROM_ASKING, ("OFFERED_FIRST_TO", "Contract", False): FROM_CONTRACT,
    ("SOLD_BY", "Contract", False): FROM_SALE, ("BOUGHT_BY", "Contract", False): FROM_PURCHASE, ("AUCTIONED_BY", "Auction", False): FROM_AUCTION,
}  # fmt: skip
"""Each way in which the map lets a person be linked; a test compares it with the map."""


def write_ties(tx: Transaction, ties: Iterable[tuple[str, Place, Sayings]]) -> None:
    """(person, place, what they say there from now on): whatever was said there before is gone."""
    wanted = list(ties)
    for outgoing, cut in ((True, CUT_OUTGOING), (False, CUT_INCOMING)):
        tx.run(cut, rows=[{"worker": id, "relation": at.relation, "other": at.other} for id, at, _ in wanted if at.outgoing is outgoing])
    by_way: dict[tuple[str, str, bool], list[dict[str, Any]]] = {}
    secret = [id for id, at, said in wanted if any(one.get(name) for one in said for name in sealed_names(at.relation))]
    keys = keys_of(tx, secret) if secret else Keys({})
    for id, at, sayings in wanted:
        rows = [{"worker": id, "other": at.other, "said": _typed(at.relation, said) | keys.sealed(id, at.relation, said)} for said in sayings]
        by_way.setdefault((at.relation, at.label, at.outgoing), []).extend(rows)
    for way, rows in sorted(by_way.items()):
        if rows:
            tx.run(WRITE[way], rows=rows)


@cache
def _readers(relation: str) -> dict[str, Any]:
    return readers_of(ONTOLOGY.edge(relation).properties)


def _typed(relation: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Days and times as the store keeps them."""
    return {name: _readers(relation)[name](one) for name, one in said.items()}


BECOME = """
MATCH (b:Worker {id: $gone}) MATCH (a:Worker {id: $kept}) CREATE (b)-[:MERGED_INTO {at: $now}]->(a) RETURN a.id AS id
"""
BECOME_AGAIN = """
MATCH (:Worker {id: $gone})-[m:MERGED_INTO]->(:Worker {id: $kept}) DELETE m
"""


def become(tx: Transaction, gone: str, kept: str, now: datetime) -> None:
    tx.one(BECOME, value("id"), gone=gone, kept=kept, now=now)


def become_again(tx: Transaction, gone: str, kept: str) -> None:
    """Two, as before."""
    tx.run(BECOME_AGAIN, gone=gone, kept=kept)


CREATE = """
CREATE (m:Merge) SET m = $properties
"""
END = """
MATCH (m:Merge {id: $id})
SET m.lock = coalesce(m.lock, 0) + 1
WITH m WHERE m.version = $version
SET m += $properties, m.version = $version + 1
RETURN m.version AS version
"""
GET = """
MATCH (m:Merge {id: $id}) WHERE any(token IN m.audience WHERE token IN $reader) RETURN m {.*} AS merge
"""
LIST = """
MATCH (m:Merge {kept_id: $id}) WHERE any(token IN m.audience WHERE token IN $reader)
RETURN m {.*} AS merge ORDER BY m.created_at DESC, m.id LIMIT 50
"""


def create_merge(tx: Transaction, merge: Merge) -> None:
    tx.run(CREATE, properties=properties(merge))


def end_merge(tx: Transaction, merge: Merge) -> None:
    """Raises Stale where somebody else has separated them."""
    said = properties(merge, "status", "undone_by", "undone_at", "updated_at")
    tx.changed(END, id=merge.id, version=merge.version, properties=said)


def get_merge(tx: Transaction, id: str) -> Merge:
    return tx.one(GET, reader(Merge, "merge"), id=id)


def list_merges(tx: Transaction, worker_id: str) -> list[Merge]:
    return tx.all(LIST, reader(Merge, "merge"), id=worker_id)


DISTINCT = """
MATCH (a:Worker {id: $one})-[:DISTINCT_FROM|DECLARED_KIN]-(b:Worker {id: $other}) RETURN b.id AS id LIMIT 1
"""


def are_distinct(tx: Transaction, one: str, other: str) -> bool:
    """Somebody told them apart, or they declared that they are kin."""
    return tx.find(DISTINCT, value("id"), one=one, other=other) is not None


TOUCH_ACHIEVEMENT = "UNWIND $ids AS id MATCH (n:Achievement {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH_PATENT = "UNWIND $ids AS id MATCH (n:Patent {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH_LISTING = "UNWIND $ids AS id MATCH (n:Listing {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH_STUDIO = "UNWIND $ids AS id MATCH (n:Studio {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH_ASSOCIATION = "UNWIND $ids AS id MATCH (n:Association {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH_ENQUIRY = "UNWIND $ids AS id MATCH (n:Enquiry {id: id}) SET n.lock = coalesce(n.lock, 0) + 1, n.version = n.version + 1"
TOUCH: dict[str, LiteralString] = {
    "Achievement": TOUCH_ACHIEVEMENT, "Patent": TOUCH_PATENT, "Listing": TOUCH_LISTING, "Studio": TOUCH_STUDIO,
    "Association": TOUCH_ASSOCIATION, "Enquiry": TOUCH_ENQUIRY,
}  # fmt: skip


def touch(tx: Transaction, label: str, ids: list[str]) -> None:
    """Whoever is editing one of them has a stale version from now on."""
    tx.run(TOUCH[label], ids=ids)


COPIES = """
UNWIND $ids AS id
MATCH (v:Version {entity_id: id}) WHERE v.status = $working AND v.body CONTAINS $worker
RETURN v.entity_id AS id LIMIT 1
"""


def has_open_copy(tx: Transaction, ids: list[str], worker: str) -> bool:
    """Whether a working copy of one of these things names the person: it would bring the old entry back."""
    return tx.find(COPIES, value("id"), ids=ids, worker=worker, working=VersionStatus.WORKING) is not None
