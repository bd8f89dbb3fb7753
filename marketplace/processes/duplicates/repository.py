"""Likely duplicates among the people whose guarded side the reader may see. Personal values are compared in the store, by their digests."""

from datetime import datetime
from itertools import combinations

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.processes.duplicates.model import Candidate, Entry, Evidence, Found, Pair, ranked, sound_alike

MOST = 1_000
"""Rows of each look: an officer who has worked through them asks again."""
ALIKE = 20
"""People of one number or name that are paired with each other; more is a fault of a register, not a person entered twice."""
SAME_IDENTITY = """
MATCH (w:Worker) WHERE w.id_number_index <> '' AND any(token IN w.guarded_audience WHERE token IN $reader)
WITH w.id_number_index AS shared, collect(w.id) AS ids WHERE size(ids) > 1
RETURN ids[..$alike] AS ids LIMIT $most
"""
SAME_PHONE = """
MATCH (w:Worker) WHERE w.phone_index <> '' AND any(token IN w.guarded_audience WHERE token IN $reader)
WITH w.phone_index AS shared, collect(w.id) AS ids WHERE size(ids) > 1
RETURN ids[..$alike] AS ids LIMIT $most
"""
SAME_CERTIFICATE = """
MATCH (w:Worker)-[c:CERTIFIED_IN]->(:Occupation) WHERE c.certificate_index <> '' AND any(token IN w.guarded_audience WHERE token IN $reader)
WITH c.certificate_index AS shared, collect(DISTINCT w.id) AS ids WHERE size(ids) > 1
RETURN ids[..$alike] AS ids LIMIT $most
"""
SAME_NUMBERS = ((SAME_IDENTITY, Evidence.IDENTITY), (SAME_PHONE, Evidence.PHONE), (SAME_CERTIFICATE, Evidence.CERTIFICATE))
SAME_NAME = """
MATCH (w:Worker) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
WITH w.name AS shared, collect(w) AS people WHERE size(people) > 1
UNWIND people[..$alike] AS a UNWIND people[..$alike] AS b
WITH a, b WHERE a.id < b.id
WITH a, b, a.occupation <> '' AND a.occupation = b.occupation AS occupation,
  a.birth_month / 12 = b.birth_month / 12 AS birth,
  size([(a)-[:EMPLOYED_BY]->(e:Enterprise)<-[:EMPLOYED_BY]-(x:Worker) WHERE x.id = b.id | 1]) > 0 AS employer
WHERE occupation OR birth OR employer
RETURN a.id AS one, b.id AS other, occupation, birth, employer ORDER BY one, other LIMIT $most
"""
SHARED_WORKS = """
MATCH (a:Worker)-[:CONTRIBUTED_TO]->(n:Achievement)<-[:CONTRIBUTED_TO]-(b:Worker)
WHERE a.id < b.id AND any(token IN a.guarded_audience WHERE token IN $reader) AND any(token IN b.guarded_audience WHERE token IN $reader)
  AND any(token IN n.audience WHERE token IN $reader)
RETURN DISTINCT a.id AS one, b.id AS other, a.name AS name, b.name AS other_name LIMIT 20000
"""
APART = """
MATCH (a:Worker)-[d:DISTINCT_FROM]->(b:Worker)
WHERE any(token IN a.guarded_audience WHERE token IN $reader) AND any(token IN b.guarded_audience WHERE token IN $reader)
RETURN a.id AS one, b.id AS other ORDER BY d.at DESC, one, other LIMIT 20000
"""


def list_pairs(tx: Transaction) -> list[tuple[Pair, tuple[Evidence, ...]]]:
    """All of them, the likeliest first: a handful of looks, each bounded."""
    return ranked([*_same_numbers(tx), *_same_names(tx), *_same_works(tx)], list_apart(tx))


def _same_numbers(tx: Transaction) -> list[Found]:
    groups = [(ids, said) for look, said in SAME_NUMBERS for ids in tx.all(look, value("ids"), alike=ALIKE, most=MOST)]
    return [Found(one, other, said) for ids, said in groups for one, other in combinations(sorted(ids), 2)]


def _same_names(tx: Transaction) -> list[Found]:
    rows = tx.all(SAME_NAME, _read_same_name, alike=ALIKE, most=MOST)
    return [one for row in rows for one in row]


def _read_same_name(row: Record) -> list[Found]:
    said = (("employer", Evidence.EMPLOYER), ("birth", Evidence.BIRTH), ("occupation", Evidence.OCCUPATION))
    return [Found(row["one"], row["other"], evidence) for name, evidence in said if row[name]]


def _same_works(tx: Transaction) -> list[Found]:
    return [one for one in tx.all(SHARED_WORKS, _read_works) if one is not None]


def _read_works(row: Record) -> Found | None:
    if row["name"] == row["other_name"]:
        return Found(row["one"], row["other"], Evidence.NAME_AND_WORKS)
    return Found(row["one"], row["other"], Evidence.SOUND_AND_WORKS) if sound_alike(row["name"], row["other_name"]) else None


def list_apart(tx: Transaction) -> list[Pair]:
    """Pairs that an officer told apart, the latest first."""
    return tx.all(APART, lambda row: (min(row["one"], row["other"]), max(row["one"], row["other"])))


ENTRIES = """
UNWIND $ids AS id
MATCH (w:Worker {id: id}) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
RETURN w.id AS id, w.name AS name, w.number AS number, w.level AS level, w.occupation AS occupation,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL | e.name]) AS employer, head([(w)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""


def list_candidates(tx: Transaction, pairs: list[tuple[Pair, tuple[Evidence, ...]]]) -> list[Candidate]:
    ids = sorted({id for pair, _ in pairs for id in pair})
    known = {one.id: one for one in tx.all(ENTRIES, reader(Entry), ids=ids)}
    return [Candidate(known[one], known[other], said) for (one, other), said in pairs if one in known and other in known]


TELL_APART = """
MATCH (a:Worker {id: $one}) MATCH (b:Worker {id: $other})
MERGE (a)-[d:DISTINCT_FROM]->(b) ON CREATE SET d.at = $now, d.by = $by
RETURN a.id AS id
"""
TAKE_BACK = """
MATCH (a:Worker {id: $one})-[d:DISTINCT_FROM]-(b:Worker {id: $other}) DELETE d RETURN $one AS id
"""


def tell_apart(tx: Transaction, pair: Pair, by: str, now: datetime) -> None:
    tx.one(TELL_APART, value("id"), one=pair[0], other=pair[1], by=by, now=now)


def take_back(tx: Transaction, pair: Pair) -> None:
    """Raises NotFound where nobody told them apart."""
    tx.one(TAKE_BACK, value("id"), id=pair[0], one=pair[0], other=pair[1])
