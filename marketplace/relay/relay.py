"""What happens after a commit, in one thread of one process: seal the audit, tell those concerned, let the index follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from threading import Event as Signal
from threading import Lock, Thread

import structlog

from graph.connection import Graph, Transaction
from graph.errors import GraphError, Unavailable
from graph.outbox import Event, delete_events, list_pending, name_state, set_aside, write_events
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.ids import new_id
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.kernel.workdays import local_day
from marketplace.relay.beside import Beside
from marketplace.relay.changes import note_changed
from marketplace.relay.dependents import FOLLOW, followers, reindex_events, renew
from marketplace.relay.faults import Faults, problem_of
from marketplace.relay.following import Following
from marketplace.relay.lease import Lease
from marketplace.relay.rebuilding import Rebuilding
from marketplace.relay.sealing import seal_entries, seal_the_rest
from marketplace.relay.telling import Concern, concerns, tell
from search.errors import SearchUnavailable
from search.index import Index

log = structlog.get_logger()
BATCH = 500
POLL_EVERY = 0.5


class Relay:
    """`wake` after a commit; `start` the thread, or `drain` where one wants to wait for it (commands, tests)."""

    def __init__(self, graph: Graph, index: Index, rooms: Mapping[str, Room], clock: Clock, beside: Sequence[Beside] = ()) -> None:
        """What is done `beside` has threads of its own."""
        self.beside = {one.name: one for one in beside}
        self._graph = graph
        self._index = index
        self._rooms = dict(rooms)
        self._clock = clock
        self._lease = Lease(holder=new_id())
        self._following = Following(graph, index, self._rooms, self._lease.next_version)
        self._turn = Lock()
        self._woken = Signal()
        self._ended = Signal()
        self._thread: Thread | None = None
        self._swept = 0
        self._day: date | None = None

    def wake(self) -> None:
        self._woken.set()

    def start(self) -> None:
        self._thread = Thread(target=self.run, args=(self._ended,), name="relay", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish the batch in hand and let the next leader begin at once."""
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(10)
        for one in self.beside.values():
            one.close()
        try:
            self._lease.leave(self._graph)
        except GraphError:
            log.warning("the lease runs out by itself")

    def run(self, stop: Signal) -> None:
        """Until `stop` is set; what is down now is tried again."""
        while not stop.is_set():
            self._woken.wait(POLL_EVERY)
            self._woken.clear()
            try:
                self.pass_day()
                self.drain(stop)
                self.rebuild(stop)
                self.look_beside()
            except Exception as error:  # noqa: BLE001  whatever it was, the site must not go on without its relay
                log.warning("the relay waits", problem=problem_of("relay", error))

    def drain(self, stop: Signal | None = None) -> int:
        """Handle all that is pending. Returns the number of events; 0 also where another process leads."""
        handled = 0
        with self._turn:
            while not (stop and stop.is_set()) and (some := self._drain_some()):
                handled += some
        return handled

    def _drain_some(self) -> int:
        """A batch, where this process leads."""
        events = self._graph.read(lambda tx: list_pending(tx, BATCH), reader=(SYSTEM,)) if self._leads() else []
        if events:
            self._handle(events)
        return len(events)

    def _handle(self, events: list[Event]) -> None:
        """All at once; one by one when that fails in a way nobody foresaw, so that the culprit is found."""
        try:
            self._carry_out(events)
        except (Unavailable, SearchUnavailable):
            raise
        except Exception as error:  # noqa: BLE001  any fault of one event must stay its own
            if len(events) > 1:
                for event in events:
                    self._handle([event])
                return
            self._graph.write(lambda tx, problem=problem_of("handle", error): set_aside(tx, events[0].id, problem), patience=15)  # type: ignore[misc]

    def pass_day(self) -> None:
        """What the calendar alone changes, once for each day in Beijing; doing it twice changes nothing more."""
        today = local_day(self._clock.now())
        if self._day == today:
            return
        with self._turn:
            if not self._leads():
                return
            for room in self._rooms.values():
                if room.falls_due is not None:
                    self._do_what_falls_due(room.kind, room.falls_due)
        self._day = today

    def _do_what_falls_due(self, kind: str, work: Callable[[UnitOfWork], int]) -> None:
        """A fault of one room keeps neither the others nor the relay waiting; the next day, or the next leader, tries again."""
        try:
            while change(self._graph, SYSTEM_ACTOR, self._clock.now(), work, patience=15):
                continue
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  whatever it was, it must stay its own
            log.error("what falls due was not done", kind=kind, problem=problem_of("falls due", error))

    def rebuild(self, stop: Signal | None = None) -> None:
        """Make the index anew if that was asked for, or if it was never filled. A batch of changes is followed after each step:
        where changes come without end, waiting for their end would last for ever."""

        def goes_on() -> bool:
            return not (stop and stop.is_set()) and self._leads()

        def follow() -> None:
            with self._turn:
                self._drain_some()

        Rebuilding(self._graph, self._index, self._rooms, self._following, self._turn, goes_on, follow, self._ask_again).carry_out()

    def look_beside(self) -> None:
        """Have the talent network computed, letters sent and the audit verified, where that is due; this process goes on with its own work."""
        with self._turn:
            leads = self._leads()
        if leads:
            for one in self.beside.values():
                one.look()

    def _ask_again(self, refs: Iterable[Ref]) -> None:
        events = reindex_events(refs, self._clock.now())
        self._graph.write(lambda tx: write_events(tx, events), patience=15)

    def _leads(self) -> bool:
        """Who can't write the index must not lead."""
        if not self._index.is_writable or not self._lease.hold(self._graph, self._clock.now()):
            return False
        if self._swept != self._lease.term:
            seal_the_rest(self._graph)
            self._swept = self._lease.term
        return True

    def _carry_out(self, events: list[Event]) -> None:
        """Everything here may run twice; only the last step says that it need not run again."""
        self._graph.write(name_state, patience=15)
        self._graph.write(lambda tx: seal_entries(tx, [event.audit_id for event in events if event.audit_id]), patience=15)
        faults = self._tell(events)
        refs = list(dict.fromkeys((event.kind, event.entity_id) for event in events))
        following = {(event.kind, event.entity_id) for event in events if event.verb == FOLLOW}
        faults |= renew(self._graph, self._rooms, [ref for ref in refs if ref in following])
        faults |= self._following.refresh(ref for ref in refs if ref not in faults)
        self._index.commit()
        self._graph.write(lambda tx: self._settle(tx, events, faults), patience=15)

    def _tell(self, events: list[Event]) -> Faults:
        """All at once; one by one when that fails, so that the culprit is found, which is tried again with its event."""
        told_of = concerns(self._rooms, events)
        if not told_of or not self._told(told_of):
            return {}
        return {concern.ref: fault for concern in told_of if (fault := self._told([concern]))}

    def _told(self, told_of: list[Concern]) -> str:
        """The kind of the fault, or nothing."""
        try:
            self._graph.write(lambda tx: tell(tx, self._rooms, told_of, self._clock.now()), patience=15)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  as above
            return problem_of("tell", error)
        return ""

    def _settle(self, tx: Transaction, events: list[Event], faults: Faults) -> None:
        """Handled events go, and what hangs on their things gets events of its own: at once, too, where a sight is taken that can't be followed."""
        bad = [event for event in events if _ref(event) in faults]
        good = [event for event in events if _ref(event) not in faults]
        urgent = [event for event in bad if event.takes_away and not event.tries]
        write_events(tx, followers(tx, self._rooms, good + urgent, self._clock.now()))
        note_changed(tx, good)
        delete_events(tx, [event.id for event in good])
        for event in bad:
            set_aside(tx, event.id, faults[_ref(event)])


def _ref(event: Event) -> Ref:
    return event.kind, event.entity_id
