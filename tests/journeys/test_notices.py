"""A worker says how they want to be told and gets a digest; an officer announces, the worker reads, the officer takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.domains.achievements.service import publish_achievement
from tests.conftest import Engine, turn
from tests.journeys.cast import a_district
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.live import Live, serve
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh
from tests.notices.post import Post, post_office, subject_of, text_of
from tests.notices.scenes import LINK

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("notices")]
MAIL = {"public_url": "https://union.example", "mail_from": "site@union.example"}


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as office:
        yield office


@pytest.fixture
def live(engine: Engine, open_store: Graph, tmp_path: Path, post: Post) -> Iterator[Live]:
    """With a server for its mail."""
    with turn(engine):
        wipe(open_store)
        with serve(open_store, tmp_path, smtp_url=SecretStr(post.url), **MAIL) as site:
            yield site


def arrived(visitor: Visitor, post: Post, count: int) -> None:
    """The relay sends beside its own work."""
    for _again in range(60):
        if len(post.letters) >= count:
            return
        visitor.page.wait_for_timeout(250)
    raise AssertionError(f"{len(post.letters)} letters")


def test_a_worker_chooses_a_digest_and_gets_it(live: Live, visit: Visit, post: Post) -> None:
    cast = a_district(live)
    worker = visit("the worker", cast.lead)
    worker.go("/notices")
    worker.press(worker.link(zh("How I am told")))
    worker.page.fill("#email", "nonsense")
    worker.press(worker.button(zh("Save the address")), status=422)
    worker.page.fill("#email", "worker@example.org")
    worker.press(worker.button(zh("Save the address")))
    arrived(worker, post, 1)
    [path] = LINK.findall(text_of(post.letters[0]))
    worker.go(path)
    worker.press(worker.button(zh("Confirm")))
    worker.press(worker.link(zh("How I am told")))
    worker.page.select_option("#work", "daily")
    worker.press(worker.button(zh("Save")).last)

    sent = cast.submitted("电池托盘快换工装")
    live.site.acting_as(cast.officer).change(publish_achievement, sent.id, sent.version)
    worker.is_told("电池托盘快换工装")
    assert len(post.letters) == 1
    live.site.clock.forward(days=1)
    arrived(worker, post, 2)
    digest = post.letters[1]
    assert "电池托盘" not in subject_of(digest) + text_of(digest) + digest.as_string()
    worker.go(digest["List-Unsubscribe"].strip("<>").removeprefix("https://union.example"))
    worker.press(worker.button(zh("Send no more mail")))
    sign_in(worker, live.login_of(cast.lead))
    worker.go("/notices/preferences")
    assert worker.page.input_value("#work") == "site"


def test_an_officer_announces_and_the_worker_reads(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)
    officer.go("/announcements")
    officer.press(officer.link(zh("Write an announcement")).first)
    officer.press(officer.button(zh("Announce")), status=422)
    officer.page.select_option("#unit_id", index=1)
    officer.page.fill("#title", "周六停电检修")
    officer.page.fill("#text", "周六八点到十二点停电，充电桩不能用。")
    officer.press(officer.button(zh("Announce")))
    assert officer.sees(zh("goes out shortly"))
    live.site.clock.forward(minutes=3)

    worker = visit("the worker", cast.worker)
    worker.is_told("周六停电检修")
    assert worker.sees("充电桩不能用")
    worker.go("/")
    assert worker.sees("周六停电检修")
    stranger = visit("an officer elsewhere", cast.stranger)
    stranger.go("/notices")
    assert not stranger.sees("周六停电检修")
    officer.page.reload()
    officer.press(officer.button(zh("Take it back")))
    for _again in range(20):
        worker.go("/notices")
        if not worker.sees("周六停电检修"):
            return
        worker.page.wait_for_timeout(300)
    raise AssertionError("it is still there")
