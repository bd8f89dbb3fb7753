"""Names are the domain's, and what is public says why it is there."""

import ast
import re

from tests.house.rules.source import Source, functions

EMPTY_WORDS = re.compile(r"^(misc|common|stuff)$|^(handle|process)_(data|it|stuff|request)$|(^|_)(util|helper|manager)s?$")
SMALL_WORDS = frozenset(["a", "an", "the", "of", "to", "for", "by", "in", "on", "and", "or", "is", "it", "its", "this", "that"])
SHORT = 5


def empty_names(source: Source) -> list[str]:
    """Names that say nothing about the domain."""
    named = [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    names = [source.name.removesuffix(".py"), *(node.name for node in named)]
    return [f"{source}: {name}" for name in names if EMPTY_WORDS.search(_snake(name))]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def missing_docstrings(source: Source) -> list[str]:
    """A module with code, a verb of a service, and every public function of some length say why they are there."""
    if not source.tree.body:
        return []
    missing = [] if ast.get_docstring(source.tree) else [f"{source}: the module"]
    return missing + [f"{source}:{node.lineno} {node.name}" for node in functions(source.tree) if _owes_docstring(source, node)]


def _owes_docstring(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if node.name.startswith("_") or ast.get_docstring(node) or node not in source.tree.body:
        return False
    floor = source.path.startswith(("graph/", "search/", "marketplace/kernel/"))
    long_enough = (node.end_lineno or node.lineno) - node.lineno >= SHORT
    return source.name == "service.py" or (floor and long_enough)


def echoing_docstrings(source: Source) -> list[str]:
    """Docstrings that only repeat the name."""
    return [f"{source}:{node.lineno} {node.name}" for node in functions(source.tree) if _echoes(node.name, ast.get_docstring(node) or "")]


def _echoes(name: str, docstring: str) -> bool:
    said = {word.rstrip("s") for word in re.findall(r"[a-z]+", docstring.lower())} - SMALL_WORDS
    return bool(said) and said <= {word.rstrip("s") for word in name.lower().split("_")}
