"""Thousands of payloads through every part of every address, every query parameter and every field: text is text, whatever it says."""

import re
import socket
import sys
from collections import Counter
from contextlib import suppress
from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.connection import Graph
from graph.errors import GraphError
from tests.security.digests import differences, state_of, strange_labels, untouched_differences
from tests.security.payloads import HEADER, MARK, RESULT, cypher, payloads
from tests.security.routes import Route, paths_of, routes_of
from tests.security.world import READERS, World, build_world, patiently
from tests.site import TestSite

EVERYDAY, THOROUGH = 40, 2_000
LEAKS = re.compile(r"root:x:0:|\[extensions\]|Traceback \(most recent|argon2id\$|PATH=/|uid=\d+\(")
MARKED = f"""
MATCH (n) WHERE n.{MARK} IS NOT NULL RETURN count(n) AS marked
"""


class Sender:
    """Each payload at the next place of its sort, so that in the end every place has had some and every payload all three sorts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = [route for route in routes_of(world.site.app) if route.endpoint != "static"]
        self.paths = {str(route): paths_of(world, route) for route in self.routes}
        self.answers: Counter[int] = Counter()
        self.faults: list[str] = []
        self.places: dict[str, set[str]] = {"query": set(), "path": set(), "form": set()}

    def in_queries(self, texts: list[str]) -> None:
        places = cycle([(route, name) for route in self.routes if "GET" in route.methods for name in route.queries])
        for text, (route, name) in zip(texts, places, strict=False):
            self._ask(route, "query", name, f"{self.paths[str(route)][0]}?{name}={sent(text)}")

    def in_paths(self, texts: list[str]) -> None:
        places = cycle([(route, name) for route in self.routes if "GET" in route.methods for name in sorted(route.rule.arguments)])
        for text, (route, name) in zip(texts, places, strict=False):
            self._ask(route, "path", name, self._with(route, name, text))

    def _with(self, route: Route, name: str, text: str) -> str:
        """The payload in one part of the path; in the others what is there."""
        names = re.findall(r"<(?:[^:>]+:)?([a-z_]+)>", route.rule.rule)
        known = re.fullmatch(re.sub(r"<[^>]+>", "([^/]+)", route.rule.rule.replace(".", r"\.")), self.paths[str(route)][0])
        values = dict(zip(names, known.groups() if known else names, strict=True)) | {name: sent(text)}
        return re.sub(r"<(?:[^:>]+:)?([a-z_]+)>", lambda found: values[found[1]], route.rule.rule)

    def in_forms(self, texts: list[str]) -> None:
        places = cycle([(route, one.name) for route in self.routes if "POST" in route.methods for one in route.asked if one.name != "csrf_token"])
        for text, (route, name) in zip(texts, places, strict=False):
            said = {one.name: one.choices[-1] if one.choices else "1" for one in route.asked if one.name not in ("key", "add_row", "remove_row")}
            data = {key: value.encode("utf-8", "surrogatepass") for key, value in (said | {name: text}).items()}
            self._note(route, "form", name, self._post(route, data), text)

    def _post(self, route: Route, data: dict[str, bytes]) -> TestResponse:
        return patiently(lambda: self._client(route).post(self.paths[str(route)][0], data=data))

    def _client(self, route: Route) -> FlaskClient:
        return self.world.client(
            "officer" if route.endpoint.startswith("imports") else "owner" if "accounts" not in route.endpoint else "administrator"
        )

    def _ask(self, route: Route, sort: str, name: str, where: str) -> None:
        self._note(route, sort, name, patiently(lambda: self._client(route).get(where)), where)

    def _note(self, route: Route, sort: str, name: str, answer: Any, said: str) -> None:
        self.places[sort].add(f"{route.endpoint} {name}")
        self.answers[answer.status_code] += 1
        if why := what_is_wrong(answer):
            self.faults.append(f"{why}: {route.endpoint} {sort} {name} {said[:300]!r}")
            print(self.faults[-1])
        if (answer.location or "").startswith("/sign-in"):
            for reader in READERS:
                self.world.forget(reader)


def sent(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def what_is_wrong(answer: Any) -> str:
    """Empty where a payload stayed text."""
    page = answer.get_data(as_text=True) if answer.mimetype.startswith(("text", "application/json")) else ""
    cookies = answer.headers.getlist("Set-Cookie")
    if answer.status_code >= 500:
        return str(answer.status_code)
    if HEADER in answer.headers or any(one.startswith(f"{MARK}=") for one in cookies):
        return "a header of the sender's"
    if RESULT in page or LEAKS.search(page):
        return "carried out or leaked"
    location = answer.location or ""
    return "leads elsewhere" if "://" in location or location.startswith(("//", "/\\")) else ""


class Calls:
    """Every connection that this process opens while it is listened to."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self._listens = True
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._listens and event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
            self.made.append(arguments[1] if event == "socket.connect" else arguments[0])

    def end(self) -> set[str]:
        """Whom it called, but for itself: the engines of a test are on this machine."""
        self._listens = False
        hosts = {str(one[0] if isinstance(one, tuple) else one) for one in self.made}
        ports = {one[1] for one in self.made if isinstance(one, tuple) and len(one) > 1}
        return (hosts - {"127.0.0.1", "::1", "localhost"}) | ({"port 9"} if 9 in ports else set())


def send_everywhere(world: World, most: int) -> None:
    texts, sender, calls = payloads(most), Sender(world), Calls()
    before = state_of(world.site.graph)
    sender.in_queries(texts)
    sender.in_paths(texts)
    print(f"{2 * len(texts)} in addresses")
    assert differences(before, state_of(world.site.graph)) == [], "a look changes nothing"
    sender.in_forms(texts)
    after = state_of(world.site.graph)
    named = {part for paths in sender.paths.values() for part in re.split(r"[/.]", paths[0])}
    own = {actor.account_id for actor in world.readers.values()} | named
    places = {sort: len(found) for sort, found in sender.places.items()}
    print(f"{3 * len(texts)} sent to {places}, answered {dict(sorted(sender.answers.items()))}")
    assert calls.end() == set(), "nobody outside is called because of what was sent"
    assert sender.faults == []
    assert untouched_differences(before, after, own) == []
    assert strange_labels(after) == set()
    assert marked(world.site.graph) == 0


def marked(graph: Graph) -> int:
    return graph.read(lambda tx: tx.one(MARKED, lambda row: int(row["marked"])), reader=("system",))


@pytest.mark.slow
def test_text_is_text_wherever_it_is_sent(site: TestSite) -> None:
    send_everywhere(build_world(site), EVERYDAY)


@pytest.mark.fuzz
def test_two_thousand_payloads_are_text_wherever_they_are_sent(site: TestSite) -> None:
    send_everywhere(build_world(site), THOROUGH)


def test_there_are_two_thousand_different_ones() -> None:
    assert len(set(payloads(THOROUGH))) == THOROUGH


VULNERABLE = "MATCH (n:Organisation) WHERE n.name = '{}' RETURN n.id AS id"


@pytest.mark.slow
def test_control_a_statement_made_from_text_is_taken_over(site: TestSite) -> None:
    """As the site never does it: the same payloads change or read what they are not to, or break the statement."""
    build_world(site)
    effects: Counter[str] = Counter()
    before = state_of(site.graph)
    for text in list(cypher())[:: 5_850 // 150]:
        statement: Any = VULNERABLE.format(text)
        try:
            found = site.graph.write(lambda tx, statement=statement: tx.all(statement, lambda row: row["id"]), patience=0.5)  # type: ignore[misc]
        except (GraphError, ValueError) as error:
            effects[type(error).__name__] += 1
            continue
        effects["read"] += bool(found)
        after = state_of(site.graph)
        effects["changed"] += bool(differences(before, after))
        before = after
    print(dict(effects))
    assert effects["changed"] > 0
    assert sum(effects.values()) > effects["changed"]


def test_control_a_call_outside_is_heard() -> None:
    calls = Calls()
    with suppress(OSError), socket.socket() as line:
        line.settimeout(0.01)
        line.connect(("127.0.0.1", 9))
    assert calls.end() == {"port 9"}


def test_control_what_is_wrong_is_seen(site: TestSite) -> None:
    pages = {
        "/a": (f"{RESULT}", 200, {}), "/b": ("root:x:0:0", 200, {}), "/c": ("", 500, {}), "/d": ("", 200, {HEADER: "1"}),
        "/e": ("", 302, {"Location": "//elsewhere.example"}), "/f": ("", 200, {"Set-Cookie": f"{MARK}=1"}),
    }  # fmt: skip
    answers = [site.app.response_class(text, status, headers) for text, status, headers in pages.values()]
    assert all(what_is_wrong(answer) for answer in answers)
    assert not what_is_wrong(site.client().get("/help"))
