"""A status changes through the room's WORKFLOW and is never compared with a bare string."""

import ast
import re
from typing import TypeGuard

from tests.house.rules.source import Source

IN_STATEMENT = re.compile(r"\bstatus\s*(?:=|<>|:|\bIN\b)\s*\[?\s*['\"]")
IN_TEMPLATE = re.compile(r"\bstatus(?:\.value)?\s*(?:==|!=|\bin\b|\bnot in\b)\s*[\[(]?\s*['\"]")


def initial_states(model: str) -> frozenset[str]:
    """The first member of each status enumeration in a model: the only one that a new thing may be given."""
    classes = [node for node in ast.parse(model).body if isinstance(node, ast.ClassDef) and node.name.endswith("Status")]
    firsts = [(node.name, one) for node in classes for one in node.body if isinstance(one, ast.Assign)]
    found: dict[str, str] = {}
    for name, one in firsts:
        found.setdefault(name, f"{name}.{ast.unparse(one.targets[0])}")
    return frozenset(found.values())


def assigned_states(source: Source, initial: frozenset[str] = frozenset()) -> list[str]:
    """Statuses given by hand: `replace(…, status=…)` always, a constructor's unless it is the state things begin in."""
    found = []
    for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
        for given in (word for word in call.keywords if word.arg == "status" and _is_state(word.value)):
            state = ast.unparse(given.value).removesuffix(".value")
            if _replaces(call) or (_constructs(call) and state not in initial):
                found.append(f"{source}:{call.lineno} {ast.unparse(call.func)}(status={state})")
    return found


def _is_state(value: ast.expr) -> bool:
    written = ast.unparse(value)
    return (isinstance(value, ast.Constant) and isinstance(value.value, str)) or bool(re.match(r"(\w+\.)*\w*Status\.[A-Z_]+", written))


def _replaces(call: ast.Call) -> bool:
    return ast.unparse(call.func).split(".")[-1] in {"replace", "__replace__", "_replace"}


def _constructs(call: ast.Call) -> bool:
    return ast.unparse(call.func).split(".")[-1][:1].isupper()


def bare_comparisons(source: Source) -> list[str]:
    """`x.status == "draft"`, `x.status in ("draft", …)` and `match x.status: case "draft"`."""
    return [f"{source}:{node.lineno} {ast.unparse(node).splitlines()[0]}" for node in ast.walk(source.tree) if _decides_by_text(node)]


def _decides_by_text(node: ast.AST) -> TypeGuard[ast.Compare | ast.Match]:
    if isinstance(node, ast.Match):
        return _names_status(node.subject) and any(_has_text(case.pattern) for case in node.cases)
    return isinstance(node, ast.Compare) and _compares_status_with_text(node)


def _compares_status_with_text(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    return any(_names_status(side) for side in sides) and any(_has_text(side) for side in sides if not _names_status(side))


def _names_status(node: ast.expr) -> bool:
    return bool(re.search(r"(^|[._])status(\.value)?$", ast.unparse(node)))


def _has_text(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node))


def states_in_statement(statement: str) -> list[str]:
    """Cypher that spells a status out instead of taking a parameter."""
    return [found.group() for found in IN_STATEMENT.finditer(statement)]


def states_in_template(source: Source) -> list[str]:
    return [f"{source}: {found.group()}" for found in IN_TEMPLATE.finditer(source.text)]
