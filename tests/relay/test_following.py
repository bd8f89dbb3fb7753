"""A change is found after its commit, what is taken away is never shown, and one bad thing holds up nobody."""

from datetime import timedelta

import pytest

from graph.outbox import count_events
from graph.records import value
from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.domains.organisations.model import OrganisationText
from marketplace.domains.organisations.service import edit_organisation
from marketplace.kernel.revisions import text_of
from marketplace.relay.lease import LASTS
from marketplace.relay.relay import Relay
from tests.factories import Make
from tests.relay.scenes import Scene, import_public, set_scene
from tests.site import TestSite

SPOIL = "MATCH (a:Achievement {id: $id}) SET a.status = 'no such status' RETURN a.id AS id"
REPAIR = "MATCH (a:Achievement {id: $id}) SET a.status = 'published' RETURN a.id AS id"
ASIDE = "MATCH (e:OutboxEvent {status: 'aside'}) RETURN e.entity_id AS id"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def waiting(site: TestSite) -> int:
    return site.system.read(count_events)


def test_what_is_published_is_found_after_the_relay(scene: Scene) -> None:
    published = scene.published()
    assert scene.site.search("锂离子电池").total == 0
    scene.site.drain()
    assert [hit.id for hit in scene.site.search("锂离子电池").hits] == [published.id]
    assert waiting(scene.site) == 0


def test_drafts_are_found_by_their_makers_only(scene: Scene) -> None:
    scene.draft()
    scene.site.drain()
    assert scene.site.search("锂离子电池", scene.maker).total == 1
    assert scene.site.search("锂离子电池", scene.officer).total == scene.site.search("锂离子电池").total == 0


def test_withdrawn_is_out_of_sight_even_before_the_relay(scene: Scene) -> None:
    published = scene.published()
    scene.site.drain()
    scene.site.acting_as(scene.maker).change(withdraw_achievement, published.id, published.version)
    assert scene.site.search("锂离子电池").total == 0
    scene.site.drain()
    assert scene.site.search("锂离子电池").total == 0
    assert scene.site.search("锂离子电池", scene.maker).total == 1


def test_what_is_gone_from_the_graph_leaves_the_index(scene: Scene) -> None:
    gone = scene.published()
    scene.site.drain()
    scene.site.acting_as(scene.maker).change(withdraw_achievement, gone.id, gone.version)
    scene.site.graph.write(lambda tx: tx.run("MATCH (a:Achievement {id: $id}) DETACH DELETE a", id=gone.id))
    scene.site.drain()
    assert gone.id not in {face.id for face in scene.site.index.documents()}


def test_handling_an_event_twice_changes_nothing(scene: Scene) -> None:
    scene.published()
    scene.site.drain()
    before = scene.site.index.count()
    scene.published("防爆锂离子电池二代")
    events = scene.site.system.read(lambda tx: tx.all("MATCH (e:OutboxEvent) RETURN properties(e) AS kept", value("kept")))
    scene.site.drain()
    scene.site.graph.write(lambda tx: tx.run("UNWIND $rows AS row CREATE (e:OutboxEvent) SET e = row", rows=events))
    scene.site.drain()
    assert scene.site.index.count() == before + 1
    assert waiting(scene.site) == 0


def test_a_thing_that_cannot_be_read_is_set_aside_and_holds_up_nobody(scene: Scene) -> None:
    bad, good = scene.published("坏的锂离子电池"), scene.published("好的锂离子电池")
    scene.site.graph.write(lambda tx: tx.changed(SPOIL, id=bad.id))
    scene.site.drain()
    assert [hit.id for hit in scene.site.search("锂离子电池").hits] == [good.id]
    assert set(scene.site.system.read(lambda tx: tx.all(ASIDE, value("id")))) == {bad.id}
    scene.site.graph.write(lambda tx: tx.changed(REPAIR, id=bad.id))
    assert scene.site.drain() == 0


def test_a_moved_unit_takes_the_rights_on_its_achievements_along(scene: Scene, make: Make) -> None:
    submitted = scene.submitted()
    scene.site.drain()
    other = make.organisation("望京街道总工会")
    officer_there = make.officer(of=other)
    text = text_of(scene.base, OrganisationText)
    moved = OrganisationText(**{name: getattr(text, name) for name in text.__dataclass_fields__} | {"parent_ids": (other.id,)})
    scene.site.system.change(edit_organisation, scene.base.id, scene.base.version, moved)
    scene.site.drain()
    assert [hit.id for hit in scene.site.search("锂离子电池", officer_there).hits] == [submitted.id]
    assert scene.site.search("锂离子电池", scene.officer).total == 0


def test_only_the_leader_carries_out_and_a_deposed_one_overwrites_nothing(scene: Scene) -> None:
    site = scene.site
    scene.published()
    site.drain()
    rival = Relay(site.graph, site.index, site.site.rooms, site.clock)
    scene.published("另一个锂离子电池")
    assert rival.drain() == 0
    old = dict(site.index.versions())
    site.clock.set(site.clock.now() + LASTS + timedelta(seconds=1))
    assert rival.drain() > 0
    fresh = {version for key, version in site.index.versions() if key not in old}
    assert min(fresh) > max(old.values())
    scene.published("第三个锂离子电池")
    assert site.drain() == 0


@pytest.mark.slow
def test_an_import_is_followed_in_bulk(scene: Scene) -> None:
    scene.site.system.change(import_public, scene.base.id, 700)
    scene.site.drain()
    assert scene.site.search("热管理装置").total == 700
