"""Introductions in the graph. Who stands behind the two things follows from their relations, whenever it is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.introductions.model import Introduction, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.paging import Page
from marketplace.kernel.workflow import Change

read_introduction = reader(Introduction, "introduction")
PAGE_SIZE = 20
GET = """
UNWIND $ids AS id
MATCH (i:Introduction {id: id}) WHERE any(token IN i.audience WHERE token IN $reader)
MATCH (i)-[:INTRODUCED_BY]->(c:Account)
OPTIONAL MATCH (i)-[:INTRODUCED_TO]->(n:Need)
OPTIONAL MATCH (i)-[:INTRODUCES]->(t)
WITH i, c, n, t, any(token IN i.guarded_audience WHERE token IN $reader) AS inside
RETURN CASE WHEN inside THEN i {.*} ELSE i {.*, opening: '', asker_id: ''} END AS introduction, n.id AS need_id, t.id AS thing_id,
  c.id AS scout_id, c.name AS scout_name, [(n)-[:POSTED_BY]->(e:Enterprise) | e.id] AS needing,
  [(t)-[:PRODUCED_BY]->(s:Studio) | s.id] + [(t)<-[:CONTRIBUTED_TO]-(w:Worker) | w.id] + [(t)-[:OFFERED_BY]->(x) | x.id] AS providing
"""


def get_introduction(tx: Transaction, id: str) -> Introduction:
    """Raises NotFound for everybody but the two sides and the scout."""
    return tx.one(GET, read_introduction, ids=[id])


def get_introductions(tx: Transaction, ids: list[str]) -> list[Introduction]:
    return tx.all(GET, read_introduction, ids=ids)


CREATE = """
MATCH (c:Account {id: $scout}) MATCH (n:Need {id: $need})
CREATE (i:Introduction) SET i = $properties
CREATE (i)-[:INTRODUCED_BY]->(c)
CREATE (i)-[:INTRODUCED_TO]->(n)
RETURN i.id AS id
"""
LINK_ACHIEVEMENT = "MATCH (i:Introduction {id: $id}) MATCH (t:Achievement {id: $thing}) CREATE (i)-[:INTRODUCES]->(t) RETURN i.id AS id"
LINK_LISTING = "MATCH (i:Introduction {id: $id}) MATCH (t:Listing {id: $thing}) CREATE (i)-[:INTRODUCES]->(t) RETURN i.id AS id"
LINK: dict[str, LiteralString] = {"achievement": LINK_ACHIEVEMENT, "listing": LINK_LISTING}


def create_introduction_node(tx: Transaction, one: Introduction) -> None:
    """The unique key lets a scout introduce the two once."""
    tx.one(CREATE, value("id"), scout=one.scout_id, need=one.need_id, properties=node_properties(one))
    tx.one(LINK[one.thing_kind], value("id"), id=one.id, thing=one.thing_id)


FIND = """
MATCH (i:Introduction {key: $key}) RETURN i.status AS status
"""


def find_introduction_status(tx: Transaction, key: str) -> Status | None:
    """How it stands with what a scout introduced once already."""
    found = tx.find(FIND, value("status"), key=key)
    return Status(found) if found else None


SAVE = """
MATCH (i:Introduction {id: $id})
SET i.lock = coalesce(i.lock, 0) + 1
WITH i WHERE i.version = $version
SET i += $properties, i.version = $version + 1
RETURN i.version AS version
"""


def save_introduction(tx: Transaction, change: Change[Introduction]) -> None:
    """Of what was read with all that it holds: else the opening words would be lost."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LED_TO = "MATCH (i:Introduction {id: $id}) MATCH (q:Enquiry {id: $enquiry}) CREATE (i)-[:LED_TO]->(q) RETURN i.id AS id"


def link_enquiry(tx: Transaction, id: str, enquiry_id: str) -> None:
    tx.one(LED_TO, value("id"), id=id, enquiry=enquiry_id)


MADE_SINCE = """
MATCH (:Account {id: $account})<-[:INTRODUCED_BY]-(i:Introduction) WHERE i.created_at > $since RETURN count(i) AS made
"""


def count_made_since(tx: Transaction, account: str, since: datetime) -> int:
    return int(tx.one(MADE_SINCE, value("made"), account=account, since=since))


LIST = """
MATCH (i:Introduction) WHERE any(token IN i.audience WHERE token IN $own)
WITH i ORDER BY i.created_at DESC, i.id SKIP $skip LIMIT $limit RETURN i.id AS id
"""
COUNT = "MATCH (i:Introduction) WHERE any(token IN i.audience WHERE token IN $own) RETURN count(i) AS total"


def list_introductions(tx: Transaction, own: Sequence[str], number: int) -> Page[Introduction]:
    """By me or to me, the latest first; `own` are the reader's tokens of themselves and of whom they act for."""
    ids = tx.all(LIST, value("id"), own=list(own), skip=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    found = sorted(get_introductions(tx, ids), key=lambda one: ids.index(one.id))
    return Page(tuple(found), int(tx.one(COUNT, value("total"), own=list(own))), number, PAGE_SIZE)


RENEW = """
MATCH (i:Introduction {id: $id}) SET i.audience = $audience, i.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, one: Introduction) -> None:
    now = node_properties(one)
    tx.run(RENEW, id=one.id, audience=now["audience"], guarded=now["guarded_audience"])


ABOUT_THESE = """
UNWIND $ids AS id MATCH (:Achievement {id: id})<-[:INTRODUCES]-(i:Introduction) RETURN i.id AS id
UNION
UNWIND $ids AS id MATCH (:Listing {id: id})<-[:INTRODUCES]-(i:Introduction) RETURN i.id AS id
UNION
UNWIND $ids AS id MATCH (:Need {id: id})<-[:INTRODUCED_TO]-(i:Introduction) RETURN i.id AS id
"""


def list_introductions_about(tx: Transaction, ids: list[str]) -> list[tuple[str, str]]:
    """Who reads an introduction follows from who stands behind the two things now."""
    return tx.all(ABOUT_THESE, lambda row: (Introduction.KIND, str(row["id"])), ids=ids)


LIST_IDS = """
MATCH (i:Introduction) WHERE i.id > $after RETURN i.id AS id ORDER BY id LIMIT $limit
"""


def list_introduction_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


FORGET = """
UNWIND $ids AS id MATCH (:Account {id: id})<-[:INTRODUCED_BY]-(i:Introduction)
SET i += {why: '', reason: CASE WHEN coalesce(i.declined_by, '') = '' THEN '' ELSE i.reason END}
"""
FORGET_OPENINGS = """
UNWIND $ids AS id MATCH (i:Introduction {asker_id: id}) SET i += {opening: ''}
"""


def forget_introductions(tx: Transaction, accounts: Sequence[str]) -> None:
    """Of people who are erased: their words go, a scout's own reason too; that two were brought together stays, under the name that says nothing."""
    tx.run(FORGET, ids=list(accounts))
    tx.run(FORGET_OPENINGS, ids=list(accounts))
