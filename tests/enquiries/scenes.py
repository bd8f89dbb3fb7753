"""A published achievement of one enterprise's worker, and another enterprise that wants to know more."""

from dataclasses import dataclass, replace

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, endorse_achievement, hand_in_achievement, publish_achievement
from marketplace.domains.organisations.model import Kind
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import WHOLE, Contribution
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

TEXT = AchievementText(
    title="防爆锂离子电池组定向泄压装置", benefit="每年省 126 万元", field="0601", summary="泄压口和导流隔板做成一体，拆装不动火。"
)


@dataclass(frozen=True, slots=True)
class Market:
    maker: Actor
    buyer: Actor
    officer: Actor
    work: Achievement


@remembered
def open_market(site: TestSite, make: Make) -> Market:
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("沃岭储能", under=base)
    maker, officer = make.person(make.worker("周立成", at=firm)), make.officer(of=street)
    buyer = make.enterprise_user(make.enterprise("顺垚仓储"))
    text = replace(TEXT, contributions=(Contribution(maker.worker_id, WHOLE),))
    draft = site.acting_as(maker).change(create_achievement, text)
    handed = site.acting_as(maker).change(hand_in_achievement, draft.id, draft.version)
    passed = site.acting_as(make.officer(of=base)).change(endorse_achievement, handed.id, handed.version)
    return Market(maker, buyer, officer, site.acting_as(officer).change(publish_achievement, passed.id, passed.version))
