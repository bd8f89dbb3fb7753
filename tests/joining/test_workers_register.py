"""A worker comes in by the door of their employer's union; transfers ask the one that receives, and whoever leaves keeps the past."""

from datetime import date, timedelta

import pytest

from graph.errors import NotFound
from graph.person_keys import find_keys
from graph.records import value
from marketplace.domains.organisations.model import Kind
from marketplace.domains.registrations.model import Matter, Registration, Status
from marketplace.domains.workers.model import Status as CardStatus
from marketplace.domains.workers.model import Worker, WorkerDetails
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.masking import masked_phone
from marketplace.kernel.roles import Role
from marketplace.processes.erasure.model import ERASED_NAME
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure
from marketplace.processes.joining.service import approve, leave_unit, move_worker
from tests.factories import Make
from tests.joining.scenes import PHONE, Scene, page, set_scene
from tests.personal.scenes import dump
from tests.site import TestSite

NAMED = "MATCH (w:Worker {name: $name}) RETURN w.id AS id"
PAST = "MATCH (:Worker {id: $id})-[r:WAS_UNDER]->(o:Organisation) RETURN o.id AS id, toString(r.until) AS until"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def cards(scene: Scene, name: str = "宋海燕") -> list[str]:
    return scene.site.graph.read(lambda tx: tx.all(NAMED, value("id"), name=name))


def test_before_the_union_says_yes_there_is_no_card(scene: Scene) -> None:
    client = scene.site.client()
    answer = client.post("/joining/worker", data=scene.worker_form())
    assert answer.status_code == 302
    assert cards(scene) == []
    assert "沃岭储能工会" in page(client, answer.location)
    assert client.get("/achievements/new").status_code in (200, 403)


def test_the_base_union_confirms_and_the_card_stays_hidden_until_its_person_agrees(scene: Scene) -> None:
    sent = scene.registered(Matter.WORKER)
    assert sent.review_units == (scene.base.id,)
    verified = scene.site.acting_as(scene.base_officer).change(approve, sent.id, sent.version)
    card: Worker = scene.site.find("worker", verified.result_id)
    assert (card.status, card.phone, card.enterprise_id) == (CardStatus.HIDDEN, masked_phone(PHONE), scene.firm.id)
    assert scene.now(sent.account_id).worker_id == card.id
    assert scene.found(sent).phone == ""
    with pytest.raises(NotFound):
        scene.site.acting_as(scene.make.account()).read(scene.site.site.rooms["worker"].get, card.id)


def test_where_the_base_has_no_officer_the_unit_above_decides(scene: Scene) -> None:
    bare = scene.make.organisation("无人工会", kind=Kind.BASE, under=scene.street)
    firm = scene.make.enterprise("小企业", under=bare)
    sent = scene.registered(Matter.WORKER, place=firm.name)
    assert sent.review_units == (scene.street.id,)
    assert sent.subject in page(scene.site.client(scene.officer), "/reviews")


def test_the_desk_asks_whether_it_is_somebody_whom_the_register_knows(scene: Scene) -> None:
    known = scene.make.worker("宋海燕", at=scene.firm, shown=False)
    sent = scene.registered(Matter.WORKER)
    officer = scene.site.client(scene.base_officer)
    step = f"/registrations/{sent.id}/steps/approve"
    asked = officer.post(step, data={"version": sent.version})
    assert asked.location.endswith("#entries")
    assert scene.found(sent).status is Status.REGISTERED
    assert known.number in page(officer, f"/registrations/{sent.id}")
    assert officer.post(step, data={"version": sent.version, "entry": known.id}).status_code == 302
    assert cards(scene) == [known.id]
    assert scene.now(sent.account_id).worker_id == known.id


def test_another_person_of_the_same_name_gets_a_card_of_their_own(scene: Scene) -> None:
    scene.make.worker("宋海燕", at=scene.firm, shown=False)
    sent = scene.registered(Matter.WORKER)
    done = scene.site.client(scene.base_officer).post(f"/registrations/{sent.id}/steps/approve", data={"version": sent.version, "entry": "new"})
    assert done.status_code == 302
    assert len(cards(scene)) == 2


def test_nobody_takes_over_a_card_that_somebody_signs_in_with(scene: Scene) -> None:
    known = scene.make.worker("宋海燕", at=scene.firm, shown=False)
    scene.make.person(known)
    sent = scene.registered(Matter.WORKER)
    with pytest.raises(Refused):
        scene.site.acting_as(scene.base_officer).change(approve, sent.id, sent.version, known.id)


def test_the_phone_is_shown_to_the_union_in_part(scene: Scene) -> None:
    sent = scene.registered(Matter.WORKER)
    text = page(scene.site.client(scene.base_officer), f"/registrations/{sent.id}")
    assert PHONE not in text
    assert "9091" in text


def test_an_unknown_employer_and_a_wrong_phone_are_said_at_their_fields(scene: Scene) -> None:
    for other, field in (({"place": "没有的企业"}, "place"), ({"phone": "123"}, "phone"), ({"password": "short"}, "password")):
        answer = scene.site.client().post("/joining/worker", data=scene.worker_form(**other))
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.get_data(as_text=True)


def transfer(scene: Scene, by: object, worker: Worker, to: str) -> Worker | Registration:
    return scene.site.acting_as(by).change(move_worker, worker.id, worker.version, to, date(2026, 11, 20))  # type: ignore[arg-type]


def test_an_officer_above_both_transfers_at_once(scene: Scene) -> None:
    there = scene.make.enterprise("同街道企业", under=scene.make.organisation("同街道工会", kind=Kind.BASE, under=scene.street))
    moved = transfer(scene, scene.officer, scene.make.worker("宋海燕", at=scene.firm), there.id)
    assert isinstance(moved, Worker)
    assert moved.enterprise_id == there.id


def test_else_the_receiving_union_is_asked_and_nothing_changes_until_it_answers(scene: Scene) -> None:
    far = scene.make.organisation("远处工会", kind=Kind.BASE, under=scene.make.unit("望京街道"))
    there, receiver = scene.make.enterprise("远处企业", under=far), scene.make.officer(of=far)
    worker = scene.make.worker("宋海燕", at=scene.firm, details=WorkerDetails(phone=PHONE))
    with pytest.raises(Invalid):
        scene.site.acting_as(scene.base_officer).change(move_worker, worker.id, worker.version, there.name, date(2026, 12, 1))
    asked = transfer(scene, scene.base_officer, worker, there.name)
    assert isinstance(asked, Registration)
    assert asked.review_units == (far.id,)
    assert scene.site.find("worker", worker.id).enterprise_id == scene.firm.id
    with pytest.raises(Refused):
        transfer(scene, scene.base_officer, worker, there.name)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.base_officer).change(approve, asked.id, asked.version)
    scene.site.acting_as(receiver).change(approve, asked.id, asked.version)
    moved: Worker = scene.site.find("worker", worker.id)
    assert (moved.enterprise_id, moved.organisation_id, moved.phone) == (there.id, far.id, masked_phone(PHONE))
    assert [(job.enterprise_id, job.until) for job in moved.jobs if job.until] == [(scene.firm.id, date(2026, 11, 20))]
    assert scene.site.graph.read(lambda tx: tx.all(PAST, value("id"), id=worker.id)) == [scene.base.id]


def test_whoever_leaves_keeps_the_past_and_the_unit_above_looks_after_them(scene: Scene) -> None:
    worker = scene.make.worker("宋海燕", at=scene.firm)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.make.person(scene.make.worker("别人", at=scene.firm))).change(leave_unit, worker.id, worker.version)
    left = scene.site.acting_as(scene.make.person(worker)).change(leave_unit, worker.id, worker.version)
    found: Worker = scene.site.find("worker", worker.id)
    assert (found.enterprise_id, found.organisation_id, found.units) == ("", scene.street.id, scene.street.units)
    assert [job.until for job in found.jobs] == [date(2026, 11, 23)]
    with pytest.raises(Refused):
        scene.site.system.change(leave_unit, worker.id, left.version)


def test_an_officer_whose_role_has_an_end_decides_while_it_lasts(scene: Scene) -> None:
    base = scene.make.organisation("新单位工会", kind=Kind.BASE, under=scene.street)
    firm = scene.make.enterprise("新单位", under=base)
    scene.make.holding(Role.UNION_OFFICER, "organisation", base.id, until=scene.site.clock.now() + timedelta(days=30))
    assert scene.registered(Matter.WORKER, place=firm.id).review_units == (base.id,)


def test_how_somebody_came_in_says_no_more_of_them_once_they_are_erased(scene: Scene) -> None:
    """The registration, its case on the desk, what the officers were told, and the key under which the phone was sealed."""
    site, sent = scene.site, scene.registered(Matter.WORKER, "song.haiyan")
    let_in = site.acting_as(scene.base_officer).change(approve, sent.id, sent.version)
    site.drain()
    assert "宋海燕" in dump(site)
    asked = site.acting_as(scene.base_officer).change(ask_erasure, let_in.result_id, "本人申请", "宋海燕")
    site.acting_as(scene.base_officer).change(carry_out_erasure, asked.id, asked.version)
    site.drain()
    assert [word for word in ("宋海燕", "song.haiyan", PHONE) if word in dump(site)] == []
    assert site.system.read(find_keys, [sent.id, sent.account_id, let_in.result_id]) == {}
    left = scene.found(sent)
    assert (left.subject, left.number, left.status) == (ERASED_NAME, sent.number, Status.VERIFIED)
