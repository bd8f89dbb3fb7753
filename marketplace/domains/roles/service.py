"""Give, extend, end, lend: one change of an account's roles after the other."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from marketplace.domains.roles.model import Holder, Holding, Place, Post, post_of
from marketplace.domains.roles.repository import (
    ADMINISTRATORS,
    count_lasting_administrators,
    find_holder_called,
    get_holder,
    get_holding,
    get_place,
    list_held,
    list_lent_by,
    save_holder,
    set_until,
    take_turn,
    write_holding,
)
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.roles import ROLE_KINDS, Role
from marketplace.kernel.sign_ins import revoke_sessions_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change

TWO_NEEDED = label("This concerns an administrator: propose it, and another administrator confirms it.")


def grant_role(
    uow: UnitOfWork, account_id: str, version: int, role: Role, kind: str, place_id: str, since: datetime | None = None, until: datetime | None = None
) -> Holder:
    """From `since` (else now) until it ends by itself or is ended. Raises Invalid where the role does not fit the place, Refused for a second one."""
    holder = in_turn(uow, account_id)
    post = Post(role, place_for(uow, role, kind, place_id), account_id)
    uow.actor.in_own_name.require(Permission.ROLE_GIVE, post)
    _require_one_is_enough(uow, holder, role)
    write_new(uow, post, since or uow.now, until)
    return noted(uow, holder, version, "grant-role")


def admit_user(uow: UnitOfWork, account_id: str, enterprise_id: str) -> Holder:
    """They act for the enterprise from the next request on. Whoever verified or invited them was asked for that right where they did it;
    whoever accepts for themselves goes on where they are."""
    all_seeing = uow.seeing_all()
    holder = in_turn(all_seeing, account_id)
    write_new(all_seeing, Post(Role.ENTERPRISE_USER, get_place(all_seeing.tx, "enterprise", enterprise_id), account_id), uow.now, None)
    return noted(all_seeing, holder, holder.version, "grant-role", signs_out=uow.actor.account_id != account_id)


def extend_role(uow: UnitOfWork, account_id: str, version: int, holding_id: str, until: datetime | None) -> Holder:
    """Another end, later or sooner, but never in the past; None means none. What is lent ends no later than what it was lent from."""
    holder = in_turn(uow, account_id)
    holding = open_holding(uow, account_id, holding_id)
    uow.actor.in_own_name.require(Permission.ROLE_GIVE, post_of(holding))
    _require_one_is_enough(uow, holder, Role(holding.role))
    if holding.is_lent:
        raise Refused(label("What was lent is not extended; whose it is lends it anew."))
    require_order(holding.since or uow.now, until, uow.now)
    _lost(uow, set_until(uow.tx, holding, until))
    return noted(uow, holder, version, "extend-role")


def end_role(uow: UnitOfWork, account_id: str, version: int, holding_id: str) -> Holder:
    """Acts on the next request; the past keeps its dates. Who lent it, or borrowed it, may end that at any time."""
    holder = in_turn(uow, account_id)
    holding = open_holding(uow, account_id, holding_id)
    if not uow.actor.can(Permission.ROLE_END, holding):
        uow.actor.in_own_name.require(Permission.ROLE_GIVE, post_of(holding))
        _require_one_is_enough(uow, holder, Role(holding.role))
    end_holding(uow, holding)
    return noted(uow, holder, version, "end-role")


def lend_role(uow: UnitOfWork, version: int, holding_id: str, to: str, until: datetime, most_days: int) -> Holder:
    """While one is away: another account acts with one's role, for oneself, until it ends by itself. `version` is that of the lender's account."""
    me = uow.actor.account_id
    lender, borrower = in_turn(uow, me, to), get_holder(uow.tx, to, uow.now)
    holding = open_holding(uow, me, holding_id)
    uow.actor.in_own_name.require(Permission.ROLE_LEND, holding)
    _require_loan(uow, holding, to, until, most_days)
    write_holding(uow.tx, _lent(uow, holding, to, until))
    noted(uow, borrower, borrower.version, "borrow-role")
    return noted(uow, lender, version, "lend-role", signs_out=False)


def lend_by_name(uow: UnitOfWork, version: int, holding_id: str, who: str, until: datetime, most_days: int) -> Holder:
    """As `lend_role`, to whoever is called so, exactly."""
    found = find_holder_called(uow.tx, who)
    if found is None:
        raise Invalid({"who": label("No account of this sign-in name or number.")})
    return lend_role(uow, version, holding_id, found.id, until, most_days)


def in_turn(uow: UnitOfWork, account_id: str, *others: str) -> Holder:
    """One change of an account's roles after the other; those of administrators in one line, so that the last two can't remove each other."""
    take_turn(uow.tx, (account_id, *others))
    holder = get_holder(uow.tx, account_id, uow.now)
    if holder.is_administrator:
        take_turn(uow.tx, (ADMINISTRATORS,))
    return holder


def place_for(uow: UnitOfWork, role: Role, kind: str, place_id: str) -> Place:
    """Raises Invalid where the role does not fit, NotFound for a place that does not exist."""
    if ROLE_KINDS[role] != kind:
        raise Invalid({"role": label("This role is not given at such a place.")})
    return get_place(uow.tx, kind, place_id)


def _require_one_is_enough(uow: UnitOfWork, holder: Holder, role: Role) -> None:
    """The owner of the machine makes the first administrator; afterwards no administrator's rights are one person's decision."""
    if (holder.is_administrator or role is Role.ADMINISTRATOR) and SYSTEM not in uow.actor.tokens:
        raise Forbidden(TWO_NEEDED)


def require_order(since: datetime, until: datetime | None, now: datetime) -> None:
    """Raises Invalid for an end before the beginning, or one that is past."""
    if until is not None and until <= max(since, now):
        raise Invalid({"until": label("The end lies before the beginning, or is past.")})


def write_new(uow: UnitOfWork, post: Post, since: datetime, until: datetime | None) -> None:
    """Raises Refused where the account holds the same at that time already."""
    require_order(since, until, uow.now)
    held = list_held(uow.tx.seen_by((SYSTEM,)), post.account_id, uow.now)
    if any(one.role == post.role and one.place_id == post.place.id and not one.is_lent and one.overlaps(since, until) for one in held):
        raise Refused(label("This account holds that role there already."))
    write_holding(uow.tx, Holding(
        id=uow.new_id(), role=post.role, kind=post.place.kind, place_id=post.place.id, account_id=post.account_id, since=since, until=until,
        given_by=uow.actor.account_id,
    ))  # fmt: skip


def open_holding(uow: UnitOfWork, account_id: str, id: str) -> Holding:
    """Raises Refused for one that somebody else has ended meanwhile."""
    holding = get_holding(uow.tx, account_id, id, uow.now)
    if holding.until is not None and holding.until <= uow.now:
        raise Refused(label("This role has ended already."))
    return holding


def end_holding(uow: UnitOfWork, holding: Holding) -> None:
    """Raises Refused for the last administrator; what was lent of it ends with it."""
    if holding.role == Role.ADMINISTRATOR and not count_lasting_administrators(uow.tx, holding.id, uow.now):
        raise Refused(label("This is the last administrator: somebody else has to become one first."))
    _lost(uow, set_until(uow.tx, holding, max(uow.now, holding.since or uow.now)))


def end_roles(uow: UnitOfWork, account_ids: Iterable[str], list_held: Callable[[], Iterable[Holding]]) -> None:
    """All at once, where a unit or a person leaves: one by one, as elsewhere. Raises Refused where that would take an administrator's role.

    What they hold is asked once it is their turn: what ended or was given a moment before is seen."""
    take_turn(uow.tx, account_ids)
    holdings = list(list_held())
    if any(one.role == Role.ADMINISTRATOR for one in holdings):
        raise Refused(label("This would take an administrator's role. End it first: a second administrator confirms that."))
    for one in holdings:
        end_holding(uow, one)
        holder = get_holder(uow.tx, one.account_id, uow.now)
        noted(uow, holder, holder.version, "end-role")


def _lost(uow: UnitOfWork, account_ids: Iterable[str]) -> None:
    """Those who had borrowed it."""
    for id in sorted(set(account_ids)):
        borrower = get_holder(uow.tx, id, uow.now)
        noted(uow, borrower, borrower.version, "lose-role")


def _require_loan(uow: UnitOfWork, holding: Holding, to: str, until: datetime, most_days: int) -> None:
    """Raises Invalid at the field, Refused where it is lent already."""
    if to == uow.actor.account_id:
        raise Invalid({"who": label("That is you.")})
    require_order(uow.now, until, uow.now)
    if until > uow.now + timedelta(days=most_days):
        raise Invalid({"until": label("A role is lent for at most %(days)s days.")}, days=most_days)
    if holding.until is not None and until > holding.until:
        raise Invalid({"until": label("Your own role ends sooner.")})
    if list_lent_by(uow.tx, uow.actor.account_id, uow.now, holding.id):
        raise Refused(label("You have lent this role already; take it back first."))


def _lent(uow: UnitOfWork, holding: Holding, to: str, until: datetime) -> Holding:
    me = uow.actor.account_id
    return replace(holding, id=uow.new_id(), account_id=to, since=uow.now, until=until, given_by=me, for_account=me, lent_from=holding.id)


def noted(uow: UnitOfWork, holder: Holder, version: int, verb: str, *, signs_out: bool = True) -> Holder:
    """The version tells the next one that something changed; whoever's rights changed signs in anew."""
    save_holder(uow.tx, holder, version, uow.now)
    if signs_out:
        revoke_sessions_of(uow.tx, holder.id, uow.now)
    change = Change(verb, holder, replace(holder, version=version + 1), version, uow.now)
    uow.record(change)
    return change.after
