"""Who plays in the journeys: a sub-district with its unions, two enterprises, a studio with a published work, and those who sign in."""

from dataclasses import dataclass, fields, replace
from datetime import date

from marketplace.cli.init import found
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import Achievement, AchievementText, Kind
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.enterprises.model import Enterprise, EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.organisations.model import Kind as Unit
from marketplace.domains.organisations.model import Organisation
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import WorkerDetails, WorkerText
from marketplace.domains.workers.service import create_worker, give_consent
from marketplace.kernel.actor import Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.roles import Role
from marketplace.processes.adoption.model import UseText
from marketplace.processes.adoption.service import confirm_use
from tests.journeys.live import Live

BATTERY = AchievementText(
    title="防爆型锂离子电池组定向泄压装置", kind=Kind.INNOVATION, field="0601", maturity=8, gain_metric="单组检修", gain_before=4.5, gain_after=1.2,
    benefit="单组检修由 4.5 小时降到 1.2 小时，两家单位实测年节约 83.34 万元", gain_unit="小时", skills=("锂电池热管理",),
    completed_on=date(2026, 6, 30),
    summary="防爆区叉车的锂离子电池组热失控时气体只能向一侧排。装置把泄压口和导流隔板做成一体，拆装不动火。",
    conditions="铝壳模组，防爆 2 区", not_for="软包模组；环境低于 −25 ℃",
)  # fmt: skip
OTHERS = (
    AchievementText(title="锂离子电池模组激光焊接飞溅抑制工艺", kind=Kind.PROCESS, field="0601",
        summary="防爆车间里焊锂离子电池模组，改离焦量和吹气角度，飞溅少了八成。", benefit="虚焊率由 1.8% 降到 0.2%"),
    AchievementText(title="幕墙渗漏分区充气定位法", kind=Kind.METHOD, field="1102",
        summary="分区充气查漏，不拆装饰面，防爆小风机由锂离子电池供电。", benefit="查漏由 3 天降到 4 小时"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    live: Live
    maker: Enterprise
    adopter: Enterprise
    studio: Studio
    battery: Achievement
    lead: Actor
    worker: Actor
    user: Actor
    base_officer: Actor
    officer: Actor
    stranger: Actor

    def submitted(self, title: str) -> Achievement:
        return submitted(self.live, self.lead, self.studio, AchievementText(title=title, benefit="省一半工时", field="0601", summary="写清了做法。"))


def a_district(live: Live, *, confirmed: bool = True) -> Cast:
    """Everything through the services, as its people would have done it; `confirmed`: the adopters have said that they use it."""
    found(live.site.site)
    street, other = live.make.unit("酒仙桥街道总工会"), live.make.unit("黑庄户地区总工会")
    base = live.make.organisation("北京沃岭储能技术有限公司工会", kind=Unit.BASE, under=street)
    away = live.make.organisation("北京京朔物流装备有限公司工会", kind=Unit.BASE, under=other)
    maker, adopter = enterprise(live, "北京沃岭储能技术有限公司", base), enterprise(live, "北京京朔物流装备有限公司", away)
    zhou, han, feng = (person(live, name, maker) for name in ("周立成", "韩雪梅", "冯晓"))
    studio = live.site.system.change(
        create_studio, StudioText(name="周立成职工创新工作室", fields=("0601",), summary="专做电池装配与防爆改造。"), maker.id,
        (Membership(zhou.worker_id, LEAD, date(2021, 6, 18)), Membership(han.worker_id, MEMBER, date(2021, 6, 18))),
    )  # fmt: skip
    lead, officer = again(live, zhou), live.make.officer(of=street)
    shares = (Contribution(zhou.worker_id, 6000), Contribution(han.worker_id, 4000))
    battery = published(live, lead, officer, studio, BATTERY, shares, adoptions_at(adopter, maker, method=METHOD if confirmed else ""))
    users = {one.id: live.make.holding(Role.ENTERPRISE_USER, "enterprise", one.id) for one in (adopter, maker)}
    if confirmed:
        confirm_uses(live, battery.id, users)
    for text in OTHERS:
        published(live, lead, officer, studio, text, (), ())
    live.site.drain()
    return Cast(
        live=live, maker=maker, adopter=adopter, studio=studio, battery=battery, lead=lead, worker=again(live, feng), officer=officer,
        user=users[adopter.id], base_officer=live.make.officer(of=base),
        stranger=live.make.officer(of=other),
    )  # fmt: skip


def enterprise(live: Live, name: str, union: Organisation) -> Enterprise:
    return live.site.system.change(
        create_enterprise, EnterpriseText(name=name, fields=("0601",), union_name=union.name, summary="做储能与物流装备。")
    )


def person(live: Live, name: str, employer: Enterprise) -> Actor:
    """A worker with an account, whose card is public by their own consent."""
    worker = live.site.system.change(create_worker, WorkerText(name=name), WorkerDetails(), employer.id, date(2017, 9, 1))
    actor = live.make.account(name, worker.id)
    live.site.acting_as(actor).change(give_consent, worker.id, worker.version)
    return actor


def again(live: Live, actor: Actor) -> Actor:
    """Read anew: what one belongs to comes later than the account."""
    return live.site.system.read(actor_of_account, actor.account_id, live.site.clock.now())


METHOD = "改造前后各 30 天停线工时对比"


def adoptions_at(*enterprises: Enterprise, method: str) -> tuple[Adoption, ...]:
    savings = (44_640_000, 38_700_000)
    return tuple(
        Adoption(one.id, one.name, place="电动叉车", since=date(2025, 3, 1), quantity=24, unit="组", saving_fen=fen,
                 evidence="应用证明", method=method)
        for one, fen in zip(enterprises, savings, strict=True)
    )  # fmt: skip


def confirm_uses(live: Live, achievement_id: str, users: dict[str, Actor]) -> None:
    """Only what the adopter confirms counts."""
    found: Achievement = live.site.find("achievement", achievement_id)
    for use in found.adoptions:
        text = UseText(**{one.name: getattr(use, one.name) for one in fields(UseText)})
        version = live.site.find("achievement", achievement_id).version
        live.site.acting_as(users[use.enterprise_id]).change(confirm_use, achievement_id, version, use.id, text)


def submitted(live: Live, lead: Actor, studio: Studio, text: AchievementText, shares: tuple[Contribution, ...] = ()) -> Achievement:
    """As the lead sends it in; without other words all of it is the lead's own."""
    people = shares or (Contribution(lead.worker_id, 10_000),)
    acting = live.site.acting_as(lead)
    draft = acting.change(create_achievement, replace(text, contributions=people), studio.id)
    return acting.change(submit_achievement, draft.id, draft.version)


def published(
    live: Live, lead: Actor, officer: Actor, studio: Studio, text: AchievementText, shares: tuple[Contribution, ...], adoptions: tuple[Adoption, ...]
) -> Achievement:
    sent = submitted(live, lead, studio, replace(text, adoptions=adoptions), shares)
    return live.site.acting_as(officer).change(publish_achievement, sent.id, sent.version)
