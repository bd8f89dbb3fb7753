"""Two officers decide about the same two people at once: one of them does, and nobody is lost."""

from collections import Counter

import pytest

from graph.connection import Graph
from graph.errors import NotFound, Stale
from graph.records import value
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.workers.model import WorkerDetails, WorkerText
from marketplace.domains.workers.service import create_worker
from marketplace.kernel.errors import Refused
from marketplace.processes.identity.repository import BECOME
from marketplace.processes.identity.service import merge_workers, split_workers
from tests.conftest import Engine
from tests.races.conftest import racetrack as racetrack
from tests.races.contenders import NOW, PATIENCE, change, contest
from tests.races.contenders import officer as an_officer

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
LINKS = "MATCH (:Worker)-[m:MERGED_INTO]->(:Worker) RETURN count(m) AS links"
LOOK = "MATCH (:Worker {id: $id})-[m:MERGED_INTO]->(:Worker) RETURN count(m) AS links"


def people(graph: Graph) -> str:
    """A unit and three entries under it."""
    unit = change(graph, lambda uow: create_organisation(uow, OrganisationText(name="酒仙桥街道", kind=Kind.SUBDISTRICT)))
    text = OrganisationText(name="沃岭工会", kind=Kind.BASE, parent_ids=(unit.id,))  # type: ignore[attr-defined]
    change(graph, lambda uow: create_organisation(uow, text))
    firm = change(graph, lambda uow: create_enterprise(uow, EnterpriseText(name="沃岭储能", union_name="沃岭工会")))
    made = [change(graph, lambda uow: create_worker(uow, WorkerText(name="周立成"), WorkerDetails(), firm.id)) for _ in range(3)]  # type: ignore[attr-defined]
    return " ".join((unit.id, *(one.id for one in made)))  # type: ignore[attr-defined]


def pair_of(number: int, about: str) -> tuple[str, str]:
    """Round in a circle: each wants another two of the three, in another order."""
    ids = about.split()[1:]
    return ids[number % 3], ids[(number + 1) % 3]


def merge_pair(graph: Graph, number: int, about: str) -> str:
    kept, gone = pair_of(number, about)
    try:
        change(graph, lambda uow: merge_workers(uow, kept, gone, {kept: 1, gone: 1}), an_officer(number, about.split()[0]))
    except (Stale, NotFound, Refused):
        return "refused"
    return "merged"


def merge_without_guard(graph: Graph, number: int, about: str) -> str:
    """Looked at in one transaction, merged in the next."""
    kept, gone = pair_of(number, about)
    if graph.read(lambda tx: tx.one(LOOK, value("links"), id=gone) + tx.one(LOOK, value("links"), id=kept), patience=PATIENCE):
        return "refused"
    graph.write(lambda tx: tx.run(BECOME, gone=gone, kept=kept, now=NOW), patience=PATIENCE)
    return "merged"


def split_merge(graph: Graph, number: int, about: str) -> str:
    unit, done = about.split()
    try:
        change(graph, lambda uow: split_workers(uow, done), an_officer(number, unit))
    except (Stale, Refused):
        return "refused"
    return "separated"


def links(graph: Graph) -> int:
    return int(graph.read(lambda tx: tx.one(LINKS, value("links"))))


def test_of_twelve_officers_one_merges(racetrack: Track) -> None:
    """Any of the pairs leaves the version that all others saw behind."""
    engine, graph = racetrack
    outcomes: Counter[str] = contest(engine, merge_pair, 12, people(graph))
    assert outcomes == {"merged": 1, "refused": 11}
    assert links(graph) == 1


def test_without_the_guard_somebody_is_merged_in_a_circle(racetrack: Track) -> None:
    engine, graph = racetrack
    about = people(graph)
    contest(engine, merge_without_guard, 12, about)
    assert links(graph) > 1


def test_of_twelve_officers_one_separates(racetrack: Track) -> None:
    engine, graph = racetrack
    unit, kept, gone, _third = people(graph).split()
    done = change(graph, lambda uow: merge_workers(uow, kept, gone, {kept: 1, gone: 1}), an_officer(0, unit))
    assert contest(engine, split_merge, 12, f"{unit} {done.id}") == {"separated": 1, "refused": 11}  # type: ignore[attr-defined]
    assert links(graph) == 0
