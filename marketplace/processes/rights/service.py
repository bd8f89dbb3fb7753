"""What a person asks for by name; where it concerns an administrator it is proposed, and a second one decides."""

from datetime import datetime, timedelta

from marketplace.domains.roles.model import Holder, Post, post_of
from marketplace.domains.roles.repository import ADMINISTRATORS, find_holder_called, get_holder, get_holding, list_administrators, take_turn
from marketplace.domains.roles.service import end_holding, end_role, grant_role, in_turn, noted, open_holding, place_for, require_order, write_new
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created
from marketplace.processes.rights.model import WORKFLOW, Act, RoleRequest
from marketplace.processes.rights.repository import create_request_node, find_open_request_of, get_request, list_overdue, save_request


def give_or_propose(
    uow: UnitOfWork, who: str, role: Role, kind: str, place_id: str, since: datetime | None, until: datetime | None, days: int
) -> Holder | RoleRequest:
    """To whoever is called so, exactly. Raises Invalid at `who` for nobody; what needs a second administrator is proposed."""
    found = find_holder_called(uow.tx, who)
    if found is None:
        raise Invalid({"who": label("No account of this sign-in name or number.")})
    holder = in_turn(uow, found.id)
    if uow.actor.is_administrator and (holder.is_administrator or role is Role.ADMINISTRATOR):
        return propose_grant(uow, holder.id, role, kind, place_id, since, until, days)
    return grant_role(uow, holder.id, holder.version, role, kind, place_id, since, until)


def end_or_propose(uow: UnitOfWork, account_id: str, version: int, holding_id: str, days: int) -> Holder | RoleRequest:
    """As `end_role`; of an administrator it is proposed."""
    holding = get_holding(uow.tx, account_id, holding_id, uow.now)
    holder = get_holder(uow.tx, account_id, uow.now)
    if holder.is_administrator and uow.actor.is_administrator and not holding.is_lent:
        return propose_end(uow, account_id, holding_id, days)
    return end_role(uow, account_id, version, holding_id)


def propose_grant(
    uow: UnitOfWork, account_id: str, role: Role, kind: str, place_id: str, since: datetime | None, until: datetime | None, days: int
) -> RoleRequest:
    """To make an administrator, or to give one a further role. It waits for at most `days`."""
    _require_nothing_waits(uow, account_id)
    place = place_for(uow, role, kind, place_id)
    return _propose(uow, Act.GIVE, Post(role, place, account_id), since=since, until=until, days=days)


def propose_end(uow: UnitOfWork, account_id: str, holding_id: str, days: int) -> RoleRequest:
    """To take any role from an administrator."""
    _require_nothing_waits(uow, account_id)
    holding = open_holding(uow, account_id, holding_id)
    return _propose(uow, Act.END, post_of(holding), holding_id=holding_id, days=days)


def confirm_request(uow: UnitOfWork, id: str, version: int) -> RoleRequest:
    """The second administrator: what was proposed is done in this very transaction. Raises Refused where it can't be done any more."""
    take_turn(uow.tx, (get_request(uow.tx, id).account_id,))
    take_turn(uow.tx, (ADMINISTRATORS,))
    request = get_request(uow.tx, id)
    uow.actor.in_own_name.require(Permission.ROLE_CONFIRM, request)
    if request.expires_at <= uow.now:
        raise Refused(label("It waited too long and has expired; propose it again."))
    change = WORKFLOW.step("confirm", request, version, at=uow.now, decided_by=uow.actor.account_id)
    save_request(uow.tx, change)
    _carry_out(uow, request)
    uow.record(change)
    return change.after


def refuse_request(uow: UnitOfWork, id: str, version: int, reason: str) -> RoleRequest:
    """With a reason, which the proposer reads."""
    return _decide(uow, "refuse", id, version, reason=reason, decided_by=uow.actor.account_id)


def withdraw_request(uow: UnitOfWork, id: str, version: int) -> RoleRequest:
    """By whoever proposed it."""
    return _decide(uow, "withdraw", id, version)


def expire_requests(uow: UnitOfWork) -> int:
    """By the calendar alone, at most a hundred at a time."""
    overdue = list_overdue(uow.tx, uow.now)
    for id in overdue:
        request = get_request(uow.tx, id)
        change = WORKFLOW.step("expire", request, request.version, at=uow.now)
        save_request(uow.tx, change)
        uow.record(change)
    return len(overdue)


def _require_nothing_waits(uow: UnitOfWork, account_id: str) -> None:
    take_turn(uow.tx, (account_id,))
    if find_open_request_of(uow.tx, account_id, uow.now):
        raise Refused(label("A change of this account's rights waits already; decide that one first."))


def _propose(
    uow: UnitOfWork, act: Act, post: Post, *, days: int, since: datetime | None = None, until: datetime | None = None, holding_id: str = ""
) -> RoleRequest:
    uow.actor.in_own_name.require(Permission.ROLE_PROPOSE, post)
    holder = get_holder(uow.tx, post.account_id, uow.now)
    if not holder.is_administrator and post.role is not Role.ADMINISTRATOR:
        raise Refused(label("This needs no second administrator; change the role itself."))
    require_order(since or uow.now, until, uow.now)
    request = RoleRequest(
        id=uow.new_id(), act=act, account_id=holder.id, role=post.role, place_kind=post.place.kind, place_id=post.place.id, holding_id=holding_id,
        since_at=since, until_at=until, proposed_by=uow.actor.account_id, expires_at=uow.now + timedelta(days=days),
        invited=_others(uow, holder.id), created_at=uow.now, updated_at=uow.now, name=holder.name, login=holder.login, place_name=post.place.name,
    )  # fmt: skip
    create_request_node(uow.tx, request)
    uow.record(created(request, at=uow.now, verb="propose"))
    return request


def _others(uow: UnitOfWork, concerned: str) -> tuple[str, ...]:
    """The administrators who may confirm what this one proposes."""
    return tuple(id for id in list_administrators(uow.tx, uow.now) if id not in (concerned, uow.actor.account_id))


def _carry_out(uow: UnitOfWork, request: RoleRequest) -> None:
    holder = in_turn(uow, request.account_id)
    if request.act is Act.END:
        end_holding(uow, open_holding(uow, holder.id, request.holding_id))
        noted(uow, holder, holder.version, "end-role")
        return
    post = Post(request.role, place_for(uow, request.role, request.place_kind, request.place_id), holder.id)
    write_new(uow, post, max(request.since_at or uow.now, uow.now), request.until_at)
    noted(uow, holder, holder.version, "grant-role")


def _decide(uow: UnitOfWork, verb: str, id: str, version: int, **news: str) -> RoleRequest:
    request = get_request(uow.tx, id)
    uow.actor.in_own_name.require(WORKFLOW.steps[verb].needs, request)
    change = WORKFLOW.step(verb, request, version, at=uow.now, **news)
    save_request(uow.tx, change)
    uow.record(change)
    return change.after
