"""A unit is merged or closed: all that stood under it follows, those who held roles there hold them no more, and the past stays."""

from datetime import date, timedelta

import pytest

from graph.records import value
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import create_achievement, hand_in_achievement
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.organisations.model import Kind, Organisation, OrganisationText, Status
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.registrations.model import Matter
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.reviewing import list_reviews
from marketplace.kernel.roles import Role
from marketplace.processes.succession.service import close_unit, finish_moves, merge_units, move_some
from tests.factories import Make
from tests.joining.scenes import Scene, page, set_scene
from tests.site import TestSite

PAST = "MATCH (n)-[r:WAS_UNDER]->(:Organisation {id: $id}) RETURN toLower(head(labels(n))) AS kind ORDER BY kind"
PARENTS = "MATCH (:Organisation {id: $id})-[r:PART_OF]->(p) RETURN p.id AS id, r.until IS NULL AS now"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


@pytest.fixture
def district(make: Make) -> tuple[Organisation, Actor]:
    """With an officer who stands above everything below it."""
    unit = make.organisation("区总工会", kind=Kind.DISTRICT)
    return unit, make.officer(of=unit)


def merged(scene: Scene, district: tuple[Organisation, Actor]) -> tuple[Organisation, Organisation, Actor]:
    """Two streets of the district; one goes into the other, with all that stood under it."""
    top, officer = district
    old = scene.make.organisation("旧街道", under=top)
    new = scene.make.organisation("新街道", under=top)
    return old, new, officer


def move_all(scene: Scene, officer: Actor, id: str) -> int:
    moved = 0
    while some := scene.site.acting_as(officer).change(move_some, id):
        moved += some
    return moved


def test_all_that_stood_under_it_follows_and_the_past_keeps_its_dates(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    base = scene.make.organisation("旧街道某工会", kind=Kind.BASE, under=old)
    firm, deep = scene.make.enterprise("直属企业", under=old), scene.make.enterprise("下属企业", under=base)
    worker = scene.make.worker("宋海燕", at=firm)
    scene.site.drain()
    scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "区划调整")
    assert move_all(scene, officer, old.id) == 3
    scene.site.drain()
    assert {scene.site.find("enterprise", firm.id).organisation_id, scene.site.find("worker", worker.id).organisation_id} == {new.id}
    assert scene.site.find("organisation", base.id).lineage == (base.id, new.id, district[0].id)
    assert scene.site.graph.read(lambda tx: tx.all(PAST, value("kind"), id=old.id)) == ["enterprise", "worker"]
    assert scene.site.graph.read(lambda tx: tx.all(PARENTS, value("now"), id=base.id)).count(True) == 1
    for_new = scene.make.officer(of=new)
    assert for_new.can("enterprise-edit", scene.site.find("enterprise", deep.id))  # type: ignore[arg-type]
    assert [hit.id for hit in scene.site.search("直属企业").hits] == [firm.id]


def test_roles_held_there_end_and_its_number_and_page_stay(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    held = scene.make.officer(of=old)
    scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "区划调整")
    assert scene.now(held.account_id).parties == ()
    found: Organisation = scene.site.find("organisation", old.id)
    assert (found.status, found.successor_id, found.ended_on) == (Status.MERGED, new.id, date(2026, 11, 23))
    text = page(scene.site.client(), f"/organisations/{old.id}")
    assert "新街道" in text
    assert "区划调整" in text
    assert "旧街道" in page(scene.site.client(), f"/organisations/{new.id}")


@pytest.mark.slow
def test_whoever_held_a_role_there_signs_in_anew(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    client = scene.site.client(scene.make.officer(of=old))
    assert client.get("/reviews").status_code == 200
    scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "区划调整")
    assert client.get("/reviews").location.startswith("/sign-in")


def test_no_administrator_loses_their_role_with_a_unit(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    scene.make.holding(Role.ADMINISTRATOR, "organisation", old.id)
    with pytest.raises(Refused):
        scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "区划调整")


def test_open_cases_wait_at_the_successor(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    scene.make.officer(of=old)
    firm = scene.make.enterprise("直属企业", under=old)
    maker = scene.make.worker("宋海燕", at=firm)
    person = scene.site.acting_as(scene.make.person(maker))
    content = AchievementText(
        title="自动撇渣装置", benefit="每班少停机 25 分钟", field="0601", summary="浮球带动撇板。", contributions=(Contribution(maker.id, 10_000),)
    )  # fmt: skip
    draft = person.change(create_achievement, content)
    sent = person.change(hand_in_achievement, draft.id, draft.version)
    waiting = scene.registered(Matter.ENTERPRISE, place=old.id)
    scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "区划调整")
    move_all(scene, officer, old.id)
    scene.site.drain()
    receiving = scene.make.officer(of=new)
    for id in (sent.id, waiting.id):
        [waits] = scene.site.acting_as(receiving).read(list_reviews, id)
        assert (new.id in waits.units, old.id in waits.units) == (True, False)
    assert scene.site.acting_as(receiving).read(get_achievement, sent.id).units[0] == new.id


def test_only_an_officer_above_ends_a_unit_never_its_own(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    for nobody in (scene.make.officer(of=old), scene.make.officer(of=new), scene.stranger, scene.make.account()):
        with pytest.raises(Forbidden):
            scene.site.acting_as(nobody).change(merge_units, old.id, old.version, new.id, "越权")
    with pytest.raises(Invalid):
        scene.site.acting_as(officer).change(merge_units, old.id, old.version, old.id, "自己")
    with pytest.raises(Invalid):
        scene.site.acting_as(scene.make.administrator()).change(close_unit, district[0].id, district[0].version, "根")


def test_a_closed_unit_gets_no_new_things(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, _new, officer = merged(scene, district)
    acting = scene.site.acting_as(officer)
    acting.change(close_unit, old.id, old.version, "撤销")
    with pytest.raises(Invalid):
        acting.change(create_organisation, OrganisationText(name="下级", kind=Kind.BASE, parent_ids=(old.id,)))
    with pytest.raises(Invalid):
        acting.change(create_enterprise, EnterpriseText(name="新企业", union_name=old.name))
    with pytest.raises(Invalid):
        scene.registered(Matter.ENTERPRISE, place=old.id)
    with pytest.raises((Forbidden, Refused)):
        acting.change(close_unit, old.id, old.version + 1, "再撤")


def test_what_was_interrupted_goes_on_with_the_day(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, _new, officer = merged(scene, district)
    firm = scene.make.enterprise("直属企业", under=old)
    scene.site.acting_as(officer).change(close_unit, old.id, old.version, "撤销")
    assert scene.site.find("enterprise", firm.id).organisation_id == old.id
    while scene.site.system.change(finish_moves):
        pass
    assert scene.site.find("enterprise", firm.id).organisation_id == district[0].id


def test_by_form(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    client, address = scene.site.client(officer), f"/organisations/{old.id}/end"
    page(client, address)
    form = {"version": old.version, "how": "merge", "into": "没有的单位", "reason": "区划调整"}
    assert client.post(address, data=form).status_code == 422
    assert client.post(address, data=form | {"into": new.name, "reason": ""}).status_code == 422
    assert client.post(address, data=form | {"into": new.name}).status_code == 302
    assert scene.site.client(scene.stranger).get(address).status_code == 403


def test_a_role_with_an_end_date_ends_with_its_unit(scene: Scene, district: tuple[Organisation, Actor]) -> None:
    old, new, officer = merged(scene, district)
    passing = scene.make.holding(Role.UNION_OFFICER, "organisation", old.id, until=scene.site.clock.now() + timedelta(days=30))
    assert passing.is_officer
    scene.site.acting_as(officer).change(merge_units, old.id, old.version, new.id, "并入")
    assert not scene.site.system.read(actor_of_account, passing.account_id, scene.site.clock.now()).is_officer
