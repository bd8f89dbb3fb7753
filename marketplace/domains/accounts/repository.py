"""Accounts, their sessions and their roles in the graph."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.errors import NotFound
from graph.records import reader, value
from marketplace.domains.accounts.model import Account, Person, Status, actor_of, due_of
from marketplace.kernel.actor import Actor, Visit
from marketplace.kernel.entity import node_properties
from marketplace.kernel.roles import HELD
from marketplace.kernel.sign_ins import Validity
from marketplace.kernel.workflow import Change

read_person = reader(Person)

PARTIES = (
    """
     [(a)-[h:HOLDS]->(p) WHERE """
    + HELD
    + """
       | {kind: toLower(head(labels(p))), id: p.id, name: p.name, role: h.role, for_account: h.for_account,
          for_name: CASE WHEN h.lent_from IS NULL THEN null ELSE head([(f:Account)-[o:HOLDS]->(p)
            WHERE o.id = h.lent_from AND f.status = $active AND (o.until IS NULL OR o.until > $now) | f.name]) END}]
     + [(a)-[:IS_PERSON]->(:Worker)-[m:MEMBER_OF]->(p) WHERE m.until IS NULL
       | {kind: toLower(head(labels(p))), id: p.id, name: p.name, role: m.role}] AS parties
"""
)
LOAD_PERSON = (
    """
MATCH (s:Session {id: $session})-[:SIGNED_IN_AS]->(a:Account {status: $active})
WHERE s.revoked_at IS NULL AND s.seen_at > $used_since AND s.created_at > $begun_since
  AND (coalesce(s.waits_for, '') = '' OR s.created_at > $waiting_since)
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
RETURN s.seen_at AS seen_at, coalesce(s.proved_at, s.created_at) AS proved_at, coalesce(s.waits_for, '') AS waits_for,
       coalesce(a.must_change, false) AS must_change, $factor_required AND a.second_factor_at IS NULL AS lacks_factor,
       a.id AS account_id, a.name AS name, w.id AS worker_id,"""
    + PARTIES
)


def load_visit(tx: Transaction, session: str, held: Validity) -> Visit | None:
    """Who a session belongs to, with every role as it is now: one that was taken away, or has ended by itself, acts no more."""
    return tx.find(
        LOAD_PERSON, _read_visit, session=session, active=Status.ACTIVE, used_since=held.used_since, begun_since=held.begun_since,
        waiting_since=held.waiting_since, factor_required=held.factor_required, now=held.now,
    )  # fmt: skip


def _read_visit(row: Record) -> Visit:
    actor = actor_of(read_person(row))
    due = due_of(row["waits_for"], actor, must_change=row["must_change"], lacks_factor=row["lacks_factor"])
    return Visit(actor, value("seen_at")(row), value("proved_at")(row), due)


LOAD_ACTOR_OF = (
    """
MATCH (a:Account {id: $id})
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
RETURN a.id AS account_id, a.name AS name, w.id AS worker_id,"""
    + PARTIES
)


def actor_of_account(tx: Transaction, id: str, now: datetime) -> Actor:
    """The actor of an account without a session: for the command line, the demo and tests."""
    return actor_of(tx.one(LOAD_ACTOR_OF, read_person, id=id, active=Status.ACTIVE, now=now))


LOAD_ACTORS = (
    """
UNWIND $ids AS id MATCH (a:Account {id: id}) WHERE a.status = $active
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
RETURN a.id AS account_id, a.name AS name, w.id AS worker_id,"""
    + PARTIES
)
LIST_ACTIVE = """
UNWIND $ids AS id MATCH (a:Account {id: id}) WHERE a.status = $active RETURN a.id AS id
"""


def list_actors(tx: Transaction, ids: Iterable[str], now: datetime) -> dict[str, Actor]:
    """Of accounts that may sign in, by id, each with every role as it is now."""
    found = tx.all(LOAD_ACTORS, read_person, ids=sorted(set(ids)), active=Status.ACTIVE, now=now)
    return {person.account_id: actor_of(person) for person in found}


def list_active(tx: Transaction, ids: Iterable[str]) -> set[str]:
    return set(tx.all(LIST_ACTIVE, value("id"), ids=sorted(set(ids)), active=Status.ACTIVE))


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


CLAIM = """
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.status = $active AND (a.locked_until IS NULL OR a.locked_until <= $now)
WITH a, coalesce(a.failures, 0) + 1 AS failures
SET a.failures = failures, a.locked_until = $pauses[CASE WHEN failures < size($pauses) THEN failures ELSE size($pauses) - 1 END]
RETURN a {.*} AS account
"""
CLAIM_BY_LOGIN = "\nMATCH (a:Account {login: $login})" + CLAIM
CLAIM_BY_ID = "\nMATCH (a:Account {id: $id})" + CLAIM


def claim_try_of(tx: Transaction, now: datetime, pauses: Sequence[timedelta], *, login: str = "", id: str = "") -> Account | None:
    """By name, or by id for whoever has shown who they are. Counted before anything is compared, so that a hundred guesses at once are as slow
    as a hundred one by one. None for an unknown name and for an account that is closed or paused: nothing tells them apart."""
    until = [now + pause for pause in pauses]
    statement: LiteralString = CLAIM_BY_ID if id else CLAIM_BY_LOGIN
    return tx.find(statement, reader(Account, "account"), login=login, id=id, now=now, active=Status.ACTIVE, pauses=until)


FORGIVE = """
MATCH (a:Account {id: $id}) SET a.lock = coalesce(a.lock, 0) + 1
SET a.failures = CASE WHEN $all OR coalesce(a.failures, 0) < 1 THEN 0 ELSE a.failures - 1 END, a.locked_until = null
"""


def forgive(tx: Transaction, id: str, *, every: bool) -> None:
    """A try that was right is no failure; `every`: nor are those before it."""
    tx.run(FORGIVE, id=id, all=every)


GONE = ["merged", "erased"]
"""Whoever stands in the register so is nobody any more."""
LINK_PEOPLE = """
UNWIND $rows AS row MATCH (a:Account {id: row.id}) MATCH (w:Worker {id: row.worker}) WHERE NOT coalesce(w.status, '') IN $gone
MERGE (a)-[:IS_PERSON]->(w) RETURN w.id AS id
"""


def link_people(tx: Transaction, workers: dict[str, str]) -> None:
    """`workers` says for each account who it is. Raises NotFound where somebody is not in the register, or no longer."""
    rows = [{"id": id, "worker": worker} for id, worker in workers.items()]
    if len(tx.all(LINK_PEOPLE, value("id"), rows=rows, gone=GONE)) < len(workers):
        raise NotFound("worker")
