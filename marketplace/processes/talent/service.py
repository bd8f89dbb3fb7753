"""A run of the analysis: ask for it, claim it, compute, write in batches, move the pointer, drop what is past."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from time import monotonic
from typing import TypeVar

from graph.connection import Graph, Transaction
from graph.records import properties
from marketplace.kernel.clock import Clock
from marketplace.kernel.ids import new_id
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.kernel.workflow import created
from marketplace.processes.talent import repository as store
from marketplace.processes.talent.model import EVERY_OFFICER, PERSON, Analysis, Export, Figure, Findings, Network, Parameters, examine

T = TypeVar("T")
BATCH = 5_000
HOLDS = timedelta(minutes=3)
"""A claim that is not renewed for so long is free: its holder was killed."""
NIGHT = range(2, 5)
"""Hours in Beijing in which whoever leads begins a run by itself."""
PATIENCE = 30.0


def ask_analysis(uow: UnitOfWork) -> bool:
    """Whoever leads begins it within seconds. False where one was asked for already. Raises Forbidden."""
    uow.actor.require(Permission.TALENT_ANALYSE, None)
    run = Analysis(id=uow.new_id(), day=local_day(uow.now), started_at=uow.now)
    if not store.ask(uow.tx, run.id):
        return False
    uow.record(created(run, at=uow.now, verb="ask"))
    return True


def is_night(now: datetime) -> bool:
    """Whoever leads looks at the clock before it asks the store."""
    return now.astimezone(SHANGHAI).hour in NIGHT


def ask_nightly(uow: UnitOfWork) -> bool:
    """Once a night, whatever became of the run before: whether it was asked for now."""
    latest = store.get_standing(uow.tx).latest
    if not is_night(uow.now) or (latest is not None and local_day(latest.started_at) == local_day(uow.now)):
        return False
    return ask_analysis(uow)


def is_due(graph: Graph, clock: Clock) -> bool:
    """Whether something was asked for that nobody is at."""
    standing = graph.read(store.get_standing, reader=(SYSTEM,))
    return bool(standing.asked) and (standing.until is None or standing.until <= clock.now())


@dataclass(frozen=True, slots=True)
class Attempt:
    """One holder of the claim at work; each write of it proves that the claim still holds, or raises Stale."""

    graph: Graph
    clock: Clock
    claim: store.Claim

    def read(self, work: Callable[[Transaction], T]) -> T:
        return self.graph.read(work, reader=EVERY_OFFICER, patience=PATIENCE)

    def write(self, work: Callable[[Transaction], object]) -> None:
        def held(tx: Transaction) -> None:
            store.renew(tx, self.claim, self.clock.now() + HOLDS)
            work(tx)

        self.graph.write(held, patience=PATIENCE)

    def settle(self, run: str | None) -> None:
        self.graph.write(lambda tx: store.settle(tx, self.claim, run), patience=PATIENCE)


def claim_analysis(graph: Graph, clock: Clock) -> Attempt | None:
    """Of all processes that see the question, one gets it."""
    now = clock.now()
    found = graph.write(lambda tx: store.claim(tx, now, now + HOLDS), patience=PATIENCE)
    return Attempt(graph, clock, found) if found else None


def analyse(attempt: Attempt, parameters: Parameters = Parameters(), note: Callable[[str], None] = lambda step: None) -> Analysis:
    """Readers see the run before it until the last step. `note` hears each step. Raises Stale for a claim that was lost.

    A fault is kept with the run, and the question is settled: nobody tries again what would fail again."""
    began, run = monotonic(), _begun(attempt, parameters)
    try:
        return _carry_out(attempt, run, parameters, note, began)
    except Exception as fault:
        kind = type(fault).__name__
        attempt.write(lambda tx: store.update_run(tx, run.id, problem=kind))
        attempt.settle(None)
        raise


def _begun(attempt: Attempt, parameters: Parameters) -> Analysis:
    now = attempt.clock.now()
    run = Analysis(
        id=new_id(), day=local_day(now), started_at=now, seed=parameters.seed, resolution=parameters.resolution, damping=parameters.damping,
        most_pivots=parameters.most_pivots,
    )  # fmt: skip
    attempt.write(lambda tx: store.create_run(tx, run))
    return run


def _carry_out(attempt: Attempt, run: Analysis, parameters: Parameters, note: Callable[[str], None], began: float) -> Analysis:
    note("read")
    network = read_network(attempt, run.day)
    run = replace(run, nodes=len(network.refs), people=sum(kind == PERSON for kind, _ in network.refs))
    attempt.write(lambda tx: store.update_run(tx, run.id, **properties(run)))
    note("compute")
    findings = examine(network, parameters)
    note("write")
    _write(attempt, run, findings)
    whole = replace(
        run, finished_at=attempt.clock.now(), pivots=findings.pivots, relations=findings.relations, groups=len(findings.groups),
        small_groups=findings.small_groups, modularity=findings.modularity, seconds=round(monotonic() - began, 1),
    )  # fmt: skip
    attempt.write(lambda tx: store.update_run(tx, run.id, **properties(whole)))
    attempt.settle(whole.id)
    note("drop")
    drop_past(attempt.graph, whole.id)
    note("end")
    return whole


def read_network(attempt: Attempt, day: date) -> Network:
    """With the tokens that every officer holds, and none besides."""
    refs = tuple((kind, id) for kind in sorted(store.KINDS) for id in attempt.read(lambda tx, kind=kind: store.list_visible(tx, kind)))  # type: ignore[misc]
    numbers = {id: number for number, (_kind, id) in enumerate(refs)}
    links = [
        (numbers[one], numbers[other])
        for statement in store.RELATIONS
        for one, other in attempt.read(lambda tx, statement=statement: store.list_pairs(tx, statement, day))  # type: ignore[misc]
        if one in numbers and other in numbers
    ]
    skills: dict[str, tuple[str, ...]] = {}
    for id, skill in attempt.read(store.list_skills_held):
        skills[id] = (*skills.get(id, ()), skill)
    employers = dict(attempt.read(lambda tx: store.list_pairs(tx, store.EMPLOYED, day)))
    return Network(refs, tuple(links), skills, employers, attempt.read(store.list_areas))


def _write(attempt: Attempt, run: Analysis, findings: Findings) -> None:
    for first, some in _batches(findings.figures):
        attempt.write(lambda tx, first=first, some=some: store.write_figures(tx, run.id, first, some))  # type: ignore[misc]
    for start in range(0, len(findings.groups), BATCH):
        attempt.write(lambda tx, start=start: store.write_groups(tx, run.id, findings.groups[start : start + BATCH]))  # type: ignore[misc]


def _batches(figures: tuple[Figure, ...]) -> Iterator[tuple[int, list[Figure]]]:
    waiting = iter(figures)
    for first in range(0, len(figures), BATCH):
        yield first, list(islice(waiting, BATCH))


def drop_past(graph: Graph, current: str) -> None:
    """What was begun before the run that is read: older ones, failed ones, and what a killed attempt left."""
    for run, nodes in graph.read(lambda tx: store.list_past_runs(tx, current), reader=(SYSTEM,)).items():
        for start in range(0, nodes, BATCH):
            numbers = range(start, min(start + BATCH, nodes))
            graph.write(lambda tx, run=run, numbers=numbers: store.drop_figures(tx, run, numbers), patience=PATIENCE)  # type: ignore[misc]
        graph.write(lambda tx, run=run: store.drop_run(tx, run), patience=PATIENCE)  # type: ignore[misc]


def note_export(uow: UnitOfWork, view: str) -> None:
    """Who took a table of figures, and when. Raises Forbidden."""
    uow.actor.require(Permission.TALENT_EXPORT, None)
    uow.record(created(Export(id=uow.new_id(), view=view), at=uow.now, verb="export"))
