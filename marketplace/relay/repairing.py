"""Whoever passed for a reason, and wanted to hear of it, is told once when a version that answers it is public.

The word, the end of the agreement and the mark's end are one transaction: a killed relay's successor finds either all of it or nothing."""

import hashlib
from collections.abc import Iterable, Mapping

from graph.connection import Graph, Transaction
from marketplace.domains.needs.model import Need
from marketplace.domains.opinions.model import MatchOpinion
from marketplace.domains.opinions.repository import hold_agreed
from marketplace.domains.opinions.service import note_told
from marketplace.domains.repairs.repository import list_due_marks
from marketplace.domains.repairs.service import end_mark
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.notices import Notice, Topic, write_notices
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.relay.following import many_of
from marketplace.relay.readership import Seen, readership_of

BATCH = 20
VERB = "tell"


class Repairing:
    """Only whoever leads; what a killed leader left open is due again."""

    def __init__(self, graph: Graph, rooms: Mapping[str, Room], clock: Clock) -> None:
        self._graph = graph
        self._rooms = rooms
        self._clock = clock

    def is_due(self) -> bool:
        return bool(self._due(1))

    def carry_out(self) -> int:
        """Returns how many were told."""
        told = 0
        while due := self._due(BATCH):
            told += sum(self._serve(key, public) for key, public in due)
        return told

    def _due(self, most: int) -> list[tuple[str, bool]]:
        return self._graph.read(lambda tx: list_due_marks(tx, most), reader=(SYSTEM,), patience=15)

    def _serve(self, key: str, public: bool) -> int:
        return change(self._graph, SYSTEM_ACTOR, self._clock.now(), lambda uow: self._tell(uow, key, public), patience=15)

    def _tell(self, uow: UnitOfWork, key: str, public: bool) -> int:
        """Whoever may not see the need or the thing any more keeps their agreement for another time."""
        mark = end_mark(uow, key, is_public=public)
        agreed = hold_agreed(uow.tx, mark.thing_kind, mark.thing_id, mark.ordinal, mark.reasons) if mark and mark.is_told else []
        seen = self._seen(uow.tx, agreed)
        asked = [(one.account_id, seen[ref]) for one in agreed for ref in refs_of(one) if ref in seen]
        readers = readership_of(uow.tx, asked, uow.now)
        told = [one for one in agreed if all(ref in seen and readers.face_for(one.account_id, seen[ref]) is not None for ref in refs_of(one))]
        for one in told:
            note_told(uow, one)
        write_notices(uow.tx, (notice_of(one, seen[one.thing_kind, one.thing_id], uow) for one in told))
        return len(told)

    def _seen(self, tx: Transaction, agreed: Iterable[MatchOpinion]) -> dict[Ref, Seen]:
        by_kind: dict[str, set[str]] = {}
        for kind, id in (ref for one in agreed for ref in refs_of(one)):
            by_kind.setdefault(kind, set()).add(id)
        found = ((self._rooms[kind], many_of(tx, self._rooms[kind], sorted(ids))) for kind, ids in by_kind.items())
        return {(room.kind, one.id): Seen(one, tuple(room.documents(one))) for room, some in found for one in some}


def refs_of(opinion: MatchOpinion) -> tuple[Ref, Ref]:
    return (opinion.thing_kind, opinion.thing_id), (Need.KIND, opinion.need_id)


def notice_of(opinion: MatchOpinion, seen: Seen, uow: UnitOfWork) -> Notice:
    """One for each agreement; it leads to where one may match again."""
    id = hashlib.sha256(f"{opinion.id}:{opinion.version}:{VERB}".encode()).hexdigest()[:26]
    return Notice(id, opinion.account_id, opinion.KIND, opinion.id, VERB, seen.entity.title, uow.now, topic=Topic.SEARCHES)
