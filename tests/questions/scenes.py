"""A street with two firms, a studio and people whose works, jobs and skills link them; somebody in it is hidden."""

from dataclasses import dataclass
from datetime import date

from werkzeug.test import TestResponse

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import Level, SkillHeld, Worker
from marketplace.kernel.actor import Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.kinship import Kin
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.taxonomy import Term, write_fields, write_skills
from marketplace.processes.conflicts.service import declare_kin
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

TURNING, HEAT = "数控车削", "锂电池热管理"


@dataclass(slots=True)
class Town:
    """`zhou` leads the studio, `han` is its member, `feng` knows turning and is in no studio, `hidden` agreed to nothing, `chen` works elsewhere."""

    site: TestSite
    make: Make
    street: Organisation
    maker: Enterprise
    user: Enterprise
    studio: Studio
    zhou: Worker
    han: Worker
    feng: Worker
    chen: Worker
    hidden: Worker
    work: Achievement
    officer: Actor
    stranger: Actor

    def get(self, address: str, actor: Actor | None = None) -> TestResponse:
        return self.site.client(actor).get(address)

    def answers(self, address: str, actor: Actor | None = None) -> str:
        """The page behind the canonical address."""
        answer = self.site.client(actor).get(address, follow_redirects=True)
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return answer.text


@remembered
def a_town(site: TestSite, make: Make) -> Town:
    site.graph.write(lambda tx: write_fields(tx, [Term("06", "新能源与高效节能", "Energy"), Term("0601", "储能", "Storage", "06")]))
    site.graph.write(lambda tx: write_skills(tx, [Term("turning", TURNING, "CNC turning"), Term("heat", HEAT, "Battery heat", "06")]))
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    maker, user = make.enterprise("北京沃岭储能技术有限公司", under=base), make.enterprise("北京京朔物流装备有限公司", under=base)
    zhou = make.worker("周立成", at=maker, level=Level.SENIOR_TECHNICIAN, skills=(SkillHeld(HEAT, Level.SENIOR_TECHNICIAN),))
    han = make.worker("韩雪梅", at=maker, level=Level.TECHNICIAN, skills=(SkillHeld(TURNING, Level.TECHNICIAN),))
    feng = make.worker("冯晓", at=user, level=Level.SENIOR_TECHNICIAN, skills=(SkillHeld(TURNING, Level.SENIOR_TECHNICIAN),))
    chen = make.worker("陈卫东", level=Level.SENIOR_TECHNICIAN, skills=(SkillHeld(TURNING),))
    hidden = make.worker("慕容晚晴", at=maker, shown=False, level=Level.SENIOR_TECHNICIAN, skills=(SkillHeld(TURNING),))
    members = (Membership(zhou.id, LEAD, date(2021, 6, 18)), Membership(han.id, MEMBER, date(2021, 6, 18)))
    studio = site.system.change(create_studio, StudioText(name="周立成职工创新工作室", fields=("0601",)), maker.id, members)
    officer = make.officer(of=street)
    town = Town(site, make, street, maker, user, studio, zhou, han, feng, chen, hidden, None, officer, make.officer(of="望京街道"))  # type: ignore[arg-type]
    town.work = a_work(town, "防爆锂离子电池组定向泄压装置", zhou, chen)
    site.drain()
    return town


def a_work(town: Town, title: str, *people: Worker, skills: tuple[str, ...] = (HEAT,), published: bool = True) -> Achievement:
    """Published by the studio, made by these people, used at the other firm."""
    site = town.site
    lead = site.system.read(actor_of_account, town.make.person(town.zhou).account_id, site.clock.now())
    shares = tuple(Contribution(one.id, 10_000 // len(people)) for one in people)
    used = (Adoption(town.user.id, town.user.name, place="电动叉车", since=date(2025, 3, 1), quantity=24, unit="组", evidence="应用证明"),)
    text = AchievementText(
        title=title, benefit="单组检修由 4.5 小时降到 1.2 小时", field="0601", summary="拆装不动火", contributions=shares, adoptions=used,
        skills=skills, completed_on=date(2024, 6, 30),
    )  # fmt: skip
    draft = site.acting_as(lead).change(create_achievement, text, town.studio.id)
    if not published:
        return draft
    sent = site.acting_as(lead).change(submit_achievement, draft.id, draft.version)
    return site.acting_as(town.officer).change(publish_achievement, sent.id, sent.version)


def declared(town: Town, person: Worker, other: Worker, kin: Kin = Kin.SPOUSE) -> Actor:
    """A person declares somebody as kin; returns their account."""
    actor = town.make.person(person)
    town.site.acting_as(actor).change(declare_kin, other.number, kin)
    return actor
