"""While somebody is away another acts for them: until the end date, with no more than was theirs, and on the record."""

from datetime import timedelta

import pytest

from graph.errors import NotFound
from graph.records import value
from marketplace.domains.needs.service import publish_need, submit_need
from marketplace.domains.roles.repository import list_lent_by
from marketplace.domains.roles.service import end_role, extend_role, grant_role, lend_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.chain import verify
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.roles import Role
from marketplace.processes.looks.model import Purpose
from marketplace.processes.looks.service import show_personal
from tests.roles.scenes import District

DAYS, WEEK = 60, timedelta(days=7)
LOOKS = "MATCH (e:AuditEntry {entity_id: $id, verb: 'look'}) RETURN e.for_account AS for_account"


def lend(district: District, by: Actor, to: Actor, until: object = None, holding: str = "") -> None:
    now = district.site.clock.now()
    district.site.acting_as(district.now(by)).change(
        lend_role, district.version(by), holding or district.held(by)[0].id, to.account_id, until or now + WEEK, DAYS  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_substitute_holds_the_role_for_the_one_who_is_away(district: District) -> None:
    substitute = district.make.account(name="李楠")
    lend(district, district.officer, substitute)
    acting = district.now(substitute)
    assert acting.is_officer
    assert [party.for_account for party in acting.parties] == [district.officer.account_id]
    assert f"officer:{district.street.id}" not in acting.own_tokens


def test_what_a_substitute_does_is_recorded_as_done_for_the_other(district: District) -> None:
    substitute, owner = district.make.account(name="李楠"), district.make.enterprise_user(district.firm)
    lend(district, district.officer, substitute)
    from_firm = district.make.need(district.firm, owner=owner, public=False)
    sent = district.site.acting_as(owner).change(submit_need, from_firm.id, from_firm.version)
    district.site.acting_as(district.now(substitute)).change(publish_need, sent.id, sent.version)
    entries = district.site.system.read(list_entries, sent.id)
    assert [(entry.verb, entry.account_id, entry.for_account) for entry in entries[-2:]] == [
        ("submit", owner.account_id, ""), ("publish", substitute.account_id, district.officer.account_id),
    ]  # fmt: skip
    district.site.drain()
    assert verify(district.site.graph, district.site.site.files.fetch).faults == ()


def test_what_a_substitute_looks_at_is_recorded_as_looked_at_for_the_other(district: District) -> None:
    worker, substitute = district.make.worker(at=district.firm, shown=False), district.make.account(name="李楠")
    lend(district, district.officer, substitute)
    acting = district.site.acting_as(district.now(substitute))
    acting.change(show_personal, worker.id, Purpose.CONTACT, "电话核对到场时间")
    [look] = district.site.system.read(lambda tx: tx.all(LOOKS, value("for_account"), id=worker.id))
    assert look == district.officer.account_id


def test_whoever_could_do_it_anyway_does_it_in_their_own_name(district: District) -> None:
    colleague, owner = district.make.officer(of=district.street), district.make.enterprise_user(district.firm)
    lend(district, district.officer, colleague)
    need = district.make.need(district.firm, owner=owner, public=False)
    sent = district.site.acting_as(owner).change(submit_need, need.id, need.version)
    district.site.acting_as(district.now(colleague)).change(publish_need, sent.id, sent.version)
    assert district.site.system.read(list_entries, sent.id)[-1].for_account == ""


def test_the_end_date_passes_and_the_rights_are_gone(district: District) -> None:
    substitute = district.make.account()
    lend(district, district.officer, substitute)
    assert district.client(substitute).get("/reviews").status_code == 200
    district.site.clock.forward(days=7)
    assert district.client(substitute).get("/reviews").status_code == 403
    assert district.client(district.officer).get("/reviews").status_code == 200


def test_what_was_lent_is_neither_lent_on_nor_given_on(district: District) -> None:
    substitute, third = district.make.account(), district.make.account()
    lend(district, district.officer, substitute)
    with pytest.raises(Forbidden):
        lend(district, substitute, third)
    with pytest.raises(Forbidden):
        district.site.acting_as(district.now(substitute)).change(
            grant_role, third.account_id, 1, Role.UNION_OFFICER, "organisation", district.base.id
        )


@pytest.mark.parametrize("who", ["lender", "borrower", "boss"])
def test_it_is_taken_back_at_any_time(district: District, who: str) -> None:
    substitute = district.make.account()
    lend(district, district.officer, substitute)
    actor = {"lender": district.officer, "borrower": district.now(substitute), "boss": district.boss}[who]
    district.site.acting_as(actor).change(end_role, substitute.account_id, district.version(substitute), district.held(substitute)[0].id)
    assert not district.now(substitute).is_officer
    assert district.now(district.officer).is_officer


def test_a_stranger_takes_nothing_back(district: District) -> None:
    substitute = district.make.account()
    lend(district, district.officer, substitute)
    with pytest.raises(NotFound):
        district.site.acting_as(district.stranger).change(
            end_role, substitute.account_id, district.version(substitute), district.held(substitute)[0].id
        )


def test_it_ends_with_the_lender_s_own(district: District) -> None:
    substitute = district.make.account()
    lend(district, district.officer, substitute)
    client = district.client(substitute)
    district.site.acting_as(district.boss).change(
        end_role, district.officer.account_id, district.version(district.officer), district.held(district.officer)[0].id
    )
    assert client.get("/reviews").location.startswith("/sign-in")
    assert not district.now(substitute).is_officer
    assert district.held(substitute) == []


def test_it_ends_no_later_than_the_lender_s_own(district: District) -> None:
    substitute, now = district.make.account(), district.site.clock.now()
    own = district.held(district.officer)[0]
    acting = district.site.acting_as(district.boss)
    lend(district, district.officer, substitute)
    acting.change(extend_role, district.officer.account_id, district.version(district.officer), own.id, now + timedelta(days=2))
    assert district.held(substitute)[0].until == now + timedelta(days=2)
    with pytest.raises(Invalid):
        lend(district, district.officer, district.make.account())


def test_it_is_lent_to_one_at_a_time(district: District) -> None:
    lend(district, district.officer, district.make.account())
    with pytest.raises(Refused):
        lend(district, district.officer, district.make.account())


@pytest.mark.parametrize("days", [0, -1, DAYS + 1])
def test_it_is_lent_for_some_days_at_most_and_not_into_the_past(district: District, days: int) -> None:
    with pytest.raises(Invalid) as told:
        lend(district, district.officer, district.make.account(), district.site.clock.now() + timedelta(days=days))
    assert set(told.value.fields) == {"until"}


def test_nobody_lends_to_themselves_nor_what_is_another_s(district: District) -> None:
    with pytest.raises(Invalid):
        lend(district, district.officer, district.officer)
    with pytest.raises(NotFound):
        lend(district, district.stranger, district.make.account(), holding=district.held(district.officer)[0].id)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EXPERT, Role.PARTNER])
def test_some_offices_are_given_in_person(district: District, role: Role) -> None:
    holder = district.make.holding(role, "organisation", district.root.id)
    with pytest.raises(Forbidden):
        lend(district, holder, district.make.account())


def test_the_lender_sees_what_is_out_and_nobody_else_does(district: District) -> None:
    substitute, now = district.make.account(name="李楠"), district.site.clock.now()
    lend(district, district.officer, substitute)
    out = district.site.acting_as(district.officer).read(list_lent_by, district.officer.account_id, now)
    assert [(one.name, one.role) for one in out] == [("李楠", Role.UNION_OFFICER)]
    assert district.site.acting_as(district.stranger).read(list_lent_by, district.officer.account_id, now) == []
