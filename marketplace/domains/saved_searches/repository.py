"""Saved searches and what they found, in the graph. A finding names its thing by id: what is shown of it is asked of the graph each time."""

from collections.abc import Sequence
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, rows, value
from marketplace.domains.saved_searches.model import STANDING, Finding, SavedSearch, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.workflow import Change

read_search = reader(SavedSearch, "search")
read_finding = reader(Finding, "finding")
MOST_UNSEEN = 50
"""Of one search that are counted; more is "more than fifty"."""
GET = """
MATCH (s:SavedSearch {id: $id})<-[:SEARCHES_FOR]-(a:Account) WHERE any(token IN s.audience WHERE token IN $reader)
RETURN s {.*} AS search, a.id AS owner_id
"""


def get_search(tx: Transaction, id: str) -> SavedSearch:
    """Raises NotFound for somebody else's."""
    return tx.one(GET, read_search, id=id)


LIST_OWN = """
MATCH (a:Account {id: $account})-[:SEARCHES_FOR]->(s:SavedSearch) WHERE s.status IN $standing
RETURN s {.*} AS search, a.id AS owner_id ORDER BY s.created_at DESC, s.id
"""


def list_own_searches(tx: Transaction, account: str) -> list[SavedSearch]:
    """The newest first; there are never many."""
    return tx.all(LIST_OWN, read_search, account=account, standing=sorted(STANDING))


LIST_IDS = """
MATCH (s:SavedSearch) WHERE s.id > $after RETURN s.id AS id ORDER BY id LIMIT $limit
"""


def list_search_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


CHANGED_SINCE = """
MATCH (s:SavedSearch) WHERE s.updated_at >= $since
RETURN s {.*} AS search, head([(s)<-[:SEARCHES_FOR]-(a:Account) | a.id]) AS owner_id
"""


def list_changed_since(tx: Transaction, since: datetime) -> list[SavedSearch]:
    """Deleted ones, too."""
    return tx.all(CHANGED_SINCE, read_search, since=since)


KEPT = """
MATCH (a:Account {id: $account})
RETURN COUNT { MATCH (a)-[:SEARCHES_FOR]->(s:SavedSearch) WHERE s.status IN $standing } AS kept
"""


def count_searches(tx: Transaction, account: str) -> int:
    """Locked: whoever sends many at once keeps no more than one by one."""
    hold(tx, f"saved:{account}")
    return int(tx.one(KEPT, value("kept"), account=account, standing=sorted(STANDING)))


CREATE = """
MATCH (a:Account {id: $owner}) CREATE (a)-[:SEARCHES_FOR]->(s:SavedSearch) SET s = $properties RETURN s.id AS id
"""


def create_search_node(tx: Transaction, search: SavedSearch) -> None:
    tx.one(CREATE, value("id"), owner=search.owner_id, properties=node_properties(search))


SAVE = """
MATCH (s:SavedSearch {id: $id})
SET s.lock = coalesce(s.lock, 0) + 1
WITH s WHERE s.version = $version
SET s += $properties, s.version = $version + 1
RETURN s.version AS version
"""


def save_search(tx: Transaction, change: Change[SavedSearch]) -> None:
    """Raises Stale when it was changed meanwhile."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_FINDINGS = """
MATCH (f:Finding {search_id: $id}) WHERE f.account_id = $account
RETURN f {.*} AS finding ORDER BY f.created_at DESC, f.id LIMIT $limit
"""


def list_findings(tx: Transaction, account: str, search_id: str, limit: int) -> list[Finding]:
    """The newest first. Whether their things may still be seen is for the reader's cards to say."""
    return tx.all(LIST_FINDINGS, read_finding, id=search_id, account=account, limit=limit)


UNSEEN = """
MATCH (a:Account {id: $account})-[:SEARCHES_FOR]->(s:SavedSearch) WHERE s.status IN $standing
CALL (s) { MATCH (f:Finding {search_id: s.id}) WHERE f.created_at > s.seen_at RETURN f LIMIT $most }
RETURN f {.*} AS finding
"""


def list_unseen(tx: Transaction, account: str) -> list[Finding]:
    """Found since the last look at each of one's searches."""
    return tx.all(UNSEEN, read_finding, account=account, standing=sorted(STANDING), most=MOST_UNSEEN)


WRITE = """
UNWIND $rows AS row
CREATE (f:Finding) SET f = row SET f += {created_at: $now}
"""
AT_ONCE = 5_000
"""Rows of a statement."""


def write_findings(tx: Transaction, fresh: Sequence[Finding], now: datetime) -> None:
    """All of this moment. The unique id lets no second relay write one again."""
    for first in range(0, len(fresh), AT_ONCE):
        tx.run(WRITE, rows=rows(fresh[first : first + AT_ONCE], exclude=("created_at",)), now=now)


OF_THING = """
UNWIND $ids AS id MATCH (f:Finding {entity_id: id}) RETURN f {.*} AS finding
"""


def list_findings_of(tx: Transaction, entity_ids: Sequence[str]) -> list[Finding]:
    return tx.all(OF_THING, read_finding, ids=list(entity_ids))


FORGET = """
UNWIND $ids AS id
MATCH (f:Finding {id: id}) MATCH (s:SavedSearch {id: f.search_id}) WHERE f.created_at > s.seen_at
OPTIONAL MATCH (n:Notice {id: f.notice_id})
WITH f, n WHERE n IS NULL OR n.read_at IS NULL AND n.mailed_at IS NULL
WITH f, coalesce(f.notice_id, '') AS notice DELETE f RETURN DISTINCT notice
"""
TAKE_BACK = """
UNWIND $ids AS id
MATCH (n:Notice {id: id})
OPTIONAL MATCH (f:Finding {search_id: n.entity_id}) WHERE f.notice_id = n.id
WITH n, count(f) AS left WHERE left = 0
DELETE n
"""


def forget_findings(tx: Transaction, ids: Sequence[str]) -> None:
    """Of what nobody has looked at yet; a message that tells of nothing any more goes, too."""
    emptied = [one for one in tx.all(FORGET, value("notice"), ids=list(ids)) if one]
    tx.run(TAKE_BACK, ids=emptied)


FORGET_SEARCHES = """
UNWIND $ids AS id MATCH (:Account {id: id})-[:SEARCHES_FOR]->(s:SavedSearch)
SET s += {status: $deleted, title: '', words: '', filters: [], updated_at: $now}
"""
DROP_FINDINGS = """
UNWIND $ids AS id MATCH (:Account {id: id})-[:SEARCHES_FOR]->(s:SavedSearch) MATCH (f:Finding {search_id: s.id}) DELETE f
"""


def forget_searches(tx: Transaction, accounts: Sequence[str], now: datetime) -> None:
    """Of people who are erased: nothing is left of what they looked for, and whoever tells of news learns that it ended."""
    tx.run(FORGET_SEARCHES, ids=accounts, now=now, deleted=Status.DELETED)
    tx.run(DROP_FINDINGS, ids=accounts)
