"""What the stories of contracts begin with: a studio's work, an enterprise that asked about it, and what the two have agreed."""

from dataclasses import dataclass

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.contracts.model import Contract, ContractText, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import digest_of, draft_contract
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.processes.contract_papers.model import Press
from marketplace.processes.contract_papers.repository import gather
from marketplace.processes.contract_papers.service import confirm_text, fix_paper, print_paper
from tests.factories import Make
from tests.joining.scenes import USCC
from tests.site import TestSite
from tests.worlds import remembered

TEXT = ContractText(
    title="电池泄压装置改造服务", contract_kind=ContractKind.SERVICE, sub_kind="general", price_mode=PriceMode.INSTALMENTS,
    total_fen=28_600_000, technology_fen=25_200_000, region="北京市朝阳区", scope="改造 12 组电池", delivery="90 天内，现场交付",
    acceptance="压差 ≤ 15 mV，第三方报告", confidentiality="双方 3 年", ownership="归提供方", definitions="“组”指一个电池柜",
    stage_names=("签约", "交付", "验收"), stage_days=(5, 60, 90), stage_shares=(3_000, 4_000, 3_000), stage_proofs=("合同", "交接单", "验收报告"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deal:
    """`seller` leads the studio, `colleague` has a share in its work, `buyer` acts for the enterprise that asked."""

    site: TestSite
    street: Organisation
    officer: Actor
    studio: Studio
    work: Achievement
    firm: Enterprise
    seller: Actor
    colleague: Actor
    buyer: Actor
    contract: Contract

    def in_force(self) -> Contract:
        """Both have confirmed, and the stages have begun; the paper is not fixed."""
        sold = self.says(self.seller, self.contract)
        return self.says(self.buyer, sold)

    def says(self, who: Actor, contract: Contract, press: Press | None = None) -> Contract:
        """One side's word on the text that stands."""
        said = self.site.acting_as(who).change(confirm_text, contract.id, contract.version, digest_of(contract))
        return self.fixed(said) if press and said.is_bound else said

    def fixed(self, contract: Contract) -> Contract:
        """With the paper of the text that both confirmed."""
        seller = self.site.acting_as(self.seller)
        return seller.change(fix_paper, contract.id, print_paper(seller.read(gather, contract), self.press))

    @property
    def press(self) -> Press:
        return Press(self.site.site.files, "https://market.example")


@remembered
def agree(site: TestSite, make: Make, text: ContractText = TEXT) -> Deal:
    """A drafted contract between the studio behind a public work and an enterprise that asked about it."""
    street = make.organisation("酒仙桥街道")
    host = make.enterprise("沃岭储能", under=make.organisation("沃岭储能工会", kind=Kind.BASE, under=street))
    lead, other = make.worker("周立成", at=host), make.worker("韩雪梅", at=host)
    officer, firm = make.officer(of=street), make.enterprise("顺垚仓储", uscc=USCC)
    studio = site.system.change(create_studio, StudioText(name="周立成储能工作室"), host.id, (Membership(lead.id, LEAD), Membership(other.id)))
    seller, colleague, buyer = make.person(lead), make.person(other), make.enterprise_user(firm)
    shares = (Contribution(lead.id, 6_000), Contribution(other.id, 4_000))
    words = AchievementText(
        title="防爆电池组定向泄压装置", benefit="每年省 126 万元", field="0601", summary="泄压口和导流隔板做成一体", contributions=shares
    )
    draft = site.acting_as(seller).change(create_achievement, words, studio.id)
    sent = site.acting_as(seller).change(submit_achievement, draft.id, draft.version)
    work = site.acting_as(officer).change(publish_achievement, sent.id, sent.version)
    asked = site.acting_as(buyer).change(ask_enquiry, "achievement", work.id, "12 组能改吗？")
    sides = site.system.read(get_side, "studio", studio.id), site.system.read(get_side, "enterprise", firm.id)
    contract = site.system.change(draft_contract, text, *sides, Origin(kind="enquiry", id=asked.id, achievement_id=work.id))
    return Deal(site, street, officer, studio, work, firm, seller, colleague, buyer, contract)
