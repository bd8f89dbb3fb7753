"""Sending, declining and taking back. Accepting changes other rooms, too: it is a process."""

from typing import Any

from marketplace.domains.invitations.model import WORKFLOW
from marketplace.domains.invitations.repository import get_by_digest
from marketplace.kernel.errors import Refused
from marketplace.kernel.invitations import Invitation, Role, digest_of_code, get_invitation, invitation_of, open_invitations, save_invitation
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change


def invite_by_code(uow: UnitOfWork, party: Any, note: str, code: str, days: int) -> Invitation:
    """To act for an enterprise. The code is shown once, by whoever made it; here only its digest is known."""
    invitation = invitation_of(uow, party, Role.ENTERPRISE_USER, days, note=note, digest=digest_of_code(code))
    uow.actor.require(WORKFLOW.steps["invite"].needs, invitation)
    open_invitations(uow, [invitation])
    return invitation


def revoke_invitation(uow: UnitOfWork, id: str, version: int) -> Invitation:
    """By who sent it, by whom it was sent for, or an officer above."""
    return carry_out(uow, _moved(uow, get_invitation(uow.tx, id), version, "revoke"))


def decline_invitation(uow: UnitOfWork, id: str, version: int) -> Invitation:
    """Who sent it is told; it can't be taken up again."""
    return carry_out(uow, answered(uow, get_invitation(uow.tx, id), version, "decline"))


def decline_by_code(uow: UnitOfWork, code: str) -> Invitation:
    """The same by whoever holds the code."""
    invitation = get_by_digest(uow.tx, digest_of_code(code))
    return carry_out(uow, answered(uow, invitation, invitation.version, "decline"))


def answered(uow: UnitOfWork, invitation: Invitation, version: int, verb: str) -> Change[Invitation]:
    """Raises Refused for one whose time is over."""
    if invitation.is_due(uow.now):
        raise Refused(label("The time for an answer is over; ask for a new invitation."))
    return _moved(uow, invitation, version, verb, answered_by=uow.actor.account_id, answered_at=uow.now)


def _moved(uow: UnitOfWork, invitation: Invitation, version: int, verb: str, **more: Any) -> Change[Invitation]:
    uow.actor.require(WORKFLOW.steps[verb].needs, invitation)
    return WORKFLOW.step(verb, invitation, version, at=uow.now, **more)


def carry_out(uow: UnitOfWork, change: Change[Invitation]) -> Invitation:
    """Of two who answer at once, one gets Stale."""
    save_invitation(uow.tx, change)
    uow.record(change)
    return change.after
