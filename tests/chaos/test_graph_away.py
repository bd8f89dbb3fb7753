"""The graph refuses, hangs, is slow or drops connections: the site says so, quickly, and is back at once (ASSURANCE I12)."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from neo4j import GraphDatabase

from graph.connection import Graph
from marketplace.config import Settings
from marketplace.domains.accounts.service import open_session
from marketplace.web.identity import digest_of, new_token
from tests.chaos.proxy import Mode, Proxy, proxy_to
from tests.chaos.stores import Store
from tests.conftest import Engine
from tests.engines import empty_index
from tests.factories import Make
from tests.site import TestSite, make_site

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("graph_away")]
SAID_WITHIN = 3.0
AT_ONCE = 1.0
ENDED_WITHIN = 10.0
BACK_WITHIN = 5.0
AWAY = 8.0
BRIEFLY = 1.0
PAGES = ("/", "/search?q=电池", "/studios", "/my")
FAULTS = ["paused", *(mode for mode in Mode if mode is not Mode.PASS)]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    seconds: float
    retry_after: str
    page: str


@dataclass(frozen=True, slots=True)
class Away:
    """A site whose way to its store can be spoilt."""

    site: TestSite
    store: Store
    proxy: Proxy
    crowd: ThreadPoolExecutor
    token: str
    """Of somebody who signed in before."""

    def begin(self, fault: str) -> None:
        if fault == "paused":
            self.store.pause()
        else:
            self.proxy.turn(Mode(fault))

    def end(self, fault: str) -> None:
        if fault == "paused":
            self.store.resume()
        else:
            self.proxy.turn(Mode.PASS)

    def ask(self, path: str) -> "Future[Answer]":
        return self.crowd.submit(self._ask, path)

    def _ask(self, path: str) -> Answer:
        began = monotonic()
        client = self.site.client()
        with client.session_transaction() as session:
            session["sid"] = self.token
        response = client.get(path, headers={"Accept-Language": "en"})
        return Answer(response.status_code, monotonic() - began, response.headers.get("Retry-After", ""), response.get_data(as_text=True))

    def seconds_until_well(self) -> float:
        """Until pages and the watcher's question are answered again."""
        began = monotonic()
        while not all(self.ask(path).result(ENDED_WITHIN).status == 200 for path in ("/search?q=电池", "/studios", "/readyz")):
            assert monotonic() - began < 4 * BACK_WITHIN, "it did not come back"
            sleep(0.05)
        return monotonic() - began

    def seconds_until_well_for(self, watched: float) -> float:
        """When the last of those who asked meanwhile was refused."""
        began, last = monotonic(), 0.0
        while monotonic() - began < watched:
            if self.ask("/studios").result(ENDED_WITHIN).status != 200:
                last = monotonic() - began
            sleep(0.1)
        return last


def through(proxy: Proxy, engine: Engine) -> Engine:
    return replace(engine, url=f"bolt://127.0.0.1:{proxy.port}")


def signed_in(site: TestSite) -> str:
    token = new_token()
    site.system.change(open_session, Make(site).account("周立成").account_id, digest_of(token))
    return token


@pytest.fixture
def away(store: Store, ledger: Graph, tmp_path: Path) -> Iterator[Away]:
    settings = Settings(data_dir=tmp_path / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with proxy_to(store.port) as proxy, ThreadPoolExecutor(32) as crowd, empty_index(tmp_path / "index") as index:
        graph = through(proxy, store.engine).open()
        site = make_site(graph, index, settings)
        found = Away(site, store, proxy, crowd, signed_in(site))
        found.seconds_until_well()
        yield found
        proxy.turn(Mode.PASS)
        graph.close()


def says_so_plainly(answer: Answer) -> bool:
    return answer.status == 503 and answer.retry_after == "3" and "not reachable for a moment" in answer.page and "Traceback" not in answer.page


@pytest.mark.parametrize("fault", FAULTS)
def test_graph_that_is_away_is_said_so_at_once_and_found_again(away: Away, fault: str) -> None:
    began = monotonic()
    away.begin(fault)
    try:
        hung = [away.ask(path) for path in PAGES]
        sleep(max(0.0, began + SAID_WITHIN - monotonic()))
        new = [away.ask(path) for path in PAGES]
        alive, ready = away.ask("/healthz"), away.ask("/readyz")
        assert [one for one in new if not says_so_plainly(one.result(ENDED_WITHIN))] == []
        assert max(one.result().seconds for one in new) < AT_ONCE
        assert (alive.result(AT_ONCE).status, ready.result(AT_ONCE).status) == (200, 503)
        ended = [one.result(began + ENDED_WITHIN - monotonic()) for one in hung]
        print(fault, "hung ones ended within", max(one.seconds for one in ended))
        assert [one for one in ended if one.status != 200 and not says_so_plainly(one)] == []
        sleep(max(0.0, began + AWAY - monotonic()))
    finally:
        away.end(fault)
    back = away.seconds_until_well()
    print(fault, "back after", back)
    assert back <= BACK_WITHIN


def test_connections_that_went_mute_within_a_second_are_given_up(away: Away) -> None:
    """New ones would be answered all the while: whoever waits on an old one must not wait for ever, and nobody for long."""
    away.begin(Mode.SWALLOW)
    began = monotonic()
    hung = [away.ask(path) for path in PAGES]
    sleep(BRIEFLY)
    away.end(Mode.SWALLOW)
    back = away.seconds_until_well_for(AWAY)
    ended = [one.result(began + ENDED_WITHIN - monotonic()) for one in hung]
    print("back after", back, "hung ones ended within", max(one.seconds for one in ended))
    assert back <= BACK_WITHIN


def ends_within(work: Callable[[], object], seconds: float) -> bool:
    """Well or badly."""

    def quietly() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  an end is an end
            print(type(error).__name__)

    thread = Thread(target=quietly, daemon=True)
    thread.start()
    thread.join(seconds)
    return not thread.is_alive()


def test_control_without_the_breaker_a_reader_hangs(store: Store, ledger: Graph) -> None:
    engine = store.engine
    with proxy_to(store.port) as proxy:
        plain = GraphDatabase.driver(through(proxy, engine).url, auth=(engine.user, engine.password))
        guarded = through(proxy, engine).open()
        questions = (lambda: plain.execute_query("RETURN 1", database_=engine.database), lambda: guarded.read(lambda tx: tx.run("RETURN 1")))
        assert all(ends_within(ask, ENDED_WITHIN) for ask in questions)
        proxy.turn(Mode.SWALLOW)
        assert [ends_within(ask, ENDED_WITHIN) for ask in questions] == [False, True]
        proxy.close()
        guarded.close()
