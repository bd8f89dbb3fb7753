"""Two processes contend; the outcome is exact, and without the guard it is not."""

import os
from dataclasses import replace

import pytest

from graph.connection import Graph
from graph.records import value
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.reviewing import open_review
from tests.conftest import Engine
from tests.races import contenders
from tests.races.contenders import change, contest, count_organisations, named

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
FORMS = int(os.environ.get("ROUNDS", "1"))
VERSION = "MATCH (o:Organisation {id: $id}) RETURN o.version AS version"


def numbers_of(outcomes: "dict[str, int]") -> list[str]:
    return [number for taken in outcomes for number in taken.split()]


def test_of_twelve_saves_of_one_version_one_wins(racetrack: Track) -> None:
    engine, graph = racetrack
    unit = change(graph, lambda uow: create_organisation(uow, named(0)))
    assert contest(engine, contenders.save_first_version, 12, unit.id) == {"saved": 1, "stale": 11}
    assert graph.read(lambda tx: tx.one(VERSION, value("version"), id=unit.id)) == 2


def test_without_the_comparison_several_saves_win(racetrack: Track) -> None:
    """Twelve may come one after the other by chance, five times hardly ever."""
    engine, graph = racetrack
    units = (change(graph, lambda uow, number=number: create_organisation(uow, named(number))) for number in range(5))  # type: ignore[misc]
    assert any(contest(engine, contenders.save_without_guard, 12, unit.id)["saved"] > 1 for unit in units)


def test_eight_writers_take_400_numbers_without_gap_or_double(racetrack: Track) -> None:
    engine, _graph = racetrack
    taken = numbers_of(contest(engine, contenders.take_numbers, 8))
    assert sorted(taken) == [f"CG-2026-{ordinal:06d}" for ordinal in range(1, 401)]


def test_without_the_guard_numbers_are_given_twice(racetrack: Track) -> None:
    engine, _graph = racetrack
    taken = numbers_of(contest(engine, contenders.take_numbers_without_guard, 8))
    assert len(set(taken)) < len(taken)


def ten_cases(graph: Graph) -> str:
    """A unit and ten submissions that wait for its officers."""
    unit = change(graph, lambda uow: create_organisation(uow, named(0)))
    for number in range(10):
        text = AchievementText(title=f"第{number}项改进")
        made = change(graph, lambda uow, text=text: create_achievement(uow, text))
        sent = replace(made, units=(unit.id,), organisation_id=unit.id)
        change(graph, lambda uow, sent=sent: open_review(uow, sent, stage="submit", unit_name="一家基层工会"))
    return " ".join((unit.id, *graph.read(lambda tx: tx.all(CASES, value("id")))))


CASES = "MATCH (r:Review) RETURN r.id AS id"
HOLDERS = "MATCH (r:Review) RETURN r.claimed_by AS by"


def test_forty_officers_claim_ten_submissions_each_once(racetrack: Track) -> None:
    engine, graph = racetrack
    assert contest(engine, contenders.claim_case, 40, ten_cases(graph)) == {"claimed": 10, "refused": 30}
    assert len(set(graph.read(lambda tx: tx.all(HOLDERS, value("by")))) - {""}) == 10


def test_without_the_guard_a_submission_is_claimed_twice(racetrack: Track) -> None:
    engine, graph = racetrack
    assert contest(engine, contenders.claim_without_guard, 40, ten_cases(graph))["claimed"] > 10


def test_fifty_sends_of_one_form_have_one_effect(racetrack: Track) -> None:
    engine, graph = racetrack
    for number in range(1, FORMS + 1):
        assert contest(engine, contenders.send_form, 50, f"key {number}") == {"done": 1, "known": 49}
        assert graph.read(count_organisations) == number


def test_without_its_key_a_form_is_done_each_time(racetrack: Track) -> None:
    engine, graph = racetrack
    contest(engine, contenders.send_form_without_key, 50)
    assert graph.read(count_organisations) == 50
