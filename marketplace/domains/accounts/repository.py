"""Accounts, their sessions and their roles in the graph."""

from datetime import UTC, datetime

from neo4j import Record

from graph.connection import Transaction
from graph.errors import NotFound
from graph.records import reader, value
from marketplace.domains.accounts.model import Account, Person, Status, actor_of
from marketplace.kernel.actor import Actor, Visit
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change

read_person = reader(Person)
read_seen_at = value("seen_at")
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)

PARTIES = """
     [(a)-[h:HOLDS]->(p) WHERE coalesce(h.since, $now) <= $now AND (h.until IS NULL OR h.until > $now)
       | {kind: toLower(head(labels(p))), id: p.id, name: p.name, role: h.role, for_account: h.for_account,
          for_name: head([(f:Account)-[o:HOLDS]->(p)
            WHERE o.id = h.lent_from AND f.status = $active AND (o.until IS NULL OR o.until > $now) | f.name])}]
     + [(a)-[:IS_PERSON]->(:Worker)-[m:MEMBER_OF]->(p) WHERE m.until IS NULL
       | {kind: toLower(head(labels(p))), id: p.id, name: p.name, role: m.role}] AS parties
"""
LOAD_PERSON = (
    """
MATCH (s:Session {id: $session})-[:SIGNED_IN_AS]->(a:Account {status: $active})
WHERE s.revoked_at IS NULL AND s.seen_at > $not_before
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
RETURN a.id AS account_id, a.name AS name, w.id AS worker_id, s.seen_at AS seen_at,"""
    + PARTIES
)


def load_visit(tx: Transaction, session: str, not_before: datetime, now: datetime) -> Visit | None:
    """Who a session belongs to, with every role as it is now: one that was taken away, or has ended by itself, acts no more."""
    return tx.find(LOAD_PERSON, _read_visit, session=session, not_before=not_before, active=Status.ACTIVE, now=now)


def _read_visit(row: Record) -> Visit:
    return Visit(actor_of(read_person(row)), read_seen_at(row))


LOAD_ACTOR_OF = (
    """
MATCH (a:Account {id: $id})
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
RETURN a.id AS account_id, a.name AS name, w.id AS worker_id,"""
    + PARTIES
)


def actor_of_account(tx: Transaction, id: str, now: datetime = FOR_GOOD) -> Actor:
    """The actor of an account without a session: for the command line, the demo and tests. Without `now`, by the roles that have no end."""
    return actor_of(tx.one(LOAD_ACTOR_OF, read_person, id=id, active=Status.ACTIVE, now=now))


FIND_LOGIN = """
MATCH (a:Account {login: $login}) RETURN a {.*} AS account
"""


def find_account(tx: Transaction, login: str) -> Account | None:
    return tx.find(FIND_LOGIN, reader(Account, "account"), login=login)


GET = """
MATCH (a:Account {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader) RETURN a {.*} AS account
"""


def get_account(tx: Transaction, id: str) -> Account:
    return tx.one(GET, reader(Account, "account"), id=id)


LIST = """
MATCH (a:Account) WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a {.*} AS account ORDER BY a.login SKIP $skip LIMIT $limit
"""


def list_accounts(tx: Transaction, skip: int = 0, limit: int = 50) -> list[Account]:
    return tx.all(LIST, reader(Account, "account"), skip=skip, limit=limit)


LIST_TAKEN = """
UNWIND $logins AS login MATCH (a:Account {login: login}) RETURN login
"""


def list_taken(tx: Transaction, logins: list[str]) -> list[str]:
    """Which of these sign-in names somebody has."""
    return tx.all(LIST_TAKEN, value("login"), logins=logins)


CREATE = """
UNWIND $rows AS row CREATE (a:Account) SET a = row
"""


def create_account_nodes(tx: Transaction, accounts: list[Account]) -> None:
    tx.run(CREATE, rows=[node_properties(one) for one in accounts])


SAVE = """
MATCH (a:Account {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.version = $version
SET a += $properties, a.version = $version + 1
RETURN a.version AS version
"""


def save_account(tx: Transaction, change: Change[Account]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


COUNT_FAILURE = """
MATCH (a:Account {login: $login}) WHERE a.locked_until IS NULL OR a.locked_until <= $now
SET a.failures = coalesce(a.failures, 0) + 1
SET a.locked_until = CASE WHEN a.failures >= $most THEN $locked_until ELSE a.locked_until END,
    a.failures = CASE WHEN a.failures >= $most THEN 0 ELSE a.failures END
"""


def count_failure_of(tx: Transaction, login: str, most: int, now: datetime, locked_until: datetime) -> None:
    """An unknown name and a locked account take the same way, and nothing is written."""
    tx.run(COUNT_FAILURE, login=login, most=most, now=now, locked_until=locked_until)


LINK_PEOPLE = """
UNWIND $rows AS row MATCH (a:Account {id: row.id}) MATCH (w:Worker {id: row.worker})
MERGE (a)-[:IS_PERSON]->(w) RETURN w.id AS id
"""


def link_people(tx: Transaction, workers: dict[str, str]) -> None:
    """`workers` says for each account who it is. Raises NotFound where somebody is not in the register."""
    if len(tx.all(LINK_PEOPLE, value("id"), rows=[{"id": id, "worker": worker} for id, worker in workers.items()])) < len(workers):
        raise NotFound("worker")
