"""Who may give what to whom, and what that opens: on the next request, from its beginning to its end, and never one's own."""

from datetime import timedelta

import pytest

from graph.errors import NotFound, Stale
from graph.migrations import name_holdings
from marketplace.domains.roles.model import Standing
from marketplace.domains.roles.repository import find_holder_called, get_visible_holder, list_held, list_holders
from marketplace.domains.roles.service import end_role, extend_role, grant_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import OFFICES, Role
from tests.roles.scenes import District

DAY = timedelta(days=1)


def give(district: District, by: Actor, to: Actor, role: Role, place: str, **span: object) -> object:
    acting = district.site.acting_as(district.now(by))
    return acting.change(grant_role, to.account_id, district.version(to), role, OFFICES[role].kind, place, **span)  # type: ignore[arg-type]


def test_a_role_opens_on_the_next_request_and_closes_on_the_one_after_it_is_taken(district: District) -> None:
    somebody = district.make.account()
    before = district.client(somebody)
    assert before.get("/reviews").status_code == 403
    give(district, district.boss, somebody, Role.UNION_OFFICER, district.street.id)
    assert before.get("/reviews").location.startswith("/sign-in"), "rights changed: the old sign-in is worth nothing"
    signed_in = district.client(somebody)
    assert signed_in.get("/reviews").status_code == 200
    district.site.acting_as(district.boss).change(end_role, somebody.account_id, district.version(somebody), district.held(somebody)[0].id)
    assert signed_in.get("/reviews").location.startswith("/sign-in")
    assert district.client(somebody).get("/reviews").status_code == 403


def test_an_officer_gives_only_at_and_below_their_own_unit(district: District) -> None:
    for role in (Role.UNION_OFFICER, Role.FINANCE_OFFICER, Role.EXPERT):
        give(district, district.officer, district.make.account(), role, district.street.id)
        give(district, district.officer, district.make.account(), role, district.base.id)
        for place in (district.other.id, district.root.id):
            with pytest.raises(Forbidden):
                give(district, district.officer, district.make.account(), role, place)
    with pytest.raises(Forbidden):
        give(district, district.officer, district.make.account(), Role.PARTNER, district.street.id)


def test_an_enterprise_s_users_are_made_by_its_users_and_by_officers_above(district: District) -> None:
    user, theirs = district.make.enterprise_user(district.firm), district.make.enterprise()
    for giver in (user, district.officer, district.boss):
        give(district, giver, district.make.account(), Role.ENTERPRISE_USER, district.firm.id)
    for stranger in (district.stranger, district.make.enterprise_user(theirs), district.make.account()):
        with pytest.raises(Forbidden):
            give(district, stranger, district.make.account(), Role.ENTERPRISE_USER, district.firm.id)


def test_nobody_changes_their_own_roles(district: District) -> None:
    with pytest.raises(Forbidden):
        give(district, district.officer, district.officer, Role.FINANCE_OFFICER, district.street.id)
    with pytest.raises(Forbidden):
        district.site.acting_as(district.officer).change(
            end_role, district.officer.account_id, district.version(district.officer), district.held(district.officer)[0].id
        )


@pytest.mark.parametrize(("role", "kind"), [(Role.UNION_OFFICER, "enterprise"), (Role.ENTERPRISE_USER, "organisation"), (Role.EXPERT, "studio")])
def test_a_role_is_given_where_it_belongs(district: District, role: Role, kind: str) -> None:
    with pytest.raises(Invalid):
        district.site.acting_as(district.boss).change(grant_role, district.make.account().account_id, 1, role, kind, district.street.id)


def test_a_place_or_an_account_that_does_not_exist_is_absent(district: District) -> None:
    acting = district.site.acting_as(district.boss)
    with pytest.raises(NotFound):
        acting.change(grant_role, district.make.account().account_id, 1, Role.UNION_OFFICER, "organisation", "nowhere")
    with pytest.raises(NotFound):
        acting.change(grant_role, "nobody", 1, Role.UNION_OFFICER, "organisation", district.street.id)


def test_a_role_begins_and_ends_by_itself(district: District) -> None:
    somebody, now = district.make.account(), district.site.clock.now()
    give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id, since=now + DAY, until=now + 3 * DAY)
    client = district.client(somebody)
    seen = []
    for _day in range(4):
        seen.append((client.get("/reviews").status_code, district.held(somebody, past=True)[0].standing(district.site.clock.now())))
        district.site.clock.forward(days=1)
        client = district.client(somebody)
    assert seen == [(403, Standing.COMING), (200, Standing.PRESENT), (200, Standing.PRESENT), (403, Standing.PAST)]


def test_the_very_moment_of_the_end_is_after_it(district: District) -> None:
    somebody, now = district.make.account(), district.site.clock.now()
    give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id, until=now + DAY)
    district.site.clock.forward(days=1, microseconds=-1)
    assert district.now(somebody).is_officer
    district.site.clock.forward(microseconds=1)
    assert not district.now(somebody).is_officer


def test_a_new_role_never_overwrites_the_one_that_ended(district: District) -> None:
    somebody = district.make.account()
    for _twice in range(2):
        give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id)
        district.site.clock.forward(days=10)
        district.site.acting_as(district.officer).change(end_role, somebody.account_id, district.version(somebody), district.held(somebody)[0].id)
        district.site.clock.forward(days=10)
    spans = [(one.since, one.until) for one in district.held(somebody, past=True)]
    assert [until - since == 10 * DAY for since, until in spans if since and until] == [True, True]
    assert spans[0] != spans[1]


def test_one_holds_a_role_at_a_place_once(district: District) -> None:
    somebody = district.make.account()
    give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id)
    with pytest.raises(Refused):
        give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id)


def test_an_end_can_be_moved_but_not_into_the_past(district: District) -> None:
    somebody, now = district.make.account(), district.site.clock.now()
    give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id, until=now + DAY)
    holding, acting = district.held(somebody)[0], district.site.acting_as(district.officer)
    with pytest.raises(Invalid):
        acting.change(extend_role, somebody.account_id, district.version(somebody), holding.id, now - DAY)
    acting.change(extend_role, somebody.account_id, district.version(somebody), holding.id, now + 9 * DAY)
    assert district.held(somebody)[0].until == now + 9 * DAY
    with pytest.raises(NotFound):
        district.site.acting_as(district.stranger).change(extend_role, somebody.account_id, district.version(somebody), holding.id, None)


def test_who_saw_an_older_state_is_told(district: District) -> None:
    somebody = district.make.account()
    give(district, district.officer, somebody, Role.UNION_OFFICER, district.base.id)
    with pytest.raises(Stale):
        district.site.acting_as(district.officer).change(end_role, somebody.account_id, 1, district.held(somebody)[0].id)


def test_holdings_are_seen_by_those_above_and_by_the_holder(district: District) -> None:
    user = district.make.enterprise_user(district.firm)
    now = district.site.clock.now()
    seen = {
        name: len(district.site.acting_as(actor).read(list_held, user.account_id, now))
        for name, actor in {"self": user, "above": district.officer, "boss": district.boss, "stranger": district.stranger}.items()
    }
    assert seen == {"self": 1, "above": 1, "boss": 1, "stranger": 0}
    assert district.site.acting_as(district.stranger).read(list_holders, "enterprise", district.firm.id, now) == []
    assert district.site.acting_as(district.officer).read(get_visible_holder, user.account_id).id == user.account_id
    with pytest.raises(NotFound):
        district.site.acting_as(district.stranger).read(get_visible_holder, user.account_id)


def test_an_account_is_found_by_its_exact_name_or_by_the_number_of_a_visible_person(district: District) -> None:
    shown, hidden = district.make.worker(at=district.firm), district.make.worker(at=district.firm, shown=False)
    person, secret = district.make.person(shown), district.make.person(hidden)
    login = district.held(district.officer)[0].login
    found = district.site.acting_as(district.stranger).read
    assert found(find_holder_called, login).id == district.officer.account_id  # type: ignore[union-attr]
    assert found(find_holder_called, login[:-1]) is None
    assert found(find_holder_called, shown.number).id == person.account_id  # type: ignore[union-attr]
    assert found(find_holder_called, hidden.number) is None
    assert district.site.acting_as(district.officer).read(find_holder_called, hidden.number).id == secret.account_id  # type: ignore[union-attr]


def test_the_past_of_a_role_is_kept_in_the_audit_without_a_name(district: District) -> None:
    somebody = district.make.account(name="赵敏")
    give(district, district.boss, somebody, Role.UNION_OFFICER, district.street.id)
    district.site.acting_as(district.officer).change(end_role, somebody.account_id, district.version(somebody), district.held(somebody)[0].id)
    entries = district.site.system.read(list_entries, somebody.account_id)
    assert [(entry.verb, entry.account_id) for entry in entries[-2:]] == [
        ("grant-role", district.boss.account_id), ("end-role", district.officer.account_id)
    ]  # fmt: skip
    assert "赵敏" not in str(entries)


def test_a_finance_officer_is_no_union_officer(district: District) -> None:
    somebody = district.make.account()
    give(district, district.officer, somebody, Role.FINANCE_OFFICER, district.street.id)
    assert not district.now(somebody).is_officer
    assert not district.now(somebody).can(Permission.REVIEW_DESK)


HELD_BEFORE = "MATCH (a:Account {id: $id}) MATCH (o:Organisation {id: $unit}) CREATE (a)-[:HOLDS {role: 'union-officer', since: $now}]->(o)"


def test_a_role_from_before_there_was_a_history_is_held_on_and_can_be_ended(district: District) -> None:
    old, now = district.make.account(), district.site.clock.now()
    district.site.graph.write(lambda tx: tx.run(HELD_BEFORE, id=old.account_id, unit=district.base.id, now=now))
    assert district.now(old).is_officer
    district.site.graph.write(name_holdings)
    district.site.acting_as(district.officer).change(end_role, old.account_id, district.version(old), district.held(old)[0].id)
    assert not district.now(old).is_officer
