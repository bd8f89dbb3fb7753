"""The verification that an administrator asked for, in the background: a million entries take minutes."""

from graph.connection import Graph
from marketplace.kernel.chain import AS_SYSTEM, verify
from marketplace.kernel.checks import AuditCheck, Status, find_asked, finish_check, note_progress
from marketplace.kernel.clock import Clock
from marketplace.kernel.files import FileStore
from marketplace.relay.faults import problem_of


class Checking:
    """A killed one is found still asked for, and begins again."""

    def __init__(self, graph: Graph, files: FileStore, clock: Clock) -> None:
        self._graph = graph
        self._files = files
        self._clock = clock

    def is_due(self) -> bool:
        return self._graph.read(find_asked, reader=AS_SYSTEM) is not None

    def carry_out(self) -> None:
        """Whatever goes wrong, the one who asked is told that it did."""
        while (asked := self._graph.read(find_asked, reader=AS_SYSTEM)) is not None:
            try:
                found = verify(self._graph, self._files.fetch, lambda count, id=asked.id: self._note(id, count))  # type: ignore[misc]
                self._end(asked, Status.FAULTY if found.faults else Status.SOUND, found.entries, found.faults)
            except Exception as error:  # noqa: BLE001  told to whoever asked
                self._end(asked, Status.BROKEN_OFF, 0, (problem_of("verify", error),))

    def _note(self, id: str, count: int) -> None:
        self._graph.write(lambda tx: note_progress(tx, id, count), patience=15)

    def _end(self, asked: AuditCheck, status: Status, entries: int, faults: tuple[str, ...]) -> None:
        self._graph.write(lambda tx: finish_check(tx, asked.id, status, self._clock.now(), entries, faults), patience=15)
