"""The pages of studios, associations, patents and units, for those who see them differently."""

from datetime import date

import pytest

from marketplace.domains.associations.model import AssociationText, Role
from marketplace.domains.associations.service import create_association, edit_association
from marketplace.domains.organisations.model import Organisation
from marketplace.domains.patents.model import PatentText
from marketplace.domains.patents.service import create_patent, edit_patent
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio, edit_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.memberships import LEAD, Membership
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import Scene, set_scene


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def a_studio(scene: Scene, lead: Actor) -> Studio:
    members = (Membership(lead.worker_id, LEAD, date(2021, 6, 18)),)
    text = StudioText(name="周立成工作室", named_on=date(2021, 6, 18), summary="泄压改造")
    return scene.site.acting_as(scene.officer).change(create_studio, text, scene.enterprise_id, members)


def page(scene: Scene, path: str, actor: Actor | None = None, status: int = 200) -> str:
    answer = scene.site.client(actor).get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
    return answer.text


def test_guests_see_a_studio_without_its_people(scene: Scene) -> None:
    studio = a_studio(scene, scene.person("周立成"))
    path = f"/studios/{studio.id}"
    assert "泄压改造" in page(scene, path)
    assert "/workers/" not in page(scene, path)
    assert "/workers/" in page(scene, path, scene.stranger)
    assert path in page(scene, "/studios")
    assert path not in page(scene, "/studios?level=national")
    page(scene, "/studios/nothing", status=404)


def test_the_studios_form_is_the_leaders_and_the_officers(scene: Scene) -> None:
    lead = scene.person("周立成")
    studio = a_studio(scene, lead)
    path = f"/studios/{studio.id}/edit"
    assert 'name="level"' not in page(scene, path, lead)
    assert 'name="level"' in page(scene, path, scene.officer)
    page(scene, path, scene.stranger, 403)
    page(scene, path, None, 302)
    sent = scene.site.client(lead).post(path, data={"version": "1", "summary": "也做液冷", "name": "偷改的名字"})
    assert sent.status_code == 302
    found = scene.site.find("studio", studio.id)
    assert (found.name, found.summary, found.enterprise_name) == ("周立成工作室", "也做液冷", "北京沃岭储能技术有限公司")
    assert scene.site.client(lead).post(path, data={"version": "1", "summary": "旧的"}).status_code == 409


def test_an_officer_founds_and_closes_a_studio_on_the_screen(scene: Scene) -> None:
    browser = scene.site.client(scene.officer)
    wrong = browser.post("/studios/new", data={"name": "新工作室", "level": "city", "enterprise_name": "没有的公司"})
    assert wrong.status_code == 422
    made = browser.post("/studios/new", data={"name": "新工作室", "level": "city", "enterprise_name": "北京沃岭储能技术有限公司"})
    id = made.headers["Location"].split("/")[2]
    scene.person("周立成")
    assert browser.post(f"/studios/{id}/members", data={"version": "1", "who": "没有", "role": "member"}).status_code == 422
    assert browser.post(f"/studios/{id}/members", data={"version": "1", "who": "周立成", "role": "lead"}).status_code == 302
    assert browser.post(f"/studios/{id}/members", data={"version": "2", "who": "周立成", "role": "boss"}).status_code == 422
    assert "周立成" in page(scene, f"/studios/{id}/members", scene.officer)
    assert browser.post(f"/studios/{id}/steps/close", data={"version": "2", "reason": ""}).status_code == 422
    assert browser.post(f"/studios/{id}/steps/close", data={"version": "2", "reason": "合并"}).status_code == 302
    assert "合并" in page(scene, f"/studios/{id}", scene.officer)
    assert "合并" not in page(scene, f"/studios/{id}")


def test_an_association_on_the_screen(scene: Scene) -> None:
    chair = (Membership(scene.person("陈卫东").worker_id, Role.CHAIR, date(2018, 8, 3)),)
    text = AssociationText(name="技术协会", founded_on=date(2008, 5, 16), summary="会诊")
    association = scene.site.acting_as(scene.officer).change(create_association, text, scene.street.id, chair)
    path = f"/associations/{association.id}"
    assert "会诊" in page(scene, path)
    assert path in page(scene, "/associations")
    page(scene, f"{path}/edit", scene.stranger, 403)
    browser = scene.site.client(scene.officer)
    assert browser.post(f"{path}/edit", data={"version": "1", "name": "新名", "kind": "industry", "summary": "新"}).status_code == 302
    scene.person("林晓峰")
    assert browser.post(f"{path}/members", data={"version": "2", "who": "林晓峰", "role": "secretary", "since": "2030-01-01"}).status_code == 422
    assert browser.post(f"{path}/members", data={"version": "2", "who": "林晓峰", "role": "secretary"}).status_code == 302
    page(scene, f"{path}/members", scene.officer)
    assert browser.post("/associations/new", data={"name": "另一协会", "kind": "district"}).status_code == 302


def test_a_patent_on_the_screen(scene: Scene) -> None:
    owner = scene.enterprise_user()
    data = {"title": "屋面夹具", "patent_number": "201710601862.4", "type": "1", "filed_on": "2017-07-21", "legal_status": "granted",
            "owner": scene.enterprise_id, "inventors-0-name": "周立成", "inventors-0-worker_id": ""}  # fmt: skip
    browser = scene.site.client(owner)
    assert browser.post("/patents/new", data=data).status_code == 422
    made = browser.post("/patents/new", data=data | {"patent_number": "2017106018623"})
    path = made.headers["Location"]
    shown = page(scene, path)
    assert "201710601862.3" in shown
    assert "周立成" in shown
    assert "2037-07-21" in shown
    page(scene, f"{path}/edit", owner)
    page(scene, f"{path}/edit", scene.stranger, 403)
    assert browser.post(f"{path}/edit", data=data | {"patent_number": "2017106018623", "version": "1", "ipc": "x"}).status_code == 422
    assert browser.post(f"{path}/edit", data=data | {"patent_number": "2017106018623", "version": "1", "legal_status": "lapsed"}).status_code == 302
    assert browser.post(f"{path}/achievements", data={"version": "2", "achievement": "CG-1"}).status_code == 422


def unit_form(unit: Organisation, **more: str) -> dict[str, str]:
    return {"name": "新厂工会", "kind": "base", "parent_ids": unit.id} | more


def test_the_tree_on_the_screen(scene: Scene) -> None:
    scene.site.acting_as(scene.enterprise_user()).change(create_patent, PatentText(title="夹具"), scene.enterprise_id)
    studio = a_studio(scene, scene.person("周立成"))
    path = f"/organisations/{scene.base.id}"
    assert f"/studios/{studio.id}" in page(scene, path)
    assert scene.enterprise_id in page(scene, path)
    assert scene.base.id in page(scene, f"/organisations/{scene.street.id}")
    page(scene, "/organisations")
    page(scene, f"{path}/edit", scene.stranger, 403)
    page(scene, f"/organisations/new?under={scene.street.id}", scene.officer)
    browser = scene.site.client(scene.officer)
    assert browser.post("/organisations/new", data=unit_form(scene.street)).status_code == 302
    assert scene.site.client(scene.stranger).post("/organisations/new", data=unit_form(scene.street)).status_code == 422
    page(scene, f"{path}/edit", scene.officer)
    assert browser.post(f"{path}/edit", data=unit_form(scene.street, version="1", name="改名工会")).status_code == 302
    assert scene.site.find("organisation", scene.base.id).name == "改名工会"


def test_each_state_of_a_studio_an_association_and_a_patent_is_kept_and_compared(scene: Scene) -> None:
    lead, owner = scene.person("周立成"), scene.enterprise_user()
    officer = scene.site.acting_as(scene.officer)
    studio = a_studio(scene, lead)
    club = officer.change(create_association, AssociationText(name="防爆技协", summary="从前的话"), scene.street.id)
    patent = scene.site.acting_as(owner).change(create_patent, PatentText(title="夹具", summary="从前的话"), scene.enterprise_id)
    officer.change(edit_studio, studio.id, studio.version, StudioText(name="新的名字"))
    officer.change(edit_association, club.id, club.version, AssociationText(name="防爆技协", summary="后来的话"))
    scene.site.acting_as(owner).change(edit_patent, patent.id, patent.version, PatentText(title="夹具", summary="后来的话"))
    for path, reader, old, new in (
        (f"/studios/{studio.id}", lead, "周立成工作室", "新的名字"), (f"/associations/{club.id}", scene.officer, "从前的话", "后来的话"),
        (f"/patents/{patent.id}", owner, "从前的话", "后来的话"),
    ):  # fmt: skip
        assert f"{path}/versions/2" in page(scene, path, reader)
        assert f"{path}/versions/" not in page(scene, path)
        both = page(scene, f"{path}/versions/2", reader)
        assert (old in both, new in both, f"{path}/versions/1" in both) == (True, True, True)
        assert new not in page(scene, f"{path}/versions/1", reader).partition("<table")[2]
        page(scene, f"{path}/versions/3", reader, 404)
        page(scene, f"{path}/versions/2", scene.stranger, 403)
        page(scene, f"{path}/versions/2", None, 302)
