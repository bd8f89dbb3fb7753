"""Many count at once and none is lost; of many that take one word for a group, one gets it."""

import pytest

from graph.records import value
from marketplace.domains.missed.model import id_of
from tests.races import vocabulary_contenders as contenders
from tests.races.contenders import contest
from tests.races.test_races import Track

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
TIMES = "MATCH (d:MissedDay {words_id: $id}) RETURN sum(d.zero) AS times"
GROUPS = "MATCH (s:Synonym) RETURN count(s) AS groups"


def test_sixteen_searchers_miss_160_times_and_160_are_counted(racetrack: Track) -> None:
    engine, graph = racetrack
    assert contest(engine, contenders.miss, 16, "焊缝咬边") == {"counted": 16}
    assert graph.read(lambda tx: tx.one(TIMES, value("times"), id=id_of("焊缝咬边"))) == 160


def test_without_the_lock_counts_are_lost(racetrack: Track) -> None:
    engine, graph = racetrack
    contest(engine, contenders.miss_without_lock, 16, "焊缝咬边")
    assert graph.read(lambda tx: tx.one(TIMES, value("times"), id=id_of("焊缝咬边"))) < 160


def test_of_twelve_administrators_one_gets_the_word(racetrack: Track) -> None:
    engine, graph = racetrack
    assert contest(engine, contenders.take_word, 12, "机械臂") == {"made": 1, "refused": 11}
    assert graph.read(lambda tx: tx.one(GROUPS, value("groups"))) == 1


def test_a_form_that_is_sent_fifty_times_makes_one_group(racetrack: Track) -> None:
    engine, graph = racetrack
    outcomes = contest(engine, contenders.send_group, 50, "one-time-key")
    assert (outcomes["done"], outcomes["known"] + outcomes["refused"]) == (1, 49)
    assert graph.read(lambda tx: tx.one(GROUPS, value("groups"))) == 1
