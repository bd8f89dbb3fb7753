"""Experts: whom nothing links with a team, each once, sealed until all are in."""

import pytest

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.judgements.model import Status
from marketplace.domains.judgements.repository import get_judgement, get_plan, list_judgements
from marketplace.domains.judgements.service import cast_judgement, declare_free, stand_back
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.kinship import Kin
from marketplace.kernel.roles import Role
from marketplace.kernel.workdays import local_day
from marketplace.processes.appointing.service import appoint_expert, get_team, list_checked
from marketplace.processes.challenges.service import choose_teams, get_standing
from marketplace.processes.conflicts.service import declare_kin
from tests.challenges.scenes import Stage, a_course, an_expert
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def stage(site: TestSite, make: Make) -> Stage:
    return a_course(site, make)


def test_a_colleague_of_a_member_cannot_be_appointed(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    colleague = an_expert(site, make, "韩专家", stage.street, at=stage.houses["周立成"])
    with pytest.raises(Refused):
        stage.appointed(closed, 1, colleague)
    team = site.system.read(get_team, closed.id, 1)
    rows = {one.expert.name: one for one in site.acting_as(stage.officer).read(list_checked, closed, team, site.clock.now())}
    assert rows["韩专家"].bars
    assert not rows["专家甲"].bars
    assert [node.kind for node in rows["韩专家"].counting[0].way.nodes] == ["worker", "enterprise", "studio"]


def test_kinship_bars_also_where_the_officer_may_not_see_it(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    site.acting_as(stage.experts[0]).change(declare_kin, stage.people["周立成"].number, Kin.SIBLING)
    with pytest.raises(Refused):
        stage.appointed(closed, 1, stage.experts[0])


def test_whoever_acts_for_the_team_cannot_judge_it(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    lead = stage.leads["周立成"]
    site.system.change(grant_role, lead.account_id, 1, Role.EXPERT, "organisation", stage.street.id)
    with pytest.raises(Refused):
        stage.appointed(closed, 1, lead)


def test_whoever_joined_a_team_after_being_appointed_cannot_judge_it(site: TestSite, stage: Stage, make: Make) -> None:
    """The same tokens that make somebody a maker close the plan to their vote."""
    challenge = stage.announced()
    sent = stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    expert = stage.experts[0]
    asked = stage.appointed(closed, 1, expert)
    now = site.find("proposal", sent.id)
    tokens = [*(f"maker:{one}" for one in now.makers), f"maker:{expert.worker_id}", "system"]
    site.graph.write(lambda tx: tx.run("MATCH (p:Proposal {id: $id}) SET p.audience = $tokens", id=now.id, tokens=tokens))
    with pytest.raises(Forbidden):
        site.acting_as(expert).change(declare_free, asked.id, asked.version)


def test_only_experts_and_only_while_it_is_judged(site: TestSite, stage: Stage, make: Make) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    officer = site.acting_as(stage.officer)
    with pytest.raises(Refused):
        officer.change(appoint_expert, challenge.id, 1, stage.experts[0].account_id)
    closed = stage.closed(challenge)
    with pytest.raises(Invalid):
        officer.change(appoint_expert, closed.id, 1, make.account().account_id)
    with pytest.raises(NotFound):
        officer.change(appoint_expert, closed.id, 7, stage.experts[0].account_id)
    with pytest.raises(Forbidden):
        site.acting_as(stage.buyer).change(appoint_expert, closed.id, 1, stage.experts[0].account_id)
    stage.appointed(closed, 1, stage.experts[0])
    with pytest.raises(Refused):
        stage.appointed(closed, 1, stage.experts[0])


def test_one_vote(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    given = stage.judged(closed, 1, stage.experts[0], 90, 80)
    with pytest.raises(Refused):
        site.acting_as(stage.experts[0]).change(cast_judgement, given.id, given.version, (10, 10), ("改", "改"))


def test_a_vote_is_whole_declared_and_in_time(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    asked, expert = stage.appointed(closed, 1, stage.experts[0]), site.acting_as(stage.experts[0])
    with pytest.raises(Refused):
        expert.change(cast_judgement, asked.id, asked.version, (1, 2), ("a", "b"))
    ready = expert.change(declare_free, asked.id, asked.version)
    for scores, remarks in (((101, 0), ("a", "b")), ((-1, 0), ("a", "b")), ((1,), ("a",)), ((1, 2), ("a", " "))):
        with pytest.raises(Invalid):
            expert.change(cast_judgement, ready.id, ready.version, scores, remarks)
    site.clock.forward(days=40)
    with pytest.raises(Refused):
        expert.change(cast_judgement, ready.id, ready.version, (1, 2), ("a", "b"))


def test_who_stands_back_is_not_waited_for(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    asked = stage.appointed(closed, 1, stage.experts[2])
    with pytest.raises(Invalid):
        site.acting_as(stage.experts[2]).change(stand_back, asked.id, asked.version, "")
    gone = site.acting_as(stage.experts[2]).change(stand_back, asked.id, asked.version, "我认出了他们")
    assert site.acting_as(stage.officer).read(get_judgement, gone.id).reason == ""
    for expert in stage.experts[:2]:
        stage.judged(closed, 1, expert, 80, 80)
    assert site.system.read(get_standing, closed, local_day(site.clock.now())).is_unsealed


def test_scores_are_sealed_until_all_are_in(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    waits = stage.appointed(closed, 1, stage.experts[1])
    stage.judged(closed, 1, stage.experts[0], 90, 80)
    for reader in (stage.officer, stage.buyer):
        standing = site.acting_as(reader).read(get_standing, closed, local_day(site.clock.now()))
        assert (standing.is_unsealed, standing.ranking) == (False, ())
    assert all(one.scores == () for one in site.acting_as(stage.officer).read(list_judgements, closed.id))
    with pytest.raises(Refused):
        site.acting_as(stage.officer).change(choose_teams, closed.id, closed.version, (1,), "好")
    expert = site.acting_as(stage.experts[1])
    ready = expert.change(declare_free, waits.id, waits.version)
    expert.change(cast_judgement, ready.id, ready.version, (70, 60), ("可", "可"))
    assert site.system.read(get_standing, closed, local_day(site.clock.now())).ranking[0].mean == 7_600


def test_an_expert_reads_no_other_vote_and_no_other_plan(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    given = stage.judged(closed, 1, stage.experts[0], 90, 80)
    other = site.acting_as(stage.experts[1])
    for look in (get_judgement, get_plan):
        with pytest.raises(NotFound):
            other.read(look, given.id)
    assert given.status is Status.CAST


def test_an_officer_of_a_team_does_not_choose(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    lead = stage.leads["林晓峰"]
    site.system.change(grant_role, lead.account_id, 1, Role.UNION_OFFICER, "organisation", stage.street.id)
    both = site.system.read(actor_of_account, lead.account_id, site.clock.now())
    with pytest.raises(Forbidden):
        site.acting_as(both).change(choose_teams, challenge.id, challenge.version, (1,), "自己的")
