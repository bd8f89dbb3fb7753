"""Rules in the graph, by the enterprise that they belong to."""

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.share_rules.model import Home, ShareRule, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.workflow import Change

read_rule = reader(ShareRule, "rule")

HOME = """
MATCH (e:Enterprise {id: $id}) WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e.id AS id, e.name AS name, [(s:Studio)-[:HOSTED_BY]->(e) | s.id] AS studios
"""


def get_home(tx: Transaction, enterprise_id: str) -> Home:
    return tx.one(HOME, reader(Home), id=enterprise_id)


GET = """
UNWIND $ids AS id
MATCH (r:ShareRule {id: id}) WHERE any(token IN r.audience WHERE token IN $reader)
MATCH (e:Enterprise {id: r.enterprise_id})
RETURN r {.*} AS rule, e.name AS enterprise_name, [(s:Studio)-[:HOSTED_BY]->(e) | s.id] AS studios
"""


def get_rule(tx: Transaction, id: str) -> ShareRule:
    """Raises NotFound for whoever belongs neither to the enterprise nor to a studio of its."""
    return tx.one(GET, read_rule, ids=[id])


def get_rules(tx: Transaction, ids: list[str]) -> list[ShareRule]:
    return tx.all(GET, read_rule, ids=ids)


OF_ENTERPRISE = """
MATCH (r:ShareRule {enterprise_id: $id}) WHERE any(token IN r.audience WHERE token IN $reader)
RETURN r.id AS id ORDER BY r.effective_from DESC, id DESC
"""


def list_rules(tx: Transaction, enterprise_id: str) -> list[ShareRule]:
    """The latest first."""
    return get_rules(tx, tx.all(OF_ENTERPRISE, value("id"), id=enterprise_id))


def hold_rules(tx: Transaction, enterprise_id: str) -> None:
    """Of two rules that are set at once the second sees the first: on each day one holds."""
    hold(tx, f"share-rules:{enterprise_id}")


LATEST = """
MATCH (r:ShareRule {enterprise_id: $id}) WHERE r.status = $confirmed
RETURN r.id AS id ORDER BY r.effective_from DESC LIMIT 1
"""


def find_latest_rule(tx: Transaction, enterprise_id: str) -> ShareRule | None:
    """That is set, whoever asks."""
    id = tx.find(LATEST, value("id"), id=enterprise_id, confirmed=Status.CONFIRMED)
    return get_rule(tx, id) if id else None


CREATE = """
MATCH (e:Enterprise {id: $enterprise}) CREATE (r:ShareRule) SET r = $properties RETURN r.id AS id
"""


def create_rule_node(tx: Transaction, rule: ShareRule) -> None:
    tx.one(CREATE, value("id"), enterprise=rule.enterprise_id, properties=node_properties(rule))


SAVE = """
MATCH (r:ShareRule {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.version = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""


def save_rule(tx: Transaction, change: Change[ShareRule]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_IDS = """
MATCH (r:ShareRule) WHERE r.id > $after RETURN r.id AS id ORDER BY id LIMIT $limit
"""


def list_rule_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (r:ShareRule {id: $id}) SET r.audience = $audience
"""


def renew_audience(tx: Transaction, rule: ShareRule) -> None:
    tx.run(RENEW, id=rule.id, audience=node_properties(rule)["audience"])
