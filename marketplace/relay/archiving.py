"""Old entries of the audit move to files that still verify: the file first, then the record of it and the removal in one transaction."""

from datetime import timedelta

from graph.connection import Graph, Transaction
from marketplace.kernel.chain import AS_SYSTEM, PIECE, Archive, Link, head_of, line_of, list_archives, list_links
from marketplace.kernel.clock import Clock
from marketplace.kernel.files import Checked, FileStore
from marketplace.kernel.ids import new_id
from marketplace.kernel.permissions import ADMINISTRATOR, SYSTEM


class Archiving:
    """`days` is how long entries stay where they are searched: at least half a year (ASSURANCE, personal data)."""

    def __init__(self, graph: Graph, files: FileStore, clock: Clock, days: int) -> None:
        self._graph = graph
        self._files = files
        self._clock = clock
        self._days = days

    def carry_out(self) -> int:
        """Piece by piece, the oldest first; ends at the first entry that is still young. Returns how many were put away."""
        moved = 0
        while count := self._one_file():
            moved += count
        return moved

    def _one_file(self) -> int:
        links = self._old_links()
        if not links:
            return 0
        text = "".join(line_of(link) + "\n" for link in links).encode()
        place = self._files.keep(Checked("audit.jsonl", "application/jsonl", text))
        archive = Archive(new_id(), self._clock.now(), links[0].sequence, links[-1].sequence, links[0].previous, links[-1].seal, place)
        return len(links) if self._graph.write(lambda tx: put_away(tx, archive), patience=15) else 0

    def _old_links(self) -> list[Link]:
        """The chain's beginning, as far as it is old: what stands after a young one waits for it."""
        archives, head = self._graph.read(lambda tx: (list_archives(tx), head_of(tx)[0]), reader=AS_SYSTEM, patience=15)
        first = archives[-1].last + 1 if archives else 1
        links = self._graph.read(lambda tx: list_links(tx, first, min(first + PIECE - 1, head)), reader=AS_SYSTEM, patience=15)
        before = self._clock.now() - timedelta(days=self._days)
        young = next((at for at, link in enumerate(links) if link.entry.at >= before or link.sequence != first + at), len(links))
        return links[:young]


NOTE = """
CREATE (a:AuditArchive {id: $id, created_at: $at, first: $first, last: $last, previous: $previous, seal: $seal, place: $place, audience: $audience})
"""
TAKE_TURN = """
MERGE (g:Guard {id: $id}) SET g.lock = coalesce(g.lock, 0) + 1
"""
REMOVE = """
UNWIND range($first, $last) AS number MATCH (e:AuditEntry {sequence: number}) DELETE e
"""


def put_away(tx: Transaction, archive: Archive) -> bool:
    """Killed before it, the file lies there unnoticed and is written again under the same name. Of two who have the same piece in hand one
    puts it away: the guard first, then a look at what is next."""
    tx.run(TAKE_TURN, id="audit:archive")
    last = list_archives(tx)[-1:]
    if archive.first != (last[0].last + 1 if last else 1):
        return False
    tx.run(
        NOTE, id=archive.id, at=archive.created_at, first=archive.first, last=archive.last, previous=archive.previous, seal=archive.seal,
        place=archive.place, audience=(ADMINISTRATOR, SYSTEM),
    )  # fmt: skip
    tx.run(REMOVE, first=archive.first, last=archive.last)
    return True
