"""What the stories of offers begin with: a studio's work and its listing, an enterprise that asked and was answered."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.contracts.model import Contract
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.service import answer_enquiry, ask_enquiry
from marketplace.domains.listings.model import Listing, ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.offers.model import Offer
from marketplace.domains.offers.service import propose_offer
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.technology_contracts import ContractKind, PriceMode, Terms
from marketplace.processes.deals.service import accept_offer
from tests.factories import Make
from tests.joining.scenes import USCC
from tests.site import TestSite
from tests.worlds import remembered

TERMS = Terms(
    contract_kind=ContractKind.SERVICE, sub_kind="general", price_mode=PriceMode.INSTALMENTS, total_fen=32_000_000, technology_fen=28_000_000,
    scope="改造 12 组电池", delivery="90 天内", acceptance="压差 ≤ 15 mV",
    stage_names=("签约", "验收"), stage_days=(5, 90), stage_shares=(3_000, 7_000), stage_proofs=("合同", "验收报告"),
)  # fmt: skip
TRANSFER = replace(TERMS, contract_kind=ContractKind.TRANSFER, sub_kind="know_how")
UNTIL = date(2026, 12, 7)
WORKDAYS = 15


@dataclass(slots=True)
class Market:
    """`seller` leads the studio, `colleague` is its member with 40 % of the work; `buyer` and `rival` each act for an enterprise."""

    site: TestSite
    make: Make
    officer: Actor
    studio: Studio
    work: Achievement
    seller: Actor
    colleague: Actor
    buyer: Actor
    rival: Actor

    def asked(self, by: Actor | None = None, kind: str = "achievement", id: str = "") -> Enquiry:
        return self.site.acting_as(by or self.buyer).change(ask_enquiry, kind, id or self.work.id, "12 组能改吗？")

    def thread(self, by: Actor | None = None, kind: str = "achievement", id: str = "") -> Enquiry:
        """Asked and answered."""
        asked = self.asked(by, kind, id)
        return self.site.acting_as(self.seller).change(answer_enquiry, asked.id, asked.version, "能，夜班 22 点后到场。")

    def offer(self, thread: Enquiry, by: Actor | None = None, seen: int = 0, terms: Terms = TERMS, until: date = UNTIL) -> Offer:
        return self.site.acting_as(by or self.seller).change(propose_offer, thread.id, seen, terms, until)

    def accept(self, offer: Offer, by: Actor | None = None) -> Contract:
        return self.site.acting_as(by or self.buyer).change(accept_offer, offer.id, offer.version, WORKDAYS)

    def listing(self, *, exclusive: bool = True, **otherwise: Any) -> Listing:
        text = ListingText(title="泄压装置独占许可", benefit="少停机", field="0601", exclusive=exclusive, valid_until=date(2027, 5, 31), **otherwise)
        seller, officer = self.site.acting_as(self.seller), self.site.acting_as(self.officer)
        draft = seller.change(create_listing, text, "studio", self.studio.id, self.work.id)
        sent = seller.change(submit_listing, draft.id, draft.version)
        return officer.change(publish_listing, sent.id, sent.version)


@remembered
def open_market(site: TestSite, make: Make) -> Market:
    street = make.organisation("酒仙桥街道")
    host = make.enterprise("沃岭储能", under=make.organisation("沃岭储能工会", kind=Kind.BASE, under=street))
    lead, other = make.worker("周立成", at=host), make.worker("韩雪梅", at=host)
    officer = make.officer(of=street)
    studio = site.system.change(create_studio, StudioText(name="周立成储能工作室"), host.id, (Membership(lead.id, LEAD), Membership(other.id)))
    seller, colleague = make.person(lead), make.person(other)
    shares = (Contribution(lead.id, 6_000), Contribution(other.id, 4_000))
    text = AchievementText(title="定向泄压装置", benefit="每年省 126 万元", field="0601", summary="泄压口和隔板一体", contributions=shares)
    draft = site.acting_as(seller).change(create_achievement, text, studio.id)
    sent = site.acting_as(seller).change(submit_achievement, draft.id, draft.version)
    work = site.acting_as(officer).change(publish_achievement, sent.id, sent.version)
    buyer, rival = make.enterprise_user(make.enterprise("顺垚仓储", uscc=USCC)), make.enterprise_user(make.enterprise("京朔物流"))
    return Market(site, make, officer, studio, work, seller, colleague, buyer, rival)
