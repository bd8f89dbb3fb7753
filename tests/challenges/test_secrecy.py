"""Nobody learns who applied before the choice: no page, notice, search, audit or file name."""

from io import BytesIO

import pytest

from marketplace.domains.proposals.service import file_plan
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.files import checked_file
from marketplace.kernel.notices import list_notices
from marketplace.processes.challenges.service import choose_teams
from tests.challenges.scenes import PLAN, Stage, a_course
from tests.factories import Make
from tests.site import TestSite

WHO = ("周立成", "林晓峰", "沃岭", "朔芯")


@pytest.fixture
def stage(site: TestSite, make: Make) -> Stage:
    return a_course(site, make)


def outsiders(stage: Stage, make: Make) -> dict[str, Actor]:
    return {
        "guest": GUEST, "worker": make.account(), "announcer": stage.buyer, "other firm": make.enterprise_user(), "officer": stage.officer,
        "administrator": make.administrator(), "expert": stage.experts[0],
    }  # fmt: skip


@pytest.mark.slow
def test_no_page_tells_who_applied(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.all_judged()
    site.drain()
    number = stage.number_of(challenge, "周立成")
    judging = f"/challenges/{challenge.id}/judging"
    experts = f"/challenges/{challenge.id}/teams/{number}/experts"
    pages = ("/challenges", f"/challenges/{challenge.id}", judging, experts, "/judgements", "/notices", "/my", "/audit", "/reviews")
    for name, reader in outsiders(stage, make).items():
        client = site.client(reader)
        for page in pages:
            if (name, page) == ("administrator", "/audit"):
                continue  # it lists the accounts that were made, theirs among them
            text = client.get(page).get_data(as_text=True)
            assert [one for one in WHO if one in text] == [], (name, page)


def test_an_application_is_as_if_it_were_not_there(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    sent = stage.applied(challenge, "周立成")
    site.drain()
    for name, reader in outsiders(stage, make).items():
        status = site.client(reader).get(f"/proposals/{sent.id}").status_code
        assert status == (302 if name == "guest" else 404), name


def test_search_finds_no_plan(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    site.drain()
    for reader in (GUEST, stage.buyer, stage.officer, stage.leads["周立成"]):
        assert [hit.kind for hit in site.search("模组中部加测点", reader).hits if hit.kind == "proposal"] == []


def test_notices_name_the_challenge_alone(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    site.drain()
    for reader in (stage.officer, stage.buyer, *stage.experts):
        told = site.system.read(list_notices, reader.account_id)
        assert {one.kind for one in told} <= {"challenge", "judgement", "account"}
        assert [one for one in told if any(who in one.title for who in WHO)] == []
    assert [one.verb for one in site.system.read(list_notices, stage.experts[0].account_id) if one.kind == "judgement"] == ["appoint", "appoint"]
    assert challenge.teams == 2


def test_the_audit_of_an_application_is_the_teams(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    sent = stage.applied(challenge, "周立成")
    for reader in (stage.officer, stage.buyer, make.administrator()):
        assert site.acting_as(reader).read(list_entries, sent.id) == []
    assert {one.verb for one in site.acting_as(stage.leads["周立成"]).read(list_entries, sent.id)} == {"create", "submit"}


def test_an_expert_gets_a_file_without_its_name(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    draft = stage.drafted(challenge, "周立成", PLAN)
    plan = checked_file("现场方案.txt", b"plan")
    stored = site.acting_as(stage.leads["周立成"]).change(file_plan, draft.id, plan, site.site.files.keep(plan))
    lead = site.client(stage.leads["周立成"])
    lead.post(f"/proposals/{draft.id}/steps/submit", data={"version": str(site.find("proposal", draft.id).version)})
    closed = stage.closed(challenge)
    asked = stage.appointed(closed, 1, stage.experts[0])
    answer = site.client(stage.experts[0]).get(f"/judgements/{asked.id}/files/{stored.id}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=team-1-1.txt"
    assert answer.data == b"plan"
    for reader in (stage.experts[1], stage.officer, stage.buyer):
        assert site.client(reader).get(f"/judgements/{asked.id}/files/{stored.id}").status_code == 404


def test_the_choice_is_public_and_losers_stay_unnamed(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.chosen()
    for reader in outsiders(stage, make).values():
        text = site.client(reader).get(f"/challenges/{challenge.id}").get_data(as_text=True)
        assert "周立成创新工作室" in text
        assert "林晓峰" not in text


def test_fifty_sends_of_one_choice_are_one(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    client = site.client(stage.officer)
    said = {"key": "k" * 20, "version": str(challenge.version), "teams": "1", "reason": "最可信"}
    answers = {client.post(f"/challenges/{challenge.id}/judging", data=said).status_code for _ in range(50)}
    assert answers == {302}
    assert site.find("challenge", challenge.id).version == challenge.version + 1


def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(site: TestSite, stage: Stage) -> None:
    client = site.client(stage.buyer)
    for name, typed in (
        ("prize_fen", "-5"),
        ("prize_fen", "1e30"),
        ("prize_fen", "很多"),
        ("winners_most", "0"),
        ("criteria-0-weight", "-1"),
        ("stages-0-share", "101"),
    ):
        said = {
            "title": "试",
            "enterprise_id": stage.firm.id,
            "winners_most": "1",
            "reviewers_least": "2",
            "criteria-0-name": "可行",
            "criteria-0-weight": "100",
            "stages-0-name": "甲",
            "stages-0-days": "3",
            "stages-0-share": "100",
        }
        answer = client.post("/challenges/new", data=said | {name: typed})
        assert answer.status_code == 422, (name, typed)
        assert "试" in answer.get_data(as_text=True)
    late = client.post("/challenges/new", data={"title": "试", "file": (BytesIO(b""), "")})
    assert late.status_code == 422


def test_what_a_stale_choice_meets(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    site.acting_as(stage.officer).change(choose_teams, challenge.id, challenge.version, (1,), "最可信")
    again = site.client(stage.buyer).post(
        f"/challenges/{challenge.id}/judging", data={"version": str(challenge.version), "teams": "2", "reason": "另一个"}
    )
    assert again.status_code == 409
