"""What the stories of income begin with: a contract in force, the seller's enterprise with somebody who keeps its books, and a rule."""

from dataclasses import dataclass, replace
from datetime import date

from marketplace.domains.contracts.model import Contract, ContractText
from marketplace.domains.ledger.model import LedgerEntry
from marketplace.domains.ledger.repository import list_all_entries
from marketplace.domains.payments.model import Kind, Payment, PaymentText
from marketplace.domains.share_rules.model import ShareRule, ShareRuleText
from marketplace.domains.share_rules.service import propose_rule
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Answer
from marketplace.kernel.income import AccountKind
from marketplace.kernel.technology_contracts import PriceMode
from marketplace.kernel.workdays import local_day
from marketplace.processes.income.service import confirm_payment, record_payment
from marketplace.processes.shares.service import answer_share
from tests.contracts.scenes import TEXT, Deal, agree
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

RULE = ShareRuleText(
    unit_bp=5_000, studio_bp=1_000, contributors_bp=4_000, vat_bp=600, clause="沃岭储能 2025 年版第 6 条",
    source="先减增值税；单位 50%，工作室 10%，完成人 40%。",
    effective_from=date(2025, 1, 1),
)  # fmt: skip
ROYALTIES = replace(TEXT, price_mode=PriceMode.ENTRY_ROYALTY, total_fen=6_000_000, technology_fen=6_000_000, royalty_bp=500)


@dataclass(frozen=True, slots=True)
class Till:
    """`clerk` acts for the enterprise behind the studio and has no line in anything."""

    site: TestSite
    deal: Deal
    contract: Contract
    clerk: Actor
    rule: ShareRule | None

    @property
    def today(self) -> date:
        return local_day(self.site.clock.now())

    def record(self, fen: int, kind: Kind = Kind.INSTALMENT, *, stage: int = 0, of: Payment | None = None) -> Payment:
        text = PaymentText(kind=kind, amount_fen=fen, stage=stage, paid_on=self.today, reference="电子回单", refunds_id=of.id if of else "")
        return self.site.acting_as(self.deal.buyer).change(record_payment, self.contract.id, text)

    def confirm(self, payment: Payment) -> Payment:
        return self.site.acting_as(self.deal.seller).change(confirm_payment, payment.id, payment.version)

    def pay(self, fen: int, kind: Kind = Kind.INSTALMENT, *, stage: int = 0, of: Payment | None = None) -> Payment:
        return self.confirm(self.record(fen, kind, stage=stage, of=of))

    def entries(self) -> list[LedgerEntry]:
        return self.site.system.read(list_all_entries, self.contract.id)

    def sums(self) -> dict[str, int]:
        """By account: kind, and for people their id."""
        found: dict[str, int] = {}
        for one in self.entries():
            key = one.account_id if one.account_kind is AccountKind.WORKER else str(one.account_kind)
            found[key] = found.get(key, 0) + one.amount_fen
        return found


def set_rule(site: TestSite, clerk: Actor, enterprise_id: str, text: ShareRuleText = RULE) -> ShareRule:
    return site.acting_as(clerk).change(propose_rule, enterprise_id, text)


@remembered
def open_till(site: TestSite, make: Make, text: ContractText = TEXT, *, ruled: bool = True, agreed: bool = True) -> Till:
    """`agreed`: both contributors have said yes to their shares."""
    deal = agree(site, make, text)
    if agreed:
        for one in (deal.seller, deal.colleague):
            site.acting_as(one).change(answer_share, deal.work.id, Answer.CONFIRMED)
    contract = deal.in_force()
    host = site.find("enterprise", contract.seller.enterprise_id)
    clerk = make.enterprise_user(host)
    rule = set_rule(site, clerk, host.id) if ruled else None
    return Till(site, deal, contract, clerk, rule)
