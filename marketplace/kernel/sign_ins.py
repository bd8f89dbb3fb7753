"""Sign-ins on the server: opened, noted while in use, proved anew, ended. Who one belongs to, the room of accounts reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from graph.connection import Transaction
from graph.records import reader, value

STEP_MINUTES = 10
"""So long a sign-in waits for its code; so old may a proof be for what is grave."""


class Due(StrEnum):
    """What is still asked of somebody before they are inside."""

    NOTHING = ""
    CODE = "code"
    PASSWORD = "password"  # noqa: S105  the name of a step  # nosec B105
    FACTOR = "second-factor"


@dataclass(frozen=True, slots=True)
class Validity:
    """What a sign-in is held against at each request."""

    now: datetime
    idle_hours: int
    most_hours: int
    factor_required: bool

    @property
    def used_since(self) -> datetime:
        return self.now - timedelta(hours=self.idle_hours)

    @property
    def begun_since(self) -> datetime:
        return self.now - timedelta(hours=self.most_hours)

    @property
    def waiting_since(self) -> datetime:
        return self.now - timedelta(minutes=STEP_MINUTES)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a sign-in comes from, as far as its owner needs it to know it again."""

    device: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One place where somebody is signed in. `id` is a digest and opens nothing."""

    id: str
    created_at: datetime
    seen_at: datetime
    device: str = ""
    address: str = ""


OPEN_SESSION = """
MATCH (a:Account {id: $id}) SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE $generation < 0 OR coalesce(a.generation, 0) = $generation
SET a.failures = CASE WHEN $waits_for = $code THEN a.failures ELSE 0 END,
    a.locked_until = CASE WHEN $waits_for = $code THEN a.locked_until ELSE null END
CREATE (s:Session {id: $session, created_at: $now, seen_at: $now, proved_at: $now, waits_for: $waits_for, device: $device, address: $address})
       -[:SIGNED_IN_AS]->(a)
RETURN s.id AS id
"""
ANY_GENERATION = -1


def open_session_node(
    tx: Transaction, id: str, session: str, now: datetime, *,
    due: Due = Due.NOTHING, generation: int = ANY_GENERATION, arrival: Arrival | None = None,
) -> None:  # fmt: skip
    """`generation` is the one at which the password was looked at. Raises Stale where the account's sign-ins were ended since."""
    came = arrival or Arrival()
    tx.changed(
        OPEN_SESSION, id=id, session=session, now=now, waits_for=due, code=Due.CODE, generation=generation, device=came.device, address=came.address
    )


REVOKE_SESSION = """
MATCH (s:Session {id: $session}) SET s.revoked_at = $now RETURN s.id AS id
"""


def revoke_session(tx: Transaction, session: str, now: datetime) -> None:
    tx.run(REVOKE_SESSION, session=session, now=now)


END_WAITING = """
MATCH (s:Session {id: $session}) WHERE s.revoked_at IS NULL AND s.waits_for = $code SET s.revoked_at = $now RETURN s.id AS id
"""


def end_waiting(tx: Transaction, session: str, now: datetime) -> bool:
    """Whether it was still waiting for its code. The account is locked before: who ends its sign-ins comes earlier or later."""
    return tx.find(END_WAITING, value("id"), session=session, code=Due.CODE, now=now) is not None


REVOKE_SESSIONS = """
MATCH (a:Account {id: $id}) SET a.lock = coalesce(a.lock, 0) + 1
SET a.generation = coalesce(a.generation, 0) + 1
WITH a MATCH (a)<-[:SIGNED_IN_AS]-(s:Session) WHERE s.revoked_at IS NULL AND s.id <> $keep SET s.revoked_at = $now
"""


def revoke_sessions_of(tx: Transaction, id: str, now: datetime, *, keep: str = "") -> None:
    """All but `keep`. Who is on the way in with what was right until now does not come in either: the generation is another."""
    tx.run(REVOKE_SESSIONS, id=id, now=now, keep=keep)


HOLD = """
MATCH (a:Account {id: $id}) SET a.lock = coalesce(a.lock, 0) + 1
WITH a MATCH (a)<-[:SIGNED_IN_AS]-(s:Session {id: $session}) WHERE s.revoked_at IS NULL
RETURN s.id AS id
"""


def hold_session(tx: Transaction, id: str, session: str) -> None:
    """Raises Stale where it was ended meanwhile: of two that end each other, one is left."""
    tx.changed(HOLD, id=id, session=session)


REVOKE_OWN_SESSION = """
MATCH (:Account {id: $id})<-[:SIGNED_IN_AS]-(s:Session {id: $session}) SET s.revoked_at = coalesce(s.revoked_at, $now) RETURN s.id AS id
"""


def revoke_session_of(tx: Transaction, id: str, session: str, now: datetime) -> None:
    """Nothing happens to what is somebody else's or ended before."""
    tx.run(REVOKE_OWN_SESSION, id=id, session=session, now=now)


LIST_SESSIONS = """
MATCH (:Account {id: $id})<-[:SIGNED_IN_AS]-(s:Session)
WHERE s.revoked_at IS NULL AND s.seen_at > $used_since AND s.created_at > $begun_since AND coalesce(s.waits_for, '') = ''
RETURN s {.*} AS session ORDER BY s.seen_at DESC, s.id LIMIT 100
"""


def list_sessions_of(tx: Transaction, id: str, validity: Validity) -> list[SignIn]:
    """Those that open something now, the last used first."""
    return tx.all(LIST_SESSIONS, reader(SignIn, "session"), id=id, used_since=validity.used_since, begun_since=validity.begun_since)


PROVE = """
MATCH (s:Session {id: $session}) WHERE s.revoked_at IS NULL SET s.proved_at = $now RETURN s.id AS id
"""


def prove_session(tx: Transaction, session: str, now: datetime) -> None:
    """Whoever sits there has said password or code again. Raises Stale for a sign-in that ended meanwhile."""
    tx.changed(PROVE, session=session, now=now)


NOTE_VISIT = """
MATCH (s:Session {id: $session}) WHERE s.revoked_at IS NULL AND s.seen_at <= $not_since SET s.seen_at = $now
"""


def note_visit(tx: Transaction, session: str, not_since: datetime, now: datetime) -> None:
    """The sign-in is in use. Of several requests at once one writes."""
    tx.run(NOTE_VISIT, session=session, not_since=not_since, now=now)
