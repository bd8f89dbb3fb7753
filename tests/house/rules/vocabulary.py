"""Statements speak the ontology's language, and look things up only where an index stands."""

import re
from dataclasses import dataclass

from graph.schema import Ontology
from tests.house.rules.patterns import bound_names, compared, connected, edges, nodes
from tests.house.rules.statements import Statement, without_literals

PROPERTY = re.compile(r"(?<![\w$.])([A-Za-z_]\w*)\.([A-Za-z_]\w*)(?!\w*\s*\()")
PROJECTED = re.compile(r"[{,]\s*\.([A-Za-z_]\w*)")
PREDICATE = re.compile(r"(?<![\w$.])([A-Za-z_]\w*)\s*:\s*([A-Z][A-Za-z0-9]*)(?!\w*\s*[(.])")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the ontology declares, as far as the rules ask."""

    labels: frozenset[str]
    relations: frozenset[str]
    properties: frozenset[str]
    indexed: frozenset[tuple[str, str]]


def vocabulary_of(ontology: Ontology) -> Vocabulary:
    indexed = {(node.name, one.name) for node in ontology.nodes for one in node.properties if one.unique or one.lookup}
    return Vocabulary(ontology.labels, ontology.relations, ontology.property_names, frozenset(indexed))


def unknown_words(statement: Statement, known: Vocabulary) -> list[str]:
    """Labels, relation types and properties that nobody declared: a typing error finds nothing, silently."""
    text = without_literals(statement.text)
    bound = bound_names(statement.text)
    labels = {word for one in nodes(statement.text) for word in one.words}
    labels |= {label for name, label in PREDICATE.findall(text) if name in bound and not label.isupper()}
    relations = {word for one in edges(statement.text) for word in one.words}
    properties = {word for name, word in PROPERTY.findall(text) if name in bound} | set(PROJECTED.findall(text))
    properties |= {key for one in [*nodes(statement.text), *edges(statement.text)] for key in one.keys}
    return [
        *(f"{statement}: label {word}" for word in sorted(labels - known.labels)),
        *(f"{statement}: relation {word}" for word in sorted(relations - known.relations)),
        *(f"{statement}: property {word}" for word in sorted(properties - known.properties)),
    ]


def unindexed_lookups(statement: Statement, known: Vocabulary) -> list[str]:
    """Groups of tied variables that are looked up by a value, none of them by an indexed property: a scan of the label."""
    labels: dict[str, set[str]] = {}
    for one in nodes(statement.text):
        labels.setdefault(one.name, set()).update(one.words)
    asked = compared(statement.text)
    found = []
    for group in connected(statement.text):
        within = [(name, key) for name, key in asked if name in group and labels.get(name)]
        if within and not any((label, key) in known.indexed for name, key in within for label in labels[name]):
            found.append(f"{statement}: " + ", ".join(f"{'|'.join(sorted(labels[name]))}.{key}" for name, key in within))
    return found
