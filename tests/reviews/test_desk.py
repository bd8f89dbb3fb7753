"""The desk: who sees what, who holds what, what an officer must declare."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace.domains.achievements.model import Status
from marketplace.domains.achievements.service import publish_achievement, return_achievement
from marketplace.domains.reviews.model import Declaration
from marketplace.domains.reviews.service import claim_review, declare_relation, release_review, take_over_review
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import NotFound, Refused
from marketplace.kernel.reviewing import Review, list_reviews
from tests.factories import Make
from tests.reviews.scenes import Street, add_colleague, make_street
from tests.site import TestSite


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return make_street(site, make)


def case_of(site: TestSite, entity_id: str) -> Review:
    return site.system.read(list_reviews, entity_id)[-1]


def page(site: TestSite, actor: Actor, address: str = "/reviews") -> str:
    answer = site.client(actor).get(address)
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def test_a_submission_lies_on_the_desk_of_its_sub_district(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()

    shown = page(site, make.officer(street.unit))

    assert sent.title in shown
    assert sent.number in shown
    assert f"/achievements/{sent.id}/steps/publish" in shown


def test_another_sub_districts_officer_sees_nothing_of_it(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    stranger = make.officer("望京街道")

    assert sent.title not in page(site, stranger)
    assert sent.title not in page(site, stranger, f"/reviews?case={case_of(site, sent.id).id}")
    with pytest.raises(NotFound):
        site.acting_as(stranger).change(claim_review, case_of(site, sent.id).id)


def test_nobody_without_the_role_comes_in(site: TestSite, make: Make) -> None:
    assert site.client().get("/reviews").status_code == 302
    assert site.client(make.account()).get("/reviews").status_code == 403


def test_many_officers_claim_each_case_once(site: TestSite, make: Make, street: Street) -> None:
    cases = [case_of(site, street.submitted(f"成果{n}").id).id for n in range(3)]
    officers = [make.officer(street.unit) for _ in range(6)]

    def claim(pair: tuple[Actor, str]) -> str:
        try:
            return site.acting_as(pair[0]).change(claim_review, pair[1]).id
        except Refused:
            return ""

    with ThreadPoolExecutor(12) as crowd:
        won = [id for id in crowd.map(claim, [(officer, case) for officer in officers for case in cases]) if id]

    assert sorted(won) == sorted(cases)


def test_the_loser_reads_the_colleagues_name(site: TestSite, make: Make, street: Street) -> None:
    case = case_of(site, street.submitted().id)
    first, second = make.officer(street.unit), make.officer(street.unit)
    site.acting_as(first).change(claim_review, case.id)

    answer = site.client(second).post(f"/reviews/{case.id}/claim")

    assert answer.status_code == 409
    assert first.name in answer.text


def test_who_does_not_hold_it_can_neither_decide_nor_release(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    first, second = make.officer(street.unit), make.officer(street.unit)
    site.acting_as(first).change(claim_review, case_of(site, sent.id).id)

    with pytest.raises(Refused):
        site.acting_as(second).change(publish_achievement, sent.id, sent.version)
    assert site.client(second).post(f"/reviews/{case_of(site, sent.id).id}/release").status_code == 403
    assert "/steps/publish" not in page(site, second)


def test_a_released_case_is_free_again(site: TestSite, make: Make, street: Street) -> None:
    case = case_of(site, street.submitted().id)
    first, second = make.officer(street.unit), make.officer(street.unit)
    site.acting_as(first).change(claim_review, case.id)
    site.acting_as(first).change(release_review, case.id)

    assert site.acting_as(second).change(claim_review, case.id).claimed_by == second.account_id


def test_an_overdue_case_is_taken_over_and_no_other(site: TestSite, make: Make, street: Street) -> None:
    case = case_of(site, street.submitted().id)
    first, second = make.officer(street.unit), make.officer(street.unit)
    site.acting_as(first).change(claim_review, case.id)

    with pytest.raises(Refused):
        site.acting_as(second).change(take_over_review, case.id)
    site.clock.forward(days=10)
    assert site.acting_as(second).change(take_over_review, case.id).claimed_by == second.account_id


def test_a_colleague_of_the_makers_declares_first(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    colleague = add_colleague(site, make, street)

    assert "沃岭储能" in page(site, colleague)
    with pytest.raises(Refused):
        site.acting_as(colleague).change(publish_achievement, sent.id, sent.version)
    site.acting_as(colleague).change(declare_relation, case_of(site, sent.id).id, Declaration.NONE)
    published = site.acting_as(colleague).change(publish_achievement, sent.id, sent.version)

    assert published.status is Status.PUBLISHED


def test_who_stood_back_decides_no_more(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    colleague = add_colleague(site, make, street)
    site.acting_as(colleague).change(claim_review, case_of(site, sent.id).id)

    answer = site.client(colleague).post(f"/reviews/{case_of(site, sent.id).id}/declare", data={"declaration": "withdraw"})

    assert answer.status_code == 302
    assert case_of(site, sent.id).claimed_by == ""
    with pytest.raises(Refused):
        site.acting_as(colleague).change(publish_achievement, sent.id, sent.version)


def test_a_returned_case_waits_in_its_tab_until_it_comes_back(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    officer = make.officer(street.unit)
    site.acting_as(officer).change(return_achievement, sent.id, sent.version, "依据不清")

    shown = page(site, officer, "/reviews?tab=returned")

    assert sent.title in shown
    assert "依据不清" in shown
    assert sent.title not in page(site, officer)


def test_tabs_filters_and_orders_keep_what_fits(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    officer = make.officer(street.unit)

    for query, is_there in (
        ("tab=unclaimed", True), ("tab=mine", False), ("tab=today", False), ("tab=overdue", False), ("kind=achievement&sort=newest", True),
        ("kind=need", False), ("unit=周立成工作室&sort=unit", True), ("unit=别处", False), ("page=-1&sort=x&tab=y", True),
    ):  # fmt: skip
        assert (sent.title in page(site, officer, f"/reviews?{query}")) is is_there, query


def test_deciding_from_the_desk_returns_to_the_desk(site: TestSite, make: Make, street: Street) -> None:
    sent = street.submitted()
    officer = make.officer(street.unit)

    answer = site.client(officer).post(f"/achievements/{sent.id}/steps/publish", data={"version": sent.version, "back": "/reviews?tab=mine"})

    assert answer.headers["Location"] == "/reviews?tab=mine"
