"""What may be done with a need, by whom, and what a slip is told at its field."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.needs.model import Status, indicator_of
from marketplace.domains.needs.service import (
    close_need,
    create_need,
    publish_need,
    reopen_need,
    return_need,
    revise_need,
    submit_need,
    take_down_need,
)
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from tests.factories import Make
from tests.needs.scenes import TEXT, Scene, set_scene
from tests.needs.test_pages import FORM
from tests.site import TestSite


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def test_a_need_is_returned_mended_published_closed_and_opened_again(scene: Scene) -> None:
    owner, officer = scene.site.acting_as(scene.owner), scene.site.acting_as(scene.officer)
    draft = scene.need(public=False)
    sent = owner.change(submit_need, draft.id, draft.version)
    with pytest.raises(Invalid):
        officer.change(return_need, draft.id, sent.version, " ")
    back = officer.change(return_need, draft.id, sent.version, "指标写清楚")
    assert owner.read(scene.site.site.rooms["need"].get, draft.id).reason == "指标写清楚"
    mended = owner.change(revise_need, draft.id, back.version, replace(TEXT, title="良率提升，写清楚了"))
    sent = owner.change(submit_need, draft.id, mended.version)
    public = officer.change(publish_need, draft.id, sent.version)
    closed = owner.change(close_need, draft.id, public.version)
    assert scene.seen(closed, scene.stranger).status is Status.CLOSED
    assert owner.change(reopen_need, draft.id, closed.version).status is Status.PUBLISHED


def test_only_an_officer_above_who_did_not_write_it_decides(scene: Scene) -> None:
    draft = scene.site.acting_as(scene.officer).change(create_need, TEXT, scene.firm.id)
    sent = scene.site.acting_as(scene.officer).change(submit_need, draft.id, draft.version)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.officer).change(publish_need, draft.id, sent.version)
    with pytest.raises(NotFound):
        scene.site.acting_as(scene.stranger).change(publish_need, draft.id, sent.version)
    public = scene.site.acting_as(scene.make.officer(of="酒仙桥街道")).change(publish_need, draft.id, sent.version)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(take_down_need, draft.id, public.version, "没有理由")


def test_one_posts_for_ones_own_enterprise_only(scene: Scene) -> None:
    for actor in scene.outside:
        with pytest.raises(Forbidden):
            scene.site.acting_as(actor).change(create_need, TEXT, scene.firm.id)
    for id in ("", "unknown"):
        with pytest.raises(Forbidden):
            scene.site.acting_as(scene.owner).change(create_need, TEXT, id)


def test_the_second_of_two_writers_is_stale(scene: Scene) -> None:
    draft = scene.need(public=False)
    owner = scene.site.acting_as(scene.owner)
    owner.change(revise_need, draft.id, draft.version, replace(TEXT, title="先到"))
    with pytest.raises(Stale):
        owner.change(revise_need, draft.id, draft.version, replace(TEXT, title="后到"))
    answer = scene.site.client(scene.owner).post(f"/needs/{draft.id}/edit", data=FORM | {"version": "1", "title": "后到"})
    assert answer.status_code == 409
    assert "先到" in answer.text
    assert "后到" in answer.text
    assert scene.site.find("need", draft.id).title == "先到"


def test_review_needs_a_problem_and_a_day_to_come(scene: Scene) -> None:
    draft = scene.need(public=False, problem="", deadline=date(2026, 11, 22))
    with pytest.raises(Invalid) as refused:
        scene.site.acting_as(scene.owner).change(submit_need, draft.id, draft.version)
    assert set(refused.value.fields) == {"problem", "deadline"}
    browser = scene.site.client(scene.owner)
    assert browser.post(f"/needs/{draft.id}/steps/submit", data={"key": "s", "version": "1"}).status_code == 422
    today = scene.need(public=False, deadline=date(2026, 11, 23))
    assert scene.site.acting_as(scene.owner).change(submit_need, today.id, today.version).status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("field", "slip"),
    [
        ("budget_high_fen", {"budget_low_fen": "300000", "budget_high_fen": "200000"}),
        ("budget_low_fen", {"budget_low_fen": "很多"}),
        ("budget_low_fen", {"budget_low_fen": "-1"}),
        ("title", {"title": "长" * 101}),
        ("title", {"title": " \u3000 "}),
        ("abstract", {"abstract": "长" * 301}),
        ("problem", {"problem": "长" * 5001}),
        ("deadline", {"deadline": "明天"}),
        ("visibility", {"visibility": "secret"}),
        ("enterprise_id", {"enterprise_id": "unknown"}),
        ("field", {"field": "9999"}),
        ("skills", {"skills": "、".join(f"技能{n}" for n in range(30))}),
        ("figures", {"figures-0-name": ""}),
    ],
)
def test_slips_are_said_at_their_field_and_nothing_is_saved(scene: Scene, field: str, slip: dict[str, str]) -> None:
    answer = scene.site.client(scene.owner).post("/needs/new", data=FORM | {"enterprise_id": scene.firm.id} | slip)
    assert answer.status_code == 422, answer.headers.get("Location")
    assert f'id="{field}-error"' in answer.text
    assert scene.site.system.read(lambda tx: tx.all("MATCH (n:Need) RETURN n.id AS id", lambda row: row["id"])) == []


def test_rows_are_added_and_removed_without_script(scene: Scene) -> None:
    browser = scene.site.client(scene.owner)
    more = browser.post("/needs/new", data=FORM | {"add_row": "figures"}).text
    assert 'name="figures-1-name"' in more
    assert 'name="figures-0-name"' not in browser.post("/needs/new", data=FORM | {"remove_row": "figures-0"}).text


def test_a_revision_stays_with_its_makers_until_it_is_approved(scene: Scene) -> None:
    need = scene.need()
    browser, path = scene.site.client(scene.owner), f"/needs/{need.id}"
    assert browser.get(f"{path}/copy").status_code == 404
    assert browser.post(f"{path}/edit", data=FORM | {"version": str(need.version), "title": "改过的题目"}).status_code == 302
    assert "改过的题目" in browser.get(f"{path}/copy").text
    assert "改过的题目" in browser.get(f"{path}/edit").text
    assert "改过的题目" not in scene.site.client().get(path).text
    assert scene.site.client(scene.stranger).get(f"{path}/copy").status_code == 403
    assert browser.post(f"{path}/steps/submit_revision", data={"version": str(need.version + 1)}).status_code == 302
    assert scene.site.client(scene.officer).post(f"{path}/steps/publish_revision", data={"version": str(need.version + 2)}).status_code == 302
    assert "改过的题目" in scene.site.client().get(path).text
    assert "薄膜产线" in browser.get(f"{path}/versions/2").text
    assert browser.get(f"{path}/versions/9").status_code == 404
    assert [indicator_of(text).name for text in scene.site.find("need", need.id).indicators] == ["误停"]


def test_in_review_nothing_is_edited(scene: Scene) -> None:
    draft = scene.need(public=False)
    sent = scene.site.acting_as(scene.owner).change(submit_need, draft.id, draft.version)
    with pytest.raises(Refused):
        scene.site.acting_as(scene.owner).change(revise_need, draft.id, sent.version, TEXT)


def test_pages_that_are_not_ones_own(scene: Scene) -> None:
    need = scene.need()
    assert scene.site.client(scene.stranger).get(f"/needs/{need.id}/edit").status_code == 403
    assert scene.site.client(scene.make.account()).get("/needs/new").status_code == 403
    assert scene.site.client().get("/needs/new").status_code == 302
    assert scene.site.client(scene.officer).get("/needs/new").status_code == 200
    assert scene.site.client().get("/needs/nothing").status_code == 404
    assert scene.site.client(scene.owner).post(f"/needs/{need.id}/steps/nothing", data={"version": "3"}).status_code == 404
