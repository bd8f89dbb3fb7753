"""What the stories of challenges begin with: an enterprise that announces, an officer above it, two studios that apply, experts from elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.challenges.model import Challenge, ChallengeText, Course
from marketplace.domains.challenges.service import create_challenge, publish_challenge, submit_challenge
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.judgements.model import Judgement
from marketplace.domains.judgements.service import cast_judgement, declare_free
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.proposals.model import Proposal, ProposalText
from marketplace.domains.proposals.repository import list_proposals
from marketplace.domains.proposals.service import create_proposal, submit_proposal
from marketplace.domains.roles.service import grant_role
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import Worker
from marketplace.kernel.actor import Actor
from marketplace.kernel.indicators import Indicator
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.roles import Role
from marketplace.processes.appointing.service import appoint_expert
from marketplace.processes.challenges.service import choose_teams, close_due
from tests.factories import Make
from tests.joining.scenes import USCC
from tests.site import TestSite
from tests.worlds import remembered

LAST_DAY = date(2026, 12, 7)
COURSE = Course(judging_workdays=10, notice_workdays=5)
TEXT = ChallengeText(
    title="叉车电池过温不停机改造", summary="不动火、不停机", problem="38 台叉车夏季过温报警", field="0601",
    prize_fen=30_000_000, apply_until=LAST_DAY,
    indicators=(str(Indicator("每周误停", "11", "1", "次")), str(Indicator("最大温差", "9", "4", "℃"))),
    escrow_fen=30_000_000, escrow_place="区总工会监管账户",
    criterion_names=("可行性", "创新性"), criterion_weights=(60, 40), reviewers_least=2, stage_names=("方案", "交付"), stage_days=(10, 60),
    stage_shares=(3_000, 7_000), stage_proofs=("方案书", "验收报告"),
)  # fmt: skip
PLAN = ProposalText(approach="在模组中部加测点并做定向导热", schedule="60 天", experience="做过两个类似改造", costs="材料和人工", cost_fen=28_000_000)


@dataclass(slots=True)
class Stage:
    """Who takes part; each step of the course as one call."""

    site: TestSite
    make: Make
    street: Organisation
    officer: Actor
    firm: Enterprise
    buyer: Actor
    leads: dict[str, Actor]
    people: dict[str, Worker]
    houses: dict[str, Enterprise]
    studios: dict[str, str]
    experts: list[Actor]

    def announced(self, **other: Any) -> Challenge:
        said = {name: getattr(TEXT, name) for name in ChallengeText.__dataclass_fields__} | other
        draft = self.site.acting_as(self.buyer).change(create_challenge, ChallengeText(**said), self.firm.id, COURSE)
        sent = self.site.acting_as(self.buyer).change(submit_challenge, draft.id, draft.version)
        return self.site.acting_as(self.officer).change(publish_challenge, sent.id, sent.version)

    def drafted(self, challenge: Challenge, name: str, plan: ProposalText = PLAN) -> Proposal:
        return self.site.acting_as(self.leads[name]).change(create_proposal, challenge.id, "studio", self.studios[name], plan)

    def applied(self, challenge: Challenge, name: str, plan: ProposalText = PLAN) -> Proposal:
        draft = self.drafted(challenge, name, plan)
        return self.site.acting_as(self.leads[name]).change(submit_proposal, draft.id, draft.version)

    def closed(self, challenge: Challenge) -> Challenge:
        """The last day is over."""
        self.site.clock.forward(days=16)
        self.site.system.change(close_due)
        found: Challenge = self.site.find("challenge", challenge.id)
        return found

    def number_of(self, challenge: Challenge, name: str) -> int:
        """Which team this studio is."""
        return next(one.ordinal for one in self.site.system.read(list_proposals, challenge.id) if one.party_id == self.studios[name])

    def appointed(self, challenge: Challenge, number: int, expert: Actor) -> Judgement:
        return self.site.acting_as(self.officer).change(appoint_expert, challenge.id, number, expert.account_id)

    def judged(self, challenge: Challenge, number: int, expert: Actor, *scores: int) -> Judgement:
        asked, acting = self.appointed(challenge, number, expert), self.site.acting_as(expert)
        ready = acting.change(declare_free, asked.id, asked.version)
        return acting.change(cast_judgement, ready.id, ready.version, scores, ("可行", "有新意"))

    def all_judged(self) -> Challenge:
        """Two teams, two experts each; the first studio leads."""
        challenge = self.announced()
        for name in self.studios:
            self.applied(challenge, name)
        closed = self.closed(challenge)
        for name, points in zip(self.studios, ((90, 80), (60, 70)), strict=True):
            for expert in self.experts[:2]:
                self.judged(closed, self.number_of(closed, name), expert, *points)
        found: Challenge = self.site.find("challenge", closed.id)
        return found

    def chosen(self) -> Challenge:
        """The first studio won."""
        challenge = self.all_judged()
        number = self.number_of(challenge, next(iter(self.studios)))
        return self.site.acting_as(self.officer).change(choose_teams, challenge.id, challenge.version, (number,), "指标和进度最可信")


@remembered
def a_course(site: TestSite, make: Make) -> Stage:
    street = make.organisation("酒仙桥街道")
    firm = make.enterprise("顺垚仓储", under=make.organisation("顺垚工会", kind=Kind.BASE, under=street), uscc=USCC)
    leads, people, houses, studios = {}, {}, {}, {}
    for name, host in (("周立成", "沃岭储能"), ("林晓峰", "朔芯传感")):
        houses[name] = house = make.enterprise(host)
        people[name] = make.worker(name, at=house)
        studio = site.system.change(create_studio, StudioText(name=f"{name}创新工作室"), house.id, (Membership(people[name].id, LEAD),))
        leads[name], studios[name] = make.person(people[name]), studio.id
    experts = [an_expert(site, make, f"专家{number}", street) for number in "甲乙丙"]
    return Stage(site, make, street, make.officer(of=street), firm, make.enterprise_user(firm), leads, people, houses, studios, experts)


def an_expert(site: TestSite, make: Make, name: str, unit: Organisation, at: Enterprise | None = None) -> Actor:
    """With a card of the register, so that relations can be looked for."""
    account = make.person(make.worker(name, at=at)).account_id
    site.system.change(grant_role, account, 1, Role.EXPERT, "organisation", unit.id)
    return site.system.read(actor_of_account, account, site.clock.now())
