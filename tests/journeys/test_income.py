"""A payment becomes income: the buyer records, the seller confirms, a worker sees their line and objects, the unit corrects, and the sums agree."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from marketplace.domains.contracts.model import Contract, ContractText, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import confirm_contract, draft_contract
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.ledger.model import faults_of
from marketplace.domains.ledger.repository import list_all_entries
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Answer
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.kernel.workdays import local_day
from marketplace.processes.shares.service import answer_share
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import PHONE, WIDE, Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
TEXT = ContractText(
    title="安岳设备维保合同", contract_kind=ContractKind.LICENCE, sub_kind="know_how", price_mode=PriceMode.INSTALMENTS, total_fen=6_000_000,
    stage_names=("签约", "验收"), stage_days=(0, 90), stage_shares=(6_000, 4_000), stage_proofs=("合同", "验收报告"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sale:
    cast: Cast
    contract: Contract
    clerk: Actor
    second: Actor


def a_sale(live: Live) -> Sale:
    """In force, between the studio and the enterprise that asked; both contributors have agreed to their shares."""
    cast = a_district(live)
    contributor = next(one for one in cast.battery.contributions if one.worker_id != cast.lead.worker_id)
    second = live.make.account("韩雪梅", contributor.worker_id)
    for one in (cast.lead, second):
        live.site.acting_as(one).change(answer_share, cast.battery.id, Answer.CONFIRMED)
    asked = live.site.acting_as(cast.user).change(ask_enquiry, "achievement", cast.battery.id, "能改吗？")
    sides = live.site.system.read(get_side, "studio", cast.studio.id), live.site.system.read(get_side, "enterprise", cast.adopter.id)
    draft = live.site.system.change(draft_contract, TEXT, *sides, Origin(kind="enquiry", id=asked.id, achievement_id=cast.battery.id))
    sold = live.site.acting_as(cast.lead).change(confirm_contract, draft.id, draft.version)
    bought = live.site.acting_as(cast.user).change(confirm_contract, sold.id, sold.version)
    return Sale(cast, bought, live.make.enterprise_user(live.site.find("enterprise", cast.maker.id)), second)


def test_from_a_payment_to_a_corrected_line(live: Live, visit: Visit, tmp_path: Path) -> None:
    sale = a_sale(live)
    clerk, buyer = visit("the clerk of the enterprise", sale.clerk), visit("the buyer", sale.cast.user)
    lead, worker = visit("the studio lead", sale.cast.lead), visit("the worker", sale.second)

    sets_the_rule(clerk, sale, tmp_path)
    records(buyer, sale, local_day(live.site.clock.now()), tmp_path)
    confirms(lead, sale, tmp_path)
    sees_and_objects(worker, tmp_path)
    answers_with_a_correction(clerk, lead, sale, tmp_path)
    sees_the_correction(worker, tmp_path)

    entries = live.site.system.read(list_all_entries, sale.contract.id)
    assert faults_of(entries) == []
    assert sum(one.amount_fen for one in entries) == 0
    assert sum(one.amount_fen for one in entries if one.account_id == sale.second.worker_id) == 679_245


def shoot(visitor: Visitor, folder: Path, name: str) -> None:
    """Kept beside the run's other files, wide and as on a phone."""
    for wide, size in ((WIDE["width"], WIDE), (PHONE, {"width": PHONE, "height": 780})):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        visitor.page.screenshot(path=str(folder / f"{name}-{wide}.png"), full_page=True)
    visitor.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def sets_the_rule(clerk: Visitor, sale: Sale, folder: Path) -> None:
    clerk.go(f"/enterprises/{sale.cast.maker.id}/share-rules")
    figures = {"clause": "沃岭储能收益分配办法 2025 年版第 6 条", "unit_bp": "50", "studio_bp": "10", "contributors_bp": "30", "vat_bp": "6"}
    for name, text in (figures | {"effective_from": "2025-01-01", "source": "先减增值税；单位 50%，工作室 10%，完成人 40%。"}).items():
        clerk.page.fill(f"main [name={name}]", text)
    clerk.press(clerk.main("form[method=post] button[data-save]"), 422)
    assert clerk.page.input_value("main [name=clause]") == figures["clause"]
    clerk.page.fill("main [name=contributors_bp]", "40")
    clerk.press(clerk.main("form[method=post] button[data-save]"))
    assert clerk.sees(zh("Holds today"))
    shoot(clerk, folder, "rules")


def records(buyer: Visitor, sale: Sale, today: date, folder: Path) -> None:
    buyer.go(f"/contracts/{sale.contract.id}/money")
    buyer.press(buyer.link(zh("Record a payment")))
    buyer.page.fill("main [name=amount_fen]", "70000")
    buyer.page.select_option("main [name=stage]", "1")
    buyer.press(buyer.main("form[method=post] button[data-save]"), 422)
    shoot(buyer, folder, "payment")
    buyer.page.fill("main [name=amount_fen]", "36000")
    buyer.page.fill("main [name=paid_on]", (today - timedelta(days=0)).isoformat())
    buyer.press(buyer.main("form[method=post] button[data-save]"))
    assert buyer.sees("36,000.00")


def confirms(lead: Visitor, sale: Sale, folder: Path) -> None:
    lead.go("/my")
    lead.press(lead.main(".waiting-list a", has_text=sale.contract.title).first)
    lead.press(lead.button(zh("Confirm that it arrived")))
    for figure in ("2,037.74", "33,962.26", "16,981.14", "3,396.22", "13,584.90", "8,150.94", "5,433.96"):
        assert lead.sees(figure), figure
    shoot(lead, folder, "ledger")


def sees_and_objects(worker: Visitor, folder: Path) -> None:
    worker.go("/my")
    assert worker.sees("5,433.96")
    worker.go("/income")
    assert worker.sees("13,584.90 × 40%")
    worker.press(worker.main("table").get_by_role("link", name=zh("Object")))
    worker.page.fill("main [name=words]", "现场改造由我完成，份额协议写明各半，应为 6,792.45 元。")
    worker.page.keyboard.press("Tab")
    worker.press(worker.main("form[method=post] button[data-save]"))
    assert worker.sees(zh("Waits for the unit's answer"))
    shoot(worker, folder, "objection")


def answers_with_a_correction(clerk: Visitor, lead: Visitor, sale: Sale, folder: Path) -> None:
    """The leader has a line in it, so the clerk countersigns."""
    lead.go(f"/contracts/{sale.contract.id}/money")
    lead.press(lead.main(".detail-actions a").first)
    lead.press(lead.link(zh("Answer the objection")))
    assert lead.sees(zh("You are a contributor, too."))
    lead.page.check("main [name=verdict][value=correct]")
    for place in (0, 1):
        lead.page.fill(f"main [name=rows-{place}-share]", "50")
    lead.page.fill("main [name=answer]", "核对份额协议，确为各半，冲正后重新记入。")
    shoot(lead, folder, "answer")
    lead.press(lead.main("form[method=post] button[data-save]"))
    assert lead.sees(zh("The answer waits for a second signature"))
    clerk.go("/my")
    clerk.press(clerk.main(".waiting-list a", has_text=sale.contract.title).first)
    clerk.press(clerk.button(zh("Countersign the answer")))
    clerk.go(f"/contracts/{sale.contract.id}/money")
    assert clerk.sees("6,792.45")
    assert clerk.main(".money-undone").count() == 1
    shoot(clerk, folder, "corrected")


def sees_the_correction(worker: Visitor, folder: Path) -> None:
    worker.go("/income")
    assert worker.sees("6,792.45")
    assert worker.sees("−5,433.96")
    assert worker.main("tfoot").inner_text().count("6,792.45") == 1
    shoot(worker, folder, "mine")
