"""Challenges in the graph: announced by an enterprise, for a need where there is one. Teams are counted; only winners have names."""

from collections.abc import Iterable

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.challenges.model import DECIDED, Challenge, Objecting, Objection, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import challenge_guard, hold
from marketplace.kernel.paging import Page
from marketplace.kernel.parties import Named
from marketplace.kernel.revisions import VersionStatus
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.workflow import Change

read_challenge = reader(Challenge, "challenge")
IN_THE_RUNNING = ("submitted", "chosen", "passed-over")
"""States of an application that counts as a team of the challenge."""
WINNER = "chosen"

WHOLE = """
OPTIONAL MATCH (c)-[:ANNOUNCED_BY]->(e:Enterprise)
OPTIONAL MATCH (e)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (c)-[:CALLS_FOR]->(n:Need)
RETURN c {.*} AS challenge, e.id AS enterprise_id, e.name AS enterprise_name, n.id AS need_id, o.id AS organisation_id,
  o.name AS organisation_name, o.lineage AS units, o.area AS area,
  COUNT { MATCH (p:Proposal {challenge_id: c.id}) WHERE p.status IN $running } AS teams,
  CASE WHEN c.status IN $decided THEN
    COLLECT { MATCH (p:Proposal {challenge_id: c.id}) WHERE p.status = $winner RETURN p.party_name ORDER BY p.ordinal } ELSE [] END AS winners,
  COLLECT { MATCH (b:ChoiceObjection {challenge_id: c.id}) RETURN DISTINCT b.account_id } AS invited
"""
GET = (
    """
UNWIND $ids AS id
MATCH (c:Challenge {id: id}) WHERE any(token IN c.audience WHERE token IN $reader)
"""
    + WHOLE
)


def get_challenge(tx: Transaction, id: str) -> Challenge:
    """Raises NotFound, also for what the reader may not see."""
    return tx.one(GET, read_challenge, ids=[id], **_words())


def get_challenges(tx: Transaction, ids: list[str]) -> list[Challenge]:
    return tx.all(GET, read_challenge, ids=ids, **_words())


def _words() -> dict[str, object]:
    return {"running": IN_THE_RUNNING, "decided": sorted(DECIDED), "winner": WINNER}


LIST = (
    """
MATCH (c:Challenge) WHERE any(token IN c.audience WHERE token IN $reader)
  AND (size($statuses) = 0 OR c.status IN $statuses)
WITH c ORDER BY c.status <> $open, c.apply_until, c.id DESC SKIP $skip LIMIT $limit
"""
    + WHOLE
)
COUNT = """
MATCH (c:Challenge) WHERE any(token IN c.audience WHERE token IN $reader)
  AND (size($statuses) = 0 OR c.status IN $statuses)
RETURN count(c) AS total
"""
PAGE_SIZE = 20


def list_challenges(tx: Transaction, statuses: Iterable[str], page: int) -> Page[Challenge]:
    """Open ones first, the nearest deadline on top; without statuses all that the reader may see."""
    asked = {"statuses": sorted(statuses)}
    found = tx.all(LIST, read_challenge, skip=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE, open=Status.OPEN, **asked, **_words())
    return Page(tuple(found), int(tx.one(COUNT, value("total"), **asked)), page, PAGE_SIZE)


def hold_challenge(tx: Transaction, id: str) -> None:
    """The challenge's own guard, held to the end of the transaction: its deadline, its votes and its choice stand in a row."""
    hold(tx, challenge_guard(id))


CREATE = """
CREATE (c:Challenge) SET c = $properties
WITH c MATCH (e:Enterprise {id: $enterprise})
CREATE (c)-[:ANNOUNCED_BY]->(e) RETURN c.id AS id
"""
FOR_NEED = """
MATCH (c:Challenge {id: $id}) MATCH (n:Need {id: $need}) CREATE (c)-[:CALLS_FOR]->(n) RETURN c.id AS id
"""


def create_challenge_node(tx: Transaction, challenge: Challenge) -> None:
    tx.one(CREATE, value("id"), properties=node_properties(challenge), enterprise=challenge.enterprise_id)
    if challenge.need_id:
        tx.one(FOR_NEED, value("id"), id=challenge.id, need=challenge.need_id)


SAVE = """
MATCH (c:Challenge {id: $id})
SET c.lock = coalesce(c.lock, 0) + 1
WITH c WHERE c.version = $version
SET c += $properties, c.version = $version + 1
RETURN c.version AS version
"""


def save_challenge(tx: Transaction, change: Change[Challenge]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


NEED_OF = """
MATCH (n:Need {id: $need})-[:POSTED_BY]->(e:Enterprise)
WHERE any(token IN n.audience WHERE token IN $reader) AND n.status = $published AND n.visibility = $open
RETURN n.id AS id, e.id AS name
"""


def find_open_need(tx: Transaction, need_id: str) -> Named | None:
    """An open need and, as its name, the enterprise that posted it: a confidential or anonymous one would tell too much."""
    return tx.find(NEED_OF, reader(Named), need=need_id, published=VersionStatus.PUBLISHED, open=Status.OPEN) if need_id else None


ADD_FILE = """
MATCH (c:Challenge {id: $id})
CREATE (f:StoredFile)-[:FILED_WITH]->(c) SET f = $properties
"""


def add_proof(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_FILE, id=id, properties=properties(file) | {"owner_id": id})


LIST_FILES = """
MATCH (f:StoredFile)-[:FILED_WITH]->(:Challenge {id: $id}) RETURN f {.*} AS file ORDER BY f.created_at, f.id
"""


def list_proofs(tx: Transaction, id: str) -> list[StoredFile]:
    """Of what was set aside and paid."""
    return tx.all(LIST_FILES, reader(StoredFile, "file"), id=id)


OBJECT = """
CREATE (b:ChoiceObjection) SET b = $properties
"""
ANSWER = """
MATCH (b:ChoiceObjection {id: $id}) SET b.lock = coalesce(b.lock, 0) + 1
WITH b WHERE b.version = $version
SET b.status = $status, b.answer = $answer, b.decided_at = $now, b.updated_at = $now, b.version = $version + 1
RETURN b.version AS version
"""
OBJECTIONS = """
MATCH (b:ChoiceObjection {challenge_id: $id}) WHERE any(token IN b.audience WHERE token IN $reader)
RETURN b {.*} AS objection ORDER BY b.created_at, b.id
"""


def create_objection_node(tx: Transaction, objection: Objection, units: Iterable[str]) -> None:
    audience = (f"account:{objection.account_id}", *(f"officer:{unit}" for unit in units), "system")
    tx.run(OBJECT, properties=properties(objection) | {"audience": audience})


def save_objection(tx: Transaction, change: Change[Objection]) -> None:
    tx.changed(ANSWER, id=change.after.id, version=change.version, status=change.after.status, answer=change.after.answer, now=change.at)


def list_objections(tx: Transaction, challenge_id: str) -> list[Objection]:
    """Their own to whoever raised one; all to the officers who decide."""
    return tx.all(OBJECTIONS, reader(Objection, "objection"), id=challenge_id)


WAITING = """
MATCH (b:ChoiceObjection {challenge_id: $id}) WHERE b.status = $raised RETURN count(b) AS waiting
"""


def count_waiting_objections(tx: Transaction, challenge_id: str) -> int:
    """Whoever raised them: no contract while one waits."""
    return int(tx.one(WAITING, value("waiting"), id=challenge_id, raised=Objecting.RAISED))


LIST_IDS = """
MATCH (c:Challenge) WHERE c.id > $after RETURN c.id AS id ORDER BY id LIMIT $limit
"""
DUE = """
MATCH (c:Challenge {status: $open}) WHERE c.apply_until < $today RETURN c.id AS id ORDER BY id LIMIT 50
"""
OF_ENTERPRISES = """
MATCH (c:Challenge)-[:ANNOUNCED_BY]->(e:Enterprise) WHERE e.id IN $ids RETURN c.id AS id
"""
RENEW = """
MATCH (c:Challenge {id: $id}) SET c.audience = $audience
"""


def list_challenge_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


def list_due(tx: Transaction, today: object) -> list[str]:
    """Open ones whose last day has passed."""
    return tx.all(DUE, value("id"), today=today, open=Status.OPEN)


def list_challenges_of(tx: Transaction, enterprises: list[str]) -> list[tuple[str, str]]:
    """What hangs on these enterprises."""
    return [("challenge", id) for id in tx.all(OF_ENTERPRISES, value("id"), ids=enterprises)]


def renew_audience(tx: Transaction, challenge: Challenge) -> None:
    tx.run(RENEW, id=challenge.id, audience=node_properties(challenge)["audience"])
