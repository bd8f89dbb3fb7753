"""Personal values on their way into the store and out of it: sealed under their owner's key, with a digest where equality is asked for.

Which values lie sealed says the registry in the ontology; a repository opens them only for whoever is inside."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from neo4j import Record

from graph.connection import Transaction
from graph.ontology import ONTOLOGY
from graph.person_keys import INDEX, keys_for
from graph.vault import DataKey, Wrapped
from marketplace.kernel.masking import STARS

T = TypeVar("T")
DIGEST = "_index"
Values = Mapping[str, Any]


@cache
def sealed_names(label: str) -> tuple[str, ...]:
    """Of a node or a relation."""
    owner = ONTOLOGY.node(label) if label in ONTOLOGY.labels else ONTOLOGY.edge(label)
    return tuple(one.name for one in owner.properties if one.personal and one.personal.sealed)


@cache
def digest_names(label: str) -> tuple[str, ...]:
    owner = ONTOLOGY.node(label) if label in ONTOLOGY.labels else ONTOLOGY.edge(label)
    return tuple(one.name for one in owner.properties if one.name.endswith(DIGEST))


@dataclass(frozen=True, slots=True)
class Keys:
    """In hand for one transaction: those of some owners, and the one for equality."""

    of: Mapping[str, DataKey]

    def sealed(self, owner: str, label: str, values: Values) -> dict[str, str | None]:
        """What of these values lies sealed, and their digests. Raises ValueError for a masked one: it would replace the real one."""
        names = [name for name in sealed_names(label) if name in values]
        asked = [name for name in names if name + DIGEST in digest_names(label)]
        written = {name: self.of[owner].seal(name, _text(values[name])) if values[name] else nothing(label) for name in names}
        return written | {name + DIGEST: self.digest(name, _text(values[name])) if values[name] else nothing(label) for name in asked}

    def digest(self, name: str, value: str) -> str:
        return self.of[INDEX].index(name, value)


def nothing(label: str) -> str | None:
    """How an empty value is kept: a node loses the property, a relation says so."""
    return None if label in ONTOLOGY.labels else ""


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else value.isoformat() if value else ""
    if STARS in text:
        raise ValueError("a masked value must never be stored")
    return text


def keys_of(tx: Transaction, owners: Iterable[str]) -> Keys:
    """Made for whoever has none yet."""
    return Keys(keys_for(tx, [INDEX, *owners]))


def digest_of(tx: Transaction, name: str, value: str) -> str:
    """By which a number is looked for."""
    return keys_of(tx, ()).digest(name, value)


def opened(tx: Transaction, owner: str, key: tuple[str | None, str | None], label: str, values: Values) -> dict[str, Any]:
    """The sealed ones of these values, readable. Without a key they are gone: the person was erased, or the reader is outside."""
    wrapped, master = key
    names = [name for name in sealed_names(label) if values.get(name)]
    if not wrapped or not master:
        return dict.fromkeys(names, nothing(label))
    found = tx.vault.unwrap(Wrapped(owner, wrapped, master)) if names else None
    return {name: found.open(name, values[name]) if found and isinstance(values[name], str) else values[name] for name in names}


def opened_row(tx: Transaction, row: Record, column: str, label: str, lists: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """A row whose columns `wrapped` and `master` are the key of what `column` holds: without them, and readable. `lists` are columns of
    maps, each with the relation that they are of."""
    said: dict[str, Any] = dict(row)
    key, owner = (said.pop("wrapped"), said.pop("master")), said[column]["id"]
    said[column] = said[column] | opened(tx, owner, key, label, said[column])
    return said | {name: [one | opened(tx, owner, key, relation, one) for one in said[name]] for name, relation in lists.items()}


def opening(tx: Transaction, read: Callable[[Record], T], column: str, label: str) -> Callable[[Record], T]:
    """A reader of such rows."""
    return lambda row: read(Record(opened_row(tx, row, column, label)))  # type: ignore[no-untyped-call]


def unlocked(said: Values, label: str, key: DataKey | None) -> dict[str, Any]:
    """Without digests, which are made anew when it is written."""
    names = sealed_names(label)
    open_ones = {name: key.open(name, said[name]) if key else "" for name in names if said.get(name)}
    return {name: one for name, one in said.items() if name not in digest_names(label)} | open_ones
