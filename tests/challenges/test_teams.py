"""Who applies: in time, in whose name, with everybody's yes, and without a name in the text."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from marketplace.domains.challenges.model import TeamKind
from marketplace.domains.proposals.model import ProposalText, Status, names_in
from marketplace.domains.proposals.repository import get_proposal, list_proposals
from marketplace.domains.proposals.service import (
    agree_to_join,
    ask_member,
    create_proposal,
    decline_to_join,
    drop_member,
    file_plan,
    submit_proposal,
    take_back_proposal,
    withdraw_proposal,
)
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.files import checked_file
from marketplace.processes.challenges.service import close_due
from tests.challenges.scenes import PLAN, Stage, a_course
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def stage(site: TestSite, make: Make) -> Stage:
    return a_course(site, make)


def test_a_deadline_that_has_passed_does_not_reopen(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    late = stage.drafted(challenge, "林晓峰")
    stage.closed(challenge)
    for days in (0, -1, -16):
        site.clock.forward(days=days)
        with pytest.raises(Refused):
            site.acting_as(stage.leads["林晓峰"]).change(submit_proposal, late.id, late.version)
    assert site.system.change(close_due) == 0


def test_the_last_day_counts_to_its_end_in_beijing(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    one, other = stage.drafted(challenge, "周立成"), stage.drafted(challenge, "林晓峰")
    site.clock.set(site.clock.now().replace(month=12, day=7, hour=15, minute=59))
    site.acting_as(stage.leads["周立成"]).change(submit_proposal, one.id, one.version)
    site.clock.forward(minutes=1)
    with pytest.raises(Refused):
        site.acting_as(stage.leads["林晓峰"]).change(submit_proposal, other.id, other.version)


def test_only_whoever_signs_for_a_team_applies_in_its_name(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced(open_to=(TeamKind.STUDIO,))
    with pytest.raises(Forbidden):
        site.acting_as(stage.leads["周立成"]).change(create_proposal, challenge.id, "studio", stage.studios["林晓峰"], PLAN)
    with pytest.raises(Invalid):
        site.acting_as(stage.leads["周立成"]).change(create_proposal, challenge.id, "worker", stage.people["周立成"].id, PLAN)
    stage.drafted(challenge, "周立成")
    with pytest.raises(Refused):
        stage.drafted(challenge, "周立成")


def test_nobody_answers_their_own_challenge(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    with pytest.raises(Invalid):
        site.acting_as(stage.buyer).change(create_proposal, challenge.id, "enterprise", stage.firm.id, PLAN)
    worker = make.worker("方可", at=stage.firm)
    with pytest.raises(Invalid):
        site.acting_as(make.person(worker)).change(create_proposal, challenge.id, "worker", worker.id, PLAN)


@pytest.mark.parametrize("part", ["approach", "schedule", "experience", "costs"])
@pytest.mark.parametrize("name", ["周立成", "周立成创新工作室", "沃岭 储能", "沃岭储能有限公司"])
def test_names_are_pointed_out_before_it_is_sent(site: TestSite, stage: Stage, part: str, name: str) -> None:
    challenge = stage.announced()
    draft = stage.drafted(challenge, "周立成", replace(PLAN, **{part: f"由{name}完成"}))
    with pytest.raises(Invalid) as told:
        site.acting_as(stage.leads["周立成"]).change(submit_proposal, draft.id, draft.version)
    assert list(told.value.fields) == [part]


def test_a_file_is_not_named_after_the_team(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    draft, lead = stage.drafted(challenge, "周立成"), site.acting_as(stage.leads["周立成"])
    lead.change(file_plan, draft.id, checked_file("周立成方案.txt", b"plan"), "place")
    with pytest.raises(Invalid) as told:
        lead.change(submit_proposal, draft.id, draft.version)
    assert list(told.value.fields) == ["files"]


def test_short_forms_of_a_name() -> None:
    assert names_in(["由 沃岭储能 承担"], ["北京沃岭储能有限公司"]) == ("北京沃岭储能有限公司",)
    assert names_in(["储能方案"], ["北京沃岭储能有限公司", ""]) == ()


def test_every_member_says_yes(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    lead, friend, third = make.worker("冯晓"), make.worker("宋海燕"), make.worker("柳青")
    leads, joins, stays = make.person(lead), make.person(friend), make.person(third)
    acting = site.acting_as(leads)
    draft = acting.change(create_proposal, challenge.id, "worker", lead.id, PLAN)
    asked = acting.change(ask_member, draft.id, draft.version, "宋海燕")
    asked = acting.change(ask_member, asked.id, asked.version, "柳青")
    with pytest.raises(Invalid) as told:
        acting.change(submit_proposal, asked.id, asked.version)
    assert "members" in told.value.fields
    with pytest.raises(Forbidden):
        acting.change(agree_to_join, asked.id, asked.version)
    yes = site.acting_as(joins).change(agree_to_join, asked.id, asked.version)
    no = site.acting_as(stays).change(decline_to_join, yes.id, yes.version)
    with pytest.raises(NotFound):
        site.acting_as(stays).read(get_proposal, no.id)
    left = acting.change(drop_member, no.id, no.version, third.id)
    assert acting.change(submit_proposal, left.id, left.version).status is Status.SUBMITTED


def test_nobody_of_the_enterprise_is_asked_into_a_team(site: TestSite, stage: Stage, make: Make) -> None:
    challenge, lead = stage.announced(), make.worker("冯晓")
    make.worker("方可", at=stage.firm)
    acting = site.acting_as(make.person(lead))
    draft = acting.change(create_proposal, challenge.id, "worker", lead.id, PLAN)
    for who in ("方可", "冯晓", "无此人"):
        with pytest.raises(Invalid):
            acting.change(ask_member, draft.id, draft.version, who)


def test_what_is_missing_is_said_part_by_part(site: TestSite, stage: Stage) -> None:
    draft = stage.drafted(stage.announced(), "周立成", ProposalText(approach="有"))
    with pytest.raises(Invalid) as told:
        site.acting_as(stage.leads["周立成"]).change(submit_proposal, draft.id, draft.version)
    assert set(told.value.fields) == {"schedule", "experience", "costs"}


def test_it_is_taken_back_and_withdrawn(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    sent, lead = stage.applied(challenge, "周立成"), site.acting_as(stage.leads["周立成"])
    back = lead.change(take_back_proposal, sent.id, sent.version)
    again = lead.change(submit_proposal, back.id, back.version)
    stage.applied(challenge, "林晓峰")
    stage.closed(challenge)
    now = site.find("proposal", again.id)
    with pytest.raises(Refused):
        lead.change(take_back_proposal, now.id, now.version)
    lead.change(withdraw_proposal, now.id, now.version)
    assert site.find("challenge", challenge.id).teams == 1


def test_numbers_do_not_follow_who_sent_first(site: TestSite, stage: Stage) -> None:
    """The number follows from a digest of the application's id, which nobody chose."""
    challenge = stage.announced()
    for name in stage.studios:
        stage.applied(challenge, name)
        site.clock.forward(minutes=5)
    stage.closed(challenge)
    sent = site.system.read(list_proposals, challenge.id)
    assert [one.ordinal for one in sorted(sent, key=lambda one: sha256(one.id.encode()).hexdigest())] == [1, 2]
    assert site.clock.now() - sent[0].created_at > timedelta(days=15)
