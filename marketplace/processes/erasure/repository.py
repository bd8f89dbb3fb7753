"""Requests in the graph; and taking a person out of it: node, relations, account, and every text that names them."""

from collections.abc import Sequence
from datetime import datetime

from graph.connection import Transaction
from graph.person_keys import destroy_keys
from graph.records import reader, value
from marketplace.domains.accounts.model import Status as AccountStatus
from marketplace.domains.introductions.repository import forget_introductions
from marketplace.domains.opinions.repository import forget_agreements
from marketplace.domains.ratings.repository import forget_words
from marketplace.domains.registrations.model import Matter
from marketplace.domains.saved_searches.repository import forget_searches
from marketplace.domains.watches.repository import forget_saved_things
from marketplace.domains.workers.model import Status as WorkerStatus
from marketplace.kernel.entity import node_properties
from marketplace.kernel.forgetting import forget_in_papers
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change
from marketplace.processes.erasure.model import ERASED_NAME, Erasure, Status, without_name

read_erasure = reader(Erasure, "erasure")
GET = """
MATCH (e:Erasure {id: $id}) WHERE any(token IN e.audience WHERE token IN $reader) RETURN e {.*} AS erasure
"""


def get_erasure(tx: Transaction, id: str) -> Erasure:
    return tx.one(GET, read_erasure, id=id)


OF_WORKER = """
MATCH (e:Erasure {worker_id: $id}) WHERE any(token IN e.audience WHERE token IN $reader) AND e.status = $asked
RETURN e {.*} AS erasure ORDER BY e.created_at DESC LIMIT 1
"""


def find_open_erasure(tx: Transaction, worker_id: str) -> Erasure | None:
    return tx.find(OF_WORKER, read_erasure, id=worker_id, asked=Status.ASKED)


LIST = """
MATCH (e:Erasure) WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e {.*} AS erasure ORDER BY e.created_at DESC, e.id LIMIT 200
"""


def list_erasures(tx: Transaction) -> list[Erasure]:
    """Of the people under the reader, and the reader's own."""
    return tx.all(LIST, read_erasure)


CREATE = """
CREATE (e:Erasure) SET e = $properties
"""


def create_erasure_node(tx: Transaction, erasure: Erasure) -> None:
    tx.run(CREATE, properties=node_properties(erasure) | {"units": list(erasure.units)})


SAVE = """
MATCH (e:Erasure {id: $id})
SET e.lock = coalesce(e.lock, 0) + 1
WITH e WHERE e.version = $version
SET e += $properties, e.version = $version + 1
RETURN e.version AS version
"""


def save_erasure(tx: Transaction, change: Change[Erasure]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_IDS = """
MATCH (e:Erasure) WHERE e.id > $after RETURN e.id AS id ORDER BY id LIMIT $limit
"""


def list_erasure_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


WHOLE = """
MATCH (w:Worker {id: $id}) SET w.lock = coalesce(w.lock, 0) + 1
WITH w RETURN [w.id] + [(w)<-[:MERGED_INTO*1..5]-(b:Worker) | b.id] AS ids
"""
LEADS = """
MATCH (:Worker {id: $id})-[m:LEADS]->(n) WHERE m.until IS NULL AND any(token IN n.audience WHERE token IN $reader)
RETURN coalesce(n.name, n.number) AS name LIMIT 1
"""


def lock_whole(tx: Transaction, worker_id: str) -> list[str]:
    """The person and every entry that was merged into them. Raises NotFound."""
    return list(tx.one(WHOLE, value("ids"), id=worker_id))


def find_led(tx: Transaction, worker_id: str) -> str | None:
    """What they lead now: somebody has to take it over first."""
    return tx.find(LEADS, value("name"), id=worker_id)


TOUCHED = """
MATCH (w:Worker)-[r:CONTRIBUTED_TO|INVENTED|MEMBER_OF|OWNED_BY|OFFERED_BY|ABOUT]-(n) WHERE w.id IN $ids
RETURN DISTINCT toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_touched(tx: Transaction, ids: Sequence[str]) -> list[Ref]:
    """Things whose documents or readers follow from the person."""
    return tx.all(TOUCHED, lambda row: (str(row["kind"]), str(row["id"])), ids=list(ids))


EMPTY = """
UNWIND $ids AS id MATCH (w:Worker {id: id})
SET w = {id: w.id, number: w.number, created_at: w.created_at, updated_at: $now, version: w.version + 1, lock: w.lock,
  name: $name, status: CASE WHEN w.status = $merged THEN $merged ELSE $erased END, audience: [$system], guarded_audience: [$system]}
"""
CUT = """
MATCH (w:Worker)-[r]-() WHERE w.id IN $ids AND NOT type(r) IN $kept DELETE r
"""
KEPT = ("CONTRIBUTED_TO", "INVENTED", "OWNED_BY", "OFFERED_BY", "MERGED_INTO", "SOLD_BY", "BOUGHT_BY", "AUCTIONED_BY")
"""What a work, a patent, an offer or a contract says of its makers and parties stays, under the name that says nothing: the other side keeps it."""
CLOSE = """
MATCH (a:Account)-[:IS_PERSON]->(w:Worker) WHERE w.id IN $ids
SET a.lock = coalesce(a.lock, 0) + 1, a.version = a.version + 1, a.status = $closed, a.login = 'erased-' + a.id, a.name = $name,
    a.password_hash = '!', a.subject = null, a.second_factor_at = null
RETURN a.id AS id
"""
END_SESSIONS = """
MATCH (s:Session)-[:SIGNED_IN_AS]->(a:Account) WHERE a.id IN $ids DETACH DELETE s
"""
DROP_FACTORS = """
UNWIND $ids AS id MATCH (f:SecondFactor {id: id}) DETACH DELETE f
"""
DROP_POSTBOXES = """
UNWIND $ids AS id MATCH (p:Postbox {id: id}) DETACH DELETE p
"""
DROP_FILES = """
UNWIND $ids AS id MATCH (f:StoredFile {owner_id: id}) DETACH DELETE f
"""
ACCOUNTS = """
MATCH (a:Account {status: $active})-[:IS_PERSON]->(:Worker {id: $id}) RETURN a.id AS id
"""


def list_accounts(tx: Transaction, worker_id: str) -> list[str]:
    return tx.all(ACCOUNTS, value("id"), id=worker_id, active=AccountStatus.ACTIVE)


def empty_person(tx: Transaction, ids: Sequence[str], now: datetime) -> None:
    """All but number and dates."""
    known = list(ids)
    accounts = tx.all(CLOSE, value("id"), ids=known, closed=AccountStatus.CLOSED, name=ERASED_NAME)
    for statement in (END_SESSIONS, DROP_FACTORS, DROP_POSTBOXES):
        tx.run(statement, ids=accounts)
    sealed = forget_in_papers(tx, accounts, known, ERASED_NAME, frozenset({Matter.WORKER, Matter.TRANSFER}))
    forget_searches(tx, accounts, now)
    forget_saved_things(tx, accounts)
    forget_agreements(tx, accounts)
    forget_introductions(tx, accounts)
    forget_words(tx, known)
    destroy_keys(tx, [*accounts, *sealed])
    tx.run(CUT, ids=known, kept=list(KEPT))
    tx.run(EMPTY, ids=known, now=now, name=ERASED_NAME, merged=WorkerStatus.MERGED, erased=WorkerStatus.ERASED, system=SYSTEM)
    tx.run(DROP_FILES, ids=known)


VERSIONS = """
UNWIND $things AS thing MATCH (v:Version {entity_id: thing}) WHERE v.body CONTAINS $worker RETURN v.id AS id, v.body AS body
"""
SET_BODIES = """
UNWIND $rows AS row MATCH (v:Version {id: row.id}) SET v.body = row.body
"""


def forget_name(tx: Transaction, ids: Sequence[str], things: Sequence[str]) -> None:
    """In the kept versions of what they made."""
    for worker in ids:
        found = tx.all(VERSIONS, lambda row: (str(row["id"]), str(row["body"])), things=list(things), worker=worker)
        tx.run(SET_BODIES, rows=[{"id": id, "body": without_name(body, worker)} for id, body in found])


NOTE = """
UNWIND $ids AS id MERGE (e:Erased {id: id}) ON CREATE SET e += {at: $now}
"""
ERASED = """
MATCH (e:Erased) RETURN e.id AS id ORDER BY id
"""


def note_erased(tx: Transaction, ids: Sequence[str], now: datetime) -> None:
    tx.run(NOTE, ids=list(ids), now=now)


def list_erased(tx: Transaction) -> list[str]:
    """For whoever restores an older state: these may not come back."""
    return tx.all(ERASED, value("id"))
