"""What an account is told: written by the relay, at least once, so its id follows from what it tells of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import properties, reader, value


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    account_id: str
    kind: str
    entity_id: str
    verb: str
    title: str
    created_at: datetime
    read_at: datetime | None = None


WRITE_NOTICES = """
UNWIND $rows AS row
MERGE (n:Notice {id: row.id})
ON CREATE SET n += row
"""


def write_notices(tx: Transaction, notices: Iterable[Notice]) -> None:
    """Told once, however often the relay comes by; one that was read stays read."""
    tx.run(WRITE_NOTICES, rows=[{name: kept for name, kept in properties(notice).items() if kept is not None} for notice in notices])


COUNT_UNREAD = """
MATCH (n:Notice {account_id: $account}) WHERE n.read_at IS NULL RETURN count(n) AS unread
"""


def count_unread(tx: Transaction, account: str) -> int:
    return int(tx.one(COUNT_UNREAD, value("unread"), account=account))


LIST_NOTICES = """
MATCH (n:Notice {account_id: $account})
RETURN n {.*} AS notice ORDER BY n.created_at DESC, n.id SKIP $skip LIMIT $limit
"""


def list_notices(tx: Transaction, account: str, skip: int = 0, limit: int = 20) -> list[Notice]:
    """The newest first; an account sees its own only."""
    return tx.all(LIST_NOTICES, reader(Notice, "notice"), account=account, skip=skip, limit=limit)


READ_ONE = """
MATCH (n:Notice {id: $id}) WHERE n.account_id = $account
SET n.read_at = coalesce(n.read_at, $now)
RETURN n {.*} AS notice
"""


def read_notice(tx: Transaction, id: str, account: str, now: datetime) -> Notice:
    """Raises NotFound for somebody else's."""
    return tx.one(READ_ONE, reader(Notice, "notice"), id=id, account=account, now=now)


READ_ALL = """
MATCH (n:Notice {account_id: $account}) WHERE n.read_at IS NULL AND n.created_at <= $until SET n.read_at = $now
"""


def read_all_notices(tx: Transaction, account: str, now: datetime, until: datetime | None = None) -> None:
    """Those of the time up to `until`."""
    tx.run(READ_ALL, account=account, now=now, until=until or now)


COUNT_NOTICES = """
MATCH (n:Notice {account_id: $account}) RETURN count(n) AS total
"""


def count_notices(tx: Transaction, account: str) -> int:
    return int(tx.one(COUNT_NOTICES, value("total"), account=account))
