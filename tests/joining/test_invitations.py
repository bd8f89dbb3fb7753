"""Codes and messages: each for one use, for one person, for a time; whoever declines tells the one who asked."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from graph.errors import NotFound
from marketplace.domains.accounts.repository import find_account
from marketplace.domains.invitations.service import decline_invitation, invite_by_code, revoke_invitation
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import close_studio, create_studio, end_membership, invite_member
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.invitations import InvitationStatus, Role, get_invitation, list_invitations, list_invited, new_code, tidy_code
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.notices import list_notices
from marketplace.processes.inviting.service import NewAccount, accept_by_code, accept_invitation, give_codes
from tests.factories import NO_PASSWORD, Make
from tests.joining.scenes import PASSWORD, Scene, page, set_scene
from tests.site import TestSite

NEW = NewAccount("何丽", "he.li", NO_PASSWORD)
FORM = {"answer": "accept", "name": "何丽", "login": "he.li", "password": PASSWORD, "again": PASSWORD}
KEPT = "MATCH (n) RETURN properties(n) AS said"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def invited(scene: Scene, days: int = 14) -> tuple[str, str]:
    """A code of the enterprise's user, and the invitation's id."""
    code = new_code()
    user = scene.site.acting_as(scene.make.enterprise_user(scene.firm))
    return code, user.change(invite_by_code, scene.firm, "财务部", code, days).id


def test_a_user_makes_a_link_that_is_shown_once_and_kept_as_a_digest(scene: Scene) -> None:
    client = scene.site.client(scene.make.enterprise_user(scene.firm))
    text = client.post(f"/invitations/to/{scene.firm.id}", data={"note": "财务部"}).get_data(as_text=True)
    code = text.split("code=")[1][:20]
    assert len(code) == 20
    assert code not in page(client, f"/invitations/to/{scene.firm.id}")
    kept = scene.site.graph.read(lambda tx: tx.all(KEPT, lambda row: str(row["said"])))
    assert not any(code in one for one in kept)
    page(scene.site.client(), f"/invitations/open?code={code.lower()[:10]}-{code[10:]}")


def test_a_stranger_and_a_guest_invite_nobody(scene: Scene) -> None:
    assert scene.site.client(scene.stranger).post(f"/invitations/to/{scene.firm.id}", data={"note": "x"}).status_code == 403
    assert scene.site.client().post(f"/invitations/to/{scene.firm.id}", data={"note": "x"}).status_code == 302
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.make.enterprise_user()).change(invite_by_code, scene.firm, "x", new_code(), 14)


def test_a_guest_opens_an_account_by_the_code_and_acts_for_the_enterprise(scene: Scene) -> None:
    code, _id = invited(scene)
    client = scene.site.client()
    assert client.post("/invitations/open", data=FORM | {"code": code}).status_code == 302
    assert client.get("/needs/new").status_code == 200


def test_a_sign_in_name_that_somebody_has_becomes_the_number(scene: Scene) -> None:
    for expected in ("he.li", "YQ-2026-000002"):
        code, _id = invited(scene)
        accepted = scene.site.acting_as(GUEST).change(accept_by_code, code, NEW)
        account = scene.site.system.read(find_account, expected)
        assert account is not None
        assert account.id == accepted.answered_by


@pytest.mark.parametrize("end", ["used", "revoked", "expired", "declined"])
def test_what_is_over_is_a_plain_page_that_says_what_to_do(scene: Scene, end: str) -> None:
    code, id = invited(scene)
    if end == "used":
        scene.site.acting_as(GUEST).change(accept_by_code, code, NEW)
    elif end == "revoked":
        scene.site.acting_as(scene.base_officer).change(revoke_invitation, id, 1)
    elif end == "declined":
        scene.site.client().post("/invitations/open", data={"code": code, "answer": "decline"})
    else:
        scene.site.clock.forward(days=15)
    text = page(scene.site.client(), f"/invitations/open?code={code}", 410)
    assert scene.firm.name in text
    assert "/invitations/open" in text
    assert scene.site.client().post("/invitations/open", data=FORM | {"code": code}).status_code == 410
    with pytest.raises(Refused):
        scene.site.acting_as(GUEST).change(accept_by_code, code, NEW)


def test_an_unknown_code_is_asked_for_again(scene: Scene) -> None:
    assert 'name="code"' in page(scene.site.client(), "/invitations/open?code=AAAA-BBBB-CCCC-DDDD-EEEE", 404)
    page(scene.site.client(), "/invitations/open")


def test_faults_in_a_new_account_come_back_with_what_was_typed(scene: Scene) -> None:
    code, id = invited(scene)
    answer = scene.site.client().post("/invitations/open", data=FORM | {"code": code, "again": "other"})
    assert answer.status_code == 422
    assert "何丽" in answer.get_data(as_text=True)
    assert scene.site.find("invitation", id).status is InvitationStatus.OPEN


def test_a_sheet_of_codes_leads_each_person_to_their_own_card(scene: Scene) -> None:
    people = [scene.make.worker(name, at=scene.firm, shown=False) for name in ("甲", "乙")]
    scene.make.person(scene.make.worker("丙", at=scene.firm))
    assert scene.site.client(scene.make.enterprise_user(scene.firm)).post(f"/invitations/to/{scene.firm.id}/sheet").status_code == 403
    sheet = scene.site.client(scene.base_officer).post(f"/invitations/to/{scene.firm.id}/sheet")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.data)).get_sheet_by_index(0).to_python()[1:]
    assert [row[0] for row in rows] == ["甲", "乙"]
    assert sheet.headers["Cache-Control"] == "no-store"
    accepted = scene.site.acting_as(GUEST).change(accept_by_code, tidy_code(str(rows[0][2])), NEW)
    assert scene.now(accepted.answered_by).worker_id == people[0].id
    with pytest.raises(Refused):
        scene.site.acting_as(scene.base_officer).change(give_codes, scene.firm.id, [new_code()], 14)


def test_a_code_for_another_persons_card_is_refused(scene: Scene) -> None:
    scene.make.worker("甲", at=scene.firm, shown=False)
    code = new_code()
    scene.site.acting_as(scene.base_officer).change(give_codes, scene.firm.id, [code], 14)
    somebody = scene.make.person(scene.make.worker("乙", at=scene.firm))
    assert scene.site.client(somebody).post("/invitations/open", data={"code": code, "answer": "accept"}).status_code == 409


def studio_of(scene: Scene) -> tuple[Studio, Actor, Actor]:
    """A studio, its leader, and somebody whom they would like to have."""
    lead, other = (scene.make.worker(name, at=scene.firm) for name in ("周立成", "韩雪梅"))
    text = StudioText(name="周立成职工创新工作室")
    people = (Membership(lead.id, LEAD, date(2021, 6, 18)),)
    studio = scene.site.acting_as(scene.officer).change(create_studio, text, scene.firm.id, people)
    return studio, scene.now(scene.make.person(lead).account_id), scene.make.person(other)


def test_a_leader_asks_and_the_person_answers(scene: Scene) -> None:
    studio, lead, person = studio_of(scene)
    leading, own = scene.site.acting_as(lead), scene.site.acting_as(person)
    leading.change(invite_member, studio.id, studio.version, "韩雪梅")
    assert f"maker:{studio.id}" not in scene.now(person.account_id).tokens
    with pytest.raises(Invalid):
        leading.change(invite_member, studio.id, studio.version, "韩雪梅")
    scene.site.drain()
    assert [one.kind for one in own.read(list_notices, person.account_id)] == ["invitation"]
    assert studio.name in page(scene.site.client(person), "/my")
    [asked] = own.read(list_invited, person.worker_id, scene.site.clock.now())
    own.change(accept_invitation, asked.id, asked.version)
    assert f"maker:{studio.id}" in scene.now(person.account_id).tokens
    with pytest.raises(Refused):
        own.change(decline_invitation, asked.id, asked.version)
    left = scene.site.acting_as(scene.now(person.account_id)).change(end_membership, studio.id, studio.version + 1, person.worker_id)
    assert f"maker:{studio.id}" not in scene.now(person.account_id).tokens
    assert [one.until for one in left.members if one.worker_id == person.worker_id] == [date(2026, 11, 23)]


def test_who_declines_tells_the_leader_and_nobody_else_answers_for_them(scene: Scene) -> None:
    studio, lead, person = studio_of(scene)
    leading, own = scene.site.acting_as(lead), scene.site.acting_as(person)
    leading.change(invite_member, studio.id, studio.version, "韩雪梅")
    [asked] = own.read(list_invited, person.worker_id, scene.site.clock.now())
    with pytest.raises(NotFound):
        scene.site.acting_as(scene.make.account()).read(get_invitation, asked.id)
    with pytest.raises(Forbidden):
        leading.change(accept_invitation, asked.id, asked.version)
    own.change(decline_invitation, asked.id, asked.version)
    scene.site.drain()
    assert "decline" in [one.verb for one in leading.read(list_notices, lead.account_id)]
    assert leading.read(list_invitations, studio.id) == []
    assert asked.role is Role.MEMBER


def test_an_officer_enters_members_at_once(scene: Scene) -> None:
    studio, _lead, person = studio_of(scene)
    scene.site.acting_as(scene.officer).change(invite_member, studio.id, studio.version, "韩雪梅", date(2022, 1, 1))
    assert f"maker:{studio.id}" in scene.now(person.account_id).tokens


def test_a_studio_that_closed_meanwhile_admits_nobody(scene: Scene) -> None:
    studio, lead, person = studio_of(scene)
    scene.site.acting_as(lead).change(invite_member, studio.id, studio.version, "韩雪梅")
    [asked] = scene.site.acting_as(person).read(list_invited, person.worker_id, scene.site.clock.now())
    scene.site.acting_as(scene.officer).change(close_studio, studio.id, studio.version, "带头人退休")
    with pytest.raises(Refused):
        scene.site.acting_as(person).change(accept_invitation, asked.id, asked.version)


def test_the_leaders_page_shows_who_has_not_answered_and_takes_it_back(scene: Scene) -> None:
    studio, lead, _person = studio_of(scene)
    client = scene.site.client(lead)
    sent = client.post(f"/studios/{studio.id}/members", data={"version": studio.version, "who": "韩雪梅", "role": "member"})
    assert sent.status_code == 302
    [asked] = scene.site.acting_as(lead).read(list_invitations, studio.id)
    assert f"/invitations/{asked.id}/steps/revoke" in page(client, f"/studios/{studio.id}/members")
    assert client.post(f"/invitations/{asked.id}/steps/revoke", data={"version": asked.version}).status_code == 302
    assert scene.site.find("invitation", asked.id).status is InvitationStatus.REVOKED
