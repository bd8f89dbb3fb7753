"""A backup is what was there, all of it, whoever wrote meanwhile; a restore gives it back on either engine, or refuses."""

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from click import ClickException
from neo4j import Record

from graph.connection import Graph, Transaction
from graph.copying.lines import sum_of
from graph.copying.manifest import FILES, MANIFEST, NODES, Damaged, Manifest, read_manifest, write_manifest
from graph.copying.proving import Proof
from graph.dialect import wipe
from graph.ontology import ONTOLOGY
from graph.records import value
from marketplace.cli.backup import SPOOL, begin, begun, make_backup, pack
from marketplace.cli.check import faults_of
from marketplace.cli.digest import digest_of
from marketplace.cli.reindex import index_anew
from marketplace.cli.restore import fill, looked_at
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, revise_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import SystemClock
from marketplace.kernel.files import checked_file
from marketplace.kernel.stored_file import Access, StoredFile
from marketplace.kernel.unit_of_work import change
from marketplace.processes.evidence.service import add_evidence, remove_evidence
from marketplace.relay.keeping import kept
from marketplace.relay.lease import TERM_BITS
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.factories import Make
from tests.relay.scenes import TEXT, Scene, set_scene
from tests.site import TestSite, make_site


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    """A site with something of each sort, all of it in the index, and somebody signed in."""
    scene = set_scene(site, make)
    scene.published()
    scene.submitted("另一项改进")
    add_file(site, scene.draft("第三项改进"))
    site.client(scene.maker)
    site.drain()
    return scene


def add_file(site: TestSite, of: Achievement, text: str = "证据") -> StoredFile:
    file = checked_file("evidence.txt", text.encode())
    return now(site, add_evidence, of.id, file, site.site.files.keep(file), Access.MAKERS)


def now(site: TestSite, work: Any, *words: Any) -> Any:
    """By the clock on the wall: what happens during a backup bears times of its own."""
    return change(site.graph, SYSTEM_ACTOR, SystemClock().now(), lambda uow: work(uow, *words), patience=15)


def quietly(_count: int) -> None:
    """Nobody watches a bar here."""


def no_bar(_words: str, _total: int) -> Any:
    return quietly


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Any]:
    """Empties the store, restores into it, and gives the site that stands then, with an index and files of its own."""
    with ExitStack() as opened:

        def restored(folder: Path, old: TestSite, graph: Graph | None = None) -> TestSite:
            graph = graph or old.graph
            wipe(graph)
            settings = old.site.settings.model_copy(update={"data_dir": tmp_path / "other"})
            site = make_site(graph, opened.enter_context(empty_index(tmp_path / "other-index")), settings)
            fill(graph, looked_at(folder), site.site.files, no_bar)
            site.clock.set(SystemClock().now())
            index_anew(site.site)
            return site

        yield restored


def test_what_is_restored_is_what_was_there(scene: Scene, places: Any, tmp_path: Path) -> None:
    old = scene.site
    before, found = digest_of(old.graph), old.search("防爆").total
    made, damaged = make_backup(old.site, tmp_path / "copy", quietly)
    site = places(tmp_path / "copy", old)

    assert (damaged, made.left_out, found) == ([], 0, 1)
    assert digest_of(site.graph) == before
    assert list(faults_of(site.site)) == []
    assert site.search("防爆").total == 1
    assert [site.site.files.fetch(place) for place in site.site.files.list_places()] == ["证据".encode()]
    assert scene.draft("恢复后的第一项").number == "CG-2026-000004"
    assert stored(site, "Session") == stored(site, "FormKey") == 0


COUNT = """
MATCH (n) WHERE labels(n)[0] = $label RETURN count(n) AS count
"""


def stored(site: TestSite, label: str) -> int:
    return int(site.system.read(lambda tx: tx.one(COUNT, value("count"), label=label)))


def test_only_its_owner_reads_it_and_nothing_is_left_beside_it(scene: Scene, tmp_path: Path) -> None:
    make_backup(scene.site.site, tmp_path / "kept" / "copy", quietly)
    modes = {place.stat().st_mode & 0o777 for place in (tmp_path / "kept" / "copy").rglob("*") if place.is_file()}
    assert modes == {0o600}
    assert sorted(one.name for one in (tmp_path / "kept").iterdir()) == ["copy"]
    assert sorted(one.name for one in (tmp_path / "kept" / "copy").iterdir()) == [FILES, MANIFEST, NODES, "relations.jsonl.gz"]


def test_one_that_broke_off_leaves_nothing_and_is_no_hindrance(scene: Scene, tmp_path: Path) -> None:
    def break_off(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(scene.site.site, tmp_path / "kept" / "copy", break_off)
    assert list((tmp_path / "kept").iterdir()) == []
    begun(tmp_path / "kept" / "copy.tmp")
    make_backup(scene.site.site, tmp_path / "kept" / "copy", quietly)


def test_a_file_that_rotted_is_named_and_left_out(scene: Scene, tmp_path: Path) -> None:
    place = next(scene.site.site.files.list_places())
    (scene.site.site.settings.data / "files" / place).write_bytes(b"rotten")
    made, damaged = make_backup(scene.site.site, tmp_path / "copy", quietly)
    assert (made.files, damaged) == (0, [place])


class Passer:
    """Somebody who works while the store is being copied: one step after each label."""

    def __init__(self, scene: Scene) -> None:
        self.site = scene.site
        self.draft = scene.draft("已有的一项")
        self.old_file = add_file(self.site, self.draft, "先前的证据")
        self.site.drain()
        self.steps = cycle([self.revise, self.replace_file, self.create, self.site.drain])

    def __call__(self, _count: int) -> None:
        next(self.steps)()

    def create(self) -> None:
        add_file(self.site, now(self.site, create_achievement, replace(TEXT, title="新的一项")), "新的证据")

    def revise(self) -> None:
        present = self.site.find("achievement", self.draft.id)
        now(self.site, revise_achievement, self.draft.id, present.version, AchievementText(title="改过的一项", skills=("焊接",)))

    def replace_file(self) -> None:
        now(self.site, remove_evidence, self.draft.id, self.old_file.id)
        self.old_file = add_file(self.site, self.draft, "后来的证据")


ALL = """
MATCH (a:Achievement)
RETURN a.id AS id, a.version AS version, COLLECT { MATCH (e:AuditEntry {entity_id: a.id}) RETURN e.verb } AS verbs,
       COUNT { MATCH (:StoredFile)-[:EVIDENCE_OF]->(a) } AS files
"""
LONELY = """
MATCH (f:StoredFile) WHERE NOT EXISTS { MATCH (f)-[:EVIDENCE_OF]->(:Achievement) } RETURN 'file' AS what, f.id AS id
UNION ALL
MATCH (e:AuditEntry {kind: 'achievement'}) WHERE NOT EXISTS { MATCH (a:Achievement {id: e.entity_id}) } RETURN 'entry' AS what, e.entity_id AS id
"""


def halves(site: TestSite) -> list[str]:
    """What is there without the rest of its change: each revision has an entry, each entry its revision or file."""
    found = [f"{what} {id}" for what, id in site.system.read(lambda tx: tx.all(LONELY, lambda row: (row["what"], row["id"])))]
    return found + [str(row) for row in site.system.read(rows) if not is_whole(row)]


def rows(tx: Transaction) -> list[dict[str, Any]]:
    return tx.all(ALL, Record.data)


def is_whole(row: dict[str, Any]) -> bool:
    added, removed = row["verbs"].count("add-file"), row["verbs"].count("remove-file")
    return row["version"] == len(row["verbs"]) - added - removed and row["files"] == added - removed


@pytest.mark.slow
def test_what_changes_between_two_labels_is_in_it_as_a_whole(scene: Scene, places: Any, tmp_path: Path) -> None:
    passer = Passer(scene)
    made, _ = make_backup(scene.site.site, tmp_path / "copy", passer)
    said = sorted((row["id"], row["version"], sorted(row["verbs"])) for row in scene.site.system.read(rows))
    site = places(tmp_path / "copy", scene.site)

    assert made.nodes > 0
    assert halves(site) == []
    assert list(faults_of(site.site)) == []
    assert sorted((row["id"], row["version"], sorted(row["verbs"])) for row in site.system.read(rows)) == said


def test_control_without_catching_up_changes_are_half_there(scene: Scene, tmp_path: Path) -> None:
    folder = begun(tmp_path / "copy.tmp")
    copy, standing = begin(scene.site.site, folder / SPOOL)
    copy.read_once(Passer(scene))
    made, _ = pack(scene.site.site, kept(copy, standing), folder)
    wipe(scene.site.graph)
    fill(scene.site.graph, Proof(folder, made, ONTOLOGY), scene.site.site.files, no_bar)
    assert halves(scene.site)


def write_on(site: TestSite, stop: Event, said: dict[str, int], pace: float) -> None:
    """Creates and revises for ever; tells of a version only after its commit was acknowledged."""
    while not stop.wait(pace):
        draft = now(site, create_achievement, replace(TEXT, title="忙时的一项"))
        said[draft.id] = 1
        stop.wait(pace)
        now(site, revise_achievement, draft.id, 1, replace(TEXT, title="忙时改过的一项"))
        said[draft.id] = 2
        add_file(site, draft, draft.id)


def relay_on(site: TestSite, stop: Event) -> None:
    while not stop.wait(0.1):
        site.drain()


ACKNOWLEDGED = 5
ACKNOWLEDGED_WITHIN = 60.0


def back_up_under_writers(scene: Scene, folder: Path) -> tuple[Manifest, dict[str, int]]:
    """Also what was acknowledged before it began."""
    stop, said = Event(), dict[str, int]()
    busy = [Thread(target=write_on, args=(scene.site, stop, said, 0.05)) for _ in range(2)]
    busy.append(Thread(target=relay_on, args=(scene.site, stop)))
    for one in busy:
        one.start()
    try:
        began = monotonic()
        while len(said) < ACKNOWLEDGED:
            assert monotonic() - began < ACKNOWLEDGED_WITHIN, f"only {len(said)} were acknowledged"
            stop.wait(0.01)
        before = dict(said)
        made, _ = make_backup(scene.site.site, folder, lambda _: bool(stop.wait(0.05)) or None)
    finally:
        stop.set()
        for one in busy:
            one.join()
    return made, before


@pytest.mark.parametrize("turn_of", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_under_writers_nothing_acknowledged_is_missing_and_nothing_is_half_there(scene: Scene, places: Any, tmp_path: Path, turn_of: int) -> None:
    _, before = back_up_under_writers(scene, tmp_path / "copy")
    site = places(tmp_path / "copy", scene.site)
    versions = {row["id"]: row["version"] for row in site.system.read(rows)}

    assert len(before) >= ACKNOWLEDGED
    assert {id: version for id, version in before.items() if versions.get(id, 0) < version} == {}
    assert len(versions) > len(before)
    assert halves(site) == []
    assert list(faults_of(site.site)) == []


def test_a_place_that_is_not_empty_is_refused(scene: Scene, tmp_path: Path) -> None:
    make_backup(scene.site.site, tmp_path / "copy", quietly)
    before = digest_of(scene.site.graph)
    with pytest.raises(ClickException, match="not empty"):
        fill(scene.site.graph, looked_at(tmp_path / "copy"), scene.site.site.files, no_bar)
    assert digest_of(scene.site.graph) == before


def rewrite(folder: Path, name: str, old: str, new: str, *, honest: bool) -> None:
    """Change the text; an honest one says so in the manifest."""
    text = gzip.decompress((folder / name).read_bytes()).decode()
    assert old in text
    (folder / name).write_bytes(gzip.compress(text.replace(old, new, 1).encode()))
    if honest:
        said = read_manifest(folder)
        (folder / MANIFEST).unlink()
        write_manifest(folder, replace(said, sums=said.sums | {name: sum_of(folder / name)}))


@pytest.mark.parametrize(
    ("name", "old", "new", "honest", "sentence"),
    [
        (NODES, "防爆", "防水", False, "nodes.jsonl.gz is not what was written"),
        (NODES, '"label":"Studio"', '"label":"Castle"', True, "'Castle'"),
        (NODES, '"short_name":', '"nickname":', True, "'nickname'"),
        (NODES, '"created_at":"2026-', '"created_at":"once upon-', True, "once upon"),
        (NODES, '"version":1', '"version":"1"', True, "TypeError"),
        (NODES, '{"label":"Studio"', '{"label":"Session","properties":{"id":"s"}}\n{"label":"Studio"', True, "no place in a backup"),
        ("relations.jsonl.gz", '"type":"HOSTED_BY"', '"type":"LEADS"', True, "is not declared"),
        (MANIFEST, "", "", False, "no backup"),
    ],
)
@pytest.mark.slow
def test_a_damaged_backup_is_refused(scene: Scene, tmp_path: Path, name: str, old: str, new: str, honest: bool, sentence: str) -> None:
    make_backup(scene.site.site, folder := tmp_path / "copy", quietly)
    if name == MANIFEST:
        (folder / MANIFEST).write_text("{}")
    else:
        rewrite(folder, name, old, new, honest=honest)
    with pytest.raises(Damaged, match=sentence):
        looked_at(folder)


def test_a_later_format_and_a_lost_file_are_refused(scene: Scene, tmp_path: Path) -> None:
    make_backup(scene.site.site, folder := tmp_path / "copy", quietly)
    said = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(said | {"format": 2}))
    with pytest.raises(Damaged, match="format 2"):
        looked_at(folder)
    (folder / MANIFEST).write_text(json.dumps(said))
    next(one for one in (folder / FILES).rglob("*") if one.is_file()).write_bytes(b"another")
    with pytest.raises(Damaged, match="is not what was written"):
        looked_at(folder)


def test_an_index_that_outlived_its_graph_is_written_over(scene: Scene) -> None:
    index = scene.site.index
    one = next(iter(index.documents()))
    index.put([replace(one, version=(7 << TERM_BITS) + 3, title="来自后来的任期")])
    index.commit()
    scene.site.clock.forward(minutes=1)
    index_anew(scene.site.site)
    assert list(faults_of(scene.site.site)) == []


@pytest.fixture
def neo4j() -> Iterator[Graph]:
    if not (uri := os.environ.get("TEST_NEO4J_URI")):
        pytest.skip("TEST_NEO4J_URI names no Neo4j")
    if "NEO4J_URI" in os.environ:
        pytest.skip("both sides would be one database, and this run has its turn already")
    engine = Engine(uri, os.environ.get("TEST_NEO4J_USER", "neo4j"), os.environ.get("TEST_NEO4J_PASSWORD", ""), None, shared=True)
    graph = engine.open()
    with turn(engine):
        yield graph
        wipe(graph)
    graph.close()


@pytest.mark.xdist_group("neo4j")
def test_from_the_embedded_engine_to_neo4j_and_back(scene: Scene, places: Any, neo4j: Graph, tmp_path: Path) -> None:
    before = digest_of(scene.site.graph)
    make_backup(scene.site.site, tmp_path / "copy", quietly)
    there = places(tmp_path / "copy", scene.site, neo4j)
    assert digest_of(neo4j) == before
    assert list(faults_of(there.site)) == []
    make_backup(there.site, tmp_path / "back", quietly)
    wipe(scene.site.graph)
    fill(scene.site.graph, looked_at(tmp_path / "back"), scene.site.site.files, no_bar)
    assert digest_of(scene.site.graph) == before
