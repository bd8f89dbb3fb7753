"""One vote an expert, however often it is sent at once; whoever sent in before the close has a number, whoever came after is told so."""

import os

import pytest

from graph.records import value
from tests.races import challenge_contenders as contenders
from tests.races.contenders import contest
from tests.races.test_races import Track

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
ROUNDS = int(os.environ.get("CHALLENGE_RACE_ROUNDS", "2"))
VOTES = "MATCH (j:Judgement {id: $id}) RETURN j.version AS version"
RUNNING = "MATCH (p:Proposal {challenge_id: $id}) WHERE p.status = 'submitted' RETURN p.ordinal AS ordinal"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_twenty_sends_of_one_expert_one_is_the_vote(racetrack: Track, number: int) -> None:
    engine, graph = racetrack
    graph.write(lambda tx: contenders.a_vote(tx, f"c{number}"))
    assert contest(engine, contenders.vote, 20, f"vote-c{number}") == {"cast": 1, "refused": 19}
    assert graph.read(lambda tx: tx.one(VOTES, value("version"), id=f"vote-c{number}")) == 2


def test_without_the_guard_one_expert_votes_several_times(racetrack: Track) -> None:
    """Twenty may come one after the other by chance, five times hardly ever."""
    engine, graph = racetrack
    for number in range(5):
        graph.write(lambda tx, number=number: contenders.a_vote(tx, f"n{number}"))  # type: ignore[misc]
    assert any(contest(engine, contenders.vote_without_guard, 20, f"vote-n{number}")["cast"] > 1 for number in range(5))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_every_team_that_was_in_time_has_a_number(racetrack: Track, number: int) -> None:
    engine, graph = racetrack
    id = f"d{number}"
    graph.write(lambda tx: contenders.a_challenge(tx, id, "open"))
    graph.write(lambda tx: [contenders.a_plan(tx, id, one) for one in range(12)])
    outcomes = contest(engine, contenders.send_or_close, 12, id)
    ordinals = graph.read(lambda tx: tx.all(RUNNING, value("ordinal"), id=id))
    assert sorted(ordinals) == list(range(1, outcomes["in time"] + 1))
    assert outcomes["in time"] + outcomes["late"] == 11
