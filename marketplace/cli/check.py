"""Whether the store is as it should be. Every fault is one line; none is mended here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from graph.constraints import missing_constraints
from graph.ontology import ONTOLOGY
from graph.outbox import count_events
from marketplace.cli.digest import digest_of
from marketplace.cli.options import console, data_option, settings_of
from marketplace.cli.settling import settle
from marketplace.kernel.chain import verify
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Room, walk
from marketplace.opening import open_site
from marketplace.relay.following import many_of
from marketplace.web.site import Site
from search.document import Document

AS_SYSTEM = (SYSTEM,)
MOST_SHOWN = 20


@click.command()
@click.option("--digest", is_flag=True, help="Also print a digest of the graph's content, to compare two stores.")
@data_option
def check(digest: bool, data: Path | None) -> None:
    """Check constraints, vocabulary, graph = index, outbox and audit chain. Exit code 1 with a list when something is wrong."""
    with open_site(settings_of(data)) as site:
        faults = list(faults_of(site))
        if digest:
            console.print(digest_of(site.graph), highlight=False)
    for fault in faults:
        console.print(fault, highlight=False, markup=False)
    if faults:
        raise SystemExit(1)
    console.print("All is well.")


def faults_of(site: Site) -> Iterator[str]:
    """The relay first gets the time to catch up."""
    settle(site)
    yield from (f"missing: {one}" for one in missing_constraints(site.graph, ONTOLOGY))
    yield from foreign_words(site)
    yield from index_faults(site)
    if waiting := site.graph.read(count_events, reader=AS_SYSTEM):
        yield f"outbox: {waiting} events wait"
    yield from verify(site.graph, site.files.fetch).faults


STORED_LABELS = """
MATCH (n) RETURN DISTINCT labels(n) AS labels
"""
STORED_RELATIONS = """
MATCH (a)-[r]->(b) RETURN DISTINCT labels(a)[0] AS source, type(r) AS type, labels(b)[0] AS target
"""


def foreign_words(site: Site) -> Iterator[str]:
    """What stands in the store and was never declared."""
    labels = site.graph.read(lambda tx: tx.all(STORED_LABELS, lambda row: tuple(row["labels"])), reader=AS_SYSTEM, patience=15)
    for found in labels:
        if len(found) != 1 or found[0] not in ONTOLOGY.labels:
            yield f"ontology: label {':'.join(found)} is not declared"
    ends = site.graph.read(lambda tx: tx.all(STORED_RELATIONS, lambda row: (row["source"], row["type"], row["target"])), patience=15)
    for source, type_, target in ends:
        if type_ not in ONTOLOGY.relations or (source, target) not in ONTOLOGY.edge(type_).ends:
            yield f"ontology: ({source})-[{type_}]->({target}) is not declared"


def index_faults(site: Site) -> Iterator[str]:
    """Both ways: what should be found and isn't, what is found and shouldn't be; and what is found as it no longer is."""
    present = {face.key: said_by(face) for face in site.index.documents()}
    unreadable, missing, stale = list[str](), list[str](), list[str]()
    for face in expected_faces(site, unreadable):
        found = present.pop(face.key, None)
        if found is None:
            missing.append(face.key)
        elif found != (wanted := said_by(face)):
            stale.append(f"{face.key} ({', '.join(sorted(name for name in wanted if wanted[name] != found[name]))})")
    yield from shown("graph: can't be read:", unreadable)
    yield from shown("index: missing", missing)
    yield from shown("index: extra", present)
    yield from shown("index: differs", stale)


def said_by(face: Document) -> dict[str, str]:
    """A digest of each part but the version, which is the relay's own: a hundred thousand documents need not fit into memory."""
    parts = {one.name: getattr(face, one.name) for one in fields(Document) if one.name != "version"}
    return {name: hashlib.blake2b(repr(part).encode("utf-8", "replace"), digest_size=8).hexdigest() for name, part in plain(parts).items()}


def plain(parts: dict[str, Any]) -> dict[str, Any]:
    """As the index gives them back, in whatever order they were said."""
    facets = {name: sorted(map(str, values)) for name, values in sorted(parts["facets"].items()) if values}
    moments = {name: value and value.timestamp() for name, value in parts.items() if name.endswith("_at")}
    return parts | moments | {"facets": facets, "audience": sorted(parts["audience"])}


def expected_faces(site: Site, unreadable: list[str]) -> Iterator[Document]:
    for room in site.rooms.values():
        for ids in walk(site.graph, room):
            yield from faces_of(site, room, ids, unreadable)


def faces_of(site: Site, room: Room, ids: list[str], unreadable: list[str]) -> Iterator[Document]:
    """All at once; one by one when that fails, so that the culprit is named."""
    try:
        entities = site.graph.read(lambda tx: many_of(tx, room, ids), reader=AS_SYSTEM, patience=15)
        faces = [face for one in entities for face in room.documents(one)]
    except (ValueError, KeyError, AttributeError):
        faces = [face for id in ids if len(ids) > 1 for face in faces_of(site, room, [id], unreadable)]
        unreadable.extend(f"{room.kind} {id}" for id in ids if len(ids) == 1)
    yield from faces


def shown(words: str, keys: Iterable[str]) -> Iterator[str]:
    found = sorted(keys)
    yield from (f"{words} {key}" for key in found[:MOST_SHOWN])
    if len(found) > MOST_SHOWN:
        yield f"{words} {len(found) - MOST_SHOWN} more"
