"""Imports stand at the top, and the web's libraries stay in the web."""

import ast
import re
from collections.abc import Iterable

from tests.house.rules.source import Source, functions

WEB_LIBRARIES = frozenset({"flask", "flask_babel", "flask_limiter", "flask_login", "flask_wtf", "werkzeug", "wtforms"})
WITHOUT_WEB = frozenset({"model.py", "repository.py", "service.py", "document.py"})
Import = ast.Import | ast.ImportFrom


def imported(node: Import) -> list[str]:
    return [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]


def hidden_imports(source: Source) -> list[str]:
    """Imports that a reader of the top of the file does not see: inside a function, or for the type checker alone."""
    inside = [(one, node.name) for node in functions(source.tree) for one in ast.walk(node) if isinstance(one, Import)]
    found = [f"{source}:{one.lineno} import inside {name}" for one, name in inside]
    return found + [f"{source}:{line} TYPE_CHECKING" for line in _mentions(source.tree, "TYPE_CHECKING")]


def _mentions(tree: ast.AST, name: str) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]


def is_below_the_web(source: Source) -> bool:
    """The floors under the web, and the pieces of a room that a command or a worker runs as well."""
    if source.path.startswith(("graph/", "search/", "marketplace/kernel/", "marketplace/config")):
        return True
    in_room = source.path.startswith(("marketplace/domains/", "marketplace/processes/"))
    return in_room and source.name in WITHOUT_WEB


def web_imports(source: Source) -> list[str]:
    """What a file below the web takes from the web's libraries."""
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, Import)]
    wanted = [(node.lineno, name) for node in nodes for name in imported(node)]
    return [f"{source}:{line} imports {name}" for line, name in wanted if name.split(".")[0] in WEB_LIBRARIES]


def without_floor(modules: Iterable[str], layers: Iterable[str]) -> list[str]:
    """Modules that no layer of the contract names: it would hold nothing about them."""
    named = {name for layer in layers for name in re.findall(r"[\w.]+", layer)}
    return sorted(set(modules) - named)
