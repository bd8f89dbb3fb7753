"""Who founds and keeps an association; its officers act on the next request."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.associations.model import Association, AssociationText, Kind, Role, Status
from marketplace.domains.associations.service import (
    change_chair,
    close_association,
    create_association,
    edit_association,
    end_membership,
    invite_member,
    reopen_association,
)
from marketplace.domains.roles.repository import list_held
from marketplace.domains.roles.service import end_role
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.memberships import Membership
from marketplace.kernel.roles import Role as Office
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import Scene, set_scene

TEXT = AssociationText(name="酒仙桥职工技术协会", kind=Kind.DISTRICT, founded_on=date(2008, 5, 16), summary="跨单位的技术会诊。")


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def founded(scene: Scene) -> Association:
    chair = Membership(scene.person("陈卫东").worker_id, Role.CHAIR, date(2018, 8, 3))
    past = Membership(scene.person("吴海涛").worker_id, Role.MEMBER, date(2013, 6, 29), date(2026, 7, 4))
    return scene.site.acting_as(scene.officer).change(create_association, TEXT, scene.street.id, (chair, past))


def test_an_officer_above_founds_it(scene: Scene) -> None:
    found = scene.site.find("association", founded(scene).id)
    assert (found.number, found.chair.name, len(found.present), len(found.past)) == ("JX-2026-000001", "陈卫东", 1, 1)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(create_association, TEXT, scene.street.id)


def test_its_officer_keeps_the_page_until_the_role_is_taken(scene: Scene) -> None:
    association = founded(scene)
    officer = scene.make.holding(Office.ASSOCIATION_OFFICER, "association", association.id)
    edited = scene.site.acting_as(officer).change(edit_association, association.id, 1, replace(TEXT, summary="也办讲座。"))
    with pytest.raises(Forbidden):
        scene.site.acting_as(officer).change(edit_association, association.id, edited.version, replace(TEXT, name="别的名字"))
    held = scene.site.system.read(list_held, officer.account_id, scene.site.clock.now())
    scene.site.system.change(end_role, officer.account_id, 2, held[0].id)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.now(officer.account_id)).change(edit_association, association.id, edited.version, TEXT)


def test_members_come_and_go_and_only_one_presides(scene: Scene) -> None:
    association = founded(scene)
    worker = scene.person("林晓峰")
    as_officer = scene.site.acting_as(scene.officer)
    with pytest.raises(Invalid):
        as_officer.change(invite_member, association.id, 1, "林晓峰", Role.CHAIR)
    joined = as_officer.change(invite_member, association.id, 1, "林晓峰", Role.SECRETARY)
    handed = as_officer.change(change_chair, association.id, joined.version, "林晓峰")
    assert handed.chair.name == "林晓峰"
    found = scene.site.find("association", association.id)
    assert {(one.name, one.role) for one in found.present} == {("林晓峰", "chair"), ("陈卫东", "member")}
    former = next(one for one in found.present if one.role == Role.MEMBER)
    as_officer.change(end_membership, association.id, handed.version, former.worker_id)
    assert {one.worker_id for one in scene.site.find("association", association.id).present} == {worker.worker_id}


def test_closing_and_search(scene: Scene) -> None:
    association = founded(scene)
    as_officer = scene.site.acting_as(scene.officer)
    closed = as_officer.change(close_association, association.id, 1, "并入区级协会")
    assert closed.status is Status.CLOSED
    as_officer.change(reopen_association, association.id, closed.version)
    scene.site.drain()
    assert [hit.id for hit in scene.site.search("技术会诊").hits] == [association.id]
