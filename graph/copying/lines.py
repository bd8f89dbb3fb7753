"""Rows as packed lines of JSON, readable by their owner alone."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.copying.rows import CopiedNode, CopiedRelation

Row = CopiedNode | CopiedRelation


def as_map(row: Row) -> dict[str, Any]:
    """What one line holds: names that a later version of the site still understands."""
    if isinstance(row, CopiedNode):
        return {"label": row.label, "properties": row.properties}
    return {
        "source": row.source, "source_id": row.source_key, "type": row.type, "target": row.target, "target_id": row.target_key,
        "properties": row.properties,
    }  # fmt: skip


def as_node(row: Any) -> CopiedNode:
    """Raises KeyError and TypeError for something else."""
    properties = row["properties"]
    return CopiedNode(row["label"], properties.get("id") or properties["code"], properties)


def as_relation(row: Any) -> CopiedRelation:
    """Raises KeyError and TypeError for something else."""
    return CopiedRelation(row["source"], row["source_id"], row["type"], row["target"], row["target_id"], row["properties"])


class Lines:
    """Counts what it writes."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self.count = 0

    def write(self, row: Row) -> None:
        self._file.write(json.dumps(as_map(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self.count += 1


@contextmanager
def writing(place: Path) -> Iterator[Lines]:
    """Durable when it ends well."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with gzip.GzipFile("", "wb", compresslevel=4, fileobj=file, mtime=0) as packed:
            yield Lines(packed)
        file.flush()
        os.fsync(file.fileno())


def reading(place: Path) -> Iterator[Any]:
    """Raises OSError, EOFError and ValueError for a file that is no packed JSON lines."""
    with gzip.open(place, "rb") as file:
        for line in file:
            yield json.loads(line)


def sum_of(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
