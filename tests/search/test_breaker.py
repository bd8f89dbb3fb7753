"""A search engine that is away costs a few readers a wait, not all of them; and comes back by itself."""

import socket

import pytest

from search.breaker import OPENS_AFTER, TRIES_EVERY, Breaker
from search.elastic_server import Access, Patience, Server
from search.errors import SearchUnavailable
from tests.search.fake_server import Answer, fake_server
from tests.site import SetClock


def seconds(clock: SetClock) -> float:
    return clock.now().timestamp()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def breaker(clock: SetClock) -> Breaker:
    return Breaker(lambda: seconds(clock))


def test_it_opens_after_three_silences_and_lets_one_try_at_a_time(breaker: Breaker, clock: SetClock) -> None:
    for _ in range(OPENS_AFTER):
        assert breaker.may_ask()
        breaker.silent()

    assert not breaker.may_ask()
    clock.forward(seconds=TRIES_EVERY)
    assert [breaker.may_ask() for _ in range(3)] == [True, False, False]
    breaker.answered()
    assert breaker.may_ask()


def test_an_answer_between_them_starts_the_count_anew(breaker: Breaker) -> None:
    for _ in range(3 * OPENS_AFTER):
        breaker.silent()
        breaker.answered()

    assert breaker.may_ask()


def test_a_server_that_comes_back_is_asked_again_by_itself(breaker: Breaker, clock: SetClock) -> None:
    with fake_server() as fake:
        fake.answers = {"_count": [Answer(200, {"count": 7})]}
        server = Server(away(), Access(), breaker=breaker)
        back = Server(fake.url, Access(), breaker=breaker)

        for _ in range(OPENS_AFTER):
            with pytest.raises(SearchUnavailable, match=r"does not answer$"):
                count(server)
        with pytest.raises(SearchUnavailable, match="asked again in a moment"):
            count(back)
        assert fake.asked == []
        clock.forward(seconds=TRIES_EVERY)
        assert count(back) == count(back) == 7


def away() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def count(server: Server) -> int:
    return int(server.ask(lambda client: client.count(index="any"), Patience(1.0, ()))["count"])
