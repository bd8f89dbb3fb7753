"""Every route says who may take it."""

import ast

from tests.house.rules.source import Source, functions

ROUTING = frozenset({"route", "get", "post", "put", "patch", "delete"})


def undeclared_routes(source: Source) -> list[str]:
    """Routes without `@requires(…)` below their last `@room.route(…)`: above it, the guard would not be what is registered."""
    return [f"{source}:{node.lineno} {node.name}" for node in functions(source.tree) if _is_unguarded(node.decorator_list)]


def _is_unguarded(decorators: list[ast.expr]) -> bool:
    routes = [place for place, one in enumerate(decorators) if _is_route(one)]
    guards = [place for place, one in enumerate(decorators) if _called(one).split(".")[-1] == "requires"]
    return bool(routes) and (not guards or max(guards) < max(routes))


def _is_route(decorator: ast.expr) -> bool:
    owner, _, verb = _called(decorator).rpartition(".")
    return bool(owner) and verb in ROUTING


def _called(decorator: ast.expr) -> str:
    return ast.unparse(decorator.func) if isinstance(decorator, ast.Call) else ""
