"""Bytes to which nothing points leave the store, after their days of grace; what anything still names never does."""

import hashlib
import json
from dataclasses import dataclass

import pytest

from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.kernel.actor import Actor
from marketplace.kernel.files import Checked, Leaving, checked_file, place_of
from marketplace.kernel.stored_file import Access
from marketplace.kernel.workdays import local_day
from marketplace.processes.evidence.service import add_evidence, remove_evidence
from marketplace.relay.archiving import Archiving
from marketplace.relay.sweeping import Sweeping, digests_in
from tests.contracts.scenes import agree
from tests.factories import Make
from tests.site import TestSite

GRACE = 30
KEPT = "CREATE (v:Version {id: 'v1', entity_id: 'e1', kind: 'achievement', ordinal: 1, body: $body, audience: ['system']})"
BATCH = "CREATE (b:ImportBatch {id: 'b1', place: $place, report: $report, audience: ['system']})"


@dataclass
class Cellar:
    """A maker with two works, and the sweep of a night."""

    site: TestSite
    maker: Actor
    works: tuple[str, str]

    def keep(self, work: int, text: str) -> tuple[str, str]:
        """Its id and its place."""
        file = checked_file("证明.txt", text.encode())
        place = self.site.site.files.keep(file)
        return self.site.acting_as(self.maker).change(add_evidence, self.works[work], file, place, Access.MAKERS).id, place

    def drop(self, work: int, id: str) -> None:
        self.site.acting_as(self.maker).change(remove_evidence, self.works[work], id)

    def night(self, days: int = 1) -> tuple[int, int]:
        self.site.clock.forward(days=days)
        return Sweeping(self.site.graph, self.site.site.files, self.site.clock, GRACE).carry_out()

    def reads(self, place: str) -> bool:
        try:
            content = self.site.site.files.fetch(place)
        except FileNotFoundError:
            return False
        return place_of(hashlib.sha256(content).hexdigest()) == place


@pytest.fixture
def cellar(site: TestSite, make: Make) -> Cellar:
    maker = make.person(make.worker())
    works = [site.acting_as(maker).change(create_achievement, AchievementText(title=title)).id for title in ("泄压装置", "夹具")]
    return Cellar(site, maker, (works[0], works[1]))


def test_what_was_removed_is_gone_after_its_days_of_grace_and_not_before(cellar: Cellar) -> None:
    id, place = cellar.keep(0, "旧证明")
    assert cellar.night() == (0, 0)
    cellar.drop(0, id)
    assert cellar.night() == (1, 0)
    assert cellar.night(GRACE - 1) == (0, 0)
    assert cellar.reads(place)
    assert cellar.night() == (0, 1)
    assert not cellar.reads(place)
    assert list(cellar.site.site.files.list_places()) == []


def test_what_another_owner_names_too_stays(cellar: Cellar) -> None:
    first, place = cellar.keep(0, "同一份证明")
    second, same = cellar.keep(1, "同一份证明")
    assert place == same
    cellar.drop(0, first)
    assert (cellar.night(), cellar.night(2 * GRACE)) == ((0, 0), (0, 0))
    assert cellar.reads(place)
    cellar.drop(1, second)
    assert (cellar.night(), cellar.night(GRACE)) == ((1, 0), (0, 1))


def test_what_is_named_again_comes_back(cellar: Cellar) -> None:
    id, place = cellar.keep(0, "又用上了")
    cellar.drop(0, id)
    cellar.night()
    cellar.keep(1, "又用上了")
    cellar.night(2 * GRACE)
    assert cellar.reads(place)
    assert cellar.site.site.files.list_leaving() == []


def test_what_is_put_aside_at_the_moment_in_which_it_is_sent_is_not_lost(cellar: Cellar) -> None:
    """The bytes are stored before the graph tells of them: a sweep may come between."""
    file = checked_file("证明.txt", "正在上传".encode())
    place = cellar.site.site.files.keep(file)
    assert cellar.night() == (1, 0)
    cellar.site.acting_as(cellar.maker).change(add_evidence, cellar.works[0], file, place, Access.MAKERS)
    assert cellar.reads(place)
    assert (cellar.night(2 * GRACE), cellar.night(2 * GRACE)) == ((0, 0), (0, 0))
    assert cellar.reads(place)


def test_contracts_versions_uploads_and_archives_keep_what_they_name(site: TestSite, make: Make, cellar: Cellar) -> None:
    deal = agree(site, make)
    site.drain()
    store = site.site.files
    told = [store.keep(Checked(f"{name}.txt", "text/plain", name.encode())) for name in ("version", "upload", "report", "stray")]
    body = json.dumps({"files": [told[0].rpartition("/")[2]]})
    site.graph.write(lambda tx: tx.run(KEPT, body=body))
    site.graph.write(lambda tx: tx.run(BATCH, place=f"owner:{told[1]}", report=told[2]))
    site.clock.forward(days=200)
    assert Archiving(site.graph, store, site.clock, 180).carry_out() > 0
    before = set(store.list_places())
    cellar.night()
    assert (cellar.night(2 * GRACE), set(store.list_places())) == ((0, 1), before - {told[3]})
    assert deal.site is site


def test_a_version_that_speaks_of_a_file_is_found_by_its_digest_alone(site: TestSite) -> None:
    known, other = "a" * 64, "b" * 64
    site.graph.write(lambda tx: tx.run(KEPT, body=json.dumps({"digest": known})))
    assert site.system.read(digests_in, [known, other]) == {known}


def test_a_backup_takes_along_what_is_put_aside(cellar: Cellar) -> None:
    id, place = cellar.keep(0, "备份里要有")
    cellar.drop(0, id)
    cellar.night()
    store = cellar.site.site.files
    assert store.list_leaving() == [Leaving(local_day(cellar.site.clock.now()), place)]
    assert list(store.list_places()) == [place]
    assert store.find_sound(place) == "备份里要有".encode()
