"""The index is made anew while the site runs; whatever breaks off leaves the old one in use."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import click
import pytest

from graph.outbox import list_pending
from marketplace.cli.check import faults_of
from marketplace.cli.reindex import index_anew, index_kind_anew
from marketplace.relay.following import Following
from marketplace.relay.rebuild import Rebuild, ask_rebuild, find_rebuild
from marketplace.relay.rebuilding import Rebuilding
from search.document import Document
from search.index import Next
from tests.engines import Passing, empty_index
from tests.factories import Make
from tests.relay.scenes import Scene, import_public, set_scene
from tests.site import TestSite, make_site

SPOIL = "MATCH (a:Achievement {id: $id}) SET a.status = 'no such status' RETURN a.id AS id"


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    scene = set_scene(site, make)
    site.system.change(import_public, scene.base.id, 5)
    scene.published()
    site.drain()
    return scene


def rebuilding(site: TestSite, index: Any, *, leads: Callable[[], bool] = lambda: True, meanwhile: Callable[[], object] = int) -> Rebuilding:
    """With what happens meanwhile in place of the relay's own work. Versions go on from the relay's."""
    versions = iter(range(1 << 50, 1 << 51))
    following = Following(site.graph, index, site.site.rooms, lambda: next(versions))
    return Rebuilding(site.graph, index, site.site.rooms, following, Lock(), leads, meanwhile, lambda faults: None)


def asked(site: TestSite) -> Rebuild | None:
    return site.system.read(find_rebuild)


def outcome(site: TestSite) -> str:
    found = asked(site)
    return found.outcome if found else "never asked"


def test_it_is_the_same_as_before_and_what_the_graph_never_knew_is_gone(scene: Scene) -> None:
    site = scene.site
    one = next(iter(site.index.documents()))
    site.index.put([replace(one, key="stranger", id="stranger")])
    site.index.commit()
    assert list(faults_of(site.site)) == ["index: extra stranger"]

    written = index_anew(site.site)

    assert written > 6
    assert list(faults_of(site.site)) == []
    assert site.index.is_filled
    assert outcome(site) == "shown"


def test_one_that_takes_longer_than_anybodys_patience_is_not_called_stuck(scene: Scene) -> None:
    """All of it is done in one call where this process leads: what counts is whether something moved."""
    assert index_anew(scene.site.site, patience=0.0) > 6


def test_a_change_that_comes_meanwhile_is_in_both(scene: Scene) -> None:
    """The relay's own work goes on between two steps: the old index shows it at once, the new one when it is shown."""
    site, seen = scene.site, list[int]()
    site.graph.write(ask_rebuild)

    def publish_and_look() -> None:
        if not seen:
            scene.published("边建边写的装置")
            work.following.refresh((event.kind, event.entity_id) for event in site.system.read(list_pending))
            site.index.commit()
            seen.append(site.search("边建边写").total)

    work = rebuilding(site, site.index, meanwhile=publish_and_look)
    work.carry_out()

    assert seen == [1]
    assert outcome(site) == "shown"
    assert site.search("边建边写").total == 1


def test_who_no_longer_leads_shows_nothing_and_the_next_begins_again(scene: Scene) -> None:
    site = scene.site
    site.graph.write(ask_rebuild)
    turns = iter([True, True, True])

    rebuilding(site, site.index, leads=lambda: next(turns, False)).carry_out()

    assert outcome(site) == ""
    assert not site.index.is_filled
    assert list(faults_of(site.site)) == []
    site.site.relay.rebuild()
    assert outcome(site) == "shown"
    assert list(faults_of(site.site)) == []


@dataclass(slots=True)
class Forgetful:
    """Says that it took every document, and leaves one out."""

    next: Next
    forgot: bool = False

    def put(self, documents: Iterable[Document]) -> int:
        faces = list(documents)
        if faces and not self.forgot:
            self.forgot = True
            self.next.put(faces[1:])
            return len(faces)
        return self.next.put(faces)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.next, name)


def test_one_that_lacks_a_face_is_found_out_and_never_shown(scene: Scene) -> None:
    """The control of the comparison, too."""
    site = scene.site
    site.graph.write(ask_rebuild)

    rebuilding(site, Passing(site.index, Forgetful)).carry_out()

    assert outcome(site).startswith("failed: rebuild: RuntimeError")
    assert not site.index.is_filled
    assert list(faults_of(site.site)) == []


def test_one_that_failed_is_not_begun_again_before_somebody_asks(scene: Scene) -> None:
    site, begun = scene.site, list[Next]()
    site.graph.write(ask_rebuild)
    rebuilding(site, Passing(site.index, Forgetful)).carry_out()

    rebuilding(site, Passing(site.index, lambda one: begun.append(one) or one)).carry_out()

    assert begun == []
    assert index_anew(site.site) > 6


def test_who_asks_while_one_is_under_way_waits_for_the_same(scene: Scene) -> None:
    first, second = (scene.site.graph.write(ask_rebuild) for _ in range(2))
    assert first == second
    index_anew(scene.site.site)
    assert scene.site.graph.write(ask_rebuild) != first


@pytest.fixture
def bare(scene: Scene, tmp_path: Path) -> Iterator[TestSite]:
    """The same graph with an index that was just made, as after its folder was lost."""
    with empty_index(tmp_path / "bare") as index:
        bare = make_site(scene.site.graph, index, scene.site.site.settings)
        bare.clock.forward(minutes=1)
        yield bare


def test_an_index_that_was_never_filled_is_filled_without_being_asked(bare: TestSite) -> None:
    assert bare.search("锂离子电池").total == 0
    bare.site.relay.rebuild()
    assert bare.search("锂离子电池").total == 1
    assert list(faults_of(bare.site)) == []
    before = asked(bare)
    bare.site.relay.rebuild()
    assert asked(bare) == before


@pytest.mark.slow
def test_a_thing_that_cannot_be_read_is_set_aside_and_holds_up_nothing(scene: Scene) -> None:
    site = scene.site
    spoilt = scene.published("读不出来的装置")
    site.drain()
    site.graph.write(lambda tx: tx.run(SPOIL, id=spoilt.id))

    index_anew(site.site)

    assert site.search("锂离子电池").total == 1
    assert any(fault.startswith("outbox: 1 ") for fault in faults_of(site.site))


def test_one_kind_is_written_anew_where_it_stands(scene: Scene) -> None:
    site = scene.site
    one = next(face for face in site.index.documents() if face.kind == "achievement")
    site.index.put([replace(one, version=one.version, title="被改过的题目")])
    site.index.commit()

    assert index_kind_anew(site.site, site.site.rooms["achievement"]) == 6

    assert list(faults_of(site.site)) == []


def test_where_another_leads_and_does_nothing_whoever_asked_is_told(scene: Scene) -> None:
    """The scene's own relay holds the lease."""
    late = make_site(scene.site.graph, scene.site.index, scene.site.site.settings)
    with pytest.raises(click.ClickException, match="does not get on"):
        index_anew(late.site, patience=0.3)
