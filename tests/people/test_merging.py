"""Two entries of one person become one, and two again."""

from dataclasses import replace
from typing import Any

import pytest

from graph.copying.rows import PASSING, plain
from graph.copying.walking import walk
from graph.errors import NotFound, Stale
from graph.ontology import ONTOLOGY
from graph.records import value
from graph.vault import is_sealed
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import revise_achievement
from marketplace.domains.studios.repository import get_studio
from marketplace.domains.workers.model import Level, Status, Worker, WorkerDetails, WorkerText
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.domains.workers.service import edit_worker
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.contributions import Answer
from marketplace.kernel.errors import Forbidden, Refused
from marketplace.kernel.memberships import get_worker_called
from marketplace.kernel.revisions import text_of
from marketplace.processes.duplicates.service import keep_apart
from marketplace.processes.identity.model import Merge, MergeStatus
from marketplace.processes.identity.repository import STAY, WRITE
from marketplace.processes.identity.service import merge_workers, plan_return, split_workers
from tests.factories import Make
from tests.people.scenes import IDENTITY, NUMBER, OTHER_NUMBER, PHONE, District, a_district, a_studio, a_work, twice, with_works
from tests.site import TestSite

BOOKKEEPING = PASSING | {"AuditEntry", "Merge", "AuditDay", "Notice", "PersonKey", "ChangedThing"}
AUDIENCE = "MATCH (a:Achievement {id: $id}) RETURN a.guarded_audience + a.audience AS audience"
COUNTED = ("version", "updated_at", "lock")


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


def merge(district: District, kept: Worker, gone: Worker, by: Actor | None = None) -> Merge:
    seen = {one.id: district.site.system.read(get_clear_worker, one.id).version for one in (kept, gone)}
    return district.site.acting_as(by or district.officer).change(merge_workers, kept.id, gone.id, seen)


def split(district: District, done: Merge) -> Any:
    return district.site.acting_as(district.officer).change(split_workers, done.id)


def picture(site: TestSite) -> set[str]:
    """All that the graph says, but for counters and what tells of the changes themselves."""
    said = set()
    for node in ONTOLOGY.nodes:
        if node.name not in BOOKKEEPING:
            for nodes, relations in walk(site.graph, node):
                said |= {f"{one.place} {sorted(_kept(one.properties).items())}" for one in nodes}
                said |= {f"{one.ends} {one.type} {sorted(_kept(one.properties).items())}" for one in relations}
    return said


def _kept(properties: dict[str, Any]) -> dict[str, Any]:
    """Of what lies sealed the digest speaks: the same number is sealed differently each time."""
    return {name: value for name, value in plain(properties).items() if name not in COUNTED and not (isinstance(value, str) and is_sealed(value))}


def test_map_and_moves_know_the_same_ways() -> None:
    """Whoever links people in a new way says here how it moves."""
    out = {(edge.name, target, True) for edge in ONTOLOGY.edges for source, target in edge.ends if source == "Worker"}
    into = {(edge.name, source, False) for edge in ONTOLOGY.edges for source, target in edge.ends if target == "Worker"}
    assert {way for way in out | into if way[0] not in STAY} == set(WRITE)


def test_everything_moves_and_shares_are_added(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    both, alone = with_works(district, one, other)
    merge(district, one, other)

    kept: Worker = site.system.read(get_clear_worker, one.id)
    assert {(held.skill, held.level) for held in kept.skills} == {("焊接", Level.TECHNICIAN), ("车削", Level.SENIOR), ("铣削", Level.JUNIOR)}
    assert {paper.certificate for paper in kept.certificates} == {NUMBER, OTHER_NUMBER}
    assert (kept.phone, kept.headline, kept.id_number, kept.works) == (PHONE, "泄压结构设计", IDENTITY, 2)
    assert [job.until is None for job in kept.jobs] == [True, False]
    assert kept.enterprise_name == "沃岭储能"
    shares = {share.worker_id: share.share for share in site.system.read(get_achievement, both.id).contributions}
    assert shares == {one.id: 5500, next(id for id in shares if id != one.id): 4500}
    assert site.system.read(get_achievement, alone.id).maker_ids == (one.id,)
    assert [member.role for member in site.system.read(get_studio, both.studio_id).present if member.worker_id == one.id] == ["lead"]


def test_the_one_who_went_is_nowhere_and_leads_to_the_one_who_stayed(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    with_works(district, one, other)
    site.drain()
    merge(district, one, other)
    site.drain()
    gone = site.system.read(get_clear_worker, other.id)
    assert gone.status is Status.MERGED
    with pytest.raises(NotFound):
        site.acting_as(district.officer).read(get_worker, other.id)
    browser = site.client(district.officer)
    assert browser.get(f"/workers/{other.id}").headers["Location"] == f"/workers/{one.id}"
    assert browser.get(f"/network/worker/{other.id}").status_code == 404
    assert [hit.id for hit in site.search(gone.number, district.officer).hits] == [one.id]
    assert site.acting_as(district.officer).read(get_worker_called, gone.number).id == one.id
    assert site.search("周立成", district.officer, kinds=("worker",)).total == 1


def test_merge_and_split_leave_the_graph_as_it_was(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    with_works(district, one, other)
    district.make.person(other)
    site.drain()
    before = picture(site)
    done = merge(district, one, other)
    assert picture(site) != before
    split(district, done)
    assert picture(site) == before
    site.drain()
    assert picture(site) == before
    assert site.search("周立成", district.officer, kinds=("worker",)).total == 2
    with pytest.raises(Refused):
        split(district, done)
    again = merge(district, other, one)
    split(district, again)
    assert picture(site) == before


def test_what_changed_since_stays_and_is_named(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    with_works(district, one, other)
    done = merge(district, one, other)
    kept: Worker = site.system.read(get_clear_worker, one.id)
    skills = tuple(held for held in kept.skills if held.skill != "车削")
    text = WorkerText(name=kept.name, headline="改过", level=kept.level, occupation=kept.occupation, skills=skills)
    site.acting_as(district.officer).change(edit_worker, one.id, kept.version, text, WorkerDetails())
    plan = split(district, done)
    assert "车削" not in {held.skill for held in site.system.read(get_clear_worker, other.id).skills}
    assert {place.relation for place in plan.lost} == {"HAS_SKILL"}
    assert site.system.read(get_clear_worker, one.id).headline == "改过"
    assert site.system.read(get_clear_worker, other.id).works == 2


def test_rights_follow_the_account(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    _both, alone = with_works(district, one, other)
    account = district.make.person(other).account_id
    merge(district, one, other)
    actor = site.system.read(actor_of_account, account, site.clock.now())
    assert actor.worker_id == one.id
    audience = site.graph.read(lambda tx: tx.one(AUDIENCE, value("audience"), id=alone.id))
    assert f"maker:{one.id}" in audience
    assert f"maker:{other.id}" not in audience
    assert site.acting_as(actor).read(get_clear_worker, one.id).phone == PHONE


def test_two_accounts_an_officer_elsewhere_and_oneself_are_refused(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    with pytest.raises(NotFound):
        merge(district, one, other, by=district.stranger)
    seen = {worker.id: worker.version for worker in (one, other)}
    with pytest.raises(NotFound):
        merge(district, one, other, by=district.make.person(one))
    both = replace(district.officer, worker_id=one.id, tokens=district.officer.tokens | {f"maker:{one.id}"})
    with pytest.raises(Forbidden):
        site.acting_as(both).change(merge_workers, one.id, other.id, seen)
    district.make.person(other)
    with pytest.raises(Refused):
        merge(district, one, other)
    with pytest.raises(Refused):
        merge(district, one, one)
    assert site.system.read(get_clear_worker, other.id).status is not Status.MERGED


def test_told_apart_is_not_merged(district: District) -> None:
    one, other = twice(district)
    district.site.acting_as(district.officer).change(keep_apart, one.id, other.id)
    with pytest.raises(Refused):
        merge(district, one, other)


def test_a_version_that_names_the_old_entry_is_decided_first(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    both, _alone = with_works(district, one, other)
    work = site.find("achievement", both.id)
    site.system.change(revise_achievement, work.id, work.version, text_of(work, AchievementText))
    with pytest.raises(Refused):
        merge(district, one, other)


def test_stale_is_refused_for_either_and_for_the_work_in_hand(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    both, _alone = with_works(district, one, other)
    for stale in (one, other):
        seen = {one.id: one.version, other.id: other.version} | {stale.id: stale.version - 1}
        with pytest.raises(Stale):
            site.acting_as(district.officer).change(merge_workers, one.id, other.id, seen)
    before = site.find("achievement", both.id)
    merge(district, one, other)
    with pytest.raises(Stale):
        site.system.change(revise_achievement, before.id, before.version, text_of(before, AchievementText))


def test_a_chain_is_undone_from_its_end(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    third = district.make.worker("周立城", at=district.firm)
    first = merge(district, one, other)
    second = merge(district, third, one)
    assert site.client(district.officer).get(f"/workers/{other.id}").headers["Location"] == f"/workers/{third.id}"
    with pytest.raises(Refused):
        split(district, first)
    split(district, second)
    split(district, first)
    assert {site.system.read(get_clear_worker, worker.id).status for worker in (one, other, third)} == {Status.SHOWN, Status.HIDDEN}


def test_answers_count_only_where_both_gave_them(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    both, _alone = with_works(district, one, other)
    merge(district, one, other)
    kept = next(share for share in site.find("achievement", both.id).contributions if share.worker_id == one.id)
    assert kept.answer is Answer.ASKED


def test_the_audit_names_verbs_and_fields_and_no_value(district: District) -> None:
    site, (one, other) = district.site, twice(district)
    both, _alone = with_works(district, one, other)
    done = merge(district, one, other)
    entries = [entry for id in (one.id, other.id, both.id) for entry in site.system.read(list_entries, id)]
    assert {"take-in", "merge", "merge-people"} <= {entry.verb for entry in entries}
    assert not any(value in str(entries) for value in (IDENTITY, PHONE, NUMBER))
    assert site.system.read(plan_return, done.id).merge.status is MergeStatus.DONE
    with pytest.raises(NotFound):
        site.acting_as(district.stranger).read(plan_return, done.id)


def test_shares_beyond_the_whole_are_refused(district: District) -> None:
    """No form can make such a work; an older register might."""
    site, (one, other) = district.site, twice(district)
    work = a_work(district, a_studio(district, (one, "lead")), "泄压装置", (one, 6000), (other, 4000))
    site.graph.write(lambda tx: tx.run("MATCH (:Worker)-[c:CONTRIBUTED_TO]->(a:Achievement {id: $id}) SET c.share = 6000", id=work.id))
    with pytest.raises(Refused):
        merge(district, one, other)
