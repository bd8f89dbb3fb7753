"""An invitation: to act for an enterprise, to join a studio or an association, or to take over one's own card.

Its node has no relations: it is its own guard."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.kernel.entity import linked, node_properties
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import Label, label
from marketplace.kernel.parties import Named
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created

DAYS = 14
"""For an answer, where no setting is at hand: a leader's invitation."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 20
"""Of 31 signs that nobody confuses on paper: 99 bits, so that the code may be kept as a plain digest."""


class Role(StrEnum):
    ENTERPRISE_USER = "enterprise-user"
    MEMBER = "member"
    CARD = "card"


ROLE_LABELS: dict[str, Label] = {
    Role.ENTERPRISE_USER: label("Act for the enterprise"), Role.MEMBER: label("Become a member"), Role.CARD: label("Take over one's own card"),
}  # fmt: skip


class InvitationStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """With `person_id` it is that person's alone; with a `digest`, whoever holds the code. `accounts` is who sent it and is told of the answer,
    `as_role` what they will be in a studio or an association."""

    KIND: ClassVar[str] = "invitation"
    READ: ClassVar[Permission] = Permission.INVITATION_READ

    id: str
    version: int = 1
    number: str
    status: InvitationStatus = InvitationStatus.OPEN
    role: Role
    party_kind: str
    party_id: str
    party_name: str
    person_id: str = ""
    as_role: str = ""
    note: str = ""
    digest: str = ""
    invited_by: str
    invited_by_name: str = ""
    units: tuple[str, ...] = ()
    expires_at: datetime
    answered_by: str = ""
    answered_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    invited: tuple[str, ...] = linked(default=())
    person_name: str = linked(default="")

    @property
    def title(self) -> str:
        return self.party_name

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.invited_by,)

    def is_due(self, now: datetime) -> bool:
        """Nobody can accept it any more, though nobody has ended it."""
        return self.status is InvitationStatus.OPEN and self.expires_at <= now


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(written: str) -> str:
    """As it was made: typed from a sheet of paper it comes in small letters and in groups."""
    return "".join(sign for sign in written.upper() if sign in ALPHABET)


def digest_of_code(code: str) -> str:
    """What the graph keeps: who reads the database opens no door."""
    return hashlib.sha256(f"invitation:{tidy_code(code)}".encode()).hexdigest()


CREATE = """
UNWIND $rows AS row CREATE (i:Invitation) SET i = row
"""


def open_invitations(uow: UnitOfWork, invitations: list[Invitation]) -> None:
    """Whoever calls has asked for the permission; those who have an account are told by the relay."""
    uow.tx.run(CREATE, rows=[node_properties(one) for one in invitations])
    uow.record(*(created(one, at=uow.now, verb="invite") for one in invitations))


def invitation_of(uow: UnitOfWork, party: Any, role: Role, days: int = DAYS, **more: Any) -> Invitation:
    """To an enterprise, a studio or an association, from whoever acts now. Its number is counted here."""
    return Invitation(
        id=uow.new_id(), number=more.pop("number", "") or uow.next_number("YQ"), role=role, party_kind=party.KIND, party_id=party.id,
        party_name=party.title, invited_by=uow.actor.account_id, invited_by_name=uow.actor.name, units=tuple(party.units),
        expires_at=uow.now + timedelta(days=days), created_at=uow.now, updated_at=uow.now, **more,
    )  # fmt: skip


def invite_person(uow: UnitOfWork, party: Any, person: Named, as_role: str) -> Invitation:
    """A leader's word alone adds nobody: the person answers on their own page. Raises Invalid for one who has been asked already."""
    if find_open_of(uow.tx, party.id, person.id, uow.now):
        raise Invalid({"who": label("%(name)s is invited already and has not answered yet.")}, name=person.name)
    invitation = invitation_of(uow, party, Role.MEMBER, person_id=person.id, as_role=as_role)
    open_invitations(uow, [invitation])
    return invitation


GET = """
UNWIND $ids AS id
MATCH (i:Invitation {id: id}) WHERE any(token IN i.audience WHERE token IN $reader)
OPTIONAL MATCH (w:Worker {id: i.person_id})
RETURN i {.*} AS invitation, w.name AS person_name, [(w)<-[:IS_PERSON]-(a:Account) | a.id] AS invited
"""


def get_invitation(tx: Transaction, id: str) -> Invitation:
    """Raises NotFound for whoever neither sent nor received it."""
    return tx.one(GET, reader(Invitation, "invitation"), ids=[id])


def get_invitations(tx: Transaction, ids: list[str]) -> list[Invitation]:
    """Many at once, for the relay."""
    return tx.all(GET, reader(Invitation, "invitation"), ids=ids)


SAVE = """
MATCH (i:Invitation {id: $id})
SET i.lock = coalesce(i.lock, 0) + 1
WITH i WHERE i.version = $version
SET i += $properties, i.version = $version + 1
RETURN i.version AS version
"""


def save_invitation(tx: Transaction, change: Change[Invitation]) -> None:
    """Lock, then compare: of two who use one code at once, one gets Stale."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


OPEN_OF = """
MATCH (i:Invitation {party_id: $party}) WHERE i.status = $open AND i.person_id = $person AND i.expires_at > $now
RETURN i.id AS id LIMIT 1
"""


def find_open_of(tx: Transaction, party_id: str, person_id: str, now: datetime) -> str | None:
    """Whether this person has been asked already, whoever asks now."""
    return tx.find(OPEN_OF, value("id"), party=party_id, person=person_id, now=now, open=InvitationStatus.OPEN)


LIST_OF = """
MATCH (i:Invitation {party_id: $party}) WHERE any(token IN i.audience WHERE token IN $reader) AND ($all OR i.status = $open)
OPTIONAL MATCH (w:Worker {id: i.person_id})
RETURN i {.*} AS invitation, w.name AS person_name, [] AS invited
ORDER BY i.created_at DESC, i.id SKIP $skip LIMIT $limit
"""


def list_invitations(tx: Transaction, party_id: str, *, every: bool = False, skip: int = 0, limit: int = 50) -> list[Invitation]:
    """The latest first; those that nobody has answered yet, or all."""
    return tx.all(
        LIST_OF, reader(Invitation, "invitation"), party=party_id, all=every, open=InvitationStatus.OPEN, skip=skip, limit=limit,
    )  # fmt: skip


INVITED = """
MATCH (i:Invitation {person_id: $person}) WHERE any(token IN i.audience WHERE token IN $reader)
  AND i.role = $role AND i.status = $open AND i.expires_at > $now
RETURN i {.*} AS invitation, '' AS person_name, [] AS invited ORDER BY i.expires_at, i.id LIMIT 20
"""


def list_invited(tx: Transaction, person_id: str, now: datetime) -> list[Invitation]:
    """What this person is asked and has not answered, the most urgent first."""
    asked = {"person": person_id, "role": Role.MEMBER, "open": InvitationStatus.OPEN, "now": now}
    return tx.all(INVITED, reader(Invitation, "invitation"), **asked) if person_id else []
