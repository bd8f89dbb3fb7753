"""Applications in the graph. They name their team by ids alone: no relation leads from a team to its application."""

from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.proposals.model import IN_THE_RUNNING, Call, Proposal, Team
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import challenge_guard, hold
from marketplace.kernel.stored_file import StoredFile
from marketplace.kernel.ways import Node
from marketplace.kernel.workflow import Change

read_proposal = reader(Proposal, "proposal")

GET = """
UNWIND $ids AS id
MATCH (p:Proposal {id: id}) WHERE any(token IN p.audience WHERE token IN $reader)
RETURN p {.*} AS proposal
"""


def get_proposal(tx: Transaction, id: str) -> Proposal:
    """Raises NotFound for everybody outside the team, before the choice for the enterprise and the officers, too."""
    return tx.one(GET, read_proposal, ids=[id])


def get_proposals(tx: Transaction, ids: list[str]) -> list[Proposal]:
    return tx.all(GET, read_proposal, ids=ids)


OF_CHALLENGE = """
MATCH (p:Proposal {challenge_id: $challenge}) WHERE any(token IN p.audience WHERE token IN $reader)
RETURN p {.*} AS proposal ORDER BY p.ordinal, p.id
"""


def list_proposals(tx: Transaction, challenge_id: str) -> list[Proposal]:
    """Those of one challenge that the reader may see: their own, or since the choice the chosen ones."""
    return tx.all(OF_CHALLENGE, read_proposal, challenge=challenge_id)


TEAMS = """
MATCH (p:Proposal {challenge_id: $challenge}) WHERE p.status IN $running
RETURN p.id AS proposal_id, p.ordinal AS ordinal, p.party_kind AS kind, p.party_id AS party, coalesce(p.member_ids, []) AS members
ORDER BY ordinal, proposal_id
"""


def list_teams(tx: Transaction, challenge_id: str) -> list[Team]:
    """Numbers for everybody; what stands behind a number serves the check of conflicts and is shown to nobody before the choice."""
    return tx.all(TEAMS, _team, challenge=challenge_id, running=sorted(IN_THE_RUNNING))


def _team(row: Record) -> Team:
    members = (Node("worker", id) for id in row["members"])
    return Team(row["proposal_id"], row["ordinal"], (Node(row["kind"], row["party"]), *members))


CALL_OF = """
MATCH (c:Challenge {id: $id})-[:ANNOUNCED_BY]->(e:Enterprise) WHERE any(token IN c.audience WHERE token IN $reader)
  AND c.apply_until IS NOT NULL
RETURN c.id AS id, c.title AS title, c.number AS number, c.status AS status, c.apply_until AS apply_until, c.open_to AS open_to,
  e.id AS enterprise_id, c.status = $open AS is_open, c.closed_at AS closed_at
"""
OPEN = "open"
"""How the graph says that a challenge takes applications."""


def get_call(tx: Transaction, challenge_id: str) -> Call:
    """Raises NotFound for a challenge that the reader may not see."""
    return tx.one(CALL_OF, reader(Call), id=challenge_id, open=OPEN)


def hold_call(tx: Transaction, challenge_id: str) -> None:
    """The challenge's guard: whoever submits and the deadline that closes stand in a row."""
    hold(tx, challenge_guard(challenge_id))


FIND_KEY = """
MATCH (p:Proposal {key: $key}) RETURN p.id AS id
"""


def find_proposal_id(tx: Transaction, key: str) -> str | None:
    """A team has one application to a challenge, in whatever state."""
    return tx.find(FIND_KEY, value("id"), key=key)


CREATE = """
CREATE (p:Proposal) SET p = $properties
"""
SAVE = """
MATCH (p:Proposal {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def create_proposal_node(tx: Transaction, proposal: Proposal) -> None:
    """The unique key makes a second, simultaneous one lose."""
    tx.run(CREATE, properties=node_properties(proposal))


def save_proposal(tx: Transaction, change: Change[Proposal]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


STUDIO_NAMES = """
MATCH (s:Studio {id: $id}) OPTIONAL MATCH (s)-[:HOSTED_BY]->(e:Enterprise)
RETURN [s.name, e.name] + COLLECT { MATCH (w:Worker)-[m:MEMBER_OF]->(s) WHERE m.until IS NULL RETURN w.name } AS names
"""
ASSOCIATION_NAMES = """
MATCH (s:Association {id: $id})
RETURN [s.name] + COLLECT { MATCH (w:Worker)-[m:MEMBER_OF]->(s) WHERE m.until IS NULL RETURN w.name } AS names
"""
ENTERPRISE_NAMES = """
MATCH (e:Enterprise {id: $id}) RETURN [e.name] AS names
"""
WORKER_NAMES = """
MATCH (w:Worker {id: $id})
RETURN [w.name] + COLLECT { MATCH (w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL RETURN e.name } AS names
"""
NAMES: dict[str, LiteralString] = {
    "studio": STUDIO_NAMES, "association": ASSOCIATION_NAMES, "enterprise": ENTERPRISE_NAMES, "worker": WORKER_NAMES,
}  # fmt: skip
ACCOUNTS_OF = """
UNWIND $workers AS worker MATCH (a:Account)-[:IS_PERSON]->(:Worker {id: worker}) RETURN a.id AS id
"""


def list_telling_names(tx: Transaction, proposal: Proposal) -> list[str]:
    """Names by which an expert would know the team: its own, its people's, its house's; members' employers, too."""
    found = list(tx.find(NAMES[proposal.party_kind], value("names"), id=proposal.party_id) or [])
    for worker in proposal.member_ids:
        found += tx.find(WORKER_NAMES, value("names"), id=worker) or []
    return [str(name) for name in found if name]


def list_accounts_of(tx: Transaction, workers: tuple[str, ...]) -> tuple[str, ...]:
    """By which members are told that they are asked."""
    return tuple(str(one) for one in tx.all(ACCOUNTS_OF, value("id"), workers=list(workers)))


ADD_FILE = """
MATCH (p:Proposal {id: $id})
CREATE (f:StoredFile)-[:FILED_WITH]->(p) SET f = $properties
"""
LIST_FILES = """
MATCH (f:StoredFile)-[:FILED_WITH]->(p:Proposal {id: $id}) WHERE any(token IN p.audience WHERE token IN $reader)
RETURN f {.*} AS file ORDER BY f.created_at, f.id
"""
REMOVE_FILE = """
MATCH (f:StoredFile {id: $file})-[:FILED_WITH]->(:Proposal {id: $id}) DETACH DELETE f
"""


def add_file(tx: Transaction, id: str, file: StoredFile) -> None:
    tx.run(ADD_FILE, id=id, properties=properties(file) | {"owner_id": id})


def list_files(tx: Transaction, id: str) -> list[StoredFile]:
    return tx.all(LIST_FILES, reader(StoredFile, "file"), id=id)


def remove_file(tx: Transaction, id: str, file_id: str) -> None:
    tx.run(REMOVE_FILE, id=id, file=file_id)


LIST_IDS = """
MATCH (p:Proposal) WHERE p.id > $after RETURN p.id AS id ORDER BY id LIMIT $limit
"""


def list_proposal_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
