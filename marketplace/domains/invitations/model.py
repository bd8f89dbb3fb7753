"""Who may do what with an invitation. Its fields stand in the kernel, since studios and associations send some, too."""

from marketplace.kernel import permissions as rules
from marketplace.kernel.invitations import Invitation, InvitationStatus, Role
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow

STATUS_LABELS: dict[str, Label] = {
    InvitationStatus.OPEN: label("Waits for an answer"), InvitationStatus.ACCEPTED: label("Invitation accepted"),
    InvitationStatus.DECLINED: label("Invitation declined"), InvitationStatus.REVOKED: label("Invitation taken back"),
}  # fmt: skip


def _hosts(invitation: Invitation) -> tuple[str, ...]:
    """Any user of an enterprise, only the leader of a studio or an association; for a card nobody but officers."""
    names = {Role.ENTERPRISE_USER: "maker", Role.MEMBER: "lead"}
    return (f"{names[invitation.role]}:{invitation.party_id}",) if invitation.role in names else ()


def _asked(invitation: Invitation) -> tuple[str, ...]:
    return (f"maker:{invitation.person_id}",) if invitation.person_id and invitation.role is Role.MEMBER else ()


def _answering(invitation: Invitation) -> tuple[str, ...]:
    """The code is proof enough, to decline even without an account."""
    return (rules.PUBLIC,) if invitation.digest else _asked(invitation)


is_host = rules.holds_any(_hosts, label("Acts for whom it comes from."), rules.LEADS, rules.MAKER)
is_asked = rules.Holds(_asked, kind=rules.MAKER)
P = Permission
_OPEN = frozenset({InvitationStatus.OPEN})
WORKFLOW = Workflow(
    Step("invite", _OPEN, InvitationStatus.OPEN, P.INVITATION_MAKE, label("Invite"), label("You are invited"), tells=Tells.INVITED),
    Step("accept", _OPEN, InvitationStatus.ACCEPTED, P.INVITATION_ANSWER, label("Accept the invitation"), label("Invitation accepted"), main=True,
         tells=Tells.MAKERS),
    Step("decline", _OPEN, InvitationStatus.DECLINED, P.INVITATION_ANSWER, label("Decline the invitation"), label("Invitation declined"),
         tells=Tells.MAKERS),
    Step("revoke", _OPEN, InvitationStatus.REVOKED, P.INVITATION_REVOKE, label("Take the invitation back"), label("Invitation taken back")),
)  # fmt: skip
POLICY = rules.Policy({
    P.INVITATION_READ: rules.is_account | is_host | rules.is_officer_above | is_asked,
    P.INVITATION_MAKE: is_host | rules.is_officer_above,
    P.INVITATION_ANSWER: rules.Holds(_answering, kind=rules.PUBLIC),
    P.INVITATION_REVOKE: rules.is_account | is_host | rules.is_officer_above,
})  # fmt: skip
