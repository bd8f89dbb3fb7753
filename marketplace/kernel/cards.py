"""One line about a thing, for lists of mixed kinds: read from the graph, as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` of each kind are few and raw; the web words them."""

    kind: str
    id: str
    title: str
    number: str = ""
    benefit: str = ""
    provider: str = ""
    area: str = ""
    published_at: datetime | None = None
    status: str = ""
    field: str = ""
    sort: str = ""
    maturity_scale: str = ""
    maturity: int | None = None
    used: int = 0
    saving_fen: int | None = None
    patents: int = 0
    members: int = 0
    price_mode: str = ""
    price_fen: int | None = None
    low_fen: int | None = None
    high_fen: int | None = None
    ends_on: date | None = None
    level: str = ""
    occupation: str = ""


ACHIEVEMENTS = """
UNWIND $ids AS id MATCH (n:Achievement {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'achievement' AS kind, n.id AS id, n.title AS title, n.number AS number, n.benefit AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.kind AS sort, n.maturity_scale AS maturity_scale, n.maturity AS maturity,
  coalesce(head([(n)-[:PRODUCED_BY]->(s:Studio) WHERE any(token IN s.audience WHERE token IN $reader) | s.name]),
    head([(n)-[:PRODUCED_BY]->(e:Enterprise) WHERE any(token IN e.audience WHERE token IN $reader) | e.name])) AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area,
  COUNT { MATCH (n)-[u:ADOPTED_BY]->(a:Enterprise) WHERE u.confirmed AND any(token IN a.audience WHERE token IN $reader) RETURN DISTINCT a } AS used,
  reduce(sum = 0, fen IN [(n)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed AND any(token IN e.audience WHERE token IN $reader)
    | coalesce(u.saving_fen, 0)] | sum + fen) AS saving_fen,
  size([(n)-[:PROTECTED_BY]->(p:Patent) WHERE any(token IN p.audience WHERE token IN $reader) | 1]) AS patents
"""
LISTINGS = """
UNWIND $ids AS id MATCH (n:Listing {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'listing' AS kind, n.id AS id, n.title AS title, n.number AS number, n.benefit AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.contract_kind AS sort, n.price_mode AS price_mode, n.valid_until AS ends_on,
  CASE WHEN any(token IN n.guarded_audience WHERE token IN $reader) OR n.price_on_enquiry = false THEN n.price_fen END AS price_fen,
  head([(n)-[:OFFERED_BY]->(p) WHERE NOT p:Worker OR any(token IN p.audience WHERE token IN $reader) | p.name]) AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""
NEEDS = """
UNWIND $ids AS id MATCH (n:Need {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
WITH n, any(token IN n.guarded_audience WHERE token IN $reader) OR n.visibility = 'open' AS inside
RETURN 'need' AS kind, n.id AS id, n.title AS title, n.number AS number, n.abstract AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.visibility AS sort, n.deadline AS ends_on,
  CASE WHEN inside THEN n.budget_low_fen END AS low_fen, CASE WHEN inside THEN n.budget_high_fen END AS high_fen,
  CASE WHEN n.visibility <> 'anonymous' OR any(token IN n.guarded_audience WHERE token IN $reader)
    THEN head([(n)-[:POSTED_BY]->(e:Enterprise) | e.name]) END AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""
PATENTS = """
UNWIND $ids AS id MATCH (n:Patent {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'patent' AS kind, n.id AS id, n.title AS title, n.patent_number AS number, n.summary AS benefit, n.published_at AS published_at,
  n.legal_status AS status, n.field AS field, n.type AS sort, n.applicant AS provider
"""
STUDIOS = """
UNWIND $ids AS id MATCH (n:Studio {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'studio' AS kind, n.id AS id, n.name AS title, n.number AS number, n.summary AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.level AS sort, head([(n)-[:HOSTED_BY]->(e:Enterprise) | e.name]) AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area, size([(n)<-[m:MEMBER_OF]-(:Worker) WHERE m.until IS NULL | 1]) AS members
"""
ASSOCIATIONS = """
UNWIND $ids AS id MATCH (n:Association {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'association' AS kind, n.id AS id, n.name AS title, n.number AS number, n.summary AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.kind AS sort, head([(n)-[:UNDER]->(o:Organisation) | o.name]) AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area, size([(n)<-[m:MEMBER_OF]-(:Worker) WHERE m.until IS NULL | 1]) AS members
"""
ENTERPRISES = """
UNWIND $ids AS id MATCH (n:Enterprise {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'enterprise' AS kind, n.id AS id, n.name AS title, n.number AS number, n.summary AS benefit, n.published_at AS published_at,
  n.status AS status, n.field AS field, n.size AS sort, head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""
WORKERS = """
UNWIND $ids AS id MATCH (n:Worker {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
WITH n, [name IN coalesce(n.concealed, []) WHERE NOT any(token IN n.guarded_audience WHERE token IN $reader)] AS kept
RETURN 'worker' AS kind, n.id AS id, n.name AS title, n.number AS number, n.headline AS benefit, n.published_at AS published_at,
  n.status AS status, CASE WHEN NOT 'HAS_SKILL' IN kept THEN n.level END AS level,
  CASE WHEN NOT 'HAS_SKILL' IN kept THEN n.occupation END AS occupation,
  head([(n)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL AND NOT 'EMPLOYED_BY' IN kept | e.name]) AS provider,
  head([(n)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""
STATEMENTS: dict[str, LiteralString] = {
    "achievement": ACHIEVEMENTS, "listing": LISTINGS, "need": NEEDS, "patent": PATENTS, "studio": STUDIOS, "association": ASSOCIATIONS,
    "enterprise": ENTERPRISES, "worker": WORKERS,
}  # fmt: skip


OFFERS_OF = """
MATCH (n:Listing)-[:OFFERS]->(:Achievement {id: $id}) WHERE 'public' IN n.audience
RETURN n.id AS id ORDER BY n.published_at DESC, id LIMIT $limit
"""


def list_offers_of(tx: Transaction, achievement_id: str, limit: int) -> list[Card]:
    """What one may have of a work, and at which price: its public listings, the newest first."""
    return list_cards(tx, [("listing", id) for id in tx.all(OFFERS_OF, value("id"), id=achievement_id, limit=limit)])


def list_titles(tx: Transaction, refs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Of those that the reader may see. Nothing else of them is read, so that one whose other values are broken has a name still."""
    by_kind: dict[str, list[str]] = {}
    for kind, id in dict.fromkeys(refs):
        by_kind.setdefault(kind, []).append(id)
    known = ((kind, ids) for kind, ids in by_kind.items() if kind in STATEMENTS)
    return {(kind, id): title for kind, ids in known for id, title in tx.all(STATEMENTS[kind], _id_and_title, ids=ids)}


def _id_and_title(row: Record) -> tuple[str, str]:
    return str(row["id"]), str(row["title"])


def list_cards(tx: Transaction, refs: Iterable[tuple[str, str]]) -> list[Card]:
    """`refs` are (kind, id) in the order wanted; what the reader may not see is simply not there."""
    wanted = list(refs)
    kinds = dict.fromkeys(kind for kind, _ in wanted)
    found = {card.id: card for kind in kinds if kind in STATEMENTS for card in _of_kind(tx, kind, [id for one, id in wanted if one == kind])}
    return [found[id] for _, id in wanted if id in found]


def _of_kind(tx: Transaction, kind: str, ids: list[str]) -> list[Card]:
    return tx.all(STATEMENTS[kind], reader(Card), ids=ids)
