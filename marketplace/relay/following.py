"""The index follows the graph: the present state of a thing is read and written, whatever it was that changed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol

import structlog

from graph.connection import Graph, Transaction
from graph.errors import NotFound, Unavailable
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room
from marketplace.relay.faults import Faults, problem_of
from search.document import GUARDED, Document
from search.errors import SearchUnavailable
from search.index import Index

log = structlog.get_logger()


class Target(Protocol):
    """An index, or the next one."""

    def put(self, documents: Iterable[Document]) -> int: ...
    def delete(self, keys: Iterable[str], version: int) -> None: ...


class Following:
    """Reads as the system. A thing that can't be read or written is a fault of its own and holds up nobody else."""

    def __init__(self, graph: Graph, index: Index, rooms: dict[str, Room], next_version: Callable[[], int]) -> None:
        self._graph = graph
        self._index = index
        self._rooms = rooms
        self._next_version = next_version
        self.beside: Target | None = None
        """What is being filled to take the index's place: every change goes to both."""

    def refresh(self, refs: Iterable[Ref]) -> Faults:
        """Write the faces that stand, forget those that don't; the caller commits. Raises Unavailable and SearchUnavailable."""
        faults: Faults = {}
        by_kind: dict[str, list[str]] = {}
        for kind, id in refs:
            by_kind.setdefault(kind, []).append(id)
        targets: list[Target] = [self._index] if self.beside is None else [self._index, self.beside]
        for kind, ids in by_kind.items():
            if kind in self._rooms:
                self._refresh_kind(self._rooms[kind], ids, faults, targets)
        return faults

    def fill(self, kind: str, ids: list[str], beside: Target) -> Faults:
        """The same for one that nobody reads yet."""
        faults: Faults = {}
        self._refresh_kind(self._rooms[kind], ids, faults, [beside])
        return faults

    def _refresh_kind(self, room: Room, ids: list[str], faults: Faults, targets: list[Target]) -> None:
        found = self._read(room, ids, faults)
        faces = self._faces(room, found, faults)
        gone = [id for id in ids if (room.kind, id) not in faults]
        standing = {face.key for face in faces}
        missing = [key for id in gone for key in (id, id + GUARDED) if key not in standing]
        version = self._next_version()
        for target in targets:
            target.delete(missing, version)
            self._put(room, faces, faults, target)

    def _read(self, room: Room, ids: list[str], faults: Faults) -> list[Any]:
        """All at once; one by one when that fails, so that the culprit is found."""
        try:
            return self._graph.read(lambda tx: many_of(tx, room, ids), reader=(SYSTEM,))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  any fault of one thing must stay its own
            log.warning("read one by one", kind=room.kind, error=type(error).__name__)
        return [one for id in ids for one in self._guarded("read", (room.kind, id), faults, lambda id=id: self._read_one(room, id))]  # type: ignore[misc]

    def _read_one(self, room: Room, id: str) -> list[Any]:
        return self._graph.read(lambda tx: many_of(tx, room, [id]), reader=(SYSTEM,))

    def _faces(self, room: Room, entities: list[Any], faults: Faults) -> list[Document]:
        versioned = [(one, self._next_version()) for one in entities]
        return [
            replace(face, version=version)
            for one, version in versioned
            for face in self._guarded("read", (room.kind, one.id), faults, lambda one=one: room.documents(one))  # type: ignore[misc]
        ]

    def _put(self, room: Room, faces: list[Document], faults: Faults, target: Target) -> None:
        try:
            target.put(faces)
        except SearchUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  as above
            log.warning("written one by one", kind=room.kind, error=type(error).__name__)
            for face in faces:
                self._guarded("write", (room.kind, face.id), faults, lambda face=face: [target.put([face])])  # type: ignore[misc]

    def _guarded(self, doing: str, ref: Ref, faults: Faults, work: Callable[[], list[Any]]) -> list[Any]:
        """Nothing, and the fault, of what fails."""
        try:
            return work()
        except (Unavailable, SearchUnavailable):
            raise
        except Exception as error:  # noqa: BLE001  as above
            faults[ref] = problem_of(doing, error)
            log.error("not followed", kind=ref[0], id=ref[1], problem=faults[ref])
            return []


def many_of(tx: Transaction, room: Room, ids: list[str]) -> list[Any]:
    """Those that exist."""
    if room.get_many is not None:
        return room.get_many(tx, ids)
    return [one for id in ids if (one := find_one(tx, room, id)) is not None]


def find_one(tx: Transaction, room: Room, id: str) -> Any:
    try:
        return room.get(tx, id)
    except NotFound:
        return None
