"""A process that dies by kill -9 at a named point of a change, or of the relay's work.

The driver is the one thing that is not ours between a change and the store: the point is found there.
"""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Result, Session

from graph.connection import Graph, Transaction
from graph.outbox import DELETE_EVENTS, WRITE_EVENTS, write_events
from marketplace.config import Settings
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.repository import SAVE
from marketplace.domains.achievements.service import create_achievement, revise_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.audit import WRITE_ENTRIES, write_entries
from marketplace.kernel.form_keys import FormKey
from marketplace.kernel.ids import Ids
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.opening import build_site
from search.index import open_index
from tests.conftest import Engine
from tests.site import SetClock

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NEWS = AchievementText(title="改过的一项改进", benefit="工时减少三成")
KEY = FormKey("the-form", "its-body")
DEADLINE = 60


class Point(StrEnum):
    BEFORE_BEGIN = "before the transaction begins"
    AFTER_SAVE = "after the thing is saved"
    AFTER_ENTRY = "after the audit entry"
    AFTER_EVENT = "after the outbox event"
    BEFORE_COMMIT = "before the commit"
    AFTER_COMMIT = "after the commit, before it is acknowledged"
    BEFORE_DELETE = "after the index has it, before the event is deleted"
    AFTER_DELETE = "after the event is deleted, before that is committed"


RELAYS = (Point.BEFORE_DELETE, Point.AFTER_DELETE)
BEFORE = {Point.BEFORE_DELETE: DELETE_EVENTS}
AFTER = {Point.AFTER_SAVE: SAVE, Point.AFTER_ENTRY: WRITE_ENTRIES, Point.AFTER_EVENT: WRITE_EVENTS, Point.AFTER_DELETE: DELETE_EVENTS}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DoomedTransaction:
    def __init__(self, real: ManagedTransaction, point: Point) -> None:
        self._real = real
        self._point = point

    def run(self, statement: Any, parameters: dict[str, Any]) -> Result:
        if BEFORE.get(self._point) == statement:
            die()
        result = self._real.run(statement, parameters)
        if AFTER.get(self._point) == statement:
            result.consume()
            die()
        return result


class DoomedSession:
    """Reads, and so the probe, go on."""

    def __init__(self, real: Session, point: Point) -> None:
        self._real = real
        self._point = point
        self.execute_read = real.execute_read

    def __enter__(self) -> "DoomedSession":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._real.close()

    def execute_write(self, work: Callable[[Any], Any]) -> Any:
        def doomed(tx: ManagedTransaction) -> Any:
            done = work(DoomedTransaction(tx, self._point))
            self._die_at(Point.BEFORE_COMMIT)
            return done

        self._die_at(Point.BEFORE_BEGIN)
        done = self._real.execute_write(doomed)
        self._die_at(Point.AFTER_COMMIT)
        return done

    def _die_at(self, point: Point) -> None:
        if point is self._point:
            die()


class DoomedDriver:
    def __init__(self, real: Driver, point: Point) -> None:
        self._real = real
        self._point = point
        self.close = real.close

    def session(self, **options: Any) -> DoomedSession:
        return DoomedSession(self._real.session(**options), self._point)


def open_doomed(engine: Engine, point: Point) -> Graph:
    auth = (engine.user, engine.password)
    return Graph(lambda: cast(Driver, DoomedDriver(GraphDatabase.driver(engine.url, auth=auth), point)), engine.database)


def revise(engine: Engine, point: Point, id: str) -> None:
    change(open_doomed(engine, point), SYSTEM_ACTOR, NOW, lambda uow: revise_achievement(uow, id, 1, NEWS), key=KEY, patience=15)


def relay(engine: Engine, point: Point, folder: Path) -> None:
    index = open_index(str(folder / "index"))
    build_site(Settings(data_dir=folder / "data"), open_doomed(engine, point), index, SetClock()).relay.drain()


def write_event_apart(engine: Engine) -> None:
    """The mistake: the event in a transaction of its own, and death between the two."""
    graph = engine.open()

    def work(tx: Transaction) -> UnitOfWork:
        uow = UnitOfWork(tx, SYSTEM_ACTOR, NOW, Ids())
        create_achievement(uow, NEWS)
        write_entries(tx, uow.entries)
        return uow

    uow = graph.write(work, patience=15)
    die()
    graph.write(lambda tx: write_events(tx, uow.events))


def is_killed(work: Callable[..., None], *about: object) -> bool:
    """Whether a process of its own, doing this, died where it was to die."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=work, args=about)
    process.start()
    process.join(DEADLINE)
    return process.exitcode == -signal.SIGKILL
