"""What was sealed can't be edited, deleted, added or moved without a trace; nor what was put into an archive."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import pytest

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.chain import Archive, list_archives, list_links, verify
from marketplace.kernel.checks import Status, ask_check, list_checks
from marketplace.relay.archiving import Archiving, put_away
from marketplace.relay.checking import Checking
from tests.factories import Make
from tests.site import TestSite

ENTRIES = 12
TAMPERING: dict[str, LiteralString] = {
    "edit": "MATCH (e:AuditEntry {sequence: $n}) SET e.verb = 'nothing' RETURN e.id AS id",
    "field": "MATCH (e:AuditEntry {sequence: $n}) SET e.fields = ['name'] RETURN e.id AS id",
    "account": "MATCH (e:AuditEntry {sequence: $n}) SET e.account_id = 'somebody' RETURN e.id AS id",
    "purpose": "MATCH (e:AuditEntry {sequence: $n}) SET e.purpose = 'other' RETURN e.id AS id",
    "time": "MATCH (e:AuditEntry {sequence: $n}) SET e.at = e.at + duration({seconds: 1}) RETURN e.id AS id",
    "delete": "MATCH (e:AuditEntry {sequence: $n}) DETACH DELETE e RETURN $n AS id",
    "reorder": "MATCH (e:AuditEntry {sequence: $n}) MATCH (f:AuditEntry {sequence: $n - 1}) "
    "SET e.sequence = $n - 1, f.sequence = $n RETURN e.id AS id",
    "unseal": "MATCH (e:AuditEntry {sequence: $n}) SET e.seal = null RETURN e.id AS id",
}
ADD = """
CREATE (e:AuditEntry {id: 'added', kind: 'account', entity_id: 'x', verb: 'create', account_id: 'system', at: $at})
SET e.sequence = $n, e.previous = '', e.seal = ''
"""
COUNT = "MATCH (e:AuditEntry) WHERE e.seal IS NOT NULL RETURN count(e) AS sealed"
ROWS = "MATCH (e:AuditEntry) RETURN properties(e) AS row"
CLEAR = "MATCH (e:AuditEntry) DETACH DELETE e"
AGAIN = "UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row"


def faults(site: TestSite) -> tuple[str, ...]:
    return verify(site.graph, site.site.files.fetch).faults


@pytest.fixture
def sealed(site: TestSite, make: Make) -> TestSite:
    for _ in range(ENTRIES):
        make.organisation()
    site.drain()
    return site


def test_every_change_is_sealed_by_the_relay(sealed: TestSite) -> None:
    assert sealed.system.read(lambda tx: tx.one(COUNT, value("sealed"))) == ENTRIES
    assert faults(sealed) == ()


def test_the_chain_goes_on(sealed: TestSite, make: Make) -> None:
    make.account()
    assert faults(sealed) != ()
    sealed.drain()
    assert faults(sealed) == ()


@pytest.mark.parametrize("how", TAMPERING)
@pytest.mark.parametrize("place", [2, ENTRIES // 2, ENTRIES])
def test_tampering_is_found(sealed: TestSite, how: str, place: int) -> None:
    sealed.graph.write(lambda tx: tx.changed(TAMPERING[how], n=place))
    assert faults(sealed) != ()


@contextmanager
def tampered(site: TestSite, change: Callable[[Transaction], Any]) -> Iterator[None]:
    """Afterwards all entries stand as they stood."""
    kept = site.system.read(lambda tx: tx.all(ROWS, value("row")))
    site.graph.write(change)
    yield
    site.graph.write(lambda tx: tx.run(CLEAR))
    site.graph.write(lambda tx: tx.run(AGAIN, rows=kept))


@pytest.mark.slow
def test_a_hundred_random_tamperings_are_found_and_the_untouched_chain_is_not(site: TestSite, make: Make) -> None:
    """The control stands between all of them: put back as it was, the chain verifies again."""
    for _ in range(40):
        make.organisation()
    site.drain()
    chance, missed, false_alarms = random.Random(26), list[str](), 0
    for _round in range(100):
        how, place = chance.choice(sorted(TAMPERING)), chance.randrange(2, 41)
        with tampered(site, lambda tx, how=how, place=place: tx.changed(TAMPERING[how], n=place)):  # type: ignore[misc]
            missed += [] if faults(site) else [f"{how} at {place}"]
        false_alarms += bool(faults(site))
    assert (missed, false_alarms) == ([], 0)


@pytest.mark.parametrize("number", [ENTRIES + 1, ENTRIES + 1_000, ENTRIES // 2, 0])
def test_an_added_entry_is_found(sealed: TestSite, number: int) -> None:
    sealed.graph.write(lambda tx: tx.run(ADD, at=sealed.clock.now(), n=number))
    assert faults(sealed) != ()


def test_a_lost_head_is_found(sealed: TestSite) -> None:
    sealed.graph.write(lambda tx: tx.run("MATCH (g:Guard {id: 'audit:head'}) DELETE g"))
    assert faults(sealed) != ()


def test_of_two_who_have_the_same_piece_in_hand_one_puts_it_away(sealed: TestSite) -> None:
    """The second read it before the first had put it away; without the look under the guard the archives would have a gap for good."""
    links = sealed.system.read(list_links, 1, ENTRIES)
    pieces = [Archive(f"archive-{n}", sealed.clock.now(), 1, ENTRIES, links[0].previous, links[-1].seal, "place") for n in (1, 2)]
    assert [sealed.graph.write(lambda tx, one=one: put_away(tx, one)) for one in pieces] == [True, False]  # type: ignore[misc]
    assert [one.id for one in sealed.system.read(list_archives)] == ["archive-1"]


def archiving(site: TestSite) -> Archiving:
    return Archiving(site.graph, site.site.files, site.clock, 180)


def test_nothing_younger_than_half_a_year_is_put_away(sealed: TestSite) -> None:
    sealed.clock.forward(days=179)
    assert archiving(sealed).carry_out() == 0


def test_old_entries_move_to_a_file_and_the_chain_stays_whole(sealed: TestSite, make: Make) -> None:
    sealed.clock.forward(days=181)
    make.organisation()
    sealed.drain()
    assert archiving(sealed).carry_out() == ENTRIES
    assert archiving(sealed).carry_out() == 0
    assert sealed.system.read(lambda tx: tx.one(COUNT, value("sealed"))) == 1
    [archive] = sealed.system.read(list_archives)
    assert (archive.first, archive.last) == (1, ENTRIES)
    assert len(sealed.site.files.fetch(archive.place).splitlines()) == ENTRIES
    assert faults(sealed) == ()


@pytest.mark.parametrize("harm", ["edit", "cut", "lose", "forget"])
def test_tampering_with_an_archive_is_found(sealed: TestSite, harm: str) -> None:
    sealed.clock.forward(days=181)
    archiving(sealed).carry_out()
    [archive] = sealed.system.read(list_archives)
    file = sealed.site.settings.data / "files" / archive.place
    assert faults(sealed) == ()
    if harm == "edit":
        file.write_text(file.read_text("utf-8").replace('"verb": "create"', '"verb": "edit"', 1), "utf-8")
    elif harm == "cut":
        file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    elif harm == "lose":
        file.unlink()
    else:
        sealed.graph.write(lambda tx: tx.run("MATCH (a:AuditArchive) DELETE a"))
    assert faults(sealed) != ()


def test_an_administrator_has_the_audit_verified(sealed: TestSite, make: Make) -> None:
    keeper = sealed.acting_as(make.administrator())
    sealed.drain()
    keeper.change(ask_check)
    keeper.change(ask_check)
    sealed.drain()
    Checking(sealed.graph, sealed.site.files, sealed.clock).carry_out()
    [check] = keeper.read(list_checks)
    assert (check.status, check.faults, check.finished_at) == (Status.SOUND, (), sealed.clock.now())
    assert check.entries > ENTRIES
    sealed.graph.write(lambda tx: tx.changed(TAMPERING["edit"], n=3))
    keeper.change(ask_check)
    sealed.drain()
    Checking(sealed.graph, sealed.site.files, sealed.clock).carry_out()
    assert keeper.read(list_checks)[0].status is Status.FAULTY
