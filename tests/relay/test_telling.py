"""Those concerned are told once, and never of what they did themselves."""

import pytest

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.achievements.service import publish_achievement, return_achievement
from marketplace.kernel.notices import Notice, count_unread, list_notices
from tests.factories import Make
from tests.relay.scenes import Scene, set_scene
from tests.site import TestSite

EVENTS = "MATCH (e:OutboxEvent) RETURN properties(e) AS kept"
HOLD = """
MATCH (a:Account {id: $account}) MATCH (o:Organisation {id: $unit})
CREATE (a)-[:HOLDS {role: 'union-officer'}]->(o) RETURN a.id AS id
"""
AGAIN = "UNWIND $rows AS row CREATE (e:OutboxEvent) SET e = row"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def told(scene: Scene, account_id: str) -> list[Notice]:
    scene.site.drain()
    return scene.site.system.read(list_notices, account_id)


def test_officers_of_the_deciding_unit_are_told_of_a_submission(scene: Scene, make: Make) -> None:
    elsewhere = make.officer()
    submitted = scene.submitted()
    [notice] = told(scene, scene.officer.account_id)
    assert (notice.entity_id, notice.verb, notice.title) == (submitted.id, "submit", submitted.title)
    assert told(scene, elsewhere.account_id) == told(scene, scene.maker.account_id) == []


def test_makers_are_told_of_the_decision_and_the_officer_is_not(scene: Scene) -> None:
    submitted = scene.submitted()
    scene.site.acting_as(scene.officer).change(return_achievement, submitted.id, submitted.version, "缺少测试数据")
    assert [one.verb for one in told(scene, scene.maker.account_id)] == ["return"]
    assert [one.verb for one in told(scene, scene.officer.account_id)] == ["submit"]


def test_an_officer_who_is_a_maker_is_not_told_of_their_own_submission(scene: Scene, make: Make) -> None:
    scene.site.graph.write(lambda tx: hold(tx, scene.maker.account_id, scene.street.id))
    scene.submitted()
    assert told(scene, scene.maker.account_id) == []


def hold(tx: Transaction, account: str, unit: str) -> None:
    tx.changed(HOLD, account=account, unit=unit)


def test_an_event_handled_twice_tells_once_and_stays_read(scene: Scene) -> None:
    submitted = scene.submitted()
    scene.site.acting_as(scene.officer).change(publish_achievement, submitted.id, submitted.version)
    events = scene.site.system.read(lambda tx: tx.all(EVENTS, value("kept")))
    assert len(told(scene, scene.maker.account_id)) == 1
    scene.site.graph.write(lambda tx: tx.run("MATCH (n:Notice) SET n.read_at = $now", now=scene.site.clock.now()))
    scene.site.graph.write(lambda tx: tx.run(AGAIN, rows=events))
    assert len(told(scene, scene.maker.account_id)) == 1
    assert scene.site.system.read(count_unread, scene.maker.account_id) == 0
