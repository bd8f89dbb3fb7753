"""Accepting: the invitation and what follows from it, in one transaction. And codes for many cards at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from marketplace.domains.accounts.service import admit_person, create_account, name_account
from marketplace.domains.associations.service import admit_member as admit_to_association
from marketplace.domains.enterprises.repository import get_enterprise
from marketplace.domains.invitations.repository import find_account_of, forget_codes, get_by_digest, list_without_account, lock_by_digest
from marketplace.domains.invitations.service import answered, carry_out
from marketplace.domains.roles.service import admit_user
from marketplace.domains.studios.service import admit_member as admit_to_studio
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.invitations import Invitation, Role, digest_of_code, get_invitation, invitation_of, open_invitations
from marketplace.kernel.labels import label
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import Named
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change

MOST_CARDS = 500
"""Codes on one sheet, and of one transaction."""
ANOTHER_PERSON = label("This code is for another person's card: you sign in as somebody already.")
TAKEN_UP = label("Somebody signs in with this card already. If it was not you, tell your union.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Of somebody without one: a name, the sign-in name they wish for, and the hash of their password."""

    name: str = ""
    login_wish: str = ""
    password_hash: str = ""


def accept_by_code(uow: UnitOfWork, code: str, new: NewAccount) -> Invitation:
    """By whoever holds the code, signed in or with a new account. A sign-in name that somebody has becomes the invitation's number."""
    lock_by_digest(uow.tx, digest_of_code(code))
    invitation = get_by_digest(uow.tx, digest_of_code(code))
    change = answered(uow, invitation, invitation.version, "accept")
    account_id = uow.actor.account_id or _opened(uow, invitation, new)
    if invitation.role is Role.CARD:
        _take_card(uow, invitation, account_id, new.login_wish)
    else:
        admit_user(uow, account_id, invitation.party_id)
        if not uow.actor.account_id:
            name_account(uow, account_id, new.login_wish)
    return carry_out(uow, _answered_by(change, account_id))


def _answered_by(change: Change[Invitation], account_id: str) -> Change[Invitation]:
    return replace(change, after=replace(change.after, answered_by=account_id))


def _opened(uow: UnitOfWork, invitation: Invitation, new: NewAccount) -> str:
    name = invitation.person_name or new.name
    if not name:
        raise Invalid({"name": label("Fill this in.")})
    return create_account(uow.turn(SYSTEM_ACTOR, uow.now), invitation.number, name, new.password_hash).id


def _take_card(uow: UnitOfWork, invitation: Invitation, account_id: str, login_wish: str) -> None:
    if uow.actor.worker_id:
        raise Refused(ANOTHER_PERSON)
    if find_account_of(uow.tx, invitation.person_id):
        raise Refused(TAKEN_UP)
    admit_person(uow, account_id, invitation.person_id, login_wish)
    forget_codes(uow.tx, invitation.person_id, invitation.id, uow.now)


def accept_invitation(uow: UnitOfWork, id: str, version: int) -> Invitation:
    """By the person who was asked: they belong to it from the next request on."""
    invitation = get_invitation(uow.tx, id)
    change = answered(uow, invitation, version, "accept")
    person = Named(invitation.person_id, invitation.person_name)
    ADMIT[invitation.party_kind](uow, invitation.party_id, person, invitation.as_role)
    return carry_out(uow, change)


ADMIT: dict[str, Callable[..., Any]] = {"studio": admit_to_studio, "association": admit_to_association}


@dataclass(frozen=True, slots=True)
class Slip:
    """One line of the printed sheet. The code stands here and nowhere else."""

    name: str
    number: str
    code: str


def give_codes(uow: UnitOfWork, enterprise_id: str, codes: list[str], days: int) -> list[Slip]:
    """For those of an enterprise who have neither an account nor a code: by an officer above. The codes were made before the first attempt."""
    enterprise = get_enterprise(uow.tx, enterprise_id)
    uow.actor.require(Permission.ENTERPRISE_CREATE, enterprise)
    people = list_without_account(uow.tx, enterprise_id, uow.now, min(len(codes), MOST_CARDS))
    if not people:
        raise Refused(label("Everybody here has an account or a code already."))
    numbers = next_numbers(uow.tx, "YQ", uow.now, len(people))
    invitations = [
        invitation_of(uow, enterprise, Role.CARD, days, person_id=person.id, digest=digest_of_code(code), number=number)
        for person, code, number in zip(people, codes, numbers, strict=False)
    ]
    open_invitations(uow, invitations)
    return [Slip(person.name, one.number, code) for person, code, one in zip(people, codes, invitations, strict=False)]
