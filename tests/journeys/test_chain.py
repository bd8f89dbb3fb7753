"""The whole chain as its people click it: a need, its matches, a deal, a contract, its money, and the use that is confirmed."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from marketplace.domains.contracts.model import Contract, Status
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Answer
from marketplace.kernel.roles import Role
from marketplace.kernel.workdays import local_day
from marketplace.processes.shares.service import answer_share
from tests.journeys.cast import Cast, a_district, enterprise
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.test_contract import accepts, carries_out, confirms, takes_the_paper
from tests.journeys.test_deal import answers, goes_down_to, proposes
from tests.journeys.test_enterprise_user import posts_a_need, sees_the_first_matches, the_officer_opens_it
from tests.journeys.test_income import Sale, records, sets_the_rule
from tests.journeys.test_income import confirms as confirms_payment
from tests.journeys.visitor import PHONE, WIDE, Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
BUYER = "北京顺垚仓储有限公司"
STAGES = ({"name": "签约", "days": "0", "share": "60", "proof": "双方确认的合同"}, {"name": "验收", "days": "90", "share": "40", "proof": "验收报告"})
CLAUSES = {
    "scope": "定向泄压装置的图纸、参数和培训", "delivery": "签约后 30 天内现场交付", "acceptance": "压差 ≤ 15 mV，第三方报告",
    "confidentiality": "双方保密 3 年", "ownership": "归受让方，完成人署名", "definitions": "“组”指一个电池柜", "technology_fen": "50,000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """`buyer` acts for an enterprise that uses nothing yet; `second` has 40 % of the work; `clerk` acts for the studio's enterprise."""

    cast: Cast
    buyer: Actor
    buyer_officer: Actor
    second: Actor
    clerk: Actor


def gather(live: Live) -> People:
    """Both contributors have agreed to their shares long ago."""
    cast = a_district(live)
    street = live.make.unit("东坝地区总工会")
    firm = enterprise(live, BUYER, live.make.organisation(f"{BUYER}工会", under=street))
    contributor = next(one for one in cast.battery.contributions if one.worker_id != cast.lead.worker_id)
    second = live.make.account("韩雪梅", contributor.worker_id)
    for one in (cast.lead, second):
        live.site.acting_as(one).change(answer_share, cast.battery.id, Answer.CONFIRMED)
    buyer, clerk = (live.make.holding(Role.ENTERPRISE_USER, "enterprise", one.id) for one in (firm, cast.maker))
    return People(cast, buyer, live.make.officer(of=street), second, clerk)


def test_from_a_need_to_the_use_that_is_confirmed(live: Live, visit: Visit, tmp_path: Path) -> None:
    people = gather(live)
    cast = people.cast
    buyer, seller, second = visit("the buyer", people.buyer), visit("the studio lead", cast.lead), visit("the contributor", people.second)

    posts_a_need(buyer)
    the_officer_opens_it(visit("the buyer's officer", people.buyer_officer))
    sees_the_first_matches(buyer, cast)
    asks_from_the_match(buyer, cast)
    answers(seller, cast)
    proposes(seller, "80,000", STAGES, kind="transfer", sub_kind="know_how")
    shoot(seller, tmp_path, "offers")
    goes_down_to(buyer, cast, "60,000")
    contract = accepts_the_last_word(seller, live)
    assert contract.need_id, "what comes of a question from a match is counted for the need"

    they_are_asked_first(second, seller, contract)
    writes_what_is_missing(seller, contract, tmp_path)
    confirms(seller, contract)
    confirms(buyer, contract)
    reads_the_paper(buyer, contract, tmp_path)
    for ordinal in range(len(STAGES)):
        carries_out(seller, buyer, contract, ordinal, tmp_path)
    accepts(buyer, contract)
    fulfilled = live.site.find("contract", contract.id)
    assert fulfilled.status is Status.FULFILLED

    the_money_is_shared(visit("the clerk", people.clerk), buyer, seller, second, Sale(cast, fulfilled, people.clerk, people.second), tmp_path)
    if "/contracts/<id>/rating" in {rule.rule for rule in live.site.app.url_map.iter_rules()}:
        they_rate_each_other(buyer, seller, contract)
    enters_the_use(seller, visit("the officer", cast.officer), cast)
    confirms_the_use(buyer, cast, tmp_path)
    the_studio_says_so(visit("a guest"), cast, tmp_path)


def shoot(visitor: Visitor, folder: Path, name: str) -> None:
    """Wide and as on a phone, beside the run's other files; each width is looked over, too."""
    for wide, height in ((WIDE["width"], WIDE["height"]), (PHONE, 780)):
        visitor.page.set_viewport_size({"width": wide, "height": height})
        visitor.page.screenshot(path=str(folder / f"{name}-{wide}.png"), full_page=True)
    visitor.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def asks_from_the_match(buyer: Visitor, cast: Cast) -> None:
    """The page of the matches leads to the question, which remembers for which need it is asked."""
    card = buyer.main(".match", has_text=cast.battery.title)
    buyer.press(card.get_by_role("link", name=zh("Ask the makers")))
    buyer.page.fill("main textarea", "38 台叉车，夜班 6 小时能改完吗？技术能转让给我们吗？")
    buyer.press(buyer.main("form button[type=submit].btn-brand"))
    assert buyer.sees("38 台叉车")


def accepts_the_last_word(seller: Visitor, live: Live) -> Contract:
    seller.go("/my")
    seller.press(seller.main("a[href^='/offers/']").first)
    seller.press(seller.button(zh("Accept")))
    assert seller.sees(zh("The accepted offer has become a contract; what follows is agreed there."))
    assert seller.sees(zh("First refusal of those who made it"))
    seller.press(seller.link(zh("See the contract")))
    contract: Contract = live.site.find("contract", urlsplit(seller.page.url).path.rpartition("/")[2])
    return contract


def they_are_asked_first(second: Visitor, lead: Visitor, contract: Contract) -> None:
    """Civil Code, article 847: the leader has made it, too, and is asked as a person."""
    for one in (second, lead):
        one.go("/my")
        one.press(one.main("a[href^='/first-refusals/']").first)
        assert one.sees("60,000")
        one.press(one.button(zh("Waive")))
        assert one.sees(zh("Waived"))


def writes_what_is_missing(seller: Visitor, contract: Contract, folder: Path) -> None:
    """One clause after the other, as the page leads."""
    seller.go(f"/contracts/{contract.id}")
    shoot(seller, folder, "contract-missing")
    links = seller.main("#clauses .clause-missing a")
    for _again in range(12):
        if not links.count():
            break
        seller.press(links.first)
        for name, words in CLAUSES.items():
            if seller.main(f"[name={name}]").count():
                seller.page.fill(f"main [name={name}]", words)
        seller.page.keyboard.press("Tab")
        seller.press(seller.main("form[method=post] button[data-save]"))
    assert not links.count()


def reads_the_paper(buyer: Visitor, contract: Contract, folder: Path) -> None:
    """As whoever opens it can copy it."""
    paper = takes_the_paper(buyer, contract, folder)
    words = "".join("".join(page.extract_text() for page in PdfReader(paper).pages).split())
    for said in (contract.number, BUYER, "周立成职工创新工作室", "陆万元整", "双方保密3年", "完成人署名"):
        assert said in words, said
    shoot(buyer, folder, "contract-in-force")


def the_money_is_shared(clerk: Visitor, buyer: Visitor, seller: Visitor, second: Visitor, sale: Sale, folder: Path) -> None:
    sets_the_rule(clerk, sale, folder)
    buyer.go(f"/contracts/{sale.contract.id}")
    records(buyer, sale, local_day(sale.cast.live.site.clock.now()), folder)
    confirms_payment(seller, sale, folder)
    second.go("/my")
    assert second.sees("5,433.96")
    second.go("/income")
    assert second.sees("13,584.90 × 40%")
    shoot(second, folder, "income")


def they_rate_each_other(buyer: Visitor, seller: Visitor, contract: Contract) -> None:
    """Each once; what the other wrote is read when both have."""
    for one in (buyer, seller):
        one.go(f"/contracts/{contract.id}/rating")
        for name in ("quality", "time", "communication"):
            field = one.main(f"[name={name}]").first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option("5")
            else:
                one.page.check(f"main [name={name}][value='5']")
        one.page.fill("main [name=words]", "交付准时，沟通顺畅。")
        one.press(one.main("form[method=post] button[type=submit].btn-brand"))


def enters_the_use(maker: Visitor, officer: Visitor, cast: Cast) -> None:
    """On a working copy of what is public, which an officer looks at."""
    maker.go(f"/achievements/{cast.battery.id}")
    maker.press(maker.main("a[href$='/edit']").first)
    maker.opens(zh("Where it is used"))
    maker.button(zh("Add an adopter")).click()
    rows = maker.main("[name^=adoptions-][name$=-enterprise_name]")
    place = (rows.last.get_attribute("name") or "").rpartition("-")[0]
    for name, text in {"enterprise_name": BUYER, "place": "冷库叉车", "since": "2026-11-01", "quantity": "38", "unit": "台"}.items():
        maker.page.fill(f"main [name={place}-{name}]", text)
    maker.opens(zh("Check and save"))
    maker.press(maker.main("form[method=post] button[data-save]"))
    maker.press(maker.button(zh("Submit the new version")))
    officer.go("/reviews?kind=achievement")
    officer.press(officer.main(".case-bar [data-key=a]"))


def confirms_the_use(buyer: Visitor, cast: Cast, folder: Path) -> None:
    buyer.go("/my")
    buyer.press(buyer.main("a[href*='/uses/']", has_text=cast.battery.title).first)
    buyer.page.fill("input[name=saving_fen]", "300,000")
    buyer.page.fill("input[name=method]", "改造前后各三个月停机记录")
    buyer.page.locator("input[name=method]").press("Tab")
    shoot(buyer, folder, "use")
    buyer.press(buyer.button(zh("Confirm")))


def the_studio_says_so(guest: Visitor, cast: Cast, folder: Path) -> None:
    guest.go(f"/studios/{cast.studio.id}")
    assert "3" in guest.main("#replicated").inner_text()
    shoot(guest, folder, "studio")
    guest.go(f"/achievements/{cast.battery.id}")
    assert guest.main("#uses tbody tr", has_text=BUYER).count() == 1
