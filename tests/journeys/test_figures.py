"""An owner renews and reads how a listing is received; the adopter confirms what it saves; an officer reads the figures and what is behind one."""

from datetime import date, timedelta

import pytest

from marketplace.domains.listings.model import ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, remind_listings, submit_listing
from marketplace.kernel.technology_contracts import PriceMode
from marketplace.processes.figures.service import count_figures
from marketplace.web.viewing import MOST
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
BROWSER = {"User-Agent": "Mozilla/5.0"}


def on_offer(cast: Cast) -> str:
    """A listing of the studio's work that ends soon; others have looked at it."""
    site = cast.live.site
    text = ListingText(title="泄压装置改造服务", benefit="单组检修省 3.3 小时", field="0601", valid_until=date(2026, 12, 10),
                       price_mode=PriceMode.TRIAL, trial_days=60, price_note="试用期满后每组 5,800 元", region="北京市")  # fmt: skip
    lead = site.acting_as(cast.lead)
    draft = lead.change(create_listing, text, "studio", cast.studio.id, cast.battery.id)
    sent = lead.change(submit_listing, draft.id, draft.version)
    site.acting_as(cast.officer).change(publish_listing, sent.id, sent.version)
    guest = site.client()
    for _ in range(MOST):
        guest.get(f"/listings/{draft.id}", headers=BROWSER).close()
    site.system.change(remind_listings, 30)
    return draft.id


def test_owner_renews_and_reads_how_a_listing_is_received(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    id = on_offer(cast)
    owner = visit("the studio lead", cast.lead)

    owner.go("/my")
    owner.press(owner.main("a", has_text="泄压装置改造服务").first)
    assert owner.page.url.endswith(f"/listings/{id}")
    assert owner.main("#attention tbody tr").first.locator("td").nth(1).inner_text() == str(MOST)
    owner.press(owner.button(zh("Renew")))
    assert owner.sees("2027-12-10")

    owner.go("/listings/new")
    assert owner.main("#hints use[href$=check-lg]").count() == 0
    owner.page.fill("input[name=title]", "充气定位查漏服务")
    owner.page.fill("input[name=benefit]", "查漏由 3 天降到 4 小时")
    owner.main("#hints use[href$=check-lg]").first.wait_for()


def test_adopter_corrects_and_confirms_and_the_sum_follows(live: Live, visit: Visit) -> None:
    cast = a_district(live, confirmed=False)
    user, guest = visit("the adopter", cast.user), visit("a guest")
    guest.go(f"/achievements/{cast.battery.id}")
    assert guest.sees(zh("Not yet, not counted"))

    user.go("/my")
    user.press(user.main("a", has_text=cast.battery.title).first)
    user.press(user.button(zh("Confirm")), status=422)
    user.page.fill("input[name=saving_fen]", "400,000")
    user.page.fill("input[name=method]", "改造前后各三个月电费对比")
    user.page.locator("input[name=method]").press("Tab")
    user.press(user.button(zh("Confirm")))

    guest.go(f"/achievements/{cast.battery.id}")
    assert guest.sees(zh("By the adopter"))
    assert guest.main("#uses tfoot").inner_text().count("40.00") == 1
    guest.go(f"/studios/{cast.studio.id}")
    assert guest.main("#replicated tbody tr").count() == 1


def test_officer_reads_the_figures_and_opens_the_list_behind_one(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    live.site.system.change(count_figures, 0, timedelta())
    officer, guest = visit("the officer", cast.officer), visit("a guest")

    officer.go("/figures")
    officer.press(officer.main(".segments").get_by_role("link", name=zh("Technology field")))
    officer.press(officer.main("#cells tbody tr", has_text="新能源").get_by_role("link").first)
    assert officer.sees(cast.battery.title)
    officer.go(f"/figures/list?scope={officer.page.url.partition('scope=')[2].partition('&')[0]}&what=concluded")
    assert not officer.sees(cast.battery.title)
    officer.go("/figures")
    with officer.page.expect_download() as download:
        officer.main("button[name=format][value=xlsx]").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    guest.go("/figures")
    assert guest.main(".few").count()
