"""Every route says who may take it; the matrix of who gets what stands with the journeys of each role."""

import ast
from collections.abc import Callable

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue

from marketplace.kernel.permission import Permission
from marketplace.web.access import refuse_undeclared_routes, requires
from marketplace.web.access import undeclared_routes as missing_declarations
from tests.house.rules.routes import undeclared_routes
from tests.house.rules.source import Source, everywhere, functions, python_sources
from tests.site import TestSite


def app_with(view: Callable[[], ResponseReturnValue]) -> Flask:
    app = Flask("sample", static_folder=None)
    app.add_url_rule("/sample", "sample", view)
    return app


def sample() -> str:
    return "sample"


def calls(source: Source, function: str) -> set[str]:
    """What a function of this source calls."""
    nodes = [one for node in functions(source.tree) if node.name == function for one in ast.walk(node)]
    return {ast.unparse(one.func).split(".")[-1] for one in nodes if isinstance(one, ast.Call)}


def test_every_route_requires_a_permission() -> None:
    assert everywhere(undeclared_routes, python_sources("marketplace")) == []


@pytest.mark.parametrize("source", [one for one in python_sources("marketplace") if one.path == "marketplace/app.py"], ids=str)
def test_the_application_asks_before_it_starts(source: Source) -> None:
    assert "refuse_undeclared_routes" in calls(source, "create_app")


def test_a_route_with_a_permission_is_accepted() -> None:
    refuse_undeclared_routes(app_with(requires(Permission.VISIT)(sample)))


def test_control_the_application_refuses_an_open_route() -> None:
    with pytest.raises(RuntimeError, match="sample"):
        refuse_undeclared_routes(app_with(sample))


@pytest.mark.parametrize(
    "text",
    ["@room.route('/x')\ndef x(): ...", "@room.get('/x')\n@cached\ndef x(): ...", "@requires(Permission.VISIT)\n@room.route('/x')\ndef x(): ..."],
)
def test_control_an_open_route_is_seen(text: str) -> None:
    assert undeclared_routes(Source("views.py", text))


def test_a_declared_route_passes() -> None:
    assert undeclared_routes(Source("views.py", "@room.route('/x')\n@requires(Permission.VISIT)\ndef x(): ...")) == []


def test_every_endpoint_of_the_running_site_declares_its_permission(site: TestSite) -> None:
    """What blueprints and libraries registered, too, wherever it came from."""
    assert [rule.endpoint for rule in site.app.url_map.iter_rules()]
    assert missing_declarations(site.app) == []
