"""What an operator's check finds: each fault is made here once, in a store that was well before."""

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import NotFound
from marketplace.cli.check import faults_of
from marketplace.domains.organisations.model import Organisation
from search.document import Document
from tests.factories import Make
from tests.relay.scenes import import_public
from tests.site import TestSite

LATEST = 2**62


@pytest.fixture
def unit(site: TestSite, make: Make) -> Organisation:
    unit = make.organisation("酒仙桥街道总工会")
    site.system.change(import_public, unit.id, 3)
    site.drain()
    return unit


def faults(site: TestSite) -> list[str]:
    return list(faults_of(site.site))


def tamper(site: TestSite, **changes: Any) -> Document:
    """As somebody would who can write the index and not the graph."""
    document = next(iter(site.index.documents()))
    site.index.put([replace(document, version=2**62, **changes)])
    site.index.commit()
    return document


def test_a_store_that_is_well_has_no_fault(site: TestSite, unit: Organisation) -> None:
    assert faults(site) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"audience": ("signed-in", "system")}, "audience"),
        ({"title": "别的"}, "title"),
        ({"facets": {"area": ("别处",)}}, "facets"),
        ({"used": 9}, "used"),
    ],
)
def test_a_document_that_says_something_else_than_the_graph_is_a_fault(site: TestSite, unit: Organisation, change: dict[str, Any], name: str) -> None:
    document = tamper(site, **change)
    assert faults(site) == [f"index: differs {document.key} ({name})"]


def test_a_document_that_is_gone_and_one_too_many_are_faults(site: TestSite, unit: Organisation) -> None:
    document = next(iter(site.index.documents()))
    site.index.delete([document.key], LATEST)
    site.index.put([replace(document, key="stranger", id="stranger")])
    site.index.commit()
    assert faults(site) == [f"index: missing {document.key}", "index: extra stranger"]
    with pytest.raises(NotFound):
        site.find("achievement", "stranger")


def test_a_thing_that_cannot_be_read_is_named_and_hides_no_other_fault(site: TestSite, unit: Organisation) -> None:
    document, other = list(site.index.documents())[:2]
    site.graph.write(lambda tx: tx.run("MATCH (a:Achievement {id: $id}) SET a.created_at = 'once upon a time'", id=document.id))
    site.index.delete([other.key], LATEST)
    site.index.commit()
    found = faults(site)
    assert f"graph: can't be read: achievement {document.id}" in found
    assert f"index: missing {other.key}" in found


def test_what_the_graph_was_never_taught_is_a_fault(site: TestSite, unit: Organisation) -> None:
    site.graph.write(lambda tx: tx.run("MATCH (o:Organisation {id: $id}) CREATE (o)-[:OWNS]->(:Castle)", id=unit.id))
    assert {fault.split(":")[0] for fault in faults(site)} == {"ontology"}


def test_an_audit_entry_that_was_edited_is_a_fault(site: TestSite, unit: Organisation) -> None:
    site.graph.write(lambda tx: tx.run("MATCH (e:AuditEntry {kind: 'achievement'}) SET e.verb = 'praise'"))
    assert [fault for fault in faults(site) if fault.startswith("audit: entry")]
