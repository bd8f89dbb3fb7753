"""What the makers say of a use counts when the adopter has said so; the adopter's word is theirs alone."""

from dataclasses import replace
from io import BytesIO

import pytest

from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.kernel.actor import GUEST
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.processes.adoption.service import confirm_use, deny_use, report_use
from tests.adoption.scenes import SAID, Scene, stage
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return stage(site, make)


def test_only_what_the_adopter_confirmed_is_summed(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    assert (scene.work.adopters, scene.work.saving_fen, asked.confirmed) == (0, 0, False)
    assert site.acting_as(GUEST).read(list_cards, [("achievement", scene.work_id)])[0].saving_fen == 0

    site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, asked.id, SAID)

    assert (scene.work.adopters, scene.work.saving_fen) == (1, 50_000_000)
    card = site.acting_as(GUEST).read(list_cards, [("achievement", scene.work_id)])[0]
    assert (card.used, card.saving_fen) == (1, 50_000_000)


def test_nobody_answers_for_the_adopter(site: TestSite, make: Make, scene: Scene) -> None:
    (asked,) = scene.work.uses
    for other in (scene.lead, scene.officer, make.enterprise_user(), make.account(), make.administrator()):
        with pytest.raises(Forbidden):
            site.acting_as(other).change(confirm_use, scene.work_id, scene.work.version, asked.id, SAID)
        with pytest.raises(Forbidden):
            site.acting_as(other).change(deny_use, scene.work_id, scene.work.version, asked.id, "不用")


def test_a_corrected_use_is_the_adopters_own_and_survives_the_makers_next_version(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, asked.id, replace(SAID, saving_fen=30_000_000))
    assert (scene.work.adoptions, scene.work.saving_fen) == ((), 30_000_000)

    scene.revise(benefit="每年省 30 万元", adoptions=(asked,))

    assert [use.saving_fen for use in scene.work.uses] == [30_000_000]
    assert scene.work.saving_fen == 30_000_000


def test_an_answer_stays_as_long_as_nothing_of_what_it_was_given_to_changes(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    scene.site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, asked.id, SAID)
    scene.revise(benefit="省电")
    assert scene.work.saving_fen == 50_000_000

    scene.revise(adoptions=(replace(asked, saving_fen=90_000_000),))

    assert (scene.work.saving_fen, scene.work.uses[0].answered_at) == (0, None)


def test_an_answer_given_while_a_new_version_is_written_is_not_lost(site: TestSite, scene: Scene) -> None:
    from_before = scene.work.adoptions
    site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, from_before[0].id, SAID)
    scene.revise(benefit="省电", adoptions=from_before)
    assert scene.work.uses[0].confirmed


def test_what_is_denied_is_seen_by_the_makers_officers_and_the_adopter_alone(site: TestSite, make: Make, scene: Scene) -> None:
    (asked,) = scene.work.uses
    with pytest.raises(Invalid):
        site.acting_as(scene.user).change(deny_use, scene.work_id, scene.work.version, asked.id, " ")
    site.acting_as(scene.user).change(deny_use, scene.work_id, scene.work.version, asked.id, "只试过一天")

    for inside in (scene.lead, scene.officer, scene.user):
        assert [use.reason for use in scene.seen_by(inside).uses] == ["只试过一天"]
    for outside in (GUEST, make.account(), make.enterprise_user(), make.officer(of="别的街道")):
        assert scene.seen_by(outside).uses == ()
    scene.revise(benefit="省电")
    assert scene.work.uses[0].is_denied


def test_an_answer_to_what_the_makers_changed_meanwhile_is_stale(site: TestSite, scene: Scene) -> None:
    (asked,), version = scene.work.uses, scene.work.version
    scene.revise(adoptions=(replace(asked, saving_fen=90_000_000),))
    with pytest.raises(Stale):
        site.acting_as(scene.user).change(confirm_use, scene.work_id, version, asked.id, SAID)


def test_an_adopter_reports_for_itself_alone_and_each_place_once(site: TestSite, make: Make, scene: Scene) -> None:
    other = make.enterprise("另一家")
    user = make.enterprise_user(other)
    site.acting_as(user).change(report_use, scene.work_id, other.id, SAID)
    assert (scene.work.adopters, scene.work.saving_fen) == (1, 50_000_000)
    with pytest.raises(Invalid):
        site.acting_as(user).change(report_use, scene.work_id, other.id, SAID)
    with pytest.raises(Forbidden):
        site.acting_as(user).change(report_use, scene.work_id, scene.adopter.id, replace(SAID, place="二号库"))
    with pytest.raises(Forbidden):
        site.acting_as(make.account()).change(report_use, scene.work_id, other.id, replace(SAID, place="三号库"))


def test_a_withdrawn_work_is_confirmed_by_nobody(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    site.acting_as(scene.lead).change(withdraw_achievement, scene.work_id, scene.work.version)
    with pytest.raises((NotFound, Refused)):
        site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, asked.id, SAID)


def test_the_adopter_is_asked_in_my_work_confirms_by_form_and_the_makers_are_told(site: TestSite, scene: Scene) -> None:
    client, (asked,) = site.client(scene.user), scene.work.uses
    way = f"/achievements/{scene.work_id}/uses/{asked.id}"
    assert way in client.get("/my").text
    page = client.get(way)
    assert page.status_code == 200
    assert 'value="500,000"' in page.text
    sent = {"key": "k1", "version": scene.work.version, "place": "一号库", "quantity": "12", "unit": "组", "saving_fen": "500,000",
            "method": SAID.method, "evidence": SAID.evidence, "file": (BytesIO(b"measured"), "proof.txt")}  # fmt: skip

    assert client.post(way, data=sent).status_code == 302

    assert (scene.work.uses[0].confirmed, scene.work.uses[0].by_adopter) == (True, False)
    assert way not in client.get("/my").text
    proof = scene.work.uses[0].file_id
    assert site.client(scene.lead).get(f"/achievements/{scene.work_id}/files/{proof}").data == b"measured"
    assert site.client(scene.make.account()).get(f"/achievements/{scene.work_id}/files/{proof}").status_code == 403
    site.drain()
    assert "confirmed by the adopter" in site.client(scene.lead).get("/notices", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("saving", ["-5", "abc", "9" * 30, "NaN", "1.234"])
def test_bad_amounts_come_back_at_their_field_with_what_was_typed(site: TestSite, scene: Scene, saving: str) -> None:
    (asked,) = scene.work.uses
    client = site.client(scene.user)
    for way in (f"/achievements/{scene.work_id}/uses/{asked.id}", f"/achievements/{scene.work_id}/uses/new"):
        answer = client.post(way, data={"version": scene.work.version, "place": "二号库", "saving_fen": saving, "method": "实测"})
        assert answer.status_code == 422
        assert "二号库" in answer.text
        assert 'id="saving_fen-error"' in answer.text
    assert scene.work.saving_fen == 0


def test_fifty_sends_of_one_form_report_once(site: TestSite, make: Make, scene: Scene) -> None:
    other = make.enterprise("另一家")
    client = site.client(make.enterprise_user(other))
    sent = {"key": "one", "enterprise_id": other.id, "place": "二号库", "saving_fen": "10,000", "method": "实测"}
    for _ in range(50):
        assert client.post(f"/achievements/{scene.work_id}/uses/new", data=sent).status_code == 302
    assert len(scene.work.reports) == 1


def test_denying_without_a_reason_is_said_at_its_field(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    client = site.client(scene.user)
    way = f"/achievements/{scene.work_id}/uses/{asked.id}/deny"
    assert client.post(way, data={"version": scene.work.version, "reason": " "}).status_code == 422
    assert client.post(way, data={"version": scene.work.version, "reason": "没用过"}).status_code == 302
    assert scene.work.uses[0].is_denied


def test_an_amount_without_how_it_was_measured_is_refused(site: TestSite, scene: Scene) -> None:
    (asked,) = scene.work.uses
    with pytest.raises(Invalid):
        site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, asked.id, replace(SAID, method=""))
    answer = site.client(scene.user).post(
        f"/achievements/{scene.work_id}/uses/{asked.id}", data={"version": scene.work.version, "saving_fen": "5", "method": ""}
    )
    assert answer.status_code == 422
    assert 'id="method-error"' in answer.text
