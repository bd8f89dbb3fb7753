"""What a folder with a copy says of itself, and whether that is so."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.copying.lines import sum_of
from graph.errors import GraphError
from graph.schema import Ontology, Property

FORMAT = 1
NODES = "nodes.jsonl.gz"
RELATIONS = "relations.jsonl.gz"
FILES = "files"
MANIFEST = "manifest.json"


class Damaged(GraphError):
    """The folder holds no copy, or not the one that was made; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`ontology` is a digest of the map with which it was made; `left_out` counts relations to what came only after the copy's moment."""

    format: int
    made_at: datetime
    engine: str
    ontology: str
    nodes: int
    relations: int
    left_out: int
    files: int
    sums: dict[str, str]


def digest_of_map(ontology: Ontology) -> str:
    """Words of the interface may change; what can be stored may not."""
    told = [(node.name, sorted(kinds(node.properties))) for node in ontology.nodes]
    told += [(edge.name, [*sorted(kinds(edge.properties)), *sorted(edge.ends)]) for edge in ontology.edges]
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()


def kinds(properties: tuple[Property, ...]) -> Iterator[tuple[str, str]]:
    return ((one.name, one.kind.value) for one in properties)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last thing that is written into a copy."""
    with os.fdopen(os.open(folder / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(TypeAdapter(Manifest).dump_json(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Raises Damaged."""
    try:
        found = TypeAdapter(Manifest).validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise Damaged(f"{folder} holds no backup: {MANIFEST} is missing or can't be read") from error
    if found.format != FORMAT:
        raise Damaged(f"the backup is of format {found.format}; this version reads format {FORMAT}")
    return found


def compare_sums(folder: Path, manifest: Manifest) -> None:
    """Raises Damaged for a file that is not what was written."""
    for name in (NODES, RELATIONS):
        if not (folder / name).is_file() or sum_of(folder / name) != manifest.sums.get(name):
            raise Damaged(f"{name} is not what was written")
