"""A contract from its missing clause to its acceptance: written, confirmed by both, on paper, checked, carried out."""

from dataclasses import replace
from pathlib import Path

import pytest

from marketplace.domains.contracts.model import Contract, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import draft_contract
from marketplace.domains.enquiries.service import ask_enquiry
from tests.contracts.scenes import TEXT
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]


def test_from_the_missing_clause_to_the_acceptance(live: Live, visit: Visit, tmp_path: Path) -> None:
    cast = a_district(live)
    one = drafted(cast)
    seller, buyer, guest = visit("the studio lead", cast.lead), visit("the buyer", cast.user), visit("a holder of the paper")

    writes_the_missing_clause(seller, one)
    confirms(seller, one)
    confirms(buyer, one)
    paper = takes_the_paper(buyer, one, tmp_path)
    checks(guest, cast, one, paper)
    for ordinal in range(3):
        carries_out(seller, buyer, one, ordinal, tmp_path)
    accepts(buyer, one)
    seller.go("/contracts")
    assert seller.sees(TEXT.title)
    seller.go("/contracts/registration")
    assert seller.sees(one.number)


def drafted(cast: Cast) -> Contract:
    """With everything but the acceptance."""
    site = cast.live.site
    asked = site.acting_as(cast.user).change(ask_enquiry, "achievement", cast.battery.id, "12 组能改吗？")
    sides = site.system.read(get_side, "studio", cast.studio.id), site.system.read(get_side, "enterprise", cast.adopter.id)
    origin = Origin(kind="enquiry", id=asked.id, achievement_id=cast.battery.id)
    return site.system.change(draft_contract, replace(TEXT, acceptance=""), *sides, origin)


def writes_the_missing_clause(seller: Visitor, one: Contract) -> None:
    seller.go(f"/contracts/{one.id}")
    seller.press(seller.main("#clauses .clause-missing a"))
    seller.page.fill("main textarea[name=acceptance]", "20 组电池，压差 ≤ 15 mV，由第三方出报告")
    seller.page.keyboard.press("Tab")
    seller.press(seller.main("form[method=post] button[data-save]"))
    assert seller.main("#clauses .clause-missing").count() == 0


def confirms(who: Visitor, one: Contract) -> None:
    who.go(f"/contracts/{one.id}")
    who.press(who.main("form[action$='/confirm'] button"))


def takes_the_paper(buyer: Visitor, one: Contract, folder: Path) -> Path:
    buyer.go(f"/contracts/{one.id}")
    with buyer.page.expect_download() as coming:
        buyer.main("a[href$='/paper']").click()
    coming.value.save_as(folder / "paper.pdf")
    return folder / "paper.pdf"


def checks(guest: Visitor, cast: Cast, one: Contract, paper: Path) -> None:
    guest.go(f"/contracts/check/{cast.live.site.find('contract', one.id).check_code}")
    assert guest.sees(one.number)
    guest.page.set_input_files("#file", str(paper))
    guest.press(guest.main("form button[type=submit]"))
    assert guest.main("[role=status].note-info").count() == 1
    paper.write_bytes(paper.read_bytes() + b" ")
    guest.page.set_input_files("#file", str(paper))
    guest.press(guest.main("form button[type=submit]"))
    assert guest.main("[role=alert].note-error").count() == 1


def carries_out(seller: Visitor, buyer: Visitor, one: Contract, ordinal: int, folder: Path) -> None:
    proof = folder / "proof.txt"
    proof.write_text("交接单", "utf-8")
    seller.go(f"/contracts/{one.id}")
    seller.press(seller.main("#milestones tbody a").nth(ordinal))
    seller.page.fill("main textarea[name=words]", "已按约完成")
    seller.page.set_input_files("main input[type=file]", str(proof))
    seller.press(seller.main("form[action$='/report'] button"))
    buyer.go(f"/contracts/{one.id}")
    buyer.press(buyer.main("#milestones tbody a").nth(ordinal))
    buyer.press(buyer.main("form[action$='/steps/accept'] button"))
    assert buyer.sees(zh("Work accepted"))


def accepts(buyer: Visitor, one: Contract) -> None:
    buyer.go(f"/contracts/{one.id}")
    buyer.press(buyer.main("a[href$='/accept']"))
    buyer.page.fill("main textarea[name=words]", "压差 12 mV，资料齐全，同意验收")
    buyer.press(buyer.main("form[method=post] button[data-save]"))
    assert buyer.sees("压差 12 mV")
