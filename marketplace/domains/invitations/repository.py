"""Finding the invitation that a code opens, and the people who are to be given one."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.invitations import Invitation, InvitationStatus, Role
from marketplace.kernel.parties import Named
from marketplace.kernel.roles import HELD

BY_DIGEST = """
MATCH (i:Invitation {digest: $digest}) WHERE any(token IN i.audience WHERE token IN $reader)
OPTIONAL MATCH (w:Worker {id: i.person_id})
RETURN i {.*} AS invitation, w.name AS person_name, [(w)<-[:IS_PERSON]-(a:Account) | a.id] AS invited
"""


def get_by_digest(tx: Transaction, digest: str) -> Invitation:
    """Raises NotFound. The code is the key: whoever holds it reads the invitation."""
    return tx.seen_by(("system",)).one(BY_DIGEST, reader(Invitation, "invitation"), digest=digest)


LOCK = """
MATCH (i:Invitation {digest: $digest}) SET i.lock = coalesce(i.lock, 0) + 1
"""


def lock_by_digest(tx: Transaction, digest: str) -> None:
    """Of any number who open one code at once, all but one wait here, and then see that it is used."""
    tx.run(LOCK, digest=digest)


LIST_IDS = """
MATCH (i:Invitation) WHERE i.id > $after RETURN i.id AS id ORDER BY id LIMIT $limit
"""


def list_invitation_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


ACCOUNT_OF = """
MATCH (:Worker {id: $worker})<-[:IS_PERSON]-(a:Account) RETURN a.id AS id LIMIT 1
"""


def find_account_of(tx: Transaction, worker_id: str) -> str | None:
    """Whose card it is already."""
    return tx.find(ACCOUNT_OF, value("id"), worker=worker_id)


PERSON_OF = """
MATCH (:Account {id: $account})-[:IS_PERSON]->(w:Worker) RETURN w.id AS id LIMIT 1
"""


def find_person_of(tx: Transaction, account_id: str) -> str | None:
    """Who somebody signs in as already."""
    return tx.find(PERSON_OF, value("id"), account=account_id)


WITHOUT_ACCOUNT = """
MATCH (:Enterprise {id: $enterprise})<-[m:EMPLOYED_BY]-(w:Worker)
WHERE m.until IS NULL AND any(token IN w.guarded_audience WHERE token IN $reader) AND NOT EXISTS { MATCH (w)<-[:IS_PERSON]-(:Account) }
  AND NOT EXISTS { MATCH (i:Invitation {person_id: w.id}) WHERE i.role = $card AND i.status = $open AND i.expires_at > $now }
RETURN w.id AS id, w.name AS name ORDER BY id LIMIT $limit
"""


def list_without_account(tx: Transaction, enterprise_id: str, now: datetime, limit: int) -> list[Named]:
    """People of an enterprise whose card waits for them: neither an account nor a code that is still good."""
    return tx.all(WITHOUT_ACCOUNT, reader(Named), enterprise=enterprise_id, now=now, limit=limit, card=Role.CARD, open=InvitationStatus.OPEN)


FORGET_CODES = """
MATCH (i:Invitation {person_id: $worker}) WHERE i.role = $card AND i.status = $open AND i.id <> $but
SET i.lock = coalesce(i.lock, 0) + 1
SET i.status = $revoked, i.updated_at = $now, i.version = i.version + 1
"""


def forget_codes(tx: Transaction, worker_id: str, but: str, now: datetime) -> None:
    """A card that has found its person needs no other code."""
    tx.run(FORGET_CODES, worker=worker_id, but=but, now=now, card=Role.CARD, open=InvitationStatus.OPEN, revoked=InvitationStatus.REVOKED)


USERS = (
    """
MATCH (:Enterprise {id: $enterprise})<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ RETURN a.name AS name ORDER BY name LIMIT 200
"""
)


def list_user_names(tx: Transaction, enterprise_id: str, now: datetime) -> list[str]:
    """Who acts for it now: for its own users and the officers above, whom the page has asked for."""
    return tx.all(USERS, value("name"), enterprise=enterprise_id, now=now)
