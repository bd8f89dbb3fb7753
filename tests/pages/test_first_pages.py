"""Home, my work, messages and the pages that explain."""

import pytest

from marketplace.domains.achievements.service import return_achievement
from marketplace.kernel.actor import Actor
from tests.factories import Make
from tests.reviews.scenes import Street, make_street
from tests.site import TestSite


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return make_street(site, make)


def page(site: TestSite, address: str, actor: Actor | None = None) -> str:
    answer = site.client(actor).get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


@pytest.mark.parametrize("address", ["/", "/help", "/privacy", "/accessibility"])
def test_everybody_may_read_it(site: TestSite, address: str) -> None:
    assert "<h1>" in page(site, address)


@pytest.mark.parametrize("address", ["/my", "/notices"])
def test_a_guest_signs_in_first(site: TestSite, address: str) -> None:
    assert site.client().get(address).status_code == 302


def test_home_counts_and_lists_what_is_public_only(site: TestSite, street: Street) -> None:
    hidden = street.submitted("还没公开的成果")
    shown = street.published()

    first = page(site, "/")

    assert shown.title in first
    assert hidden.title not in first
    assert "<b>1</b>" in first


def test_home_tells_an_officer_what_waits(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()

    assert sent.title in page(site, "/", make.officer(street.unit))
    assert sent.title not in page(site, "/", make.officer("望京街道"))


@pytest.mark.slow
def test_what_was_returned_waits_for_its_maker(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    site.acting_as(make.officer(street.unit)).change(return_achievement, sent.id, sent.version, "缺检测报告")
    site.drain()

    mine = page(site, "/my", street.maker)

    assert sent.title in mine
    assert "缺检测报告" in mine
    assert sent.title not in page(site, "/my", make.account())


def test_a_share_to_confirm_waits_until_it_is_answered(site: TestSite, street: Street) -> None:
    sent = street.submitted()
    assert f"{sent.title}: " in page(site, "/my?lang=en", street.maker)

    answer = site.client(street.maker).post(f"/achievements/{sent.id}/share", data={"answer": "confirmed"})

    assert answer.status_code == 302
    assert f"{sent.title}: " not in page(site, "/my?lang=en", street.maker)


def test_a_message_is_read_by_opening_it(site: TestSite, make: Make, street: Street) -> None:
    street.published()
    site.drain()
    client = site.client(street.maker)
    listed = client.get("/notices").text
    assert "防爆锂离子电池组定向泄压装置" in listed

    id = listed.split('action="/notices/')[2].split('"')[0]
    assert client.post(f"/notices/{id}").headers["Location"].startswith("/achievements/")
    assert 'class="count"' not in client.get("/notices").text
    assert site.client(make.account()).post(f"/notices/{id}").status_code == 404
