"""From the announcement to the result, and what each step refuses."""

from dataclasses import replace

import pytest

from marketplace.domains.challenges.model import ChallengeText, Objecting, Status
from marketplace.domains.challenges.repository import get_challenge, list_objections
from marketplace.domains.challenges.service import create_challenge, object_to_choice, revise_challenge, submit_challenge
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.proposals.model import Status as Team
from marketplace.domains.proposals.repository import get_proposal, list_proposals
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.workdays import local_day
from marketplace.processes.challenges.model import Result
from marketplace.processes.challenges.repository import list_contracts
from marketplace.processes.challenges.service import (
    choose_none,
    choose_teams,
    conclude_challenge,
    dismiss_objection,
    draft_contracts,
    extend_judging,
    get_standing,
    uphold_objection,
    withdraw_challenge,
)
from tests.challenges.scenes import COURSE, TEXT, Stage, a_course
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def stage(site: TestSite, make: Make) -> Stage:
    return a_course(site, make)


def test_the_whole_course(site: TestSite, stage: Stage) -> None:
    chosen = stage.chosen()
    assert (chosen.status, site.find("challenge", chosen.id).winners) == (Status.CHOSEN, ("周立成创新工作室",))
    officer = site.acting_as(stage.officer)
    with pytest.raises(Refused):
        officer.change(draft_contracts, chosen.id, chosen.version)
    site.clock.forward(days=8)
    signed = officer.change(draft_contracts, chosen.id, chosen.version)
    assert signed.status is Status.CONTRACTED

    (contract,) = site.system.read(list_contracts, chosen.id)
    found = site.acting_as(stage.leads["周立成"]).read(get_contract, contract.id)
    assert (found.origin_kind, found.buyer.name, found.total_fen) == ("challenge", "顺垚仓储", 30_000_000)
    assert [one.amount_fen for one in found.stages] == [9_000_000, 21_000_000]
    said = Result(result="达到", reached=("1", "3.5"), paid_fen=30_000_000, paid_on=local_day(site.clock.now()))
    buyer = site.acting_as(stage.buyer)
    with pytest.raises(Refused):
        buyer.change(conclude_challenge, chosen.id, signed.version, said)
    accepted(site, contract.id)
    done = buyer.change(conclude_challenge, chosen.id, signed.version, said)
    assert (done.status, done.reached) == (Status.COMPLETED, ("1", "3.5"))


def accepted(site: TestSite, contract_id: str) -> None:
    """As the contract's own room says once the work is accepted."""
    site.graph.write(lambda tx: tx.run("MATCH (c:Contract {id: $id}) SET c.status = 'fulfilled'", id=contract_id))


def test_what_does_not_hold_together_is_told_at_its_field(site: TestSite, stage: Stage) -> None:
    buyer = site.acting_as(stage.buyer)
    wrong = {
        "criteria": {"criterion_weights": (60, 60)}, "stages": {"stage_shares": (3_000, 3_000)}, "escrow_place": {"escrow_place": ""},
    }  # fmt: skip
    for name, other in wrong.items():
        with pytest.raises(Invalid) as told:
            buyer.change(create_challenge, replace(TEXT, **other), stage.firm.id, COURSE)  # type: ignore[arg-type]
        assert list(told.value.fields) == [name]
    draft = buyer.change(create_challenge, ChallengeText(title="空"), stage.firm.id, COURSE)
    with pytest.raises(Invalid) as told:
        buyer.change(submit_challenge, draft.id, draft.version)
    assert {"problem", "prize_fen", "apply_until", "figures", "criteria"} <= set(told.value.fields)


def test_an_announcement_is_not_changed_any_more(site: TestSite, stage: Stage) -> None:
    public = stage.announced()
    with pytest.raises(Refused):
        site.acting_as(stage.buyer).change(revise_challenge, public.id, public.version, replace(TEXT, prize_fen=1))


def test_nobody_applies_and_it_ends(stage: Stage) -> None:
    assert stage.closed(stage.announced()).status is Status.FAILED


def test_too_few_reviews_are_said_and_more_time_is_given(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    stage.judged(closed, 1, stage.experts[0], 90, 90)
    officer = site.acting_as(stage.officer)
    with pytest.raises(Refused):
        officer.change(choose_teams, closed.id, closed.version, (1,), "好")
    site.clock.forward(days=30)
    standing = officer.read(get_standing, closed, local_day(site.clock.now()))
    assert (standing.is_unsealed, standing.too_few) == (True, (1,))
    with pytest.raises(Refused):
        officer.change(choose_teams, closed.id, closed.version, (1,), "好")
    with pytest.raises(Invalid):
        officer.change(extend_judging, closed.id, closed.version, closed.judge_until)
    later = officer.change(extend_judging, closed.id, closed.version, local_day(site.clock.now()).replace(month=12, day=31).replace(year=2027))
    stage.judged(later, 1, stage.experts[1], 80, 80)
    assert officer.change(choose_teams, later.id, later.version, (1,), "好").status is Status.CHOSEN


def test_the_choice_needs_a_reason_and_known_teams(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    officer = site.acting_as(stage.officer)
    for teams, reason in (((), "好"), ((1, 2), "好"), ((9,), "好"), ((1,), " ")):
        with pytest.raises(Invalid):
            officer.change(choose_teams, challenge.id, challenge.version, teams, reason)


def test_means_and_spread(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced(reviewers_least=2)
    stage.applied(challenge, "周立成")
    closed = stage.closed(challenge)
    stage.judged(closed, 1, stage.experts[0], 90, 80)
    stage.judged(closed, 1, stage.experts[1], 70, 60)
    (first,) = site.system.read(get_standing, closed, local_day(site.clock.now())).ranking
    assert (first.mean, first.spread, first.means) == (7_600, 1_000, (8_000, 7_000))


def test_each_team_reads_its_own_words_and_no_names(site: TestSite, stage: Stage) -> None:
    challenge = stage.chosen()
    lost = site.acting_as(stage.leads["林晓峰"]).read(list_proposals, challenge.id)
    assert [(one.status, one.mean, one.reason) for one in lost] == [(Team.PASSED_OVER, 6_400, "指标和进度最可信")]
    assert "专家" not in "".join(lost[0].remarks)


def test_no_team_convinces(site: TestSite, stage: Stage) -> None:
    challenge = stage.all_judged()
    ended = site.acting_as(stage.buyer).change(choose_none, challenge.id, challenge.version, "都不到指标")
    assert ended.status is Status.FAILED
    assert {one.status for one in site.system.read(list_proposals, challenge.id)} == {Team.PASSED_OVER}


def test_an_objection_is_answered_before_a_contract(site: TestSite, stage: Stage) -> None:
    challenge = stage.chosen()
    loser, officer = site.acting_as(stage.leads["林晓峰"]), site.acting_as(stage.officer)
    raised = loser.change(object_to_choice, challenge.id, "中榜方案抄袭")
    with pytest.raises(Refused):
        loser.change(object_to_choice, challenge.id, "再说一次")
    assert site.acting_as(stage.leads["周立成"]).read(list_objections, challenge.id) == []
    site.clock.forward(days=8)
    now = site.find("challenge", challenge.id)
    with pytest.raises(Refused):
        officer.change(draft_contracts, now.id, now.version)
    with pytest.raises(Forbidden):
        loser.change(dismiss_objection, challenge.id, raised.id, "不成立")
    with pytest.raises(Invalid):
        officer.change(dismiss_objection, challenge.id, raised.id, " ")
    answered = officer.change(dismiss_objection, challenge.id, raised.id, "查无此事")
    assert loser.read(list_objections, challenge.id)[0].status is Objecting.DISMISSED
    assert officer.change(draft_contracts, answered.id, answered.version).status is Status.CONTRACTED
    with pytest.raises(Refused):
        loser.change(object_to_choice, challenge.id, "太晚")


def test_an_upheld_objection_takes_the_choice_back(site: TestSite, stage: Stage) -> None:
    challenge = stage.chosen()
    raised = site.acting_as(stage.leads["林晓峰"]).change(object_to_choice, challenge.id, "中榜方案抄袭")
    again = site.acting_as(stage.officer).change(uphold_objection, challenge.id, raised.id, "属实")
    assert (again.status, site.find("challenge", challenge.id).winners) == (Status.JUDGING, ())
    winner = site.system.read(list_proposals, challenge.id)[0]
    with pytest.raises(NotFound):
        site.acting_as(stage.buyer).read(get_proposal, winner.id)


def test_a_withdrawal_tells_every_team(site: TestSite, stage: Stage) -> None:
    challenge = stage.announced()
    sent = stage.applied(challenge, "周立成")
    with pytest.raises(Invalid):
        site.acting_as(stage.buyer).change(withdraw_challenge, challenge.id, challenge.version, "")
    site.acting_as(stage.buyer).change(withdraw_challenge, challenge.id, challenge.version, "项目取消")
    assert site.find("proposal", sent.id).status is Team.RELEASED
    with pytest.raises(NotFound):
        site.acting_as(stage.leads["周立成"]).read(get_challenge, challenge.id)
