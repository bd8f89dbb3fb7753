"""Readers say what they think of a match; its publisher sees sums from three people on, with a repair, and never who."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import publish_revision, revise_achievement, submit_revision, withdraw_achievement
from marketplace.domains.opinions.model import FEWEST, Sum
from marketplace.domains.opinions.repository import list_own_opinions, sum_opinions
from marketplace.domains.opinions.service import give_opinion, take_opinion_back
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound
from marketplace.kernel.revisions import text_of
from marketplace.kernel.verdicts import Verdict
from tests.factories import Make
from tests.matching.scenes import World, build
from tests.site import TestSite

BENEFIT = Verdict.BENEFIT_UNCLEAR


@pytest.fixture
def world(site: TestSite, make: Make) -> World:
    return build(site, make)


def say(world: World, actor: Actor, verdict: str) -> str:
    before = world.site.acting_as(actor).change(give_opinion, world.need.id, "achievement", world.work.id, verdict)
    return before.verdict if before else ""


def said_by(world: World, actor: Actor) -> str:
    own = world.site.acting_as(actor).read(list_own_opinions, actor.account_id, world.need.id)
    return own[world.work.id].verdict if world.work.id in own else ""


def summed(world: World) -> Sum:
    return world.site.acting_as(world.maker).read(sum_opinions, "achievement", world.work.id)


def readers(world: World, number: int) -> list[Actor]:
    return [world.make.account() for _ in range(number)]


COUNT = """
MATCH (o:MatchOpinion) RETURN count(o) AS opinions
"""


def count(site: TestSite) -> int:
    return int(site.graph.read(lambda tx: tx.one(COUNT, value("opinions"))))


def test_it_is_said_once_changed_and_taken_back(world: World) -> None:
    assert say(world, world.buyer, Verdict.USEFUL) == ""
    assert say(world, world.buyer, BENEFIT) == Verdict.USEFUL
    assert said_by(world, world.buyer) == BENEFIT
    assert count(world.site) == 1

    world.site.acting_as(world.buyer).change(take_opinion_back, world.need.id, "achievement", world.work.id)
    assert said_by(world, world.buyer) == ""
    assert say(world, world.buyer, Verdict.VAGUE) == ""
    assert count(world.site) == 1


def test_sums_begin_with_three_people(world: World) -> None:
    some = readers(world, FEWEST)
    for one in some[:-1]:
        say(world, one, BENEFIT)
    assert summed(world) == Sum(1)

    say(world, some[-1], Verdict.USEFUL)
    told = summed(world)
    assert (told.people, told.useful) == (3, 1)
    assert [(one.verdict, one.people) for one in told.reasons] == [(BENEFIT, 2)]


def test_one_person_with_three_needs_is_still_one(world: World) -> None:
    for number in range(FEWEST):
        need = world.make.need(world.asking, owner=world.buyer, title=f"电池{number}")
        world.site.acting_as(world.buyer).change(give_opinion, need.id, "achievement", world.work.id, BENEFIT)

    assert summed(world) == Sum(1)


def test_a_new_version_is_judged_anew(world: World) -> None:
    some = readers(world, FEWEST)
    for one in some:
        say(world, one, BENEFIT)
    assert summed(world).people == FEWEST

    mine = world.site.acting_as(world.maker)
    text = replace(text_of(world.work, AchievementText), benefit="单组检修由 4.5 小时降到 1.2 小时")
    copy = mine.change(revise_achievement, world.work.id, world.work.version, text)
    sent = mine.change(submit_revision, copy.id, copy.version)
    world.site.system.change(publish_revision, sent.id, sent.version)
    assert summed(world) == Sum(2)

    for one in some:
        say(world, one, Verdict.USEFUL)
    assert (summed(world).people, summed(world).useful) == (FEWEST, FEWEST)


def test_who_may_not_see_both_says_nothing(world: World, make: Make) -> None:
    draft = make.need(world.asking, public=False)
    stranger = world.site.acting_as(make.account())
    with pytest.raises(NotFound):
        stranger.change(give_opinion, draft.id, "achievement", world.work.id, BENEFIT)
    with pytest.raises(NotFound):
        stranger.change(give_opinion, world.need.id, "worker", world.maker.worker_id, BENEFIT)
    with pytest.raises(Invalid):
        stranger.change(give_opinion, world.need.id, "achievement", world.work.id, "no such reason")
    with pytest.raises(Forbidden):
        say(world, GUEST, BENEFIT)

    world.site.acting_as(world.maker).change(withdraw_achievement, world.work.id, world.work.version)
    with pytest.raises(NotFound):
        stranger.change(give_opinion, world.need.id, "achievement", world.work.id, BENEFIT)
    assert count(world.site) == 0


def test_makers_do_not_judge_their_own(world: World) -> None:
    with pytest.raises(Forbidden):
        say(world, world.maker, Verdict.USEFUL)


def test_an_opinion_on_a_need_hidden_from_the_publisher_does_not_count(world: World, make: Make) -> None:
    draft = make.need(world.asking, owner=world.buyer, public=False)
    for one in readers(world, FEWEST - 1):
        say(world, one, BENEFIT)
    world.site.acting_as(world.buyer).change(give_opinion, draft.id, "achievement", world.work.id, BENEFIT)

    assert summed(world) == Sum(1)


AUDIT = """
MATCH (e:AuditEntry {kind: 'opinion'}) RETURN e.verb AS verb, e.fields AS fields, e.audience AS audience
"""


def test_the_audit_holds_verbs_and_no_words(world: World) -> None:
    say(world, world.buyer, BENEFIT)

    def entries(tx: Transaction) -> list[tuple[object, ...]]:
        return tx.all(AUDIT, lambda row: (row["verb"], tuple(row["audience"]), str(row["fields"])))

    [(verb, audience, fields)] = world.site.graph.read(entries)
    assert (verb, audience) == ("say", (f"account:{world.buyer.account_id}", "system"))
    assert BENEFIT not in str(fields)


def test_by_form_without_script_and_with(world: World) -> None:
    browser = world.site.client(world.buyer)
    address = f"/needs/{world.need.id}/matches/achievement/{world.work.id}/opinion"

    sent = browser.post(address, data={"verdict": "vague", "key": "one-key"})
    assert sent.status_code == 302
    assert sent.location.endswith(f"/needs/{world.need.id}/matches#match-{world.work.id}")
    assert f"{address}/undo" in browser.get(f"/needs/{world.need.id}/matches").text
    strip = browser.post(address, data={"verdict": "useful"}, headers={"HX-Request": "true"})
    assert strip.status_code == 200
    assert "aria-pressed" in strip.text
    assert "<html" not in strip.text
    browser.post(f"{address}/undo?to=vague")
    assert said_by(world, world.buyer) == Verdict.VAGUE
    browser.post(f"{address}/undo")
    assert said_by(world, world.buyer) == ""


@pytest.mark.parametrize(("change", "status"), [({"verdict": ""}, 422), ({"verdict": "x" * 9_000}, 422), ({}, 422), ({"verdict": "\x00"}, 400)])
def test_bad_input_is_refused(world: World, change: dict[str, str], status: int) -> None:
    browser = world.site.client(world.buyer)
    address = f"/needs/{world.need.id}/matches/achievement/{world.work.id}/opinion"

    assert browser.post(address, data=change).status_code == status
    assert browser.post(address.replace("/achievement/", "/studio/"), data={"verdict": "vague"}).status_code == 404
    assert browser.post(f"{address}/undo?to=nothing").status_code == 422
    assert world.site.client().post(address, data={"verdict": "vague"}).status_code in (302, 401, 403)
    assert count(world.site) == 0


def test_only_the_publisher_sees_what_was_said(world: World, make: Make) -> None:
    some = readers(world, FEWEST)
    for one in some:
        say(world, one, BENEFIT)
    page = f"/achievements/{world.work.id}/opinions"

    told = world.site.client(world.maker).get(page)
    assert told.status_code == 200
    assert f"/achievements/{world.work.id}/edit#part-gain" in told.text
    assert not any(one.name in told.text for one in some)
    assert world.site.client(world.buyer).get(page).status_code == 403
    assert page in world.site.client(world.maker).get(f"/achievements/{world.work.id}").text
    assert page not in world.site.client(world.buyer).get(f"/achievements/{world.work.id}").text


@pytest.mark.race
def test_fifty_sends_of_one_form_are_one_opinion(world: World) -> None:
    browsers = [world.site.client(world.buyer) for _ in range(8)]
    address = f"/needs/{world.need.id}/matches/achievement/{world.work.id}/opinion"

    def send(number: int) -> int:
        return browsers[number % 8].post(address, data={"verdict": "vague", "key": "the-key"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(50))) <= {200, 302}
    assert count(world.site) == 1


@pytest.mark.race
def test_two_sends_at_once_leave_one_of_the_two(world: World) -> None:
    def send(verdict: str) -> str:
        return say(world, world.buyer, verdict)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, [Verdict.USEFUL, Verdict.VAGUE] * 5))
    assert count(world.site) == 1
    assert said_by(world, world.buyer) in (Verdict.USEFUL, Verdict.VAGUE)
