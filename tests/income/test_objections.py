"""A contributor objects to their own line; the unit answers, with a second person where it is their own; the union decides what is passed on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from marketplace.domains.ledger.model import LedgerEntry, faults_of
from marketplace.domains.objections.model import Answer, Objection, Status
from marketplace.domains.objections.repository import get_objection
from marketplace.domains.payments.model import Kind
from marketplace.domains.payments.repository import list_payments
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.processes.objecting.repository import list_posting
from marketplace.processes.objecting.service import (
    answer_objection,
    cosign_answer,
    make_objection,
    refer_objection,
    send_back,
    settle_answered,
    take_objection_step,
)
from tests.factories import Make
from tests.income.scenes import Till, open_till
from tests.income.test_pages import page, send
from tests.site import TestSite


@pytest.fixture
def till(site: TestSite, make: Make) -> Till:
    paid = open_till(site, make)
    paid.pay(9_600)
    return paid


def line_of(till: Till, actor: Actor) -> LedgerEntry:
    return [one for one in till.entries() if one.account_id == actor.worker_id][-1]


def object_to(till: Till, actor: Actor | None = None, line: LedgerEntry | None = None) -> Objection:
    who = actor or till.deal.colleague
    return till.site.acting_as(who).change(make_objection, (line or line_of(till, who)).id, "我的份额应为 50%", [], 15, 5)


def halves(till: Till) -> Answer:
    return Answer("份额确为各半", ((till.deal.seller.worker_id, 5_000), (till.deal.colleague.worker_id, 5_000)))


def say(till: Till, actor: Actor, work: Callable[..., Objection], one: Objection, *rest: object) -> Objection:
    return till.site.acting_as(actor).change(work, one.id, one.version, *rest)


def test_objection_then_correction_and_the_sums_agree(till: Till) -> None:
    objection = object_to(till)
    assert objection.status is Status.OPEN

    done = say(till, till.clerk, answer_objection, objection, halves(till), 5)

    assert done.status is Status.CORRECTED
    assert till.sums() == {"received": -9_600, "tax": 544, "unit": 4_529, "studio": 905,
                           till.deal.seller.worker_id: 1_811, till.deal.colleague.worker_id: 1_811}  # fmt: skip
    assert faults_of(till.entries()) == []
    assert {one.reason for one in till.entries()[6:]} == {"份额确为各半"}


def test_only_ones_own_line_and_only_once(till: Till, make: Make) -> None:
    with pytest.raises(Forbidden):
        object_to(till, till.clerk, line_of(till, till.deal.colleague))
    for stranger in (till.deal.buyer, till.deal.officer, make.account()):
        with pytest.raises(NotFound):
            object_to(till, stranger, line_of(till, till.deal.colleague))
    with pytest.raises(NotFound):
        object_to(till, till.deal.colleague, line_of(till, till.deal.seller))
    object_to(till)
    with pytest.raises(Refused):
        object_to(till)


def test_the_time_to_object_counts_workdays(till: Till) -> None:
    till.site.clock.forward(days=21)
    object_to(till)
    till.site.clock.forward(days=1)
    with pytest.raises(Refused):
        object_to(till, till.deal.seller)


def test_who_has_a_line_answers_with_a_second_person(till: Till) -> None:
    objection = object_to(till)
    waits = say(till, till.deal.seller, answer_objection, objection, halves(till), 5)
    assert waits.status is Status.TO_COSIGN
    assert len(till.entries()) == 6
    with pytest.raises(Refused):
        say(till, till.deal.seller, cosign_answer, waits, 5)
    with pytest.raises(Forbidden):
        say(till, till.deal.colleague, cosign_answer, waits, 5)

    done = say(till, till.clerk, cosign_answer, waits, 5)

    assert (done.status, done.cosigned_by) == (Status.CORRECTED, till.clerk.account_id)
    assert till.sums()[till.deal.colleague.worker_id] == 1_811


def test_the_second_person_does_not_sign(till: Till) -> None:
    waits = say(till, till.deal.seller, answer_objection, object_to(till), halves(till), 5)
    back = say(till, till.clerk, send_back, waits, "先核对合同")
    assert (back.status, back.reason) == (Status.OPEN, "先核对合同")
    assert len(till.entries()) == 6


def test_not_content_it_goes_to_the_union_which_then_reads_the_posting(till: Till) -> None:
    objection = object_to(till)
    with pytest.raises(NotFound):
        till.site.acting_as(till.deal.officer).read(get_objection, objection.id)
    with pytest.raises(Refused):
        say(till, till.deal.colleague, refer_objection, objection, "太慢")
    kept = say(till, till.clerk, answer_objection, objection, Answer("按 40% 计"), 5)
    with pytest.raises(Forbidden):
        say(till, till.clerk, refer_objection, kept, "不是我的事")

    passed = say(till, till.deal.colleague, refer_objection, kept, "没有看合同附件")

    assert passed.status is Status.REFERRED
    officer = till.site.acting_as(till.deal.officer)
    assert len(officer.read(list_posting, objection.id)) == 6
    assert till.site.acting_as(till.deal.colleague).read(list_posting, objection.id)[0].entry.account_id == till.deal.colleague.worker_id
    upheld = officer.change(take_objection_step, passed.id, passed.version, "uphold", "附件写明各半")
    assert upheld.status is Status.UPHELD
    assert say(till, till.clerk, answer_objection, upheld, halves(till), 5).status is Status.CORRECTED
    assert till.sums()[till.deal.colleague.worker_id] == 1_811


def test_the_union_finds_that_the_reckoning_stands(till: Till) -> None:
    kept = say(till, till.clerk, answer_objection, object_to(till), Answer("按 40% 计"), 5)
    passed = say(till, till.deal.colleague, refer_objection, kept, "不同意")
    with pytest.raises(Forbidden):
        say(till, till.clerk, take_objection_step, passed, "dismiss", "我说了算")
    assert say(till, till.deal.officer, take_objection_step, passed, "dismiss", "协议写明 40%").status is Status.SETTLED
    with pytest.raises(Refused):
        say(till, till.clerk, answer_objection, till.site.system.read(get_objection, passed.id), Answer("再说"), 5)


def test_without_an_answer_in_time_it_can_be_passed_on(till: Till) -> None:
    objection = object_to(till)
    till.site.clock.forward(days=8)
    assert say(till, till.deal.colleague, refer_objection, objection, "逾期未答复").status is Status.REFERRED


def test_an_answer_that_nobody_passes_on_stands(till: Till) -> None:
    kept = say(till, till.clerk, answer_objection, object_to(till), Answer("按 40% 计"), 5)
    assert till.site.system.change(settle_answered) == 0
    till.site.clock.set(till.site.clock.now() + timedelta(days=8))
    assert till.site.system.change(settle_answered) == 1
    assert till.site.system.read(get_objection, kept.id).status is Status.SETTLED


@pytest.mark.parametrize("shares", [(5_000, 4_999), (10_001, 0), (9_999, 2)])
def test_a_correction_needs_whole_shares(till: Till, shares: tuple[int, int]) -> None:
    people = tuple(zip((till.deal.seller.worker_id, till.deal.colleague.worker_id), shares, strict=True))
    with pytest.raises(Invalid):
        say(till, till.clerk, answer_objection, object_to(till), Answer("改", people), 5)
    assert len(till.entries()) == 6


def test_a_refund_after_a_correction_goes_by_the_corrected_shares(till: Till) -> None:
    say(till, till.clerk, answer_objection, object_to(till), halves(till), 5)
    (paid,) = till.site.system.read(list_payments, till.contract.id)
    till.pay(4_800, Kind.REFUND, of=paid)
    assert (till.sums()[till.deal.seller.worker_id], till.sums()[till.deal.colleague.worker_id]) == (906, 905)
    till.pay(4_800, Kind.REFUND, of=paid)
    assert set(till.sums().values()) == {0}


def test_the_pages_of_an_objection(till: Till) -> None:
    line = line_of(till, till.deal.colleague)
    new = f"/income/objections/new/{line.id}"
    page(till, till.deal.colleague, new)
    page(till, till.deal.buyer, new, 404)
    assert send(till, till.deal.colleague, new, words="").status_code == 422
    made = send(till, till.deal.colleague, new, words="我的份额应为 50%")
    at = made.headers["Location"]
    assert "我的份额应为 50%" in page(till, till.clerk, at)
    for stranger in (till.deal.buyer, till.deal.officer):
        page(till, stranger, at, 404)
    page(till, till.deal.colleague, f"{at}/answer", 403)
    answer = {"verdict": "correct", "answer": "各半", "rows-0-worker_id": till.deal.seller.worker_id, "rows-0-share": "50",
              "rows-1-worker_id": till.deal.colleague.worker_id, "rows-1-share": ""}  # fmt: skip
    page(till, till.clerk, f"{at}/answer")
    assert send(till, till.clerk, f"{at}/answer", **answer).status_code == 422
    assert send(till, till.clerk, f"{at}/answer", **(answer | {"rows-1-share": "50"})).status_code == 302
    assert "18.11" in page(till, till.deal.colleague, "/income")
