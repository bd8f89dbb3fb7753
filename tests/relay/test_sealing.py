"""What was sealed can't be edited, deleted, added or moved without a trace."""

import pytest

from graph.records import value
from marketplace.relay.sealing import verify_chain
from tests.factories import Make
from tests.site import TestSite

ENTRIES = 12
TAMPERING = {
    "edit": "MATCH (e:AuditEntry {sequence: $n}) SET e.verb = 'nothing' RETURN e.id AS id",
    "field": "MATCH (e:AuditEntry {sequence: $n}) SET e.fields = ['name'] RETURN e.id AS id",
    "account": "MATCH (e:AuditEntry {sequence: $n}) SET e.account_id = 'somebody' RETURN e.id AS id",
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


@pytest.fixture
def sealed(site: TestSite, make: Make) -> TestSite:
    for _ in range(ENTRIES):
        make.organisation()
    site.drain()
    return site


def test_every_change_is_sealed_by_the_relay(sealed: TestSite) -> None:
    assert sealed.system.read(lambda tx: tx.one(COUNT, value("sealed"))) == ENTRIES
    assert sealed.system.read(verify_chain) == []


def test_the_chain_goes_on(sealed: TestSite, make: Make) -> None:
    make.account()
    assert sealed.system.read(verify_chain) != []
    sealed.drain()
    assert sealed.system.read(verify_chain) == []


@pytest.mark.parametrize("how", TAMPERING)
@pytest.mark.parametrize("place", [2, ENTRIES // 2, ENTRIES])
def test_tampering_is_found(sealed: TestSite, how: str, place: int) -> None:
    sealed.graph.write(lambda tx: tx.changed(TAMPERING[how], n=place))  # type: ignore[arg-type]
    assert sealed.system.read(verify_chain) != []


def test_an_added_entry_is_found(sealed: TestSite) -> None:
    sealed.graph.write(lambda tx: tx.run(ADD, at=sealed.clock.now(), n=ENTRIES + 1))
    assert sealed.system.read(verify_chain) != []


def test_a_lost_head_is_found(sealed: TestSite) -> None:
    sealed.graph.write(lambda tx: tx.run("MATCH (g:Guard {id: 'audit:head'}) DELETE g"))
    assert sealed.system.read(verify_chain) != []
