"""The index made anew while the site runs: filled from the graph beside the one that is read, while every change goes to both.

Only what leads does it, step by step between its other work. Whatever is killed leaves the old index in use, and the next
leader begins again: who asked stands in the graph, and an index that was never filled asks by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

import structlog

from graph.connection import Graph
from graph.errors import Unavailable
from graph.outbox import name_state
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room, walk
from marketplace.relay.faults import problem_of
from marketplace.relay.following import Following
from marketplace.relay.rebuild import SHOWN, Rebuild, ask_rebuild, find_rebuild, note_rebuild
from search.document import Document
from search.errors import SearchUnavailable
from search.index import Index, Next

log = structlog.get_logger()
AS_SYSTEM = (SYSTEM,)
AT_ONCE = 250
"""Things in one step: a change that comes meanwhile waits no longer than that."""


@dataclass(slots=True)
class Filling:
    """The next index, and what it ought to hold by now."""

    next: Next
    expected: dict[str, int] = field(default_factory=dict)

    def put(self, documents: Iterable[Document]) -> int:
        faces = list(documents)
        taken = self.next.put(faces)
        self.expected.update((face.key, face.version) for face in faces)
        return taken

    def delete(self, keys: Iterable[str], version: int) -> None:
        gone = list(keys)
        self.next.delete(gone, version)
        for key in gone:
            self.expected.pop(key, None)

    def differences(self) -> int:
        """Faces that are missing, too many, or of another version than was written."""
        return len(set(self.next.versions()) ^ set(self.expected.items()))


class Stopped(Exception):
    """Another leads, or the process ends: nothing is lost, and nothing is shown."""


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """`leads` may be asked only in a `turn`; `follow` takes a turn of its own."""

    graph: Graph
    index: Index
    rooms: Mapping[str, Room]
    following: Following
    turn: Lock
    leads: Callable[[], bool]
    follow: Callable[[], object]
    fault: Callable[[Iterable[Ref]], None]

    def carry_out(self) -> None:
        """If somebody asked, by whoever leads. What time can mend is begun again later; any other fault ends it and is told."""
        rebuild = self._asked()
        if rebuild is None:
            return
        try:
            written = self._rebuild(rebuild)
        except (Unavailable, SearchUnavailable):
            raise
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001  whatever it was, whoever asked is told
            log.error("the index was not made anew", problem=problem_of("rebuild", error))
            self._note(Rebuild(rebuild.id, rebuild.written, f"failed: {problem_of('rebuild', error)}"))
            return
        self.graph.write(name_state, patience=15)
        self._note(Rebuild(rebuild.id, written, SHOWN))

    def _asked(self) -> Rebuild | None:
        """One that failed is not begun again before somebody asks."""
        with self.turn:
            if not self.leads():
                return None
        asked = self.graph.read(find_rebuild, reader=AS_SYSTEM)
        if asked is not None and not asked.outcome:
            return asked
        if self.index.is_filled or (asked is not None and asked.outcome != SHOWN):
            return None
        return self.graph.write(ask_rebuild, patience=15)

    def _rebuild(self, rebuild: Rebuild) -> int:
        """Returns how many things were written."""
        filling, shown, written = self._begin(), False, 0
        try:
            for kind, ids in self._everything():
                self._step(kind, ids, filling)
                written += len(ids)
                self._note(Rebuild(rebuild.id, written, ""))
                self.follow()
            with self.turn:
                self._show(filling)
            shown = True
        finally:
            self.following.beside = None
            if not shown:
                filling.next.drop()
        return written

    def _begin(self) -> Filling:
        with self.turn:
            self._must_lead()
            filling = Filling(self.index.begin_next())
            self.following.beside = filling
        return filling

    def _step(self, kind: str, ids: list[str], filling: Filling) -> None:
        """What can't be read is asked for again by an event of its own, which is set aside visibly when it stays so."""
        with self.turn:
            self._must_lead()
            if faults := self.following.fill(kind, ids, filling):
                self.fault(faults)

    def _show(self, filling: Filling) -> None:
        """Until the turn ends nothing is written that would go to one of them only."""
        if differing := filling.differences():
            raise RuntimeError(f"{differing} faces differ from what was written")
        self._must_lead()
        filling.next.show()
        self.following.beside = None

    def _must_lead(self) -> None:
        if not self.leads():
            raise Stopped

    def _everything(self) -> Iterator[tuple[str, list[str]]]:
        return ((room.kind, ids) for room in self.rooms.values() for ids in walk(self.graph, room, AT_ONCE))

    def _note(self, rebuild: Rebuild) -> None:
        self.graph.write(lambda tx: note_rebuild(tx, rebuild), patience=15)
