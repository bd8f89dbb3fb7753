"""Who founds, keeps and closes a studio, and whose rights begin and end with their membership."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.studios.model import Level, Status, Studio, StudioText
from marketplace.domains.studios.repository import get_studio
from marketplace.domains.studios.service import (
    change_lead,
    close_studio,
    create_studio,
    edit_studio,
    end_membership,
    import_studios,
    invite_member,
    reopen_studio,
)
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, Refused, Stale
from marketplace.kernel.importing import Intake, Row, Taken
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.revisions import list_versions
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import Scene, set_scene

TEXT = StudioText(name="周立成职工创新工作室", level=Level.CITY, named_on=date(2021, 6, 18), equipment="红外热像仪两台", summary="专做泄压改造。")


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def founded(scene: Scene, lead: Actor, *members: Actor) -> Studio:
    people = (Membership(lead.worker_id, LEAD, date(2021, 6, 18)), *(Membership(one.worker_id, MEMBER, date(2022, 1, 1)) for one in members))
    return scene.site.acting_as(scene.officer).change(create_studio, TEXT, scene.enterprise_id, people)


def test_an_officer_above_founds_a_studio_under_its_hosts_union(scene: Scene) -> None:
    studio = founded(scene, scene.person("周立成"))
    found = scene.site.find("studio", studio.id)
    assert found.number == "GZ-2026-000001"
    assert (found.organisation_id, found.enterprise_id, found.area) == (scene.base.id, scene.enterprise_id, "酒仙桥街道")
    assert found.lead.name == "周立成"


def test_an_officer_of_another_street_cannot_found_it(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(create_studio, TEXT, scene.enterprise_id)


def test_two_leaders_are_refused(scene: Scene) -> None:
    two = tuple(Membership(scene.person(name).worker_id, LEAD, date(2021, 1, 1)) for name in ("周立成", "韩雪梅"))
    with pytest.raises(Invalid):
        scene.site.acting_as(scene.officer).change(create_studio, TEXT, scene.enterprise_id, two)


def test_a_members_rights_end_with_the_membership_on_the_next_request(scene: Scene) -> None:
    lead, member = scene.person("周立成"), scene.person("韩雪梅")
    studio = founded(scene, lead, member)
    assert f"maker:{studio.id}" in scene.now(member.account_id).tokens
    as_lead = scene.site.acting_as(scene.now(lead.account_id))

    as_lead.change(end_membership, studio.id, studio.version, member.worker_id)

    assert f"maker:{studio.id}" not in scene.now(member.account_id).tokens
    gone = [one for one in scene.site.find("studio", studio.id).members if one.worker_id == member.worker_id]
    assert [(one.since, one.until) for one in gone] == [(date(2022, 1, 1), date(2026, 11, 23))]


def test_a_member_may_not_edit_and_not_end_another_but_may_go(scene: Scene) -> None:
    lead, member, other = scene.person("周立成"), scene.person("韩雪梅"), scene.person("郭志强")
    studio = founded(scene, lead, member, other)
    as_member = scene.site.acting_as(scene.now(member.account_id))
    with pytest.raises(Forbidden):
        as_member.change(edit_studio, studio.id, studio.version, TEXT)
    with pytest.raises(Forbidden):
        as_member.change(end_membership, studio.id, studio.version, other.worker_id)
    assert len(as_member.change(end_membership, studio.id, studio.version, member.worker_id).present) == 2


def test_the_leader_keeps_the_page_but_does_not_rename_it(scene: Scene) -> None:
    lead = scene.person("周立成")
    studio = founded(scene, lead)
    as_lead = scene.site.acting_as(scene.now(lead.account_id))
    edited = as_lead.change(edit_studio, studio.id, studio.version, replace(TEXT, summary="也做液冷。"))
    assert len(as_lead.read(list_versions, studio.id)) == 2
    with pytest.raises(Forbidden):
        as_lead.change(edit_studio, studio.id, edited.version, replace(TEXT, name="新名字"))
    with pytest.raises(Stale):
        as_lead.change(edit_studio, studio.id, studio.version, TEXT)


def test_the_leader_invites_by_name_or_number_and_nobody_twice(scene: Scene) -> None:
    lead = scene.person("周立成")
    new = scene.person("韩雪梅")
    studio = founded(scene, lead)
    as_lead = scene.site.acting_as(scene.now(lead.account_id))
    as_lead.change(invite_member, studio.id, studio.version, "韩雪梅")
    assert f"maker:{studio.id}" not in scene.now(new.account_id).tokens, "asked, and has not answered"
    for who in ("韩雪梅", "ZG-2026-000002", "没有的人"):
        with pytest.raises(Invalid):
            as_lead.change(invite_member, studio.id, studio.version, who)


def test_two_of_one_name_need_the_number(scene: Scene) -> None:
    studio = founded(scene, scene.person("周立成"))
    scene.person("王芳"), scene.person("王芳")
    with pytest.raises(Invalid):
        scene.site.acting_as(scene.officer).change(invite_member, studio.id, studio.version, "王芳")
    assert scene.site.acting_as(scene.officer).change(invite_member, studio.id, studio.version, "ZG-2026-000003")


def test_a_change_of_leader_ends_one_leadership_and_begins_another(scene: Scene) -> None:
    lead, heir = scene.person("周立成"), scene.person("韩雪梅")
    studio = founded(scene, lead, heir)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.now(lead.account_id)).change(change_lead, studio.id, studio.version, "韩雪梅")
    with pytest.raises(Refused):
        scene.site.acting_as(scene.officer).change(end_membership, studio.id, studio.version, lead.worker_id)

    scene.site.acting_as(scene.officer).change(change_lead, studio.id, studio.version, "韩雪梅")

    found = scene.site.find("studio", studio.id)
    assert {(one.name, one.role) for one in found.present} == {("韩雪梅", LEAD), ("周立成", MEMBER)}
    assert {(one.name, one.role, one.until) for one in found.past} == {
        ("周立成", LEAD, date(2026, 11, 23)), ("韩雪梅", MEMBER, date(2026, 11, 23)),
    }  # fmt: skip
    assert f"lead:{studio.id}" in scene.now(heir.account_id).tokens
    assert f"lead:{studio.id}" not in scene.now(lead.account_id).tokens


def test_names_are_shown_to_whom_each_member_allows(scene: Scene) -> None:
    studio = founded(scene, scene.person("周立成"), scene.person("韩雪梅", shown=False))
    seen = {
        who: {one.name for one in scene.site.acting_as(actor).read(get_studio, studio.id).members}
        for who, actor in {"guest": GUEST, "signed in": scene.stranger, "officer above": scene.officer}.items()
    }
    assert seen == {"guest": {""}, "signed in": {"周立成", ""}, "officer above": {"周立成", "韩雪梅"}}


def test_closing_needs_a_reason_and_can_be_taken_back(scene: Scene) -> None:
    studio = founded(scene, scene.person("周立成"))
    as_officer = scene.site.acting_as(scene.officer)
    with pytest.raises(Invalid):
        as_officer.change(close_studio, studio.id, studio.version, " ")
    closed = as_officer.change(close_studio, studio.id, studio.version, "带头人退休，成果已移交")
    assert (closed.status, closed.until) == (Status.CLOSED, date(2026, 11, 23))
    with pytest.raises(Refused):
        as_officer.change(invite_member, studio.id, closed.version, "周立成")
    assert as_officer.change(reopen_studio, studio.id, closed.version).until is None


def test_a_studio_is_found_by_name_equipment_and_number(scene: Scene) -> None:
    studio = founded(scene, scene.person("周立成"))
    scene.site.drain()
    for text in ("周立成", "热像仪", "GZ-2026-000001"):
        assert [hit.id for hit in scene.site.search(text).hits] == [studio.id]


def test_an_import_repeated_changes_nothing(scene: Scene) -> None:
    host = "北京沃岭储能技术有限公司"
    rows = [Row(f"old:{n}", StudioText(name=f"第{n}工作室", enterprise_name=host if n else "")) for n in range(3)]
    as_officer = scene.site.acting_as(scene.officer)
    taken = as_officer.change(import_studios, rows, Intake("old", unit_id=scene.street.id))
    found = [scene.site.find("studio", id) for id in taken.created]
    assert [one.organisation_id for one in found] == [scene.street.id, scene.base.id, scene.base.id]
    assert as_officer.change(import_studios, rows, Intake("old")) == Taken((), 3)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(import_studios, [replace(rows[1], source_key="old:9")], Intake("old"))
    with pytest.raises(Invalid):
        as_officer.change(import_studios, [Row("old:8", StudioText(name="甲", enterprise_name="没有的公司"))], Intake("old"))
