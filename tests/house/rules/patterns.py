"""Reads the patterns of a statement: which variable is which label, what it is compared with, what hangs together."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tests.house.rules.statements import without_literals

NODE = re.compile(r"\(\s*(?P<name>\w*)\s*(?P<labels>(?::\s*[\w|&!:]+)?)\s*(?P<map>\{[^{}]*\})?\s*\)")
EDGE = re.compile(r"<?-\s*(?:\[\s*(?P<name>\w*)\s*(?P<types>(?::\s*[\w|&!:]+)?)\s*(?:\*[\d.]*)?\s*(?P<map>\{[^{}]*\})?[^\]]*\])?\s*-\s*>?")
CLAUSE = re.compile(r"\b(MATCH|MERGE|CREATE|WHERE|RETURN|WITH|SET|DELETE|EXISTS|COUNT|COLLECT)\b")
KEY = re.compile(r"(?:^\{|,)\s*(\w+)\s*:\s*([^,{}]+)")
EQUALITY = re.compile(r"(?<![\w$.])(\w+)\.(\w+)\s*(?:=|\bIN\b)\s*\$")
SAME_PATH = re.compile(r"\s*(?:" + EDGE.pattern.replace("?P<name>", "").replace("?P<types>", "").replace("?P<map>", "") + r")\s*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Element:
    """A node or a relation of a pattern, as written."""

    name: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    parameters: tuple[str, ...]
    clause: str
    start: int
    end: int


def nodes(statement: str) -> list[Element]:
    """Parentheses that are patterns: what has a label or a map, or stands beside a relation."""
    text = without_literals(statement)
    found = [_element(text, one, "labels") for one in NODE.finditer(text)]
    return [one for one in found if one.words or one.keys or _beside_edge(text, one) or _opens_clause(text, one)]


def edges(statement: str) -> list[Element]:
    text = without_literals(statement)
    return [_element(text, one, "types") for one in EDGE.finditer(text) if one.group("name") or one.group("types") or one.group("map")]


def _element(text: str, found: re.Match[str], kind: str) -> Element:
    pairs = KEY.findall(found.group("map") or "")
    clauses = CLAUSE.findall(text[: found.start()])
    return Element(
        name=found.group("name") or f"@{found.start()}",
        words=tuple(WORD.findall(found.group(kind) or "")),
        keys=tuple(key for key, _ in pairs),
        parameters=tuple(key for key, value in pairs if value.strip().startswith("$")),
        clause=clauses[-1] if clauses else "",
        start=found.start(),
        end=found.end(),
    )


def _beside_edge(text: str, one: Element) -> bool:
    return bool(re.match(r"\s*(<-|-\s*\[|--|->)", text[one.end :]) or re.search(r"(->|\]\s*-|--|<-)\s*$", text[: one.start]))


def _opens_clause(text: str, one: Element) -> bool:
    return bool(re.search(r"\b(MATCH|MERGE|CREATE)\s*(\w+\s*=\s*)?$", text[: one.start]))


def bound_names(statement: str) -> frozenset[str]:
    """Variables that stand for a node or a relation; all others are rows and maps, whose keys are nobody's property."""
    return frozenset(one.name for one in [*nodes(statement), *edges(statement)])


def compared(statement: str) -> list[tuple[str, str]]:
    """Every (variable, property) that is asked to equal a parameter."""
    mapped = [(one.name, key) for one in nodes(statement) if one.clause != "CREATE" for key in one.parameters]
    return mapped + EQUALITY.findall(without_literals(statement))


def connected(statement: str) -> list[frozenset[str]]:
    """Groups of variables that relations tie together: finding one of them finds the rest."""
    text, found = without_literals(statement), nodes(statement)
    groups = [{one.name} for one in found]
    for left, right in pairwise(found):
        if SAME_PATH.fullmatch(text[left.end : right.start]):
            groups.append({left.name, right.name})
    return _merged(groups)


def _merged(groups: list[set[str]]) -> list[frozenset[str]]:
    whole: list[set[str]] = []
    for group in groups:
        apart = [one for one in whole if not one & group]
        whole = [*apart, group.union(*(one for one in whole if one & group))]
    return [frozenset(one) for one in whole]
