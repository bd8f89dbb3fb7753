"""Judgements in the graph. Scores leave the store for their expert, and for the site that sums them up."""

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.judgements.model import Judgement, Plan, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import challenge_guard, hold
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.workflow import Change

read_judgement = reader(Judgement, "judgement")
SEALED = """
  , ('account:' + j.account_id) IN $reader OR 'system' IN $reader AS inside
RETURN j {.*} AS judgement, CASE WHEN inside THEN j.scores ELSE [] END AS scores, CASE WHEN inside THEN j.remarks ELSE [] END AS remarks,
  CASE WHEN inside THEN j.reason ELSE '' END AS reason
"""
GET = (
    """
UNWIND $ids AS id
MATCH (j:Judgement {id: id}) WHERE any(token IN j.audience WHERE token IN $reader)
WITH j
"""
    + SEALED
)
OF_CHALLENGE = (
    """
MATCH (j:Judgement {challenge_id: $challenge}) WHERE any(token IN j.audience WHERE token IN $reader)
WITH j ORDER BY j.ordinal, j.account_name, j.id
WITH j
"""
    + SEALED
)
OF_ACCOUNT = (
    """
MATCH (j:Judgement {account_id: $account}) WHERE any(token IN j.audience WHERE token IN $reader)
WITH j ORDER BY j.status = $cast, j.created_at DESC, j.id LIMIT 100
WITH j
"""
    + SEALED
)


def get_judgement(tx: Transaction, id: str) -> Judgement:
    """Raises NotFound but for the expert and the officers who appointed them; scores come to the expert alone."""
    return tx.one(GET, read_judgement, ids=[id])


def get_judgements(tx: Transaction, ids: list[str]) -> list[Judgement]:
    return tx.all(GET, read_judgement, ids=ids)


def list_judgements(tx: Transaction, challenge_id: str) -> list[Judgement]:
    """Of one challenge, team by team."""
    return tx.all(OF_CHALLENGE, read_judgement, challenge=challenge_id)


def list_own_judgements(tx: Transaction, account: str) -> list[Judgement]:
    """What waits for an expert first."""
    return tx.all(OF_ACCOUNT, read_judgement, account=account, cast=Status.CAST)


PLAN = """
MATCH (j:Judgement {id: $id}) WHERE any(token IN j.audience WHERE token IN $reader)
MATCH (p:Proposal {id: j.proposal_id}) MATCH (c:Challenge {id: j.challenge_id})
RETURN c.id AS challenge_id, c.title AS challenge_title, c.problem AS problem, c.indicators AS indicators, c.criterion_names AS criterion_names,
  c.criterion_weights AS criterion_weights, c.judge_until AS judge_until, c.status = $judging AND p.status = $submitted AS is_judged_now,
  any(token IN p.audience WHERE token STARTS WITH 'maker:' AND token IN $reader) AS is_own,
  p.approach AS approach, p.schedule AS schedule, p.experience AS experience, p.costs AS costs, p.cost_fen AS cost_fen,
  COLLECT { MATCH (f:StoredFile)-[:FILED_WITH]->(p) RETURN f.id ORDER BY f.created_at, f.id } AS files
"""
JUDGING, SUBMITTED = "judging", "submitted"
"""How the graph says that a challenge is being judged, and that an application is in the running."""


def get_plan(tx: Transaction, judgement_id: str) -> Plan:
    """The team's plan without its name."""
    return tx.one(PLAN, reader(Plan), id=judgement_id, judging=JUDGING, submitted=SUBMITTED)


PLAN_FILE = """
MATCH (j:Judgement {id: $id}) WHERE ('account:' + j.account_id) IN $reader
MATCH (f:StoredFile {id: $file})-[:FILED_WITH]->(:Proposal {id: j.proposal_id}) RETURN f {.*} AS file
"""


def get_plan_file(tx: Transaction, judgement_id: str, file_id: str) -> StoredFile:
    """For the expert alone. Raises NotFound."""
    return tx.one(PLAN_FILE, reader(StoredFile, "file"), id=judgement_id, file=file_id)


def hold_judging(tx: Transaction, challenge_id: str) -> None:
    """The challenge's guard: votes and the choice stand in a row."""
    hold(tx, challenge_guard(challenge_id))


FIND_KEY = (
    """
MATCH (j:Judgement {key: $key}) SET j.lock = coalesce(j.lock, 0) + 1
WITH j
"""
    + SEALED
)
CREATE = """
CREATE (j:Judgement) SET j = $properties
"""
SAVE = """
MATCH (j:Judgement {id: $id})
SET j.lock = coalesce(j.lock, 0) + 1
WITH j WHERE j.version = $version
SET j += $properties, j.version = $version + 1
RETURN j.version AS version
"""


def hold_judgement(tx: Transaction, key: str) -> Judgement | None:
    """Of this expert on this team, in whatever state."""
    return tx.find(FIND_KEY, read_judgement, key=key)


def create_judgement_node(tx: Transaction, judgement: Judgement) -> None:
    tx.run(CREATE, properties=node_properties(judgement))


def save_judgement(tx: Transaction, change: Change[Judgement]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_IDS = """
MATCH (j:Judgement) WHERE j.id > $after RETURN j.id AS id ORDER BY id LIMIT $limit
"""


def list_judgement_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
