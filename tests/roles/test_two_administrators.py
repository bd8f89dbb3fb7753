"""No administrator's rights are one person's decision, nor that of the one concerned; and there is always one left."""

from datetime import timedelta

import pytest

from graph.errors import NotFound
from marketplace.domains.roles.service import end_role, grant_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.notices import Notice, Topic, list_notices
from marketplace.kernel.roles import Role
from marketplace.processes.rights.model import RequestStatus, RoleRequest
from marketplace.processes.rights.repository import get_request, list_requests
from marketplace.processes.rights.service import confirm_request, expire_requests, propose_end, propose_grant, refuse_request, withdraw_request
from tests.roles.scenes import District

DAYS = 7


def proposed(district: District, to: Actor, by: Actor | None = None, role: Role = Role.ADMINISTRATOR) -> RoleRequest:
    acting = district.site.acting_as(by or district.boss)
    return acting.change(propose_grant, to.account_id, role, "organisation", district.root.id, None, None, DAYS)


def to_end(district: District, whose: Actor, by: Actor) -> RoleRequest:
    return district.site.acting_as(by).change(propose_end, whose.account_id, district.held(whose)[0].id, DAYS)


def test_one_proposes_and_another_confirms(district: District) -> None:
    newcomer = district.make.account()
    request = proposed(district, newcomer)
    assert not district.now(newcomer).is_administrator
    done = district.site.acting_as(district.second).change(confirm_request, request.id, request.version)
    assert (done.status, done.decided_by) == (RequestStatus.CONFIRMED, district.second.account_id)
    assert district.now(newcomer).is_administrator


def test_what_was_proposed_from_a_later_day_on_opens_nothing_before(district: District) -> None:
    newcomer, first = district.make.account(), district.site.clock.now() + timedelta(days=3)
    acting = district.site.acting_as(district.boss)
    request = acting.change(propose_grant, newcomer.account_id, Role.ADMINISTRATOR, "organisation", district.root.id, first, None, DAYS)
    district.site.acting_as(district.second).change(confirm_request, request.id, request.version)
    assert not district.now(newcomer).is_administrator
    district.site.clock.forward(days=3)
    assert district.now(newcomer).is_administrator


def test_one_alone_makes_changes_or_takes_no_administrator(district: District) -> None:
    newcomer, acting = district.make.account(), district.site.acting_as(district.boss)
    with pytest.raises(Forbidden):
        acting.change(grant_role, newcomer.account_id, 1, Role.ADMINISTRATOR, "organisation", district.root.id)
    with pytest.raises(Forbidden):
        acting.change(
            grant_role, district.second.account_id, district.version(district.second), Role.UNION_OFFICER, "organisation", district.street.id
        )
    with pytest.raises(Forbidden):
        acting.change(end_role, district.second.account_id, district.version(district.second), district.held(district.second)[0].id)


def test_neither_the_proposer_nor_the_one_concerned_confirms(district: District) -> None:
    request = to_end(district, district.second, district.boss)
    for somebody in (district.boss, district.second):
        with pytest.raises(Forbidden):
            district.site.acting_as(somebody).change(confirm_request, request.id, request.version)
    with pytest.raises(NotFound):
        district.site.acting_as(district.officer).change(confirm_request, request.id, request.version)


def test_nobody_proposes_for_themselves_nor_without_being_one(district: District) -> None:
    with pytest.raises(Forbidden):
        proposed(district, district.boss)
    with pytest.raises(Forbidden):
        proposed(district, district.make.account(), by=district.officer)


def test_what_one_alone_may_do_is_not_proposed(district: District) -> None:
    with pytest.raises(Refused):
        proposed(district, district.make.account(), role=Role.UNION_OFFICER)


def test_an_administrator_is_taken_by_two_others(district: District) -> None:
    third = district.make.holding(Role.ADMINISTRATOR, "organisation", district.root.id)
    request = to_end(district, third, district.boss)
    district.site.acting_as(district.second).change(confirm_request, request.id, request.version)
    assert not district.now(third).is_administrator


def test_the_last_one_stays(district: District) -> None:
    """By whatever way: the owner of the machine is refused, too."""
    for actor in (district.boss, district.second):
        holding, version = district.held(actor)[0], district.version(actor)
        if actor is district.second:
            with pytest.raises(Refused):
                district.site.system.change(end_role, actor.account_id, version, holding.id)
        else:
            district.site.system.change(end_role, actor.account_id, version, holding.id)
    assert district.now(district.second).is_administrator


def test_an_administrator_with_an_end_is_not_the_one_who_is_left(district: District) -> None:
    passing, now = district.make.account(), district.site.clock.now()
    district.site.system.change(
        grant_role, passing.account_id, 1, Role.ADMINISTRATOR, "organisation", district.root.id, None, now + timedelta(days=1)
    )
    district.site.system.change(end_role, district.boss.account_id, district.version(district.boss), district.held(district.boss)[0].id)
    with pytest.raises(Refused):
        district.site.system.change(end_role, district.second.account_id, district.version(district.second), district.held(district.second)[0].id)


def test_refusing_needs_a_reason(district: District) -> None:
    request = proposed(district, district.make.account())
    acting = district.site.acting_as(district.second)
    with pytest.raises(Invalid):
        acting.change(refuse_request, request.id, request.version, " ")
    refused = acting.change(refuse_request, request.id, request.version, "没有必要")
    assert (refused.status, refused.reason) == (RequestStatus.REFUSED, "没有必要")


def test_only_the_proposer_withdraws(district: District) -> None:
    request = proposed(district, district.make.account())
    with pytest.raises(Forbidden):
        district.site.acting_as(district.second).change(withdraw_request, request.id, request.version)
    done = district.site.acting_as(district.boss).change(withdraw_request, request.id, request.version)
    with pytest.raises(Refused):
        district.site.acting_as(district.second).change(confirm_request, request.id, done.version)


def test_what_waits_too_long_expires(district: District) -> None:
    newcomer = district.make.account()
    request = proposed(district, newcomer)
    district.site.clock.forward(days=DAYS)
    with pytest.raises(Refused):
        district.site.acting_as(district.second).change(confirm_request, request.id, request.version)
    assert district.site.system.change(expire_requests) == 1
    assert district.site.system.read(get_request, request.id).status is RequestStatus.EXPIRED
    assert proposed(district, newcomer).status is RequestStatus.PROPOSED


def test_one_change_of_an_account_waits_at_a_time(district: District) -> None:
    newcomer = district.make.account()
    proposed(district, newcomer)
    with pytest.raises(Refused):
        proposed(district, newcomer, by=district.second)


def test_requests_are_the_administrators(district: District) -> None:
    request = proposed(district, district.make.account())
    assert [one.id for one in district.site.acting_as(district.second).read(list_requests)] == [request.id]
    assert district.site.acting_as(district.officer).read(list_requests) == []


def test_whoever_could_confirm_it_is_told_and_finds_it_among_their_work(district: District) -> None:
    newcomer, site = district.make.account(), district.site
    request = proposed(district, newcomer)
    site.drain()
    [told] = notices_of(district, district.second)
    assert (told.entity_id, told.verb, told.topic) == (request.id, "propose", Topic.DUTIES)
    assert newcomer.account_id not in repr(told)
    assert notices_of(district, district.boss) == notices_of(district, newcomer) == notices_of(district, district.officer) == []
    address = f"/roles/requests/{request.id}"
    assert address in district.client(district.second).get("/my").text
    opened = district.client(district.second).post(f"/notices/{told.id}")
    assert opened.location.endswith(address)
    for other in (district.boss, district.officer):
        assert address not in district.client(other).get("/my").text


def test_whoever_proposed_it_hears_what_became_of_it_and_nobody_is_asked_any_more(district: District) -> None:
    request = proposed(district, district.make.account())
    district.site.acting_as(district.second).change(refuse_request, request.id, request.version, "选举以后再说")
    district.site.drain()
    assert [one.verb for one in notices_of(district, district.boss)] == ["refuse"]
    assert f"/roles/requests/{request.id}" not in district.client(district.second).get("/my").text.partition("<main")[2].partition("notices")[0]


def test_the_one_concerned_is_not_asked(district: District) -> None:
    third = district.make.holding(Role.ADMINISTRATOR, "organisation", district.root.id)
    request = to_end(district, district.second, district.boss)
    district.site.drain()
    assert request.invited == (third.account_id,)
    assert [one.entity_id for one in notices_of(district, third)] == [request.id]
    assert [one.verb for one in notices_of(district, district.second)] == []


def notices_of(district: District, actor: Actor) -> list[Notice]:
    return [one for one in district.site.system.read(list_notices, actor.account_id) if one.kind == "role-request"]


def test_another_end_for_an_administrator_is_not_offered(district: District) -> None:
    """The button stands at what one may extend, and nowhere else; whoever knows the address is told why not."""
    other = district.make.officer(of=district.street)
    client = district.client(district.boss)
    for account, offered in ((other, True), (district.second, False)):
        holding = district.held(account)[0]
        address = f"/accounts/{account.account_id}/roles/{holding.id}/extend"
        assert (address in client.get(f"/accounts/{account.account_id}/roles").text) is offered
        assert client.get(address).status_code == (200 if offered else 403)
    page = client.get(f"/roles/organisation/{district.root.id}").text
    assert "/end" in page
    assert "/extend" not in page
