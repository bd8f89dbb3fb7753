"""What hangs on a changed thing gets an event of its own, so that a large subtree is followed in small, safe batches."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import structlog

from graph.connection import Graph, Transaction
from graph.errors import Unavailable
from graph.outbox import Event
from marketplace.kernel.ids import new_id
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room, no_renewal
from marketplace.relay.faults import Faults, problem_of
from marketplace.relay.following import many_of
from search.batches import batched

log = structlog.get_logger()
FOLLOW = "follow"
"""The verb of an event that tells of another thing's change."""
REINDEX = "reindex"
"""The verb of an event that tells of no change at all."""
AT_ONCE = 50
"""Audiences written in one transaction: few enough that nobody waits long for a thing that is being renewed."""


def followers(tx: Transaction, rooms: Mapping[str, Room], events: list[Event], now: datetime) -> list[Event]:
    """One step, or all the way down a tree that says so. What was taken away above stays out of sight below until it is followed."""
    found: dict[Ref, bool] = {}
    for taken in (False, True):
        chosen = [event for event in events if event.takes_away is taken and passes_on(rooms, event)]
        found |= dict.fromkeys(hanging(tx, rooms, ((event.kind, event.entity_id) for event in chosen)), taken)
    return [Event(new_id(), kind, id, FOLLOW, taken, now, "") for (kind, id), taken in found.items() if kind in rooms]


def reindex_events(refs: Iterable[Ref], now: datetime) -> list[Event]:
    """For things that did not change and are to be written once more."""
    return [Event(new_id(), kind, id, REINDEX, False, now, "") for kind, id in refs]


def passes_on(rooms: Mapping[str, Room], event: Event) -> bool:
    room = rooms.get(event.kind)
    if room is None or event.verb == REINDEX:
        return False
    return event.verb != FOLLOW or room.passes_on


def hanging(tx: Transaction, rooms: Mapping[str, Room], refs: Iterable[Ref]) -> list[Ref]:
    """Everything that depends on one of these, once."""
    by_kind: dict[str, list[str]] = {}
    for kind, id in dict.fromkeys(refs):
        by_kind.setdefault(kind, []).append(id)
    return list(dict.fromkeys(ref for kind, ids in by_kind.items() for ref in rooms[kind].hang_on_any(tx, ids)))


def renew(graph: Graph, rooms: Mapping[str, Room], refs: Iterable[Ref]) -> Faults:
    """Write the audiences anew of what follows another thing, kind by kind. Raises Unavailable."""
    by_kind: dict[str, list[str]] = {}
    for kind, id in refs:
        if kind in rooms and rooms[kind].renew_audience is not no_renewal:
            by_kind.setdefault(kind, []).append(id)
    faults: Faults = {}
    for kind, ids in by_kind.items():
        for some in batched(ids, AT_ONCE):
            renew_some(graph, rooms[kind], some, faults)
    return faults


def renew_some(graph: Graph, room: Room, ids: list[str], faults: Faults) -> None:
    """All at once; one by one when that fails, so that the culprit is found."""

    def work(tx: Transaction) -> None:
        for entity in many_of(tx, room, ids):
            room.renew_audience(tx, entity)

    try:
        graph.write(work, reader=(SYSTEM,), patience=15)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001  any fault of one thing must stay its own
        if len(ids) > 1:
            for id in ids:
                renew_some(graph, room, [id], faults)
            return
        faults[(room.kind, ids[0])] = problem_of("renew", error)
        log.error("not renewed", kind=room.kind, id=ids[0], problem=faults[(room.kind, ids[0])])
