"""Watches in the graph: on the relation with which an account saved a thing. Nobody else learns of it."""

from collections.abc import Iterable, Sequence
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.watches.model import ADOPTED, ENDS, PRICE, STATE, VERSION, Watch

read_watch = reader(Watch)
MOST = 200
SAVED = """
MATCH (a:Account {id: $account})-[s:SAVED]->(n)
RETURN a.id AS account_id, toLower(head(labels(n))) AS kind, n.id AS thing_id, coalesce(s.tells, false) AS tells,
  s.at AS at, coalesce(s.seen, []) AS seen ORDER BY s.at DESC, thing_id LIMIT $limit
"""


def list_saved_things(tx: Transaction, account: str) -> list[Watch]:
    """The latest first, also what cannot be read any more: whether it can is for the reader's cards to say."""
    return tx.all(SAVED, read_watch, account=account, limit=MOST)


OF_ONE = """
MATCH (a:Account {id: $account})-[s:SAVED]->(n) WHERE n.id = $id AND any(token IN n.audience WHERE token IN $reader)
RETURN a.id AS account_id, toLower(head(labels(n))) AS kind, n.id AS thing_id, coalesce(s.tells, false) AS tells,
  s.at AS at, coalesce(s.seen, []) AS seen
"""


def get_watch(tx: Transaction, account: str, id: str) -> Watch:
    """Raises NotFound for what one has not saved, or may not see any more."""
    return tx.one(OF_ONE, read_watch, account=account, id=id)


FACTS = """
WHERE any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, n.status AS state, n.published_at AS version, n.reminded_for AS ends,
  CASE WHEN coalesce(n.price_on_enquiry, false) THEN null ELSE coalesce(n.price_mode, '') + ':' + coalesce(toString(n.price_fen), '') END AS price,
  COUNT { MATCH (n)-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed } AS adopted
"""
FACTS_OF_ACHIEVEMENTS = "UNWIND $ids AS id MATCH (n:Achievement {id: id})" + FACTS
FACTS_OF_LISTINGS = "UNWIND $ids AS id MATCH (n:Listing {id: id})" + FACTS
FACTS_OF_NEEDS = "UNWIND $ids AS id MATCH (n:Need {id: id})" + FACTS
FACTS_OF_PATENTS = "UNWIND $ids AS id MATCH (n:Patent {id: id})" + FACTS
FACTS_OF_STUDIOS = "UNWIND $ids AS id MATCH (n:Studio {id: id})" + FACTS
FACTS_OF_WORKERS = "UNWIND $ids AS id MATCH (n:Worker {id: id})" + FACTS
FACTS_OF_ENTERPRISES = "UNWIND $ids AS id MATCH (n:Enterprise {id: id})" + FACTS
FACTS_OF_ASSOCIATIONS = "UNWIND $ids AS id MATCH (n:Association {id: id})" + FACTS
FACTS_OF: dict[str, LiteralString] = {
    "achievement": FACTS_OF_ACHIEVEMENTS, "listing": FACTS_OF_LISTINGS, "need": FACTS_OF_NEEDS, "patent": FACTS_OF_PATENTS,
    "studio": FACTS_OF_STUDIOS, "worker": FACTS_OF_WORKERS, "enterprise": FACTS_OF_ENTERPRISES, "association": FACTS_OF_ASSOCIATIONS,
}  # fmt: skip
NAMES = (STATE, VERSION, PRICE, ENDS, ADOPTED)


def facts_of(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What a watcher would hear of, of things that whoever asks may see. A price on enquiry is none of them."""
    return dict(tx.all(FACTS_OF[kind], _facts, ids=list(ids)))


def _facts(row: Record) -> tuple[str, tuple[str, ...]]:
    return str(row["id"]), tuple(f"{name}={row[name]}" for name in NAMES if row[name] is not None)


WATCHING = """
<-[s:SAVED]-(a:Account) WHERE s.tells
RETURN a.id AS account_id, $kind AS kind, n.id AS thing_id, true AS tells, s.at AS at, coalesce(s.seen, []) AS seen
"""
WATCHED_ACHIEVEMENTS = "UNWIND $ids AS id MATCH (n:Achievement {id: id})" + WATCHING
WATCHED_LISTINGS = "UNWIND $ids AS id MATCH (n:Listing {id: id})" + WATCHING
WATCHED_NEEDS = "UNWIND $ids AS id MATCH (n:Need {id: id})" + WATCHING
WATCHED_PATENTS = "UNWIND $ids AS id MATCH (n:Patent {id: id})" + WATCHING
WATCHED_STUDIOS = "UNWIND $ids AS id MATCH (n:Studio {id: id})" + WATCHING
WATCHED_WORKERS = "UNWIND $ids AS id MATCH (n:Worker {id: id})" + WATCHING
WATCHED_ENTERPRISES = "UNWIND $ids AS id MATCH (n:Enterprise {id: id})" + WATCHING
WATCHED_ASSOCIATIONS = "UNWIND $ids AS id MATCH (n:Association {id: id})" + WATCHING
WATCHED: dict[str, LiteralString] = {
    "achievement": WATCHED_ACHIEVEMENTS, "listing": WATCHED_LISTINGS, "need": WATCHED_NEEDS, "patent": WATCHED_PATENTS,
    "studio": WATCHED_STUDIOS, "worker": WATCHED_WORKERS, "enterprise": WATCHED_ENTERPRISES, "association": WATCHED_ASSOCIATIONS,
}  # fmt: skip


def list_watching(tx: Transaction, kind: str, ids: Sequence[str]) -> list[Watch]:
    """Who wants to hear of these."""
    return tx.all(WATCHED[kind], read_watch, ids=list(ids), kind=kind)


SAVE = """
MATCH (:Account {id: $account})-[s:SAVED]->(n) WHERE n.id = $thing
SET s.tells = $tells, s.seen = $seen
RETURN n.id AS id
"""


def save_watch(tx: Transaction, watch: Watch) -> None:
    """As its account chose."""
    tx.all(SAVE, value("id"), account=watch.account_id, thing=watch.thing_id, tells=watch.tells, seen=list(watch.seen))


NOTE_SEEN = """
UNWIND $rows AS row
MATCH (:Account {id: row.account})-[s:SAVED]->(n) WHERE n.id = row.id AND s.tells
SET s.seen = row.seen
RETURN n.id AS id
"""


def note_seen(tx: Transaction, watches: Iterable[Watch]) -> None:
    """What they have heard of; whoever has just chosen to be left in peace stays so."""
    rows = [{"account": one.account_id, "id": one.thing_id, "seen": list(one.seen)} for one in watches]
    if rows:
        tx.all(NOTE_SEEN, value("id"), rows=rows)


FORGET = """
UNWIND $ids AS id MATCH (:Account {id: id})-[s:SAVED]->() DELETE s
"""


def forget_saved_things(tx: Transaction, accounts: Sequence[str]) -> None:
    """Of people who are erased: what they kept an eye on is nobody's to know."""
    tx.run(FORGET, ids=list(accounts))
