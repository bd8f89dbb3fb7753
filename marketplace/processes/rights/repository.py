"""Requests are nodes that name whom and what they are about by id."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change
from marketplace.processes.rights.model import RequestStatus, RoleRequest

REQUESTED = """
WHERE any(token IN r.audience WHERE token IN $reader)
OPTIONAL MATCH (a:Account {id: r.account_id})
OPTIONAL MATCH (b:Account {id: r.proposed_by})
OPTIONAL MATCH (d:Account {id: r.decided_by})
OPTIONAL MATCH (o:Organisation {id: r.place_id})
OPTIONAL MATCH (e:Enterprise {id: r.place_id})
OPTIONAL MATCH (s:Association {id: r.place_id})
RETURN r {.*} AS request, a.name AS name, a.login AS login, b.name AS proposer, d.name AS decider, coalesce(o.name, e.name, s.name) AS place_name
ORDER BY request.created_at DESC LIMIT 50
"""
GET_REQUEST = "MATCH (r:RoleRequest {id: $id}) " + REQUESTED
LIST_REQUESTS = "MATCH (r:RoleRequest) " + REQUESTED


def get_request(tx: Transaction, id: str) -> RoleRequest:
    return tx.one(GET_REQUEST, reader(RoleRequest, "request"), id=id)


def list_requests(tx: Transaction) -> list[RoleRequest]:
    """The newest fifty."""
    return tx.all(LIST_REQUESTS, reader(RoleRequest, "request"))


OPEN_OF = """
MATCH (r:RoleRequest {account_id: $id}) WHERE r.status = $proposed AND r.expires_at > $now RETURN r.id AS id LIMIT 1
"""


def find_open_request_of(tx: Transaction, account_id: str, now: datetime) -> str | None:
    return tx.find(OPEN_OF, value("id"), id=account_id, proposed=RequestStatus.PROPOSED, now=now)


WAITING = (
    """
MATCH (r:RoleRequest {status: $proposed}) WHERE r.expires_at > $now AND NOT $account IN [r.account_id, r.proposed_by]
WITH r """
    + REQUESTED
)


def list_waiting_for(tx: Transaction, account_id: str, now: datetime) -> list[RoleRequest]:
    """What this administrator could confirm, whoever was asked: also one who became an administrator later."""
    return tx.all(WAITING, reader(RoleRequest, "request"), account=account_id, proposed=RequestStatus.PROPOSED, now=now)


CREATE_REQUEST = """
CREATE (r:RoleRequest) SET r = $properties RETURN r.id AS id
"""


def create_request_node(tx: Transaction, request: RoleRequest) -> None:
    tx.one(CREATE_REQUEST, value("id"), properties=node_properties(request))


SAVE_REQUEST = """
MATCH (r:RoleRequest {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.version = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""


def save_request(tx: Transaction, change: Change[RoleRequest]) -> None:
    tx.changed(SAVE_REQUEST, id=change.id, version=change.version, properties=change.properties)


REQUEST_IDS = """
MATCH (r:RoleRequest) WHERE r.id > $after RETURN r.id AS id ORDER BY id LIMIT $limit
"""


def list_request_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(REQUEST_IDS, value("id"), after=after, limit=limit)


OVERDUE = """
MATCH (r:RoleRequest {status: $proposed}) WHERE r.expires_at <= $now RETURN r.id AS id ORDER BY id LIMIT 100
"""


def list_overdue(tx: Transaction, now: datetime) -> list[str]:
    return tx.all(OVERDUE, value("id"), proposed=RequestStatus.PROPOSED, now=now)
