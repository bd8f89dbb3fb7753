"""Looks in the graph: written once, never changed. And people by a number, which is compared as a digest."""

from datetime import datetime
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.copying.rows import plain
from graph.records import loaded, reader, value
from marketplace.kernel.entity import node_properties
from marketplace.kernel.sealing import digest_of
from marketplace.processes.looks.model import Look, OwnFile

PAGE = 50
CREATE = """
UNWIND $rows AS row CREATE (l:Look) SET l = row
"""


def create_looks(tx: Transaction, looks: list[Look]) -> None:
    tx.run(CREATE, rows=[{name: said for name, said in node_properties(one).items() if name not in ("version", "units")} for one in looks])


LIST = """
MATCH (l:Look {of: $id}) WHERE any(token IN l.audience WHERE token IN $reader)
RETURN l {.*} AS look ORDER BY l.at DESC, l.id DESC LIMIT $most
"""


def list_looks(tx: Transaction, worker_id: str, most: int = 500) -> list[Look]:
    """At one person's values, the latest first."""
    return tx.all(LIST, reader(Look, "look"), id=worker_id, most=most)


WITH_IDENTITY = """
MATCH (w:Worker {id_number_index: $digest}) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
RETURN w.id AS id LIMIT 20
"""
WITH_PHONE = """
MATCH (w:Worker {phone_index: $digest}) WHERE any(token IN w.guarded_audience WHERE token IN $reader)
RETURN w.id AS id LIMIT 20
"""
WITH_PAPER = """
MATCH (w:Worker)-[c:CERTIFIED_IN]->(:Occupation) WHERE c.certificate_index = $digest AND any(token IN w.guarded_audience WHERE token IN $reader)
RETURN DISTINCT w.id AS id LIMIT 20
"""
BY_FIELD = (("id_number", "id_number", WITH_IDENTITY), ("phone", "phone", WITH_PHONE), ("certificates", "certificate", WITH_PAPER))


def find_by_number(tx: Transaction, number: str) -> dict[str, tuple[str, ...]]:
    """Worker id → the fields in which the number stands, of those whose guarded side the reader may see."""
    found: dict[str, tuple[str, ...]] = {}
    for shown, name, statement in BY_FIELD:
        for id in tx.all(statement, value("id"), digest=digest_of(tx, name, number)):
            found[id] = (*found.get(id, ()), shown)
    return found


ACCOUNT = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) RETURN a.id AS id, a.login AS login, a.name AS name, a.created_at AS created_at
"""
SAVED = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) MATCH (a)-[s:SAVED]->(n) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN toLower(head(labels(n))) AS kind, n.id AS id, coalesce(n.title, n.name) AS title, s.at AS at LIMIT 1000
"""
ASKED = """
MATCH (q:Enquiry)-[:ASKED_BY]->(a:Account)-[:IS_PERSON]->(:Worker {id: $id})
RETURN q.number AS number, q.about_title AS about, q.text AS text, q.answer AS answer, q.created_at AS at ORDER BY at LIMIT 1000
"""
NOTICES = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) MATCH (n:Notice {account_id: a.id})
RETURN n.title AS title, n.verb AS verb, n.created_at AS at, n.read_at AS read_at ORDER BY at LIMIT 1000
"""
KIN = """
MATCH (:Worker {id: $id})-[k:DECLARED_KIN]->(b:Worker) RETURN b.number AS number, k.kin AS kin, k.since AS since, k.until AS until
"""
SEARCHES = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) MATCH (a)-[:SEARCHES_FOR]->(s:SavedSearch) WHERE s.title <> ''
RETURN s.title AS title, s.words AS words, s.filters AS filters, s.alerts AS alerts, s.status AS status, s.created_at AS at ORDER BY at LIMIT 1000
"""
OPINIONS = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) MATCH (a)-[:GAVE]->(o:MatchOpinion)-[:ON_NEED]->(n:Need)
RETURN n.id AS need, o.verdict AS verdict, o.status AS status, o.tell AS tell, o.told_at AS told_at, o.created_at AS at ORDER BY at LIMIT 1000
"""
RATINGS = """
MATCH (r:Rating {rater_id: $id})
RETURN r.number AS contract, r.quality AS quality, r.time AS time, r.communication AS communication, r.words AS words, r.created_at AS at
"""
INTRODUCTIONS = """
MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: $id}) MATCH (a)<-[:INTRODUCED_BY]-(i:Introduction)
RETURN i.number AS number, i.need_title AS need, i.thing_title AS thing, i.why AS why, i.status AS status,
  CASE WHEN coalesce(i.declined_by, '') = '' THEN i.reason END AS reason, i.created_at AS at ORDER BY at LIMIT 1000
"""
FILES = """
MATCH (f:StoredFile {owner_id: $id}) RETURN f.name AS name, f.path AS path ORDER BY name
"""
PARTS = {"account": ACCOUNT, "saved": SAVED, "enquiries": ASKED, "notices": NOTICES, "kin": KIN, "searches": SEARCHES,
         "opinions": OPINIONS, "ratings": RATINGS, "introductions": INTRODUCTIONS}  # fmt: skip


def read_parts(tx: Transaction, worker_id: str) -> dict[str, list[dict[str, Any]]]:
    """What hangs on a person beside the card: in the words of the map."""
    return {name: [plain(row) for row in tx.all(asked, _row, id=worker_id)] for name, asked in PARTS.items()}


def _row(row: Record) -> dict[str, Any]:
    return {name: loaded(one) for name, one in dict(row).items()}


def list_own_files(tx: Transaction, worker_id: str) -> tuple[OwnFile, ...]:
    return tuple(tx.all(FILES, reader(OwnFile), id=worker_id))


OLD = """
MATCH (l:Look) WHERE l.at < $before WITH l LIMIT $most DELETE l RETURN count(l) AS gone
"""


def forget_looks(tx: Transaction, before: datetime, most: int) -> int:
    return int(tx.one(OLD, value("gone"), before=before, most=most))
