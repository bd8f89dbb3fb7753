"""Several people change one assignment at once: one of them does, the others are told, and the next request obeys."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from graph.errors import NotFound, Stale
from marketplace.domains.roles.model import Holding
from marketplace.domains.roles.repository import get_holder, get_holding
from marketplace.domains.roles.service import end_role, extend_role, grant_role, lend_role
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Refused
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import Role
from tests.roles.scenes import District

WEEK = timedelta(days=7)
PATIENCE = 30.0
Act = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Round:
    """One officer, one who might stand in, and what both looked like before anybody moved."""

    district: District
    officer: Actor
    substitute: Actor
    holding: Holding
    version: int

    def change(self, by: Actor, work: Callable[..., Any], *told: Any) -> Any:
        site = self.district.site
        return unit_of_work.change(site.graph, by, site.clock.now(), lambda uow: work(uow, *told), patience=PATIENCE)

    def acts(self) -> dict[str, Act]:
        """Taken by an officer above, given an end by another, lent by the holder, given a second role: all saw the same version."""
        now, me, base = self.district.site.clock.now(), self.officer.account_id, self.district.base.id
        return {
            "end": lambda: self.change(self.district.officer, end_role, me, self.version, self.holding.id),
            "extend": lambda: self.change(self.district.boss, extend_role, me, self.version, self.holding.id, now + WEEK),
            "lend": lambda: self.change(self.officer, lend_role, self.version, self.holding.id, self.substitute.account_id, now + WEEK, 60),
            "give": lambda: self.change(self.district.boss, grant_role, me, self.version, Role.FINANCE_OFFICER, "organisation", base),
        }

    def obeys(self, winner: str) -> bool:
        """Both as the next request reads them."""
        officer, substitute = self.district.now(self.officer), self.district.now(self.substitute)
        seen = officer.can(Permission.REVIEW_DESK), substitute.can(Permission.REVIEW_DESK), len(self.district.held(self.officer))
        return seen == {"end": (False, False, 0), "extend": (True, False, 1), "lend": (True, True, 1), "give": (True, False, 2)}[winner]


def a_round(district: District) -> Round:
    officer = district.make.officer(of=district.base)
    return Round(district, officer, district.make.account(), district.held(officer)[0], district.version(officer))


def together(acts: dict[str, Act]) -> dict[str, str]:
    """All at the same moment; what became of each."""
    line = Barrier(len(acts))

    def attempt(name: str) -> tuple[str, str]:
        line.wait(30)
        try:
            acts[name]()
        except (Stale, Refused, NotFound) as told:
            return name, type(told).__name__
        return name, "done"

    with ThreadPoolExecutor(len(acts)) as crowd:
        return dict(crowd.map(attempt, acts))


def race(district: District, rounds: int) -> Counter[str]:
    winners: Counter[str] = Counter()
    for _round in range(rounds):
        one = a_round(district)
        outcome = together(one.acts())
        done = [name for name, became in outcome.items() if became == "done"]
        assert len(done) == 1, outcome
        assert one.obeys(done[0]), outcome
        winners.update(done)
    return winners


def test_one_of_four_changes_wins(district: District) -> None:
    race(district, 3)


@pytest.mark.slow
@pytest.mark.race
def test_one_of_four_changes_wins_a_hundred_times(district: District) -> None:
    winners = race(district, 100)
    assert sum(winners.values()) == 100
    assert len(winners) > 1, winners


def a_stage(district: District) -> Round:
    return Round(district, district.officer, district.officer, district.held(district.officer)[0], 1)


def test_the_last_two_administrators_cannot_take_each_other(district: District) -> None:
    """By the owner's own hand, at the same moment: one goes, the other stays."""
    stage = a_stage(district)
    system = district.site.system.actor
    acts = {
        name: (lambda actor=actor, held=district.held(actor)[0], version=district.version(actor): stage.change(
            system, end_role, actor.account_id, version, held.id))
        for name, actor in {"boss": district.boss, "second": district.second}.items()
    }  # fmt: skip
    outcome = together(acts)
    assert sorted(outcome.values()) == ["Refused", "done"]
    assert [district.now(actor).is_administrator for actor in (district.boss, district.second)].count(True) == 1


NAIVE_END = "MATCH (:Account {id: $id})-[h:HOLDS]->(p) WHERE h.id = $holding SET h.until = $now"
NAIVE_LEND = """
MATCH (:Account {id: $id})-[h:HOLDS]->(p) WHERE h.id = $holding
MATCH (b:Account {id: $to}) CREATE (b)-[:HOLDS {id: $new, role: h.role, since: $now, until: $until, for_account: $id, lent_from: $holding}]->(p)
"""


def without_guard(one: Round) -> dict[str, Act]:
    """What the turn and the version are for: each looks first, decides in Python, and writes in a later transaction."""
    graph, now = one.district.site.graph, one.district.site.clock.now()
    seen = Barrier(2)
    told = {"id": one.officer.account_id, "holding": one.holding.id, "now": now}

    def looked() -> None:
        held = graph.read(lambda tx: get_holding(tx, one.officer.account_id, one.holding.id, now), reader=("system",))
        if held.until is not None or graph.read(lambda tx: get_holder(tx, one.officer.account_id, now), reader=("system",)).version != one.version:
            raise Stale(one.officer.account_id)
        seen.wait(30)

    def end() -> None:
        looked()
        graph.write(lambda tx: tx.run(NAIVE_END, **told), patience=PATIENCE)

    def lend() -> None:
        looked()
        more = {"to": one.substitute.account_id, "new": f"{one.holding.id}-lent", "until": now + WEEK}
        graph.write(lambda tx: tx.run(NAIVE_LEND, **told, **more), patience=PATIENCE)

    return {"end": end, "lend": lend}


def test_control_without_the_guard_both_win(district: District) -> None:
    """The role has ended, and yet somebody was just lent it."""
    one = a_round(district)
    assert together(without_guard(one)) == {"end": "done", "lend": "done"}
    assert one.district.held(one.officer) == []
    assert len(one.district.held(one.substitute)) == 1


def test_a_role_lent_of_one_that_ended_opens_nothing(district: District) -> None:
    """Even where such a pair stands in the store, its holder comes in by no more than their own."""
    one = a_round(district)
    together(without_guard(one))
    assert not district.now(one.substitute).is_officer
