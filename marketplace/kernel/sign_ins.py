"""Sign-ins on the server: opened, noted while in use, ended. Who one belongs to, the room of accounts reads."""

from datetime import datetime

from graph.connection import Transaction

OPEN_SESSION = """
MATCH (a:Account {id: $id}) SET a.failures = 0
CREATE (s:Session {id: $session, created_at: $now, seen_at: $now})-[:SIGNED_IN_AS]->(a)
RETURN s.id AS id
"""


def open_session_node(tx: Transaction, id: str, session: str, now: datetime) -> None:
    tx.changed(OPEN_SESSION, id=id, session=session, now=now)


REVOKE_SESSION = """
MATCH (s:Session {id: $session}) SET s.revoked_at = $now RETURN s.id AS id
"""


def revoke_session(tx: Transaction, session: str, now: datetime) -> None:
    tx.run(REVOKE_SESSION, session=session, now=now)


REVOKE_SESSIONS = """
MATCH (:Account {id: $id})<-[:SIGNED_IN_AS]-(s:Session) WHERE s.revoked_at IS NULL SET s.revoked_at = $now
"""


def revoke_sessions_of(tx: Transaction, id: str, now: datetime) -> None:
    tx.run(REVOKE_SESSIONS, id=id, now=now)


NOTE_VISIT = """
MATCH (s:Session {id: $session}) WHERE s.revoked_at IS NULL AND s.seen_at <= $not_since SET s.seen_at = $now
"""


def note_visit(tx: Transaction, session: str, not_since: datetime, now: datetime) -> None:
    """The sign-in is in use. Of several requests at once one writes."""
    tx.run(NOTE_VISIT, session=session, not_since=not_since, now=now)
