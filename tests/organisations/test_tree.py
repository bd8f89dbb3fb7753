"""The tree of units: rights follow the lineage, whichever way it runs and wherever it moves."""

from dataclasses import replace

import pytest

from marketplace.domains.organisations.model import Kind, Organisation, OrganisationText
from marketplace.domains.organisations.repository import list_lineage
from marketplace.domains.organisations.service import create_organisation, edit_organisation
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import text_of
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def district(make: Make) -> Organisation:
    return make.organisation("朝阳区总工会", kind=Kind.DISTRICT)


@pytest.fixture
def street(make: Make, district: Organisation) -> Organisation:
    return make.organisation("酒仙桥街道总工会", under=district)


@pytest.fixture
def other(make: Make, district: Organisation) -> Organisation:
    return make.organisation("将台地区总工会", under=district)


def under(site: TestSite, unit: Organisation, *parents: Organisation) -> Organisation:
    """Moved there by whoever may."""
    now = site.find("organisation", unit.id)
    text = replace(text_of(now, OrganisationText), parent_ids=tuple(parent.id for parent in parents))
    return site.system.change(edit_organisation, unit.id, now.version, text)


def test_a_unit_with_two_parents_belongs_to_the_officers_of_both(site: TestSite, make: Make, district: Organisation, street: Organisation) -> None:
    industry = make.organisation("电子行业工会联合会", kind=Kind.INDUSTRY, under=district)
    base = under(site, make.organisation("某厂工会", kind=Kind.BASE, under=street), street, industry)
    assert base.lineage[0] == base.id
    assert sorted(base.lineage) == sorted({base.id, street.id, industry.id, district.id})
    for unit in (street, industry, district):
        assert make.officer(of=unit).can(Permission.ORGANISATION_EDIT, base)


def test_another_sub_districts_officer_acts_on_nothing_here(site: TestSite, make: Make, street: Organisation, other: Organisation) -> None:
    base = make.organisation("某厂工会", kind=Kind.BASE, under=street)
    stranger = site.acting_as(make.officer(of=other))
    text = replace(text_of(base, OrganisationText), name="改了名字")
    with pytest.raises(Forbidden):
        stranger.change(edit_organisation, base.id, base.version, text)
    with pytest.raises(Forbidden):
        stranger.change(create_organisation, OrganisationText(name="新的工会", kind=Kind.BASE, parent_ids=(street.id,)))
    assert site.find("organisation", base.id).name == "某厂工会"


def test_a_unit_that_moves_takes_the_rights_over_its_whole_subtree_along(
    site: TestSite, make: Make, street: Organisation, other: Organisation
) -> None:
    works = make.organisation("集团工会", kind=Kind.BASE, under=street)
    shop = make.organisation("车间工会", kind=Kind.BASE, under=works)
    before, after = make.officer(of=street), make.officer(of=other)
    under(site, works, other)
    moved = site.find("organisation", shop.id)
    assert not before.can(Permission.ORGANISATION_EDIT, moved)
    assert after.can(Permission.ORGANISATION_EDIT, moved)
    assert moved.area == other.area


def test_what_stays_below_one_parent_is_lost_only_to_the_other(site: TestSite, make: Make, street: Organisation, other: Organisation) -> None:
    works = make.organisation("集团工会", kind=Kind.BASE, under=street)
    shop = under(site, make.organisation("车间工会", kind=Kind.BASE, under=works), works, other)
    under(site, works)
    moved = site.find("organisation", shop.id)
    assert street.id not in moved.lineage
    assert other.id in moved.lineage


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_unit_is_below_itself(site: TestSite, make: Make, street: Organisation, depth: int) -> None:
    works = make.organisation("集团工会", kind=Kind.BASE, under=street)
    line = [street, works, make.organisation("车间工会", kind=Kind.BASE, under=works)]
    with pytest.raises(Invalid):
        under(site, street, line[depth])
    assert site.find("organisation", street.id) == street


def test_only_an_administrator_founds_a_unit_without_parents(site: TestSite, make: Make, district: Organisation) -> None:
    text = OrganisationText(name="通州区总工会", kind=Kind.DISTRICT)
    with pytest.raises(Forbidden):
        site.acting_as(make.officer(of=district)).change(create_organisation, text)
    assert site.acting_as(make.administrator()).change(create_organisation, text).lineage != ()


def test_past_parents_keep_their_dates(site: TestSite, make: Make, street: Organisation, other: Organisation) -> None:
    base = make.organisation("某厂工会", kind=Kind.BASE, under=street)
    site.clock.forward(days=3)
    under(site, base, other)
    spans = "MATCH (:Organisation {id: $id})-[r:PART_OF]->(p:Organisation) RETURN p.id AS id, r.since AS since, r.until AS until"
    found = {row["id"]: row for row in site.system.read(lambda tx: tx.all(spans, lambda one: one.data(), id=base.id))}
    assert found[street.id]["until"] == found[other.id]["since"]
    assert found[other.id]["until"] is None


def test_a_page_says_what_it_stands_under(site: TestSite, make: Make, district: Organisation, street: Organisation) -> None:
    """The embedded engine unwound nothing where a list was taken from the node it had just found."""
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    assert [one.id for one in site.system.read(list_lineage, base.id)] == [base.id, street.id, district.id]
    assert street.name in site.client().get(f"/organisations/{base.id}").get_data(as_text=True)
