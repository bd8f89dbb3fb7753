"""What each contender does, in a process of its own with a connection of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from threading import Barrier

from graph.connection import Graph, Transaction
from graph.errors import Stale
from graph.records import value
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.repository import get_organisation
from marketplace.domains.organisations.service import create_organisation, edit_organisation
from marketplace.domains.reviews.service import claim_review
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.errors import AlreadyDone, Refused
from marketplace.kernel.form_keys import FormKey
from marketplace.kernel.unit_of_work import UnitOfWork
from tests.conftest import Engine

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
Act = Callable[[Graph, int, str], str]
PATIENCE = 15.0


def contest(engine: Engine, act: Act, contenders: int, about: str = "") -> Counter[str]:
    """Half of them in each of two processes, all starting together; how often each outcome came."""
    halves = [range(0, contenders, 2), range(1, contenders, 2)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        runs = [processes.submit(run_half, engine, act, list(half), about) for half in halves]
        return sum((run.result(120) for run in runs), Counter[str]())


def run_half(engine: Engine, act: Act, numbers: list[int], about: str) -> Counter[str]:
    graph, line = engine.open(), Barrier(len(numbers))

    def one(number: int) -> str:
        line.wait(60)
        return act(graph, number, about)

    with ThreadPoolExecutor(len(numbers)) as crowd:
        outcomes = Counter(crowd.map(one, numbers))
    graph.close()
    return outcomes


def named(number: int) -> OrganisationText:
    return OrganisationText(name=f"第{number}家基层工会", kind=Kind.BASE)


def change(graph: Graph, work: Callable[[UnitOfWork], object], actor: Actor = SYSTEM_ACTOR, key: FormKey | None = None) -> object:
    return unit_of_work.change(graph, actor, NOW, work, key=key, patience=PATIENCE)


def save_first_version(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: edit_organisation(uow, about, 1, named(number)))
    except Stale:
        return "stale"
    return "saved"


NAIVE_SAVE = "MATCH (o:Organisation {id: $id}) SET o.name = $name, o.version = $version + 1"


def save_without_guard(graph: Graph, number: int, about: str) -> str:
    """What the lock is for: compare in Python, write in a later transaction."""
    seen = graph.read(lambda tx: get_organisation(tx, about), reader=SYSTEM_ACTOR.reader)
    if seen.version != 1:
        return "stale"
    graph.write(lambda tx: tx.run(NAIVE_SAVE, id=about, name=str(number), version=1), patience=PATIENCE)
    return "saved"


def take_numbers(graph: Graph, number: int, _about: str) -> str:
    """Fifty numbers, each in a change of its own."""
    return " ".join(str(change(graph, lambda uow: uow.next_number("CG"))) for _ in range(50))


READ_NUMBER = "MERGE (g:Guard {id: 'naive'}) RETURN coalesce(g.next, 0) AS next"
WRITE_NUMBER = "MATCH (g:Guard {id: 'naive'}) SET g.next = $next"


def take_numbers_without_guard(graph: Graph, number: int, _about: str) -> str:
    """Read in Python, write back later: every call returns, and numbers are given twice."""

    def one() -> int:
        last = int(graph.write(lambda tx: tx.one(READ_NUMBER, value("next")), patience=PATIENCE))
        graph.write(lambda tx: tx.run(WRITE_NUMBER, next=last + 1), patience=PATIENCE)
        return last + 1

    return " ".join(str(one()) for _ in range(50))


def send_form(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: create_organisation(uow, named(0)), key=FormKey(about, "the same body"))
    except AlreadyDone:
        return "known"
    return "done"


def send_form_without_key(graph: Graph, number: int, about: str) -> str:
    change(graph, lambda uow: create_organisation(uow, named(0)))
    return "done"


def officer(number: int, unit: str) -> Actor:
    tokens = frozenset({"public", "signed-in", "officer", f"officer:{unit}", f"account:officer-{number}"})
    return Actor(f"officer-{number}", f"officer {number}", tokens=tokens)


def claim_case(graph: Graph, number: int, about: str) -> str:
    """`about` is the unit and its open cases; four officers want each of ten."""
    unit, *cases = about.split()
    try:
        change(graph, lambda uow: claim_review(uow, cases[number % len(cases)]), officer(number, unit))
    except Refused:
        return "refused"
    return "claimed"


READ_CLAIM = "MATCH (r:Review {id: $id}) RETURN r.claimed_by AS by"
WRITE_CLAIM = "MATCH (r:Review {id: $id}) SET r.claimed_by = $by"


def claim_without_guard(graph: Graph, number: int, about: str) -> str:
    """Looked at in one transaction, taken in the next."""
    id = about.split()[1:][number % 10]
    if graph.read(lambda tx: tx.one(READ_CLAIM, value("by"), id=id), patience=PATIENCE):
        return "refused"
    graph.write(lambda tx: tx.run(WRITE_CLAIM, id=id, by=str(number)), patience=PATIENCE)
    return "claimed"


def count_organisations(tx: Transaction) -> int:
    return int(tx.one("MATCH (o:Organisation) RETURN count(o) AS n", value("n")))
