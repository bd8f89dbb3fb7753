"""One-time codes for a new password in the graph. The id is the digest: reading the database lets nobody in."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.notices import OPEN
from marketplace.kernel.roles import HELD
from marketplace.processes.resets.model import Helped

FIND_HELPED = (
    """
MATCH (a:Account {login: $login, status: $active})
RETURN a.id AS account_id, a.login AS login, a.name AS name,
       EXISTS { (a)-[h:HOLDS]->(:Organisation) WHERE h.until IS NULL OR h.until > $now } AS decides,
       [(a)-[:IS_PERSON]->(:Worker)-[:UNDER]->(o:Organisation) | o.lineage]
       + [(a)-[h:HOLDS]->(:Enterprise)-[:UNDER]->(o:Organisation) WHERE """
    + HELD
    + """ | o.lineage]
       + [(a)-[h:HOLDS]->(:Association)-[:UNDER]->(o:Organisation) WHERE """
    + HELD
    + """ | o.lineage] AS lineages
"""
)


def find_helped(tx: Transaction, login: str, active: str, now: datetime) -> Helped | None:
    """Without regard to who asks: the service decides, and says the same of an unknown name."""
    found = tx.find(FIND_HELPED, lambda row: row.data(), login=login, active=active, now=now)
    if found is None:
        return None
    units = tuple(dict.fromkeys(unit for lineage in found.pop("lineages") for unit in lineage or ()))
    return Helped(**found, units=units)


ISSUE = """
MATCH (a:Account {id: $account}) SET a.lock = coalesce(a.lock, 0) + 1
WITH a OPTIONAL MATCH (old:PasswordReset {account_id: $account}) DELETE old
"""
CREATE = """
CREATE (r:PasswordReset {id: $digest, account_id: $account, until: $until, created_at: $now, by: $by})
"""


def issue_reset(tx: Transaction, account_id: str, digest: str, by: str, now: datetime, until: datetime) -> None:
    """A code that was given before is good no longer."""
    tx.run(ISSUE, account=account_id)
    tx.run(CREATE, account=account_id, digest=digest, by=by, now=now, until=until)


HOLD_MAILED = """
MATCH (a:Account {login: $login}) SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.status = $active AND EXISTS { MATCH (p:Postbox {id: a.id}) WHERE p.status = $confirmed }
  AND NOT EXISTS { MATCH (r:PasswordReset {account_id: a.id}) WHERE r.created_at > $not_since }
RETURN a.id AS id
"""


def hold_mailed(tx: Transaction, login: str, active: str, not_since: datetime) -> str | None:
    """The account, if a letter may go out: its address was confirmed, and no code was given since. Locked: of two asked for at once one goes."""
    found: str | None = tx.find(HOLD_MAILED, value("id"), login=login, active=active, confirmed=OPEN, not_since=not_since)
    return found


REDEEM = """
MATCH (r:PasswordReset {id: $digest}) SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.used_at IS NULL AND r.until > $now
MATCH (a:Account {id: r.account_id}) WHERE a.login = $login AND a.status = $active
SET r.used_at = $now
RETURN a.id AS id
"""


def redeem_reset(tx: Transaction, login: str, digest: str, active: str, now: datetime) -> str | None:
    """The account that it opens, once; of two who send it at once, one comes in."""
    found: str | None = tx.find(REDEEM, value("id"), login=login, digest=digest, active=active, now=now)
    return found
