"""What opens no door: a form without its token, a look, an address that leads elsewhere, a cookie that was planted."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, redirect, request

from graph.connection import Graph
from tests.conftest import Engine
from tests.security.away import AWAY, LEADING, leads_away
from tests.security.digests import differences, state_of
from tests.security.routes import UNSAFE, Route, paths_of, routes_of
from tests.security.world import World, patiently, standing_world

pytestmark = pytest.mark.xdist_group("security-doors")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
REFUSED = (400, 403)
LOOKERS = ("guest", "owner", "officer", "administrator")


@pytest.fixture(scope="module")
def world(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with standing_world(engine, open_store, tmp_path_factory.mktemp("doors")) as built:
        yield built


@pytest.fixture
def strict(world: World) -> Iterator[World]:
    """As a browser meets it: forms need their token."""
    world.site.app.config["WTF_CSRF_ENABLED"] = True
    yield world
    world.site.app.config["WTF_CSRF_ENABLED"] = False


def unsafe_routes(world: World) -> list[tuple[Route, str]]:
    """But for the one that a mail program sends in one click (RFC 8058): its signed link is the proof."""
    routes = (route for route in routes_of(world.site.app) if route.endpoint != "postbox.unsubscribe_now")
    return [(route, method) for route in routes for method in sorted(route.methods & set(UNSAFE))]


@pytest.mark.slow
@pytest.mark.parametrize("token", [None, "", "wrong", "IjEyMyI.aaaa.bbbb"])
def test_no_unsafe_method_of_any_route_works_without_its_token(strict: World, token: str | None) -> None:
    before, found = state_of(strict.site.graph, ()), []
    for route, method in unsafe_routes(strict):
        for reader in ("owner", "administrator") if token is None else ("administrator",):
            data = {"version": "1", "title": "x"} | ({} if token is None else {"csrf_token": token})
            path = paths_of(strict, route)[0]
            answer = patiently(lambda: strict.client(reader).open(path, method=method, data=data))  # noqa: B023
            if answer.status_code not in REFUSED:
                found.append(f"{answer.status_code} {method} {route} as {reader}")
    assert len(unsafe_routes(strict)) > 60
    assert found == []
    assert differences(before, state_of(strict.site.graph, ())) == []


@pytest.mark.slow
def test_the_token_of_another_session_is_no_token(strict: World) -> None:
    token = TOKEN.search(strict.client("firm").get("/account/password").text)
    assert token is not None
    assert strict.client("owner").post("/notices/read", data={"csrf_token": token[1]}).status_code == 400


def test_control_with_its_own_token_a_form_works(strict: World) -> None:
    client = strict.client("owner")
    token = TOKEN.search(client.get("/account/password").text)
    assert token is not None
    assert client.post("/notices/read", data={"csrf_token": token[1]}).status_code == 302


@pytest.mark.slow
def test_a_method_that_a_route_does_not_know_is_no_way_round(strict: World) -> None:
    for route in routes_of(strict.site.app):
        if route.endpoint != "static" and not route.is_unsafe:
            path = paths_of(strict, route)[0]
            for method in UNSAFE:
                assert strict.client("administrator").open(path, method=method).status_code in (400, 403, 404, 405), (route, method)


def test_a_method_said_in_the_form_or_a_header_is_not_believed(world: World) -> None:
    work = world.things["achievement"].id
    before = state_of(world.site.graph)
    for how in ({"query_string": "_method=POST"}, {"headers": {"X-HTTP-Method-Override": "POST"}}, {"headers": {"X-Method-Override": "DELETE"}}):
        assert world.client("owner").get(f"/achievements/{work}/steps/withdraw", **how).status_code == 405
    assert differences(before, state_of(world.site.graph)) == []


@pytest.mark.slow
def test_looking_changes_nothing(world: World) -> None:
    """Every route that answers GET or HEAD, as readers of four kinds, with every parameter that it reads."""
    before = state_of(world.site.graph)
    asked = 0
    for route in routes_of(world.site.app):
        if "GET" not in route.methods or route.endpoint == "static":
            continue
        query = "&".join(f"{name}=1" for name in route.queries if name not in ("lang", "large"))
        for reader in LOOKERS:
            path = paths_of(world, route, 1)[0]
            world.client(reader).get(path)
            world.client(reader).head(f"{path}?{query}")
            asked += 2
    print(f"{asked} looks")
    assert differences(before, state_of(world.site.graph)) == []


def test_control_a_look_that_changes_something_is_seen(world: World) -> None:
    before = state_of(world.site.graph)
    world.site.graph.write(lambda tx: tx.run("MATCH (a:Achievement) SET a.seen = coalesce(a.seen, 0) + 1"))
    changed = differences(before, state_of(world.site.graph))
    world.site.graph.write(lambda tx: tx.run("MATCH (a:Achievement) REMOVE a.seen"))
    assert {label for label, _ in changed} == {"Achievement"}


def test_there_are_sixty_ways_out() -> None:
    assert len(set(AWAY)) >= 60


@pytest.mark.slow
def test_no_parameter_of_any_route_leads_away(world: World) -> None:
    found = []
    routes = [route for route in routes_of(world.site.app) if "GET" in route.methods and route.endpoint != "static"]
    for at, target in enumerate(AWAY):
        for route in routes[at % 8 :: 8]:
            answer = world.client("owner").get(paths_of(world, route, 1)[0], query_string=dict.fromkeys(LEADING, target))
            if leads_away(answer):
                found.append((str(route), target, answer.location))
    assert found == []


def test_the_choice_of_a_language_leads_nowhere_else(world: World) -> None:
    answers = [world.client("guest").get("/language/en", query_string={"next": target}) for target in AWAY]
    assert not [answer.location for answer in answers if leads_away(answer)]
    assert {answer.status_code for answer in answers} <= {302, 400}


def test_an_address_that_begins_with_two_slashes_leads_nowhere_else(world: World) -> None:
    for path in ("//evil.example/workers", "//evil.example/%2e%2e", "/workers//evil.example", "//workers", "/\\evil.example/workers"):
        assert not leads_away(world.client("owner").get(path)), path


def test_control_a_redirect_that_believes_its_sender_is_seen() -> None:
    app = Flask("sample", static_folder=None)
    app.add_url_rule("/", "go", lambda: redirect(request.args["next"]))
    seen = [target for target in AWAY if target.isprintable() and leads_away(app.test_client().get("/", query_string={"next": target}))]
    assert len(seen) > 20
