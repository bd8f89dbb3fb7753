"""An enterprise comes in by the door: nothing of it stands in the register before its sub-district has said yes."""

import re

import pytest

from graph.errors import NotFound, Stale
from graph.records import value
from marketplace.domains.accounts.repository import find_account
from marketplace.domains.needs.model import NeedText
from marketplace.domains.needs.service import create_need
from marketplace.domains.registrations.model import Matter, Status
from marketplace.domains.registrations.repository import get_registration, list_rivals, list_waiting
from marketplace.domains.registrations.service import mend_registration, refuse_registration, return_registration, text_in, withdraw_registration
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.reviewing import due_from
from marketplace.processes.joining.service import approve
from tests.factories import Make
from tests.joining.scenes import USCC, Scene, page, set_scene
from tests.site import TestSite

BY_CODE = "MATCH (e:Enterprise {uscc: $uscc}) RETURN e.id AS id"
WRITTEN = "MATCH (n) WHERE n:AuditEntry OR n:OutboxEvent OR n:Review RETURN properties(n) AS said"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def in_register(scene: Scene) -> list[str]:
    return scene.site.graph.read(lambda tx: tx.all(BY_CODE, value("id"), uscc=USCC))


def test_a_guest_registers_and_sees_number_and_deadline_and_nothing_is_public(scene: Scene) -> None:
    client = scene.site.client()
    answer = client.post("/joining/enterprise", data=scene.enterprise_form())
    assert answer.status_code == 302
    text = page(client, answer.location)
    assert "DJ-2026-000001" in text
    assert "2026-11-30" in text
    assert "酒仙桥街道总工会" in text
    assert in_register(scene) == []
    page(scene.site.client(), answer.location.replace("/registrations", "/enterprises"), 404)
    assert scene.site.client().get(answer.location).status_code == 302
    assert client.get("/needs/new").status_code == 403


def test_who_waits_sees_it_under_my_work_and_acts_for_nobody(scene: Scene) -> None:
    sent = scene.registered()
    waiting = scene.now(sent.account_id)
    assert waiting.parties == ()
    assert not any(token.startswith("maker:") for token in waiting.tokens)
    assert sent.number in page(scene.site.client(waiting), "/my")


def test_the_sub_district_lets_it_in_and_its_user_acts_from_the_next_request_on(scene: Scene) -> None:
    sent = scene.registered(wish="wu.jingdong")
    with pytest.raises(NotFound):
        scene.site.acting_as(scene.stranger).change(approve, sent.id, sent.version)
    verified = scene.site.acting_as(scene.officer).change(approve, sent.id, sent.version)
    assert verified.status is Status.VERIFIED
    assert in_register(scene) == [verified.result_id]
    user = scene.now(sent.account_id)
    assert f"maker:{verified.result_id}" in user.tokens
    assert scene.site.acting_as(user).change(create_need, NeedText(title="难题", abstract="摘要", problem="问题"), verified.result_id)
    account = scene.site.system.read(find_account, "wu.jingdong")
    assert account is not None
    assert account.id == sent.account_id
    assert scene.site.client().get(f"/enterprises/{verified.result_id}").status_code == 200


def test_a_taken_sign_in_name_gets_the_very_same_answer(scene: Scene) -> None:
    known = scene.registered(wish="wu.jingdong")
    scene.site.acting_as(scene.officer).change(approve, known.id, known.version)
    other = "91110000801801104D"
    taken = scene.site.client().post("/joining/enterprise", data=scene.enterprise_form(uscc=other))
    free = scene.site.client().post("/joining/enterprise", data=scene.enterprise_form(uscc=other, login="nobody-has-this"))
    assert (taken.status_code, free.status_code) == (302, 302)
    assert re.sub(r"[0-9A-Za-z]{26}", "", taken.location) == re.sub(r"[0-9A-Za-z]{26}", "", free.location)
    sent = scene.site.acting_as(scene.officer).read(list_waiting).items[0]
    verified = scene.site.acting_as(scene.officer).change(approve, sent.id, sent.version)
    assert verified.result_id
    assert scene.site.system.read(find_account, sent.number) is not None


def test_a_wrong_code_is_said_at_its_field_and_nothing_typed_is_lost(scene: Scene) -> None:
    answer = scene.site.client().post("/joining/enterprise", data=scene.enterprise_form(uscc="91110000600037341X", phone="!"))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="uscc-error"' in text
    assert 'id="phone-error"' in text
    assert "北京新储能源有限公司" in text


def test_a_code_of_the_register_leads_to_a_claim(scene: Scene) -> None:
    firm = scene.make.enterprise("已在册企业", under=scene.base, uscc=USCC)
    answer = scene.site.client().post("/joining/enterprise", data=scene.enterprise_form())
    assert answer.status_code == 422
    assert f"/joining/enterprise/{firm.id}" in answer.get_data(as_text=True)
    form = {name: value for name, value in scene.enterprise_form().items() if name not in ("uscc", "subject", "place")}
    claimed = scene.site.client().post(f"/joining/enterprise/{firm.id}", data=form)
    assert claimed.status_code == 302
    sent = scene.site.find("registration", claimed.location.rsplit("/", 1)[1])
    assert (sent.matter, sent.review_units) == (Matter.CLAIM, (scene.base.id,))
    scene.site.acting_as(scene.base_officer).change(approve, sent.id, sent.version)
    assert f"maker:{firm.id}" in scene.now(sent.account_id).tokens


def test_returned_it_is_mended_and_sent_again(scene: Scene) -> None:
    sent = scene.registered()
    acting, own = scene.site.acting_as(scene.officer), scene.site.acting_as(scene.now(sent.account_id))
    with pytest.raises(Invalid):
        acting.change(return_registration, sent.id, sent.version, " ")
    returned = acting.change(return_registration, sent.id, sent.version, "名称与执照不符")
    with pytest.raises(Refused):
        acting.change(approve, sent.id, returned.version)
    scene.site.clock.forward(days=10)
    mended = own.change(mend_registration, sent.id, returned.version, text_in(own.read(get_registration, sent.id)))
    assert mended.status is Status.REGISTERED
    assert mended.due_at == due_from(scene.site.clock.now()) != sent.due_at
    assert scene.found(sent).due_at == mended.due_at
    assert acting.change(approve, sent.id, mended.version).status is Status.VERIFIED


def test_refused_it_frees_the_code_and_forgets_the_phone(scene: Scene) -> None:
    sent = scene.registered(phone="010-64360000")
    again = scene.registered()
    assert [one.id for one in scene.site.acting_as(scene.officer).read(list_rivals, sent)] == [again.id]
    scene.site.acting_as(scene.officer).change(refuse_registration, sent.id, sent.version, "冒名")
    assert scene.found(sent).phone == ""
    assert scene.site.acting_as(scene.officer).change(approve, again.id, again.version).result_id


def test_two_with_one_code_cannot_both_come_in(scene: Scene) -> None:
    first, second = scene.registered(), scene.registered()
    acting = scene.site.acting_as(scene.officer)
    acting.change(approve, first.id, first.version)
    with pytest.raises(Refused):
        acting.change(approve, second.id, second.version)
    assert len(in_register(scene)) == 1


def test_nobody_decides_their_own_and_a_stale_version_is_refused(scene: Scene) -> None:
    sent = scene.registered()
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.now(sent.account_id)).change(approve, sent.id, sent.version)
    with pytest.raises(Stale):
        scene.site.acting_as(scene.officer).change(approve, sent.id, sent.version + 3)
    gone = scene.site.acting_as(scene.now(sent.account_id)).change(withdraw_registration, sent.id, sent.version)
    assert gone.status is Status.WITHDRAWN


def test_nothing_personal_stands_in_audit_outbox_or_review(scene: Scene) -> None:
    sent = scene.registered(Matter.WORKER, wish="song.haiyan")
    said = scene.site.graph.read(lambda tx: tx.all(WRITTEN, lambda row: str(row["said"])))
    assert [text for text in ("13900009091", "song.haiyan") if any(text in one for one in said)] == []
    assert any(sent.id in one for one in said), "the control: what is written there is found"


def test_a_closed_unit_takes_nobody_in(scene: Scene) -> None:
    answer = scene.site.client().post("/joining/enterprise", data=scene.enterprise_form(place="nowhere"))
    assert answer.status_code == 422
