"""What the stories of introductions begin with: a studio's work, an enterprise's need, and somebody who sees that they fit."""

from dataclasses import dataclass

from marketplace.domains.contracts.model import Contract
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.domains.enquiries.service import answer_enquiry
from marketplace.domains.introductions.model import Introduction
from marketplace.domains.needs.model import Need
from marketplace.kernel.actor import Actor
from marketplace.processes.introducing.model import Bounds, Outcome
from marketplace.processes.introducing.repository import get_outcome
from marketplace.processes.introducing.service import accept_introduction, introduce, withdraw_introduction
from tests.deals.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

WHY = "贵库十二组电池去年两次过温，这个工作室在同型叉车上改过三十八台，压差一直在十五毫伏以内。"
OPENING = "我们有十二组电池，夜班能改完吗？"
REASON = "一方已停产，没有再谈的必要。"
BOUNDS = Bounds(least=20, most=600, a_day=3)


@dataclass(slots=True)
class Bridge:
    """`buyer` has the need, `seller` leads the studio that may solve it, `scout` belongs to neither."""

    market: Market
    need: Need
    scout: Actor

    @property
    def site(self) -> TestSite:
        return self.market.site

    def introduced(self, by: Actor | None = None, need_id: str = "", kind: str = "achievement", id: str = "", why: str = WHY) -> Introduction:
        scout, thing = self.site.acting_as(by or self.scout), id or self.market.work.id
        return scout.change(introduce, need_id or self.need.id, kind, thing, why, BOUNDS)

    def accepts(self, who: Actor, one: Introduction) -> Introduction:
        return self.site.acting_as(who).change(accept_introduction, one.id, OPENING if who == self.market.buyer else "")

    def withdrawn(self, one: Introduction, reason: str = REASON) -> Introduction:
        return self.site.acting_as(self.scout).change(withdraw_introduction, one.id, one.version, reason)

    def opened(self) -> Introduction:
        one = self.introduced()
        self.accepts(self.market.buyer, one)
        return self.accepts(self.market.seller, one)

    def outcome(self, who: Actor, one: Introduction) -> Outcome:
        return self.site.acting_as(who).read(get_outcome, one.id)

    def conversation(self, one: Introduction) -> Enquiry:
        return self.site.system.read(get_enquiry, self.outcome(self.market.seller, one).enquiry_id)

    def agreed(self, one: Introduction) -> Contract:
        """Answered, offered, accepted."""
        asked = self.conversation(one)
        answered = self.site.acting_as(self.market.seller).change(answer_enquiry, asked.id, asked.version, "能，夜班 22 点后到场。")
        return self.market.accept(self.market.offer(answered))


@remembered
def a_bridge(site: TestSite, make: Make) -> Bridge:
    market = open_market(site, make)
    firm = market.buyer.parties_of("enterprise")[0]
    need = make.need(site.find("enterprise", firm.id), owner=market.buyer, title="叉车电池过温")
    return Bridge(market, need, make.person(make.worker("沈牵线")))
