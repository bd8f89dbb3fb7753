"""What the stories of ratings begin with: a contract that both have seen through to its acceptance."""

from typing import Any

from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.service import accept_contract
from marketplace.domains.milestones.repository import list_milestones
from marketplace.domains.milestones.service import accept_milestone, report_milestone
from marketplace.domains.ratings.model import Rating, RatingText
from marketplace.kernel.actor import Actor
from marketplace.processes.rating.service import rate_contract
from tests.contracts.scenes import Deal

GOOD = RatingText(quality=5, time=4, communication=4, words="交付及时，资料齐全")
DAYS = 30


def fulfilled(deal: Deal) -> Contract:
    """In force, each stage reported and accepted, the whole accepted."""
    contract = deal.in_force()
    for one in deal.site.system.read(list_milestones, contract.id):
        reported = deal.site.acting_as(deal.seller).change(report_milestone, one.id, one.version, "已完成")
        deal.site.acting_as(deal.buyer).change(accept_milestone, reported.id, reported.version)
    now = deal.site.find("contract", contract.id)
    return deal.site.acting_as(deal.buyer).change(accept_contract, now.id, now.version, "全部合格")


def rates(deal: Deal, who: Actor, contract: Contract, text: RatingText = GOOD) -> Rating:
    return deal.site.acting_as(who).change(rate_contract, contract.id, text, DAYS)


def fill_in_rating(page: Any, quality: int = 5, time: int = 4, communication: int = 5, words: str = "交付及时，资料齐全") -> None:
    """On `/contracts/<id>/rating`, in a browser (Playwright's page); pressing the button is the caller's."""
    for name, mark in (("quality", quality), ("time", time), ("communication", communication)):
        page.check(f"input[name={name}][value='{mark}']")
    page.fill("textarea[name=words]", words)
