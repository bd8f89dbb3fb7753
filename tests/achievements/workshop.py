"""A street, its base union, an enterprise with a studio, its leader and a colleague."""

from dataclasses import dataclass

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered


@dataclass(frozen=True, slots=True)
class Workshop:
    site: TestSite
    officer: Actor
    stranger: Actor
    base_officer: Actor
    lead: Actor
    colleague: Actor
    loner: Actor
    studio_id: str

    def text(self, title: str = "铣床夹具快换装置", **content: object) -> AchievementText:
        shares = (Contribution(self.lead.worker_id, 6_000), Contribution(self.colleague.worker_id, 4_000))
        filled: dict[str, object] = {
            "benefit": "换型由 45 分钟降到 9 分钟",
            "field": "0301",
            "summary": "定位块与液压夹紧合一。",
            "contributions": shares,
        }
        return AchievementText(title=title, **({"contributions": shares} | filled | content))  # type: ignore[arg-type]

    def draft(self, **content: object) -> Achievement:
        return self.site.acting_as(self.lead).change(create_achievement, self.text(**content), self.studio_id)  # type: ignore[arg-type]

    def submitted(self, **content: object) -> Achievement:
        draft = self.draft(**content)
        return self.site.acting_as(self.lead).change(submit_achievement, draft.id, draft.version)

    def public(self, **content: object) -> Achievement:
        sent = self.submitted(**content)
        public = self.site.acting_as(self.officer).change(publish_achievement, sent.id, sent.version)
        self.site.drain()
        return public


@remembered
def a_workshop(site: TestSite, make: Make) -> Workshop:
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("北京沃岭储能技术有限公司", under=base)
    lead, colleague, loner = (make.person(make.worker(name, at=firm)) for name in ("周立成", "韩雪梅", "冯晓"))
    members = (Membership(lead.worker_id, LEAD), Membership(colleague.worker_id, MEMBER))
    studio = site.system.change(create_studio, StudioText(name="周立成职工创新工作室"), firm.id, members)
    again = make.site.system.read
    lead, colleague = (again(actor_of_account, one.account_id, site.clock.now()) for one in (lead, colleague))
    return Workshop(site, make.officer(of=street), make.officer(of="望京街道"), make.officer(of=base), lead, colleague, loner, studio.id)
