"""A world is made by the services; the third story in a process that begins with the same one gets a copy of what they left in the store.

Only for worlds that live in an empty store alone: what lies in files or in the index is made again, as is whatever can't be written down."""

import pickle
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from io import BytesIO
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

from graph.connection import Transaction
from graph.copying.store import create_nodes, create_relations, is_empty
from graph.ontology import ONTOLOGY
from graph.records import loaded
from marketplace.kernel.permissions import SYSTEM
from tests.factories import Make
from tests.site import SetClock, TestSite

P = ParamSpec("P")
World = TypeVar("World")
NODES = "MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties"
RELATIONS = """
MATCH (a)-[r]->(b)
RETURN labels(a)[0] AS source, coalesce(a.id, a.code) AS a, type(r) AS type, labels(b)[0] AS target, coalesce(b.id, b.code) AS b,
  properties(r) AS properties
"""
Nodes = dict[str, list[dict[str, Any]]]
Relations = dict[tuple[str, str, str], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Kept:
    nodes: Nodes
    relations: Relations
    moment: datetime
    numbers: int
    world: bytes


_made: dict[str, int] = defaultdict(int)
_kept: dict[str, Kept | None] = {}


def remembered(build: Callable[Concatenate[TestSite, Make, P], World]) -> Callable[Concatenate[TestSite, Make, P], World]:
    @wraps(build)
    def world_of(site: TestSite, make: Make, *args: P.args, **named: P.kwargs) -> World:
        key = f"{build.__module__}.{build.__qualname__} {args!r} {named!r}"
        if not is_new(site, make):
            return build(site, make, *args, **named)
        if kept := _kept.get(key):
            return brought_back(kept, site, make)  # type: ignore[no-any-return]
        world = build(site, make, *args, **named)
        _made[key] += 1
        if _made[key] == 2 and lives_in_the_store(site):
            _kept[key] = keep(site, make, world)
        return world

    return world_of


def is_new(site: TestSite, make: Make) -> bool:
    fresh = site.clock.moment == SetClock().moment and number_of(make) == 1
    return fresh and site.graph.read(is_empty, reader=(SYSTEM,)) and lives_in_the_store(site)


def lives_in_the_store(site: TestSite) -> bool:
    files = [one for one in site.site.settings.data.rglob("*") if one.is_file() and "templates" not in one.parts]
    return not files and site.index.count() == 0


def number_of(make: Make) -> int:
    return int(repr(make._numbers).removeprefix("count(").removesuffix(")"))


def keep(site: TestSite, make: Make, world: object) -> Kept | None:
    nodes, relations = site.graph.read(written, reader=(SYSTEM,))
    ends = [row[end] for rows in relations.values() for row in rows for end in ("a", "b")]
    told = told_of(site, make, world)
    return Kept(nodes, relations, site.clock.moment, number_of(make), told) if told and all(ends) else None


def written(tx: Transaction) -> tuple[Nodes, Relations]:
    """Everything in the store."""
    nodes, relations = defaultdict[str, list[dict[str, Any]]](list), defaultdict[tuple[str, str, str], list[dict[str, Any]]](list)
    for row in tx.all(NODES, lambda row: row):
        nodes[row["label"]].append(properties_of(row))
    for row in tx.all(RELATIONS, lambda row: row):
        relations[row["source"], row["type"], row["target"]].append({"a": row["a"], "b": row["b"], "properties": properties_of(row)})
    return nodes, relations


def properties_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in loaded(row["properties"]).items() if value is not None}  # type: ignore[attr-defined]


def brought_back(kept: Kept, site: TestSite, make: Make) -> Any:
    def write(tx: Transaction) -> None:
        for label, rows in kept.nodes.items():
            create_nodes(tx, ONTOLOGY.node(label), rows)
        for (source, type_, target), rows in kept.relations.items():
            assert create_relations(tx, ONTOLOGY.node(source), type_, ONTOLOGY.node(target), rows) == len(rows)

    site.graph.write(write, patience=15)
    site.clock.set(kept.moment)
    make._numbers = count(kept.numbers)
    return Reading(kept.world, site, make).load()


def named_parts(site: TestSite, make: Make) -> dict[str, object]:
    """What another story has of its own."""
    return {"site": site, "make": make, "inner": site.site, "graph": site.graph, "index": site.index, "clock": site.clock}


def told_of(site: TestSite, make: Make, world: object) -> bytes:
    """Nothing where it holds what can't be written down, for instance a browser."""
    names, text = {id(part): name for name, part in named_parts(site, make).items()}, BytesIO()

    class Telling(pickle.Pickler):
        def persistent_id(self, one: object) -> str | None:
            return names.get(id(one))

    try:
        Telling(text).dump(world)
    except (pickle.PicklingError, TypeError, AttributeError):
        return b""
    return text.getvalue()


class Reading(pickle.Unpickler):
    def __init__(self, told: bytes, site: TestSite, make: Make) -> None:
        super().__init__(BytesIO(told))
        self._parts = named_parts(site, make)

    def persistent_load(self, name: str) -> object:
        return self._parts[name]
