"""Saved views in the graph: kept by an account, shared with others."""

from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.views.model import MOST_VIEWS, SavedView, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.roles import HELD, Role
from marketplace.kernel.workflow import Change

read_view = reader(SavedView, "view")
WHOLE = """
v {.*} AS view, head([(a:Account)-[:KEEPS]->(v) | a.id]) AS owner_id, head([(a:Account)-[:KEEPS]->(v) | a.name]) AS owner_name,
  [(v)-[:SHARED_WITH]->(x:Account) | {id: x.id, name: x.name}] AS shared
"""
GET = f"MATCH (v:SavedView {{id: $id}}) WHERE any(token IN v.audience WHERE token IN $reader) RETURN {WHOLE}"


def get_view(tx: Transaction, id: str) -> SavedView:
    """Raises NotFound for one that is neither one's own nor shared with one."""
    return tx.one(GET, read_view, id=id)


LIST_OWN = (
    f"MATCH (:Account {{id: $account}})-[:KEEPS]->(v:SavedView) WHERE v.status = $kept RETURN {WHOLE} ORDER BY v.created_at DESC, v.id LIMIT $most"
)
LIST_SHARED = f"""
MATCH (:Account {{id: $account}})<-[:SHARED_WITH]-(v:SavedView)
WHERE v.status = $kept AND any(token IN v.audience WHERE token IN $reader) RETURN {WHOLE} ORDER BY v.created_at DESC, v.id LIMIT $most
"""


def list_own_views(tx: Transaction, account: str) -> list[SavedView]:
    """The newest first."""
    return tx.all(LIST_OWN, read_view, account=account, kept=Status.KEPT, most=MOST_VIEWS)


def list_shared_views(tx: Transaction, account: str) -> list[SavedView]:
    """Of others."""
    return tx.all(LIST_SHARED, read_view, account=account, kept=Status.KEPT, most=MOST_VIEWS)


LIST_IDS = """
MATCH (v:SavedView) WHERE v.id > $after RETURN v.id AS id ORDER BY id LIMIT $limit
"""


def list_view_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


COUNT = """
MATCH (:Account {id: $account})-[:KEEPS]->(v:SavedView) WHERE v.status = $kept RETURN count(v) AS kept
"""


def count_views(tx: Transaction, account: str) -> int:
    return int(tx.one(COUNT, value("kept"), account=account, kept=Status.KEPT))


CREATE = """
MATCH (a:Account {id: $owner})
CREATE (a)-[:KEEPS]->(v:SavedView) SET v = $properties
RETURN v.id AS id
"""


def create_view_node(tx: Transaction, view: SavedView) -> None:
    tx.one(CREATE, value("id"), owner=view.owner_id, properties=node_properties(view))


SAVE = """
MATCH (v:SavedView {id: $id})
SET v.lock = coalesce(v.lock, 0) + 1
WITH v WHERE v.version = $version
SET v += $properties, v.version = $version + 1
RETURN v.version AS version
"""
SHARE = """
MATCH (v:SavedView {id: $id}) MATCH (a:Account {id: $account})
MERGE (v)-[s:SHARED_WITH]->(a) ON CREATE SET s.at = $now
RETURN a.id AS id
"""
UNSHARE = """
MATCH (:SavedView {id: $id})-[s:SHARED_WITH]->(a:Account {id: $account}) DELETE s
"""


def save_view(tx: Transaction, change: Change[SavedView]) -> None:
    """Raises Stale when it was changed meanwhile."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    before = change.before.invited if change.before else ()
    for account in set(change.after.invited) - set(before):
        tx.one(SHARE, value("id"), id=change.id, account=account, now=change.at)
    for account in set(before) - set(change.after.invited):
        tx.run(UNSHARE, id=change.id, account=account)


@dataclass(frozen=True, slots=True)
class Officer:
    """An account with an officer's role, and where."""

    id: str
    name: str
    unit: str
    since: datetime | None = None


OFFICERS = (
    """
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:PART_OF*0..6]-(o:Organisation)<-[h:HOLDS {role: $role}]-(a:Account)
WHERE unit IN o.lineage AND """
    + HELD
    + """ AND a.status = $active AND a.id <> $me AND ($account = '' OR a.id = $account)
  AND ($text = '' OR a.name CONTAINS $text OR o.name CONTAINS $text)
RETURN DISTINCT a.id AS id, a.name AS name, o.name AS unit ORDER BY unit, name, id LIMIT $most
"""
)
ACTIVE = "active"


def list_officers(tx: Transaction, units: list[str], me: str, now: datetime, text: str = "", account: str = "", most: int = 20) -> list[Officer]:
    """Of these units and everything under them, without oneself."""
    asked = {"text": text, "account": account, "role": Role.UNION_OFFICER, "active": ACTIVE, "most": most}
    return tx.all(OFFICERS, reader(Officer), units=units, me=me, now=now, **asked)
