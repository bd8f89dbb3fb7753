"""Announcements in the graph. Whoever was told may read one: that is what their notice says."""

import hashlib
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.announcements.model import Announcement, Place, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.paging import Page
from marketplace.kernel.parties import IN_BEING
from marketplace.kernel.permissions import units_of
from marketplace.kernel.workflow import Change

PAGE = 20
read_announcement = reader(Announcement, "announcement")


def notice_id(announcement_id: str, account: str) -> str:
    """One account, one announcement, one notice."""
    return hashlib.sha256(f"{announcement_id}:announce:{account}".encode()).hexdigest()[:26]


GET = """
MATCH (a:Announcement {id: $id})
WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a {.*} AS announcement
"""


def get_announcement(tx: Transaction, id: str) -> Announcement:
    """As those who write: its author and the officers above. Raises NotFound."""
    return tx.one(GET, read_announcement, id=id)


GET_TOLD = """
MATCH (n:Notice {id: $notice}) WHERE n.account_id = $account
MATCH (a:Announcement {id: n.entity_id})
RETURN a {.*} AS announcement
"""


def read_told(tx: Transaction, id: str, account: str) -> Announcement:
    """As somebody who was told, or who may read it anyway. Raises NotFound."""
    told = tx.find(GET_TOLD, read_announcement, notice=notice_id(id, account), account=account)
    return told or get_announcement(tx, id)


CREATE = """
CREATE (a:Announcement) SET a = $properties
"""


def create_announcement_node(tx: Transaction, announcement: Announcement) -> None:
    tx.run(CREATE, properties=node_properties(announcement))


SAVE = """
MATCH (a:Announcement {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a += $properties, a.version = $version + 1
RETURN a.version AS version
"""


def save_announcement(tx: Transaction, change: Change[Announcement]) -> None:
    """Lock, then compare. Raises Stale."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_IDS = """
MATCH (a:Announcement) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit
"""


def list_announcement_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


COUNT = """
MATCH (a:Announcement) WHERE any(token IN a.audience WHERE token IN $reader) RETURN count(a) AS total
"""
LIST = """
MATCH (a:Announcement) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a {.*} AS announcement ORDER BY a.id DESC SKIP $skip LIMIT $limit
"""


def list_announcements(tx: Transaction, number: int) -> Page[Announcement]:
    """Of the officer's units, the newest first."""
    found = tx.all(LIST, read_announcement, skip=(number - 1) * PAGE, limit=PAGE)
    return Page(tuple(found), int(tx.one(COUNT, value("total"))), number, PAGE)


PLACES = """
UNWIND $units AS unit MATCH (:Organisation {id: unit})<-[:PART_OF*0..1]-(o:Organisation)
WHERE unit IN o.lineage AND o.status = $active AND any(token IN o.audience WHERE token IN $reader)
RETURN DISTINCT o.id AS id, o.name AS name, o.lineage AS units ORDER BY name LIMIT 300
"""


def list_places(tx: Transaction) -> list[Place]:
    """Where the reader may write to: their own units, and those directly below."""
    units = units_of(tx.reader)
    found = tx.all(PLACES, reader(Place), units=units, active=IN_BEING) if units else []
    return sorted(found, key=lambda place: place.id not in units)


GET_PLACE = """
MATCH (o:Organisation {id: $id}) WHERE o.status = $active AND any(token IN o.audience WHERE token IN $reader)
RETURN o.id AS id, o.name AS name, o.lineage AS units
"""


def find_place(tx: Transaction, id: str) -> Place | None:
    return tx.find(GET_PLACE, reader(Place), id=id, active=IN_BEING)


FIGURES = """
MATCH (n:Notice {entity_id: $id}) RETURN count(n) AS told, count(n.read_at) AS opened
"""


def count_reading(tx: Transaction, id: str) -> tuple[int, int]:
    """How many have its notice, and how many opened it; what of that may be told, the model says."""
    return tx.one(FIGURES, lambda row: (int(row["told"]), int(row["opened"])), id=id)


CURRENT = """
MATCH (n:Notice {account_id: $account}) WHERE n.topic = $topic AND (n.until IS NULL OR n.until > $now)
MATCH (a:Announcement {id: n.entity_id}) WHERE a.status IN $shown
RETURN a {.*} AS announcement ORDER BY n.created_at DESC, a.id LIMIT $limit
"""


def list_current(tx: Transaction, account: str, topic: str, now: datetime, limit: int) -> list[Announcement]:
    """What this account was told and still holds, the newest first."""
    shown = [Status.TELLING, Status.TOLD]
    return tx.all(CURRENT, read_announcement, account=account, topic=topic, now=now, shown=shown, limit=limit)


NEXT = """
MATCH (a:Announcement {status: $status}) WHERE a.goes_out_at <= $now
RETURN a {.*} AS announcement ORDER BY a.id LIMIT 1
"""


def find_next(tx: Transaction, status: Status, now: datetime) -> Announcement | None:
    """What the relay has to go on with, as the system."""
    return tx.find(NEXT, read_announcement, status=status, now=now)
