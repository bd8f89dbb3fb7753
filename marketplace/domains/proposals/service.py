"""Write an application, gather its people, send it in time. Each call is one transaction, retried as a whole."""

from collections.abc import Iterable
from typing import Any

from marketplace.domains.proposals.model import BOUND_BY_LEADER, PARTS, WORKFLOW, Answer, Call, Proposal, ProposalText, names_in
from marketplace.domains.proposals.repository import (
    add_file,
    create_proposal_node,
    find_proposal_id,
    get_call,
    get_proposal,
    hold_call,
    list_accounts_of,
    list_files,
    list_teams,
    list_telling_names,
    remove_file,
    save_proposal,
)
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.files import Checked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.memberships import get_worker_called
from marketplace.kernel.parties import find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.revisions import content_of
from marketplace.kernel.stored_file import Access, StoredFile, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change, created, edited

MOST_FILES, MOST_MEMBERS = 10, 12


def create_proposal(uow: UnitOfWork, challenge_id: str, party_kind: str, party_id: str, text: ProposalText) -> Proposal:
    """A draft of a team for an open challenge. Raises NotFound, Forbidden for another's team, Invalid, Refused after the deadline."""
    uow.actor.require(Permission.PROPOSAL_CREATE, None)
    call = get_call(uow.tx, challenge_id)
    _require_time(uow, call)
    _require_team(uow, call, party_kind, party_id)
    key = f"{challenge_id}:{party_id}"
    if find_proposal_id(uow.tx, key):
        raise Refused(label("This team has an application to this challenge already."))
    proposal = Proposal(
        **content_of(text), id=uow.new_id(), number=uow.next_number("JS"), key=key, title=call.title, challenge_id=call.id, party_kind=party_kind,
        party_id=party_id, party_name=find_seat(uow.tx, party_kind, party_id).party_name, created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_proposal_node(uow.tx, proposal)
    uow.record(created(proposal, at=uow.now))
    return proposal


def _require_time(uow: UnitOfWork, call: Call) -> None:
    """The server's clock; and what has closed once stays closed, whatever the clock says later."""
    if not call.is_open or call.closed_at is not None or local_day(uow.now) > call.apply_until:
        raise Refused(label("Applications to this challenge are closed."))


def _require_team(uow: UnitOfWork, call: Call, kind: str, id: str) -> None:
    if kind not in call.open_to:
        raise Invalid({"party": label("This kind of team may not apply to this challenge.")})
    binding = (LEADS if kind in BOUND_BY_LEADER else MAKER) + id
    if not {binding, "system"} & uow.actor.tokens:
        raise Forbidden(label("Only whoever signs for a team applies in its name."))
    if call.enterprise_id in (id, find_seat(uow.tx, kind, id).enterprise_id):
        raise Invalid({"party": label("Nobody of the enterprise that announced it may apply.")})


def _own(uow: UnitOfWork, id: str, needs: Permission) -> Proposal:
    proposal = get_proposal(uow.tx, id)
    uow.actor.require(needs, proposal)
    return proposal


def _keep(uow: UnitOfWork, change: Change[Proposal]) -> Proposal:
    save_proposal(uow.tx, change)
    uow.record(change)
    return change.after


def revise_proposal(uow: UnitOfWork, id: str, version: int, text: ProposalText) -> Proposal:
    """A draft is kept, also after the deadline, where it helps nobody any more."""
    return _keep(uow, edited(_own(uow, id, Permission.PROPOSAL_EDIT), version, at=uow.now, **content_of(text)))


def submit_proposal(uow: UnitOfWork, id: str, version: int) -> Proposal:
    """Before the deadline, whole, without names, and with everybody's yes. Raises Invalid at each part, Refused when it is late."""
    proposal = _own(uow, id, Permission.PROPOSAL_BIND)
    hold_call(uow.tx, proposal.challenge_id)
    call = get_call(uow.tx, proposal.challenge_id)
    _require_time(uow, call)
    change = WORKFLOW.step("submit", proposal, version, at=uow.now, submitted_at=uow.now)
    if faults := faults_of(proposal):
        raise Invalid(faults)
    _require_namelessness(uow, proposal)
    return _keep(uow, change)


def faults_of(proposal: Proposal) -> dict[str, Label]:
    """What is missing before it can be sent."""
    faults = {name: label("Fill this in.") for name in PARTS if not getattr(proposal, name)}
    if any(one.answer is Answer.ASKED for one in proposal.members):
        faults["members"] = label("Somebody has not said yes yet.")
    return faults


def _require_namelessness(uow: UnitOfWork, proposal: Proposal) -> None:
    """Raises Invalid that points at each part, or at a file's name, that tells who the team is."""
    names = list_telling_names(uow.tx, proposal)
    parts = {name: names_in([getattr(proposal, name)], names) for name in PARTS}
    parts["files"] = names_in([one.name for one in list_files(uow.tx, proposal.id)], names)
    if found := {name: said for name, said in parts.items() if said}:
        told = "、".join(dict.fromkeys(name for said in found.values() for name in said))
        raise Invalid(dict.fromkeys(found, label("The experts must not know who you are. Take out: %(names)s")), names=told)


def take_back_proposal(uow: UnitOfWork, id: str, version: int) -> Proposal:
    """To change it and submit it again, as long as applications are open."""
    proposal = _own(uow, id, Permission.PROPOSAL_BIND)
    hold_call(uow.tx, proposal.challenge_id)
    _require_time(uow, get_call(uow.tx, proposal.challenge_id))
    return _keep(uow, WORKFLOW.step("take_back", proposal, version, at=uow.now, submitted_at=None))


def withdraw_proposal(uow: UnitOfWork, id: str, version: int) -> Proposal:
    """For good; also while it is judged."""
    proposal = _own(uow, id, Permission.PROPOSAL_BIND)
    hold_call(uow.tx, proposal.challenge_id)
    return _keep(uow, WORKFLOW.step("withdraw", proposal, version, at=uow.now))


def ask_member(uow: UnitOfWork, id: str, version: int, who: str) -> Proposal:
    """A worker's team asks others; each answers for themselves. Raises Invalid at the field."""
    proposal = _own(uow, id, Permission.PROPOSAL_EDIT)
    if proposal.party_kind != "worker":
        raise Refused(label("Only a team of workers asks for members; a studio or an enterprise applies as it is."))
    worker = get_worker_called(uow.tx, who)
    if worker.id == proposal.party_id or worker.id in proposal.member_ids:
        raise Invalid({"who": label("%(name)s is in the team already.")}, name=worker.name)
    if len(proposal.member_ids) >= MOST_MEMBERS:
        raise Refused(label("No more than %(most)s members."), most=MOST_MEMBERS)
    if get_call(uow.tx, proposal.challenge_id).enterprise_id == find_seat(uow.tx, "worker", worker.id).enterprise_id:
        raise Invalid({"who": label("Nobody of the enterprise that announced it may apply.")})
    asked: dict[str, Any] = {
        "member_ids": (*proposal.member_ids, worker.id), "member_names": (*proposal.member_names, worker.name),
        "member_answers": (*proposal.member_answers, Answer.ASKED), "invited": list_accounts_of(uow.tx, (worker.id,)),
    }  # fmt: skip
    return _keep(uow, WORKFLOW.step("ask", proposal, version, at=uow.now, **asked))


def drop_member(uow: UnitOfWork, id: str, version: int, worker_id: str) -> Proposal:
    """Whoever declined or does not answer must not hold the others up."""
    proposal = _own(uow, id, Permission.PROPOSAL_EDIT)
    kept = [one for one in proposal.members if one.worker_id != worker_id]
    return _keep(uow, edited(proposal, version, at=uow.now, verb="drop-member", **_columns((one.worker_id, one.name, one.answer) for one in kept)))


def _columns(members: Iterable[tuple[str, str, Answer]]) -> dict[str, Any]:
    rows = list(members)
    return {name: tuple(row[at] for row in rows) for at, name in enumerate(("member_ids", "member_names", "member_answers"))}


def agree_to_join(uow: UnitOfWork, id: str, version: int) -> Proposal:
    """Yes, by the member themselves."""
    return _answer(uow, id, version, "agree", Answer.YES)


def decline_to_join(uow: UnitOfWork, id: str, version: int) -> Proposal:
    """No; the application is closed to them from then on."""
    return _answer(uow, id, version, "decline", Answer.NO)


def _answer(uow: UnitOfWork, id: str, version: int, verb: str, answer: Answer) -> Proposal:
    proposal = _own(uow, id, Permission.PROPOSAL_ANSWER)
    said = ((one.worker_id, one.name, answer if one.worker_id == uow.actor.worker_id else one.answer) for one in proposal.members)
    return _keep(uow, WORKFLOW.step(verb, proposal, version, at=uow.now, **_columns(said)))


def file_plan(uow: UnitOfWork, id: str, file: Checked, place: str) -> StoredFile:
    """The bytes lie in the file store already; experts get it under a number, never under its name."""
    proposal = _own(uow, id, Permission.PROPOSAL_EDIT)
    if len(list_files(uow.tx, id)) >= MOST_FILES:
        raise Refused(label("No more than %(most)s files."), most=MOST_FILES)
    added = stored_file(uow.new_id(), file, place, Access.MAKERS, uow.now)
    add_file(uow.tx, id, added)
    uow.record(edited(proposal, proposal.version, at=uow.now, verb="add-file"))
    return added


def drop_file(uow: UnitOfWork, id: str, file_id: str) -> Proposal:
    """As long as it is a draft."""
    proposal = _own(uow, id, Permission.PROPOSAL_EDIT)
    remove_file(uow.tx, id, file_id)
    uow.record(edited(proposal, proposal.version, at=uow.now, verb="remove-file"))
    return proposal


def require_outside_teams(uow: UnitOfWork, challenge_id: str) -> None:
    """Whoever belongs to a team decides nothing about it: neither who judges, nor the choice, nor an objection. Raises Forbidden."""
    mine = {party for team in list_teams(uow.tx, challenge_id) for party in team.parties}
    if any(MAKER + party in uow.actor.tokens for party in mine):
        raise Forbidden(label("You belong to one of the teams."))
