"""What a guest may see, what a page says to whoever may not, the English site, and a browser without script."""

import pytest

from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.live import Live
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def test_guest_reads_what_is_public_and_no_more(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    guest = visit("a guest")

    for path in ("/", "/search", "/help", "/privacy", "/accessibility", "/network/", f"/studios/{cast.studio.id}", f"/enterprises/{cast.maker.id}"):
        guest.go(path)
    guest.go(f"/achievements/{cast.battery.id}")
    assert guest.main(".people a").count() == 0, "who they are is for signed-in readers"
    assert not guest.sees("韩雪梅")
    assert guest.sees(zh("Sign in to see who they are."))
    for path in (f"/workers/{cast.lead.worker_id}", "/my", "/achievements/new"):
        guest.go(path)
        assert "/sign-in" in guest.page.url


@pytest.mark.slow
def test_whoever_may_read_but_not_act_is_told_so_plainly(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    user = visit("the enterprise user", cast.user)

    user.go("/reviews", status=403)
    user.go(f"/achievements/{cast.battery.id}/edit", status=403)
    assert user.page.locator("h1").inner_text() == zh("Your account may not do this")
    user.go("/achievements/nothing", status=404)


@pytest.mark.slow
def test_empty_result_offers_a_next_step(live: Live, visit: Visit) -> None:
    a_district(live)
    guest = visit("a guest")

    guest.go("/search?q=水下考古机器人&kind=achievement")
    assert guest.main(".empty").is_visible()
    guest.press(guest.main(".next-steps a").first)
    assert "kind=achievement" not in guest.page.url


@pytest.mark.slow
def test_english_reader_gets_english_pages(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    reader = visit("an English reader", language="en-GB")

    for path, words in (("/", "Find technology"), ("/search", "Newest"), (f"/achievements/{cast.battery.id}", "Technology field")):
        reader.go(path)
        assert reader.sees(words)
        assert reader.page.locator("html").get_attribute("lang") == "en"
    with reader.leaving():
        reader.page.locator("a[data-choice='lang=zh_CN']").first.click()
    reader.arrive()
    assert reader.page.locator("html").get_attribute("lang") == "zh-CN"
    reader.go("/")
    assert reader.page.locator("html").get_attribute("lang") == "zh-CN", "the choice is kept"


@pytest.mark.slow
def test_search_sign_in_and_the_form_work_without_script(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    lead = visit("the studio lead", script=False)

    lead.go("/search?q=电池")
    lead.main("#facets input[name=in_use][value=yes]").check()
    lead.press(lead.main("#facets button[type=submit]"))
    assert lead.sees(cast.battery.title)

    sign_in(lead, live.login_of(cast.lead))
    lead.go("/achievements/new")
    lead.page.fill("[name=title]", "不用脚本也能填")
    for row, (name, share) in enumerate((("周立成", "60"), ("韩雪梅", "40"))):
        lead.press(lead.main("button[name=add_row][value=contributions]"))
        lead.page.select_option(f"[name='contributions-{row}-worker_id']", label=name)
        lead.page.fill(f"[name='contributions-{row}-share']", share)
    lead.press(lead.main("button[name=add_row][value=adoptions]"))
    lead.press(lead.main("button[name=remove_row][value='adoptions-0']"))
    assert lead.page.input_value("[name=title]") == "不用脚本也能填"
    lead.press(lead.main("form[method=post] button[data-save]"))
    assert lead.main("h1").inner_text() == "不用脚本也能填"
    assert lead.sees("60%")
