"""What an account is told: written by the relay, at least once, so its id follows from what it tells of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.kernel.labels import Label, label


class Topic(StrEnum):
    """By which people choose how they are told."""

    WORK = "work"
    DUTIES = "duties"
    QUESTIONS = "questions"
    ANNOUNCEMENTS = "announcements"
    SEARCHES = "searches"
    SECURITY = "security"


class Delivery(StrEnum):
    """Each but NONE shows it on the site, too."""

    SITE = "site"
    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


TOPIC_LABELS: dict[Topic, Label] = {
    Topic.WORK: label("My works and deals"), Topic.DUTIES: label("What waits for my decision"), Topic.QUESTIONS: label("Questions and answers"),
    Topic.ANNOUNCEMENTS: label("Announcements of my union"), Topic.SEARCHES: label("My searches, and what I follow"),
    Topic.SECURITY: label("Security of my account"),
}  # fmt: skip
ALWAYS = frozenset({Topic.SECURITY})
"""Nobody can switch these off: whoever took an account over would be the first to do so."""
USUAL: dict[Topic, Delivery] = dict.fromkeys(Topic, Delivery.SITE) | {Topic.SECURITY: Delivery.AT_ONCE, Topic.SEARCHES: Delivery.AT_ONCE}
"""Each saved search says itself how soon; the topic only slows that down, or ends it."""
TOPICS = dict.fromkeys(("account", "session"), Topic.SECURITY) | {
    "enquiry": Topic.QUESTIONS, "introduction": Topic.QUESTIONS, "announcement": Topic.ANNOUNCEMENTS,
    "saved-search": Topic.SEARCHES, "opinion": Topic.SEARCHES,
    "watch": Topic.SEARCHES, "role-request": Topic.DUTIES,
}  # fmt: skip
SLOWER = (Delivery.AT_ONCE, Delivery.DAILY, Delivery.WEEKLY, Delivery.SITE, Delivery.NONE)
DUE, ASIDE = "due", "aside"
"""Of mail: to be sent as soon as may be; kept back with an address that takes nothing. DAILY and WEEKLY wait for their day."""
MAILED = {Delivery.AT_ONCE: DUE, Delivery.DAILY: Delivery.DAILY.value, Delivery.WEEKLY: Delivery.WEEKLY.value}


def topic_of(kind: str) -> Topic:
    return TOPICS.get(kind, Topic.WORK)


@dataclass(frozen=True, slots=True)
class Notice:
    """`delivery` says what is still to be mailed, and how; empty for nothing. Before it is written it may say how soon at most."""

    id: str
    account_id: str
    kind: str
    entity_id: str
    verb: str
    title: str
    created_at: datetime
    read_at: datetime | None = None
    topic: str = ""
    delivery: str = ""
    until: datetime | None = None

    @property
    def about(self) -> Topic:
        """Those from before there were topics have that of their kind."""
        return Topic(self.topic) if self.topic in set(Topic) else topic_of(self.kind)


@dataclass(frozen=True, slots=True)
class Choices:
    """How one account is told of each topic; `takes_mail`: it has an address that was confirmed."""

    by_topic: Mapping[Topic, Delivery]
    takes_mail: bool = False


def choices_of(stored: Iterable[str]) -> dict[Topic, Delivery]:
    """`work=daily` and so on; what was never chosen, or must not be, is as usual."""
    said = (one.partition("=") for one in stored)
    chosen = {Topic(topic): Delivery(way) for topic, _, way in said if topic in set(Topic) and way in set(Delivery)}
    return USUAL | {topic: way for topic, way in chosen.items() if topic not in ALWAYS or way is not Delivery.NONE}


LIST_CHOICES = """
UNWIND $accounts AS account MATCH (p:Postbox {id: account})
RETURN account, coalesce(p.choices, []) AS choices, p.confirmed_at IS NOT NULL AND p.status = $open AS takes_mail
"""
OPEN = "open"
"""The state of a postbox whose address takes mail."""


def list_choices(tx: Transaction, accounts: Iterable[str]) -> dict[str, Choices]:
    return dict(tx.all(LIST_CHOICES, _account_and_choices, accounts=sorted(set(accounts)), open=OPEN))


def _account_and_choices(row: Record) -> tuple[str, Choices]:
    return str(row["account"]), Choices(choices_of(row["choices"]), bool(row["takes_mail"]))


WRITE_NOTICES = """
UNWIND $rows AS row WITH row, $at AS at
MERGE (n:Notice {id: row.id})
ON CREATE SET n.account_id = row.account_id, n.kind = row.kind, n.entity_id = row.entity_id, n.verb = row.verb, n.title = row.title,
  n.topic = row.topic, n.delivery = row.delivery, n.until = row.until, n.read_at = row.read_at, n.created_at = at
"""
"""Each value by its name: a whole map, added to a node that has just been made, takes the embedded engine twice as long."""


def write_notices(tx: Transaction, notices: Iterable[Notice]) -> None:
    """Told once, however often the relay comes by; one that was read stays read. As each account chose: some by mail, too, some not at all."""
    due = list(notices)
    choices = list_choices(tx, (one.account_id for one in due))
    told = [one for notice in due if (one := _as_chosen(notice, choices.get(notice.account_id, Choices(USUAL)))) is not None]
    for moment in {one.created_at: None for one in told}:
        tx.run(WRITE_NOTICES, rows=[_row(one) for one in told if one.created_at == moment], at=moment)


def _row(notice: Notice) -> dict[str, object]:
    """What is empty is no value: an index in which nearly all have the same one is slow."""
    return {name: kept for name, kept in properties(notice, exclude=("created_at",)).items() if kept not in (None, "")} | {"title": notice.title}


def _as_chosen(notice: Notice, choices: Choices) -> Notice | None:
    way = choices.by_topic[notice.about]
    if notice.delivery:
        way = max(way, Delivery(notice.delivery), key=SLOWER.index)
    if way is Delivery.NONE:
        return None
    return replace(notice, topic=notice.about, delivery=MAILED.get(way, "") if choices.takes_mail else "")


COUNT_UNREAD = """
MATCH (n:Notice {account_id: $account}) WHERE n.read_at IS NULL RETURN count(n) AS unread
"""


def count_unread(tx: Transaction, account: str) -> int:
    return int(tx.one(COUNT_UNREAD, value("unread"), account=account))


LIST_NOTICES = """
MATCH (n:Notice {account_id: $account})
WHERE ($topic = '' OR n.topic = $topic) AND (NOT $unread OR n.read_at IS NULL)
RETURN n {.*} AS notice ORDER BY n.created_at DESC, n.id SKIP $skip LIMIT $limit
"""


def list_notices(tx: Transaction, account: str, skip: int = 0, limit: int = 20, *, topic: str = "", unread: bool = False) -> list[Notice]:
    """The newest first; an account sees its own only."""
    return tx.all(LIST_NOTICES, reader(Notice, "notice"), account=account, skip=skip, limit=limit, topic=topic, unread=unread)


READ_ONE = """
MATCH (n:Notice {id: $id}) WHERE n.account_id = $account
SET n.read_at = coalesce(n.read_at, $now)
RETURN n {.*} AS notice
"""


def read_notice(tx: Transaction, id: str, account: str, now: datetime) -> Notice:
    """Raises NotFound for somebody else's."""
    return tx.one(READ_ONE, reader(Notice, "notice"), id=id, account=account, now=now)


UNREAD_ONE = """
MATCH (n:Notice {id: $id}) WHERE n.account_id = $account
SET n.read_at = null
RETURN n.id AS id
"""


def unread_notice(tx: Transaction, id: str, account: str) -> None:
    """As if it had not been opened. Raises NotFound for somebody else's."""
    tx.one(UNREAD_ONE, value("id"), id=id, account=account)


READ_ALL = """
MATCH (n:Notice {account_id: $account}) WHERE n.read_at IS NULL AND n.created_at <= $until SET n.read_at = $now
"""


def read_all_notices(tx: Transaction, account: str, now: datetime, until: datetime | None = None) -> None:
    """Those of the time up to `until`."""
    tx.run(READ_ALL, account=account, now=now, until=until or now)


UNREAD_SINCE = """
MATCH (n:Notice {account_id: $account}) WHERE n.read_at >= $since AND n.read_at <= $until SET n.read_at = null
"""


def unread_notices(tx: Transaction, account: str, since: datetime, until: datetime) -> None:
    """Undoes what was marked as read between two moments."""
    tx.run(UNREAD_SINCE, account=account, since=since, until=until)


COUNT_NOTICES = """
MATCH (n:Notice {account_id: $account})
WHERE ($topic = '' OR n.topic = $topic) AND (NOT $unread OR n.read_at IS NULL) RETURN count(n) AS total
"""


def count_notices(tx: Transaction, account: str, *, topic: str = "", unread: bool = False) -> int:
    return int(tx.one(COUNT_NOTICES, value("total"), account=account, topic=topic, unread=unread))
