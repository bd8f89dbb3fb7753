"""Up to four things side by side, as far as the reader may see them."""

import pytest

from marketplace.domains.achievements.model import Achievement
from marketplace.kernel.actor import GUEST
from tests.access.people import People, gather
from tests.access.things import Workshop, make_things
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def people(site: TestSite, make: Make) -> People:
    return gather(site, make)


def page(site: TestSite, address: str, actor: object = GUEST, status: int = 200) -> str:
    answer = site.client(actor).get(f"{address}&lang=en")  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text[:300]
    return answer.text


def test_things_stand_side_by_side_in_the_order_of_the_address(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    one, other = (shop.work(word, "submit", "publish") for word in ("第一", "第二"))

    text = page(site, f"/compare?ids=achievement:{other.id}&ids=achievement:{one.id}&ids=achievement:{other.id}")

    assert text.index(other.title) < text.index(one.title)
    assert text.count('<th scope="col">') == 2


def test_the_lowest_of_comparable_prices_is_marked_with_a_word(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    dear, cheap = (shop.offer(f"{fen}", "submit", "publish", price_fen=fen) for fen in (900_000, 500_000))

    text = page(site, f"/compare?ids=listing:{dear.id}&ids=listing:{cheap.id}")

    row = text.split('<th scope="row">Price</th>')[1].split("</tr>")[0]
    assert row.count("the lowest") == 1
    assert row.index("9,000") < row.index("5,000") < row.index("the lowest")


def test_prices_under_different_terms_are_not_judged(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    fixed = shop.offer("一", "submit", "publish", price_fen=900_000)
    other = shop.offer("二", "submit", "publish", price_fen=500_000, contract_kind="transfer", sub_kind="know_how")

    assert "the lowest" not in page(site, f"/compare?ids=listing:{fixed.id}&ids=listing:{other.id}")


def test_rows_that_say_the_same_are_folded_with_their_number(site: TestSite, people: People) -> None:
    shop = Workshop(site, people)
    ids = "&".join(f"ids=achievement:{shop.work(word, 'submit', 'publish').id}" for word in ("第一", "第二"))

    folded, whole = page(site, f"/compare?{ids}"), page(site, f"/compare?{ids}&rows=all")

    assert '<th scope="row">Technology field</th>' not in folded
    assert "Technology field" in folded
    assert '<th scope="row">Technology field</th>' in whole


def test_a_price_on_enquiry_is_on_no_page_but_its_makers(site: TestSite, people: People) -> None:
    quiet = make_things(site, people)[0]["quiet listing"]
    for name, actor in people.readers.items():
        text = page(site, f"/compare?ids=listing:{quiet.id}", actor)
        assert ("987,654" in text) is (name in ("owner", "officer")), name


def test_an_anonymous_needs_enterprise_is_on_no_page_but_its_own(site: TestSite, people: People) -> None:
    need = make_things(site, people)[0]["anonymous need"]
    for name, actor in people.readers.items():
        assert (people.silent.name in page(site, f"/compare?ids=need:{need.id}", actor)) is (name in ("owner", "officer")), name


@pytest.mark.parametrize("thing", ["draft work", "submitted work", "withdrawn work", "draft need", "submitted listing"])
@pytest.mark.slow
def test_what_one_may_not_see_is_absent_like_what_never_was(site: TestSite, people: People, thing: str) -> None:
    things, _ = make_things(site, people)
    shown, hidden = things["achievement"], things[thing]

    text = page(site, f"/compare?ids=achievement:{shown.id}&ids={hidden.KIND}:{hidden.id}")

    assert hidden.title not in text
    assert "1 of those asked for is not here" in text
    never = page(site, f"/compare?ids=achievement:{shown.id}&ids={hidden.KIND}:nobody")
    assert never == text.replace(f"{hidden.KIND}%3A{hidden.id}", f"{hidden.KIND}%3Anobody")


@pytest.mark.parametrize(
    "query",
    [
        "ids=worker:w1", "ids=achievement", "ids=achievement:", "ids=:x", "ids=nothing:x", f"ids=need:{'x' * 101}", "ids=need:a%00b",
        "&".join(f"ids=need:{n}" for n in range(5)), "ids=need:a&rows=some",
    ],
)  # fmt: skip
def test_an_address_that_no_link_has_is_refused_plainly(site: TestSite, query: str) -> None:
    assert site.client().get(f"/compare?{query}").status_code == 400


def test_an_address_without_things_leads_to_the_search(site: TestSite) -> None:
    assert 'href="/search"' in site.client().get("/compare").text


def test_rows_of_a_search_carry_what_the_comparison_asks_for(site: TestSite, people: People) -> None:
    work: Achievement = Workshop(site, people).work("wqtick", "submit", "publish")
    site.drain()

    text = page(site, "/search?q=wqtick")

    assert f'name="ids" value="achievement:{work.id}" form="compare"' in text
