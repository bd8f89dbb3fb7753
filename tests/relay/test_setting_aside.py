"""What fails three times waits for a person: it holds up nobody, shows nothing that was withdrawn, tells nothing personal, and can be tried again."""

import re
from dataclasses import replace
from datetime import datetime
from threading import Event as Signal
from threading import Thread
from time import sleep
from typing import Any

import pytest
from structlog.testing import capture_logs

from graph.connection import Transaction
from graph.outbox import Event, count_events, get_backlog, list_aside, list_withheld, retry_all_events, retry_event, write_events
from graph.records import stored
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.kernel.actor import GUEST
from marketplace.kernel.ids import new_id
from marketplace.kernel.rooms import Ref
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.relay.faults import problem_of
from marketplace.relay.relay import Relay
from search.query import SearchQuery
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

SECRET = "身份证110101199003078515"
SPOIL = "MATCH (a:Achievement {id: $id}) SET a.status = $secret RETURN a.id AS id"
REPAIR = "MATCH (a:Achievement {id: $id}) SET a.status = $status RETURN a.id AS id"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    made = set_scene(site, make)
    site.drain()
    return made


def test_what_falls_due_and_fails_in_one_room_holds_up_neither_the_others_nor_the_relay(scene: Scene) -> None:
    relay, done = scene.site.site.relay, list[str]()

    def fails(uow: UnitOfWork) -> int:
        raise ValueError(SECRET)

    def works(uow: UnitOfWork) -> int:
        done.append("milestones")
        return 0

    relay._rooms |= {"enquiry": replace(relay._rooms["enquiry"], falls_due=fails), "milestone": replace(relay._rooms["milestone"], falls_due=works)}
    with capture_logs() as logs:
        relay.pass_day()
        relay.pass_day()
    assert done == ["milestones"]
    (told,) = [one for one in logs if one["event"] == "what falls due was not done"]
    assert told["kind"] == "enquiry"
    assert SECRET not in str(told)
    published = scene.published()
    relay.drain()
    assert [hit.id for hit in scene.site.search(published.title).hits][:1] == [published.id]


def spoil(scene: Scene, id: str) -> None:
    scene.site.graph.write(lambda tx: tx.changed(SPOIL, id=id, secret=SECRET))


def repair(scene: Scene, id: str, status: str) -> None:
    scene.site.graph.write(lambda tx: tx.changed(REPAIR, id=id, status=status))


def withdrawn(scene: Scene) -> Achievement:
    """From everybody's sight, and unreadable before the relay came to it."""
    published = scene.published()
    scene.site.drain()
    scene.site.acting_as(scene.maker).change(withdraw_achievement, published.id, published.version)
    spoil(scene, published.id)
    scene.site.drain()
    return published


def aside(scene: Scene) -> list[Event]:
    return scene.site.system.read(list_aside)


def test_it_is_set_aside_after_three_tries_with_its_place_and_without_its_values(scene: Scene) -> None:
    published = withdrawn(scene)
    [event] = aside(scene)
    assert (event.entity_id, event.verb, event.tries, event.status) == (published.id, "withdraw", 3, "aside")
    assert event.problem.startswith("read: Torn at graph.records:")
    assert SECRET not in event.problem


def test_a_problem_is_a_type_and_a_place() -> None:
    with pytest.raises(ValueError, match="1990-03-07") as caught:
        stored(datetime(1990, 3, 7))  # noqa: DTZ001  the very fault
    assert re.fullmatch(r"read: ValueError at graph\.records:\d+", problem_of("read", caught.value))
    assert problem_of("tell", KeyError(SECRET)) == "tell: KeyError"


def test_what_was_withdrawn_stays_out_of_every_search_while_it_is_set_aside(scene: Scene) -> None:
    published = withdrawn(scene)
    for actor in (GUEST, scene.officer, scene.maker):
        assert scene.site.search("锂离子电池", actor).total == 0
        client = scene.site.client(actor)
        assert published.id not in client.get("/search?q=锂离子电池").text
        assert published.id not in client.get("/suggest?q=锂离子").text


def test_control_the_index_alone_would_still_show_it(scene: Scene) -> None:
    """It is the pending event that withholds: without its ids the search finds what was withdrawn."""
    published = withdrawn(scene)
    assert [hit.id for hit in scene.site.index.search(SearchQuery(text="锂离子电池", reader=GUEST.reader)).hits] == [published.id]
    assert published.id in scene.site.system.read(list_withheld)


@pytest.mark.parametrize("one", [True, False], ids=["one", "all"])
def test_tried_again_it_is_followed(scene: Scene, one: bool) -> None:
    published = withdrawn(scene)
    [event] = aside(scene)
    repair(scene, published.id, "withdrawn")
    assert scene.site.graph.write(lambda tx: retry_event(tx, event.id) if one else retry_all_events(tx)) == 1
    backlog = scene.site.system.read(get_backlog)
    assert (backlog.pending, backlog.aside, backlog.oldest) == (1, 0, event.at)
    assert scene.site.drain() == 2, "the work, and the person who made it, whose works are one less"
    assert scene.site.system.read(count_events) == 0
    assert scene.site.index.search(SearchQuery(text="锂离子电池", reader=GUEST.reader)).total == 0


def test_tried_again_in_vain_it_is_back(scene: Scene) -> None:
    withdrawn(scene)
    scene.site.graph.write(retry_all_events)
    assert scene.site.drain() == 4
    assert [event.tries for event in aside(scene)] == [3]


def test_only_what_is_set_aside_is_retried(scene: Scene) -> None:
    scene.published()
    assert scene.site.graph.write(retry_all_events) == scene.site.graph.write(lambda tx: retry_event(tx, "nobody")) == 0
    withdrawn(scene)
    assert scene.site.graph.write(lambda tx: retry_event(tx, "")) == 0


def test_the_backlog_of_an_empty_outbox_is_nothing(site: TestSite) -> None:
    backlog = site.system.read(get_backlog)
    assert (backlog.pending, backlog.aside, backlog.oldest) == (0, 0, None)


def relay_with(scene: Scene, **changes: Any) -> Relay:
    """The same site, in which achievements are handled otherwise; the first relay has left."""
    site = scene.site.site
    site.relay.close()
    rooms = site.rooms | {"achievement": replace(site.rooms["achievement"], **changes)}
    return Relay(site.graph, site.index, rooms, site.clock)


def test_a_fault_that_nobody_foresaw_is_found_in_its_batch(scene: Scene) -> None:
    bad, good = scene.published("坏的锂离子电池"), scene.published("好的锂离子电池")

    def hang(tx: Transaction, ids: list[str]) -> list[Ref]:
        if bad.id in ids:
            raise TypeError(SECRET)
        return []

    relay_with(scene, hang_on_any=hang).drain()
    assert {event.entity_id for event in aside(scene)} == {bad.id}
    assert {event.problem.split(" at ")[0] for event in aside(scene)} == {"handle: TypeError"}
    assert good.id in {hit.id for hit in scene.site.search("锂离子电池").hits}


def test_what_hangs_on_a_withdrawn_thing_that_cannot_be_read_follows_all_the_same(scene: Scene) -> None:
    """Else a name that is hidden above would stand in the documents below for as long as nobody mends it."""
    published = scene.published()
    scene.site.drain()
    scene.site.acting_as(scene.maker).change(withdraw_achievement, published.id, published.version)
    spoil(scene, published.id)
    hung: list[list[str]] = []

    def hang(tx: Transaction, ids: list[str]) -> list[Ref]:
        hung.append(ids)
        return [("studio", scene.studio_id)]

    relay_with(scene, hang_on_any=hang).drain()
    assert hung == [[published.id]]
    assert [event.verb for event in aside(scene)] == ["withdraw"]


def test_the_relays_thread_outlives_a_fault_of_its_own(scene: Scene) -> None:
    relay = relay_with(scene, falls_due=lambda uow: 1 // 0)
    stop = Signal()
    thread = Thread(target=relay.run, args=(stop,), daemon=True)
    thread.start()
    sleep(1.2)
    assert thread.is_alive()
    stop.set()
    relay.wake()
    thread.join(5)


def test_a_room_that_is_unknown_holds_up_nobody(scene: Scene) -> None:
    scene.site.graph.write(lambda tx: write_events(tx, [Event(new_id(), "castle", "x", "build", False, scene.site.clock.now(), "")]))
    assert scene.site.drain() == 1
