"""Nothing found, or hardly anything: the page says why and leads on."""

import re
from urllib.parse import quote, unquote

import pytest

from marketplace.kernel.actor import GUEST, Actor
from tests.access.people import People, gather
from tests.access.things import Workshop
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    people = gather(site, make)
    shop = Workshop(site, people)
    for n in range(5):
        shop.work(f"wqonward 甲{n}", "submit", "publish")
    shop.work("wqonward 草稿")
    shop.need("wqonward 乙", "submit", "publish")
    site.drain()
    return people


def page(site: TestSite, query: str, actor: Actor = GUEST) -> str:
    answer = site.client(actor).get(f"/search?lang=en&{query}")
    assert answer.status_code == 200
    return answer.text


def test_the_narrowest_filter_is_offered_with_what_it_keeps_away(site: TestSite, people: People) -> None:
    """Without `in use` one is left (nothing but the need has another kind); without `kind` none; so the former is offered."""
    text = page(site, "q=wqonward&kind=achievement&in_use=yes")

    step = text.split('class="next-steps"')[1].split("</li>")[0]
    assert "used already" in step
    assert "5 results" in step
    assert "in_use" not in re.findall(r'href="([^"]+)"', step)[0]
    assert "6 results hold these words" in text


def test_what_the_reader_may_not_see_is_in_no_count(site: TestSite, people: People) -> None:
    assert "6 results" in page(site, "q=wqonward&kind=patent")
    assert "7 results" in page(site, "q=wqonward&kind=patent", people.readers["owner"])


def test_few_results_say_the_same_in_one_line(site: TestSite, people: People) -> None:
    text = page(site, "q=wqonward&kind=need")

    assert "Only few fit." in text
    assert "there are 6." in text


def test_the_words_become_a_need_for_whoever_may_post_one(site: TestSite, people: People) -> None:
    words = quote("水下焊接")
    assert f"/needs/new?q={words}" in page(site, f"q={words}", people.readers["firm"])
    assert "/needs/new" not in page(site, f"q={words}", people.readers["worker"])

    form = site.client(people.readers["firm"]).get(f"/needs/new?q={words}").text
    assert 'value="水下焊接"' in form


def test_a_guest_signs_in_and_comes_back_to_the_form(site: TestSite, people: People) -> None:
    words = "水下焊接"
    text = page(site, f"q={quote(words)}")
    link = re.search(r'href="(/sign-in\?next=[^"]+)"[^>]*>.{0,200}?Sign in and post a need', text, re.DOTALL)
    assert link
    assert words in unquote(unquote(link[1]))


def test_nothing_for_words_alone_says_so(site: TestSite, people: People) -> None:
    assert "Nothing that you may see holds all of these words." in page(site, "q=zzqqxx")
    assert "Nothing that you may see fits all of these filters at once." in page(site, "kind=patent&in_use=yes")
