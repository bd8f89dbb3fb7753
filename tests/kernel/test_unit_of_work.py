"""A change is one transaction with its audit entry and its event, whatever happens on the way."""

from dataclasses import replace

import pytest
from neo4j.exceptions import TransientError

from graph.errors import Stale
from graph.outbox import list_pending, list_withheld
from graph.records import value
from marketplace.domains.achievements.service import withdraw_achievement
from marketplace.domains.organisations.model import Kind, Organisation, OrganisationText
from marketplace.domains.organisations.service import create_organisation, edit_organisation
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.errors import AlreadyDone, Reused
from marketplace.kernel.form_keys import FormKey, form_key
from marketplace.kernel.unit_of_work import UnitOfWork, change
from tests.factories import Make
from tests.relay.scenes import set_scene
from tests.site import TestSite

COUNT = "MATCH (o:Organisation) RETURN count(o) AS units"
AUDITS = "MATCH (e:AuditEntry) RETURN count(e) AS entries"
TEXT = OrganisationText(name="酒仙桥街道总工会", kind=Kind.SUBDISTRICT)


def count(site: TestSite, statement: str, name: str) -> int:
    return int(site.system.read(lambda tx: tx.one(statement, value(name))))  # type: ignore[arg-type]


def create(site: TestSite, key: FormKey) -> Organisation:
    return change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: create_organisation(uow, TEXT), key=key)


def test_a_change_has_one_event_and_one_entry_that_name_each_other(site: TestSite) -> None:
    unit = site.system.change(create_organisation, TEXT)
    [event] = site.system.read(list_pending)
    assert (event.kind, event.entity_id, event.verb) == ("organisation", unit.id, "create")
    entry = "MATCH (e:AuditEntry {id: $id}) RETURN e.entity_id AS of"
    assert site.system.read(lambda tx: tx.one(entry, value("of"), id=event.audit_id)) == unit.id


def test_a_repeated_attempt_makes_the_same_thing_once(site: TestSite) -> None:
    attempts: list[str] = []

    def work(uow: UnitOfWork) -> Organisation:
        unit = create_organisation(uow, TEXT)
        attempts.append(unit.id)
        if len(attempts) < 3:
            raise TransientError("lost a lock")
        return unit

    assert site.system.change(work).id == attempts[0] == attempts[-1]
    assert (count(site, COUNT, "units"), count(site, AUDITS, "entries"), len(attempts)) == (1, 1, 3)


def test_what_fails_leaves_neither_entry_nor_event(site: TestSite) -> None:
    def work(uow: UnitOfWork) -> None:
        create_organisation(uow, TEXT)
        raise LookupError("a rule says no")

    with pytest.raises(LookupError):
        site.system.change(work)
    assert count(site, AUDITS, "entries") == 0
    assert site.system.read(list_pending) == []


def test_a_form_sent_twice_is_carried_out_once(site: TestSite) -> None:
    key = form_key("one-time", {"name": [TEXT.name], "csrf_token": ["a"]})
    unit = create(site, key)
    with pytest.raises(AlreadyDone) as done:
        create(site, form_key("one-time", {"name": [TEXT.name], "csrf_token": ["another"]}))
    assert (done.value.kind, done.value.entity_id) == ("organisation", unit.id)
    assert count(site, COUNT, "units") == 1


def test_a_used_key_with_another_body_is_refused(site: TestSite) -> None:
    create(site, form_key("one-time", {"name": ["one"]}))
    with pytest.raises(Reused):
        create(site, form_key("one-time", {"name": ["another"]}))


def test_an_old_version_is_refused(site: TestSite) -> None:
    unit = site.system.change(create_organisation, TEXT)
    site.system.change(edit_organisation, unit.id, 1, replace(TEXT, name="新名称"))
    with pytest.raises(Stale):
        site.system.change(edit_organisation, unit.id, 1, replace(TEXT, name="旧版本"))
    assert site.find("organisation", unit.id).name == "新名称"


def test_only_what_takes_away_is_withheld(site: TestSite, make: Make) -> None:
    scene = set_scene(site, make)
    published = scene.published()
    assert site.system.read(list_withheld) == frozenset()
    site.acting_as(scene.maker).change(withdraw_achievement, published.id, published.version)
    assert site.system.read(list_withheld) == {published.id}
    site.drain()
    assert site.system.read(list_withheld) == frozenset()
