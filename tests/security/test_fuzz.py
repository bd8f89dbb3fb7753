"""Whatever is sent to any route, by anybody: a page or a plain no. Routes and forms are discovered: a new one is tried without being named."""

import re
from collections import Counter
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from math import ceil
from typing import Any
from urllib.parse import quote, unquote_plus, urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from marketplace.web.access import DECLARATION
from tests.security.routes import Asked, Route, paths_of, routes_of
from tests.security.world import READERS, World, build_world, patiently
from tests.site import TestSite

EVERYDAY, THOROUGH, SHARES = 3, 20_000, 4
"""Cases for each route in the everyday run; cases in all in the thorough one, and how many parts it has."""
PLAIN = frozenset({200, 204, 302, 303, 304, 308, 400, 403, 404, 405, 409, 413, 414, 415, 422, 429})
TRACE = re.compile(rb"Traceback \(most recent|File \"[^\"]+\.py\", line \d|(?:werkzeug|neo4j|jinja2)\.exceptions|tantivy|ArcadeDB")
LARGEST, PLACES = 3_000_000, 30
ARGUMENTS = re.compile(r"<[^>]+>")
ODD = st.one_of(
    st.text(max_size=60), st.text(st.characters(codec="utf-8", categories=["Cc", "Cf", "Zl", "Zp", "Mn", "So"]), max_size=20),
    st.sampled_from([
        "", "0", "-1", "1e309", "NaN", "Infinity", "9" * 40, "²", "٣", "１２", "2026-02-30", "9999-12-31", "0000-00-00", "on",
        "[]", "{}", "null", "None",
        "'", '"', "`", "\\", "$", "${7*7}", "{{7*7}}", "{% if %}", "%s %(x)s", "%00", "../..", "a:b", ":", "a:",
        ":b", "a" * 5_001, "电" * 121, "𠮷" * 50,
        "\u202e", "\ufeff", "\u200b", "\n", "\r\n", "\t", "*", "~", "a AND", "(", "[* TO *]", "-", "|", "／", "ﬀ", "İ", "ß", "\ud7ff", "\U0010ffff",
    ]),
)  # fmt: skip
DATES = st.dates().map(str) | ODD
NUMBERS = st.integers().map(str) | st.floats().map(str) | ODD
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")
KEYS = st.uuids().map(str)


@dataclass(slots=True)
class Heard:
    """What came of all that was sent."""

    sent: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, route: Route, reader: str, asked: str, answer: Any, logs: list[MutableMapping[str, Any]]) -> None:
        self.sent[route.endpoint] += 1
        self.answers[answer.status_code] += 1
        if answer.status_code not in PLAIN or traces(answer.data, asked) or len(answer.data) > LARGEST:
            told = [repr(one.get("exc_info")) for one in logs if one["event"] == "unexpected"]
            self.faults.append(f"{answer.status_code} {route.endpoint} as {reader}: {asked[:600]} {told[-1:]}")
            print(self.faults[-1])


def traces(page: bytes, asked: str) -> list[str]:
    """What tells of the inside, but for words that were sent: a page may say them again in its links."""
    return [one for one in map(bytes.decode, TRACE.findall(page)) if one not in unquote_plus(asked)]


def value_of(asked: Asked) -> st.SearchStrategy[str]:
    """Mostly of its kind, so that whole forms get through to the rules behind."""
    if asked.name == "key":
        return KEYS | ODD
    if asked.name == "version":
        return st.sampled_from(["0", "1", "2", "3"]) | NUMBERS
    if asked.choices:
        return st.sampled_from(asked.choices) | ODD
    return {"date": DATES, "number": NUMBERS, "tick": st.sampled_from(["on", "y", ""]) | ODD}.get(asked.kind, ODD)


def pairs_of(asked: tuple[Asked, ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Every field of the form but a few, or a few alone, some of them twice."""
    one = st.sampled_from(asked).flatmap(lambda field: st.tuples(st.just(field.name), value_of(field)))
    whole = st.tuples(*(st.tuples(st.just(field.name), value_of(field)) for field in asked[:25])).map(list)
    return st.lists(one, max_size=8) | whole | st.tuples(whole, st.lists(one, max_size=3)).map(lambda both: both[0] + both[1])


def body_of(pairs: list[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])


class Knocker:
    """One world, and a strategy that draws a route, a reader, an address, a query and a form."""

    def __init__(self, site: TestSite, share: int = 0, shares: int = 1) -> None:
        self.world: World = build_world(site)
        self.routes = [route for route in routes_of(site.app) if route.endpoint != "static"][share::shares]
        self.paths = {str(route): [*paths_of(self.world, route, PLACES), self._named(route, "none")] for route in self.routes}
        self.heard = Heard()

    def case(self, route: Route) -> st.SearchStrategy[Any]:
        """Mostly by readers who may, by a method that it knows, of a thing that is there."""
        query = st.lists(st.tuples(st.sampled_from(route.queries) | st.text(max_size=12), ODD), max_size=5)
        known, made = st.sampled_from(self.paths[str(route)]), st.text(min_size=1, max_size=20).map(lambda text: self._named(route, text))
        method = usually(st.sampled_from(sorted(route.methods)), st.sampled_from(METHODS))
        reader = usually(st.sampled_from(self._able(route)), st.sampled_from(READERS))
        return st.tuples(st.just(route), reader, method, usually(known, made), query, pairs_of(route.asked).map(body_of))

    def _named(self, route: Route, text: str) -> str:
        return ARGUMENTS.sub(lambda _: quote(text, errors="surrogatepass"), route.rule.rule)

    def _able(self, route: Route) -> list[str]:
        needed = getattr(self.world.site.app.view_functions[route.endpoint], DECLARATION)
        return [name for name in READERS if self.world.readers[name].can(needed)] or list(READERS)

    def send(self, route: Route, reader: str, method: str, path: str, query: list[tuple[str, str]], body: str) -> None:
        where = f"{path}?{body_of(query)}" if query else path
        sent = {} if method in ("GET", "HEAD") else {"data": body, "content_type": "application/x-www-form-urlencoded"}
        with capture_logs() as logs:
            answer = patiently(lambda: self.world.client(reader).open(where, method=method, **sent))
        self.heard.note(route, reader, f"{method} {where} {body if sent else ''}", answer, logs)
        if (answer.location or "").startswith("/sign-in"):
            self.world.forget(reader)


def knock(knocker: Knocker, cases: int) -> Heard:
    """So many for each route, so that none is left out by chance."""
    for route in knocker.routes:

        @settings(max_examples=cases, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(knocker.case(route))
        def sent(case: tuple[Any, ...]) -> None:
            knocker.send(*case)

        sent()
    return knocker.heard


def usually(one: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda drawn: other if drawn == 9 else one)


def told(heard: Heard) -> str:
    return f"{sum(heard.sent.values())} sent to {len(heard.sent)} endpoints, answered {dict(sorted(heard.answers.items()))}"


@pytest.mark.slow
def test_nothing_that_is_sent_to_any_route_is_a_fault(site: TestSite) -> None:
    heard = knock(Knocker(site), EVERYDAY)
    print(told(heard))
    assert heard.faults == []


@pytest.mark.fuzz
@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_among_twenty_thousand_is_a_fault(site: TestSite, share: int) -> None:
    """5,000 for each quarter of the routes, however many there are: the time it takes does not grow with the site."""
    knocker = Knocker(site, share, SHARES)
    heard = knock(knocker, ceil(THOROUGH / SHARES / len(knocker.routes)))
    print(told(heard))
    assert sum(heard.sent.values()) >= THOROUGH / SHARES
    assert set(heard.sent) == {route.endpoint for route in knocker.routes}
    assert heard.faults == []


@pytest.mark.slow
def test_every_route_has_an_address_and_every_form_is_found(site: TestSite) -> None:
    knocker = Knocker(site)
    assert {route.endpoint for route in knocker.routes} == {rule.endpoint for rule in site.app.url_map.iter_rules()} - {"static"}
    by_endpoint = {route.endpoint: route for route in knocker.routes}
    for endpoint, name in {"needs.new": "abstract", "achievements.edit": "contributions-0-worker_id", "accounts.sign_in": "password"}.items():
        assert name in {one.name for one in by_endpoint[endpoint].asked}
    assert {"q", "sort", "area"} <= set(by_endpoint["search.index"].queries)


@contextmanager
def broken_help(app: Flask) -> Iterator[None]:
    view = app.view_functions["help.index"]

    @wraps(view)
    def broken() -> str:
        return str(1 / 0)

    app.view_functions["help.index"] = broken
    yield
    app.view_functions["help.index"] = view


@pytest.mark.slow
def test_control_a_route_that_breaks_is_heard(site: TestSite) -> None:
    knocker = Knocker(site)
    knocker.routes = [route for route in knocker.routes if route.endpoint == "help.index"]
    with broken_help(site.app):
        heard = knock(knocker, 20)
    assert heard.answers[500] > 0
    assert "ZeroDivisionError" in " ".join(heard.faults)


def test_words_that_were_sent_are_no_trace_and_all_others_are() -> None:
    page = b'<a href="/conflicts?ArcadeDB=1">'
    assert traces(page, "GET /conflicts?ArcadeDB=1") == []
    assert traces(page, "GET /conflicts") == ["ArcadeDB"]
