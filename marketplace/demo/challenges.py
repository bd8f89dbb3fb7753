"""Three challenges: one takes applications, one is being judged, one is decided and under contract."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from marketplace.demo.market import enterprise_user
from marketplace.demo.stage import Stage, by_ref, rows_of
from marketplace.demo.works import person
from marketplace.domains.accounts.repository import actor_of_account, get_account
from marketplace.domains.challenges.model import Challenge, ChallengeText, Course
from marketplace.domains.challenges.repository import get_challenge
from marketplace.domains.challenges.service import create_challenge, publish_challenge, submit_challenge
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.contracts.service import confirm_contract
from marketplace.domains.judgements.service import cast_judgement, declare_free
from marketplace.domains.proposals.model import ProposalText
from marketplace.domains.proposals.repository import get_proposal, list_teams
from marketplace.domains.proposals.service import ask_member, create_proposal, submit_proposal
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.indicators import Indicator
from marketplace.kernel.roles import Role
from marketplace.processes.appointing.service import appoint_expert, get_team, list_checked
from marketplace.processes.challenges.repository import list_contracts
from marketplace.processes.challenges.service import choose_teams, close_due, draft_contracts, get_standing

EXPERTS = ("su-jing", "he-jianguo", "liu-shaohua", "shao-hongyan")
COURSE = Course(judging_workdays=10, notice_workdays=5)
CRITERIA: dict[str, Any] = {"criterion_names": ("技术可行性", "先进性", "实施计划", "费用合理性"), "criterion_weights": (35, 25, 20, 20)}
STAGES: dict[str, Any] = {
    "stage_names": ("方案确认", "样件试装", "验收"), "stage_days": (15, 60, 120), "stage_shares": (3_000, 4_000, 3_000),
    "stage_proofs": ("方案书", "试装记录", "第三方检测报告"),
}  # fmt: skip
REMARKS = ("路线成立，有同类数据", "比现有做法进了一步", "节点清楚", "报价与工作量相称")
PLAN = ProposalText(
    approach="先用三轴温度和位移同步采集找出漂移的主要来源，再做热平衡预热程序和补偿表；不改动机床本体，夜班停机时实施。",
    schedule="第 1 至 2 周采集，第 3 至 6 周试装，第 7 至 10 周稳定运行并交付操作规程。",
    experience="做过两条同类产线的改造，首件合格率由八成提高到九成五以上。",
    costs="传感器和采集盒 3.2 万元，人工 4 万元，检测 0.8 万元。", cost_fen=8_000_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A need that becomes a challenge, `ago`: how many days ago its last day was."""

    need: str
    ago: int
    prize_yuan: int
    teams: tuple[str, ...]
    points: tuple[int, ...] = ()


OPEN = Case("need-001", -20, 260_000, ("studio-zhou-licheng",))
JUDGED = Case("need-005", 5, 90_000, ("studio-lin-xiaofeng", "studio-ma-deshun"), (84,))
DECIDED = Case("need-006", 60, 80_000, ("studio-li-changhe", "studio-ma-deshun"), (88, 71))


def load_challenges(stage: Stage) -> None:
    stage.together(partial(appoint_to_office, stage))
    for case in (OPEN, JUDGED, DECIDED):
        stage.together(partial(play_case, stage, case))
    stage.together(partial(gather_a_team, stage))


def appoint_to_office(stage: Stage) -> None:
    """People of the register who judge for the district."""
    began, district = stage.today - timedelta(days=200), stage.unit("district")
    for ref in EXPERTS:
        account = get_account(stage.uow.tx, person(stage, ref).account_id)
        stage.play(began, SYSTEM_ACTOR, grant_role, account.id, account.version, Role.EXPERT, "organisation", district)


def play_case(stage: Stage, case: Case) -> None:
    row = by_ref("needs")[case.need]
    firm = by_ref("enterprises")[row["enterprise"]]
    last, user, officer = stage.today - timedelta(days=case.ago), enterprise_user(stage, row["enterprise"]), stage.officer(firm["subdistrict"])
    text = ChallengeText(
        title=f"揭榜：{row['title']}", summary="以指标论英雄：方案匿名评审，中榜后按里程碑付款。", problem=row["problem"], field=row["field"],
        indicators=tuple(str(Indicator(one["name"], one["now"], one["target"], one["unit"])) for one in row["indicators"]),
        prize_fen=case.prize_yuan * 100, apply_until=last, escrow_fen=case.prize_yuan * 100, escrow_place="区总工会项目监管账户",
        escrow_on=last - timedelta(days=30), reviewers_least=2, **CRITERIA, **STAGES,
    )  # fmt: skip
    begun = min(last - timedelta(days=30), stage.today - timedelta(days=3))
    need = stage.ids[f"need:{case.need}"]
    draft = stage.play(begun, user, create_challenge, text, stage.ids[f"enterprise:{row['enterprise']}"], COURSE, need)
    sent = stage.play(begun, user, submit_challenge, draft.id, draft.version)
    stage.play(begun + timedelta(days=1), officer, publish_challenge, sent.id, sent.version)
    stage.ids[f"challenge:{case.need}"] = draft.id
    for ref in case.teams:
        apply(stage, draft.id, ref, begun + timedelta(days=2))
    if case.points:
        judge(stage, case, draft.id, last + timedelta(days=1), officer, user)


def apply(stage: Stage, challenge: str, ref: str, day: date) -> None:
    studio = by_ref("studios")[ref]
    lead = actor_of_account(stage.uow.tx, person(stage, studio["leader"]).account_id, stage.uow.now)
    draft = stage.play(day, lead, create_proposal, challenge, "studio", stage.ids[f"studio:{ref}"], PLAN)
    stage.play(day, lead, submit_proposal, draft.id, draft.version)
    stage.ids[f"proposal:{challenge}:{ref}"] = draft.id


def judge(stage: Stage, case: Case, id: str, day: date, officer: Actor, user: Actor) -> None:
    """The site closes it; two free experts for each team, who have judged as many teams as there are points."""
    stage.play(day, SYSTEM_ACTOR, close_due)
    for ordinal in (one.ordinal for one in list_teams(stage.uow.tx, id)):
        ask_experts(stage, case, id, ordinal, day, officer)
    if len(case.points) == len(case.teams):
        decide(stage, case, id, day + timedelta(days=6), officer, user)


def ask_experts(stage: Stage, case: Case, id: str, ordinal: int, day: date, officer: Actor) -> None:
    team = get_team(stage.uow.tx, id, ordinal)
    free = [one.expert for one in list_checked(stage.uow.tx, get_challenge(stage.uow.tx, id), team, stage.uow.now) if not one.bars][:2]
    points = {stage.ids[f"proposal:{id}:{ref}"]: said for ref, said in zip(case.teams, case.points, strict=False)}
    for at, expert in enumerate(free):
        asked = stage.play(day, officer, appoint_expert, id, ordinal, expert.account_id)
        acting = actor_of_account(stage.uow.tx, expert.account_id, stage.uow.now)
        if best := points.get(team.proposal_id):
            ready = stage.play(day, acting, declare_free, asked.id, asked.version)
            scores = [best + at, best - 4, best + 2 - at, best - 1]
            stage.play(day + timedelta(days=2), acting, cast_judgement, ready.id, ready.version, scores, REMARKS)


def decide(stage: Stage, case: Case, id: str, day: date, officer: Actor, user: Actor) -> None:
    """The best team; after the notice a contract that both confirm."""
    challenge: Challenge = get_challenge(stage.uow.tx, id)
    best = get_standing(stage.uow.tx, challenge, day).ranking[0].team
    reason = "指标最可信，进度与产线检修窗口吻合。"
    chosen = stage.play(day, officer, choose_teams, id, challenge.version, (best.ordinal,), reason)
    later = (chosen.notice_until or day) + timedelta(days=1)
    stage.play(later, officer, draft_contracts, id, chosen.version)
    winner = get_proposal(stage.uow.tx, best.proposal_id)
    leader = next(row["leader"] for row in rows_of("studios") if stage.ids.get(f"studio:{row['ref']}") == winner.party_id)
    lead = actor_of_account(stage.uow.tx, person(stage, leader).account_id, stage.uow.now)
    contract = get_contract(stage.uow.tx, list_contracts(stage.uow.tx, id)[0].id)
    sold = stage.play(later, lead, confirm_contract, contract.id, contract.version)
    stage.play(later, user, confirm_contract, sold.id, sold.version)


def gather_a_team(stage: Stage) -> None:
    """A worker's draft, whose colleague has not answered yet."""
    worker = person(stage, "feng-xiao")
    challenge = stage.ids[f"challenge:{OPEN.need}"]
    draft = stage.play(None, worker, create_proposal, challenge, "worker", stage.ids["worker:feng-xiao"], ProposalText(approach=PLAN.approach))
    stage.play(None, worker, ask_member, draft.id, draft.version, "韩雪梅")
