"""Claims and reports in the graph. A Review has no relations, so it is its own guard."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.reviews.model import Report
from marketplace.kernel.entity import node_properties
from marketplace.kernel.reviewing import Review, ReviewStatus
from marketplace.kernel.workflow import Change

read_review = reader(Review, "review")
read_report = reader(Report, "report")

GET = """
MATCH (r:Review {id: $id}) WHERE any(token IN r.audience WHERE token IN $reader)
RETURN r {.*} AS review
"""


def get_review(tx: Transaction, id: str) -> Review:
    """Raises NotFound, also for another unit's case."""
    return tx.one(GET, read_review, id=id)


HOLD = """
MATCH (r:Review {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.status = $open AND coalesce(r.claimed_by, '') = $from
SET r.claimed_by = $account, r.claimed_name = $name, r.claimed_at = $at, r.updated_at = $now, r.version = r.version + 1
RETURN r.id AS id
"""


def hold_review(tx: Transaction, change: Change[Review], held_by: str = "") -> bool:
    """Lock, then compare with who held it: of any number who want it, one gets it. False for the others."""
    after = change.after
    found = tx.find(
        HOLD, value("id"), id=after.id, open=ReviewStatus.OPEN, **{"from": held_by}, account=after.claimed_by, name=after.claimed_name,
        at=after.claimed_at, now=change.at,
    )  # fmt: skip
    return found is not None


DECLARE = """
MATCH (r:Review {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
SET r.declared = $declared, r.stood_back = $stood_back, r.claimed_by = $account, r.claimed_name = $name, r.version = r.version + 1
RETURN r.id AS id
"""


def save_declaration(tx: Transaction, review: Review) -> None:
    tx.changed(DECLARE, id=review.id, declared=review.declared, stood_back=review.stood_back, account=review.claimed_by, name=review.claimed_name)


GET_REPORT = """
MATCH (p:Report {id: $id}) WHERE any(token IN p.audience WHERE token IN $reader)
RETURN p {.*} AS report
"""


def get_report(tx: Transaction, id: str) -> Report:
    return tx.one(GET_REPORT, read_report, id=id)


FIND_MINE = """
MATCH (p:Report {entity_id: $entity}) WHERE p.by = $account AND p.status = $status
RETURN p {.*} AS report LIMIT 1
"""


def find_report_of(tx: Transaction, entity_id: str, account: str, status: str) -> Report | None:
    """What this reader has said about it before and nobody has answered yet."""
    return tx.find(FIND_MINE, read_report, entity=entity_id, account=account, status=status)


CREATE_REPORT = """
CREATE (p:Report) SET p = $properties
"""


def create_report_node(tx: Transaction, report: Report) -> None:
    tx.run(CREATE_REPORT, properties=node_properties(report))


SAVE_REPORT = """
MATCH (p:Report {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def save_report(tx: Transaction, change: Change[Report]) -> None:
    tx.changed(SAVE_REPORT, id=change.id, version=change.version, properties=change.properties)


LIST_REPORT_IDS = """
MATCH (p:Report) WHERE p.id > $after RETURN p.id AS id ORDER BY id LIMIT $limit
"""


def list_report_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_REPORT_IDS, value("id"), after=after, limit=limit)


MADE_SINCE = """
MATCH (p:Report) WHERE p.by = $account AND p.created_at > $since RETURN count(p) AS made
"""


def count_reports_since(tx: Transaction, account: str, since: datetime) -> int:
    return int(tx.one(MADE_SINCE, value("made"), account=account, since=since))
