"""A need finds what may solve it, a work the needs it may solve; nobody is matched by words they may not read."""

import pytest

from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.domains.needs.model import Need, NeedText, Visibility
from marketplace.domains.needs.repository import get_need
from marketplace.domains.needs.service import create_need, publish_need, submit_need
from marketplace.kernel.actor import GUEST, Actor
from marketplace.processes.matching.model import Match
from marketplace.processes.matching.service import matches_of_need, needs_near, words_of_achievement
from tests.enquiries.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite

PROBLEM = "锂离子电池组热失控，要求泄压改造，拆装不动火"


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def posted(site: TestSite, make: Make, buyer: Actor, visibility: Visibility = Visibility.OPEN, title: str = "防爆电池过温报警") -> Need:
    """Published by an officer of the administrators' own making."""
    text = NeedText(title=title, abstract="叉车改造", problem=PROBLEM, field="06", visibility=visibility)
    enterprise = buyer.parties_of("enterprise")[0].id
    draft = site.acting_as(buyer).change(create_need, text, enterprise)
    sent = site.acting_as(buyer).change(submit_need, draft.id, draft.version)
    public = site.system.change(publish_need, sent.id, sent.version)
    site.drain()
    return public


def matched(site: TestSite, need: Need, actor: Actor) -> list[Match]:
    reader = site.acting_as(actor)
    return reader.read(matches_of_need, site.index, reader.read(get_need, need.id))


def test_matches_are_ranked_and_say_which_words_matched(site: TestSite, make: Make, market: Market) -> None:
    matches = matched(site, posted(site, make, market.buyer), market.buyer)

    assert [match.card.id for match in matches] == [market.work.id]
    assert matches[0].rank == 1
    assert {"电池", "泄压"} <= {part for word in matches[0].words for part in (word, word[:2], word[-2:])}
    assert ("防爆", True) in matches[0].title_marks or any(marked for _text, marked in matches[0].title_marks)


def test_what_was_withdrawn_is_no_match_even_before_the_index_follows(site: TestSite, make: Make, market: Market) -> None:
    need = posted(site, make, market.buyer)
    site.acting_as(market.maker).change(withdraw_achievement, market.work.id, market.work.version)

    assert matched(site, need, market.buyer) == []
    assert matched(site, need, market.maker) == []


def test_a_stranger_is_not_matched_by_the_hidden_side_of_a_need(site: TestSite, make: Make, market: Market) -> None:
    """The title says nothing of batteries: only whoever reads the problem finds the battery."""
    need = posted(site, make, market.buyer, Visibility.CONFIDENTIAL, title="仓库设备升级求助")

    assert [match.card.id for match in matched(site, need, market.buyer)] == [market.work.id]
    assert matched(site, need, GUEST) == []


def test_a_work_finds_needs_as_far_as_the_reader_may_see_them(site: TestSite, make: Make, market: Market) -> None:
    opened = posted(site, make, market.buyer)
    hidden = posted(site, make, market.buyer, Visibility.CONFIDENTIAL, title="仓库设备升级求助")

    def near(actor: Actor) -> set[str]:
        found = site.acting_as(actor).read(needs_near, site.index, market.work.title, words_of_achievement(market.work))
        return {match.card.id for match in found}

    assert near(GUEST) == {opened.id}
    assert near(market.buyer) == {opened.id, hidden.id}


def test_matches_on_the_screen(site: TestSite, make: Make, market: Market) -> None:
    need = posted(site, make, market.buyer)
    browser = site.client(market.buyer)

    assert f"/needs/{need.id}/matches/first" in browser.get(f"/needs/{need.id}").text
    for path in (f"/needs/{need.id}/matches/first", f"/needs/{need.id}/matches"):
        page = browser.get(path)
        assert page.status_code == 200
        assert f"/achievements/{market.work.id}" in page.text
        assert "<mark>" in page.text
    assert f"/needs/{need.id}" in site.client().get(f"/needs/near?achievement={market.work.id}").text
    assert site.client().get("/needs/near?achievement=none").status_code == 404
    assert site.client().get("/needs/near").status_code == 404
    assert site.client().get("/needs/none/matches").status_code == 404
