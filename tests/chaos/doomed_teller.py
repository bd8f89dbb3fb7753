"""A process that tells people (what a saved search found, what was mended, what a watched thing became) and dies by kill -9 at a named point."""

from datetime import datetime
from pathlib import Path

from graph.connection import Graph
from marketplace.config import Settings
from marketplace.domains.vocabulary.repository import read_synonyms, read_version
from marketplace.kernel.ids import new_id
from marketplace.kernel.notices import Notice, write_notices
from marketplace.kernel.vocabulary import Vocabulary
from marketplace.opening import beside_of, open_files, rooms_of
from marketplace.relay.alerting import VERB
from tests.chaos.doomed import Point, die, open_doomed
from tests.conftest import Engine
from tests.site import SetClock

TELLERS = ("alerts", "repairs")


def tell(engine: Engine, point: Point, folder: Path, now: datetime) -> None:
    """As whoever leads does beside the relay, one after the other."""
    graph = open_doomed(engine, point)
    work(graph, folder, now)


def work(graph: Graph, folder: Path, now: datetime) -> None:
    settings = Settings(data_dir=folder)
    beside = beside_of(settings, graph, open_files(settings), SetClock(now), rooms_of(settings), Vocabulary(graph, read_version, read_synonyms))
    for one in beside:
        if one.name in TELLERS:
            one.carry_out()


def tell_apart(engine: Engine, account: str, search: str, now: datetime) -> None:
    """The mistake: the message in a transaction of its own, under an id that follows from nothing, and death before the rest."""
    graph = engine.open()
    graph.write(lambda tx: write_notices(tx, [Notice(new_id(), account, "saved-search", search, VERB, "我的搜索", now)]), patience=15)
    die()
