"""Which Cypher the site contains: constants with upper-case names, standing in the module that runs them."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.house.rules.source import Source

STARTS = re.compile(r"\s*(OPTIONAL MATCH|MATCH|MERGE|CREATE|UNWIND|RETURN|CALL|WITH)\b")
PATTERN = re.compile(r"\b(MATCH|MERGE|CREATE)\s*\(|\bRETURN\s+\w+|\bUNWIND\s+\$|\bSET\s+\w+\.")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")

# Schema statements cannot take a label as a parameter; theirs comes from the ontology.
MAY_BUILD = frozenset({"graph/constraints.py", "graph/dialect.py", "graph/copying/store.py"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One constant of Cypher and where it stands."""

    where: str
    text: str

    def __str__(self) -> str:
        return self.where


def statements(source: Source, values: Mapping[str, object]) -> list[Statement]:
    """`values` is the module's namespace: a constant may be put together from others, also from another module's."""
    names = [name for node in source.tree.body for name in _constants(node)]
    found = [(name, values[name]) for name in names if isinstance(values.get(name), str)]
    return [Statement(f"{source}:{name}", str(text)) for name, text in found if is_statement(str(text))]


def _constants(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for one in targets if isinstance(one, ast.Name) and CONSTANT.fullmatch(one.id)]


def is_statement(text: str) -> bool:
    """Whole statements only: a part that others are put together from is seen within them."""
    clean = without_literals(text)
    return bool(STARTS.match(clean)) and bool(PATTERN.search(clean) or "CALL" in clean)


def without_literals(statement: str) -> str:
    """Comments and quoted text may say anything."""
    return re.sub(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", "''", statement, flags=re.DOTALL)


def built_statements(source: Source) -> list[str]:
    """Cypher made at run time: f-strings, `%`, `.format`, and `+` or `join` with anything but constants."""
    if source.path in MAY_BUILD:
        return []
    suspects = [node for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr | ast.BinOp | ast.Call) and _builds(node)]
    return [f"{source}:{node.lineno} {ast.unparse(node)[:60]}" for node in suspects]


def _builds(node: ast.JoinedStr | ast.BinOp | ast.Call) -> bool:
    if isinstance(node, ast.JoinedStr):
        return _cypher_in(node) and not all(_constant_name(one.value) for one in node.values if isinstance(one, ast.FormattedValue))
    if isinstance(node, ast.BinOp):
        parts = (node.left, node.right)
        return isinstance(node.op, ast.Add | ast.Mod) and any(_spells_cypher(one) for one in parts) and not all(map(_fixed, parts))
    called = node.func
    return isinstance(called, ast.Attribute) and called.attr in {"format", "replace", "format_map"} and _spells_cypher(called.value)


def _cypher_in(node: ast.AST) -> bool:
    texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(PATTERN.search(text) for text in texts)


def _spells_cypher(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.BinOp | ast.JoinedStr) and _cypher_in(node)


def _constant_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and bool(CONSTANT.fullmatch(ast.unparse(node).split(".")[-1]))


def _fixed(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _fixed(node.left) and _fixed(node.right)
    return isinstance(node, ast.Constant) or _constant_name(node) or (isinstance(node, ast.JoinedStr) and not _builds(node))
