"""The pages of income: each reader sees what is theirs, bad input is told at its field, and a form that is sent fifty times does one thing."""

import io

import pytest
from werkzeug.test import TestResponse

from marketplace.domains.ledger.repository import list_postings
from marketplace.domains.payments.model import Kind
from marketplace.domains.payments.repository import list_payments
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import new_id
from tests.factories import Make
from tests.income.scenes import ROYALTIES, Till, open_till
from tests.site import TestSite


@pytest.fixture
def till(site: TestSite, make: Make) -> Till:
    return open_till(site, make)


def page(till: Till, actor: Actor, path: str, status: int = 200) -> str:
    answer = till.site.client(actor).get(path)
    assert answer.status_code == status, answer.text[:800]
    return answer.text


def send(till: Till, actor: Actor, path: str, **data: object) -> TestResponse:
    return till.site.client(actor).post(path, data={"key": new_id(), "version": "1"} | data)


def said(till: Till, **other: object) -> dict[str, object]:
    return {
        "kind": "instalment",
        "amount_fen": "96.00",
        "stage": "1",
        "refunds_id": "",
        "paid_on": till.today.isoformat(),
        "reference": "回单",
    } | other


def test_the_buyer_records_and_the_seller_confirms(till: Till) -> None:
    money = f"/contracts/{till.contract.id}/money"
    slip = {"file": (io.BytesIO("到账".encode()), "slip.txt")}
    assert send(till, till.deal.buyer, f"/contracts/{till.contract.id}/payments/new", **said(till), **slip).status_code == 302
    (recorded,) = till.site.system.read(list_payments, till.contract.id)
    assert "slip.txt" in page(till, till.deal.seller, money)

    assert send(till, till.deal.seller, f"/payments/{recorded.id}/steps/confirm").status_code == 302

    seller = page(till, till.deal.seller, money)
    for figure in ("96.00", "5.44", "90.56", "45.29", "9.05", "21.7320", "21.74", "14.4880", "14.48"):
        assert figure in seller
    assert "slip.txt" in page(till, till.deal.buyer, money)


def test_the_buyer_sees_nothing_of_the_sharing_and_a_contributor_their_own_line(till: Till) -> None:
    till.pay(9_600)
    money = f"/contracts/{till.contract.id}/money"
    buyer, colleague = page(till, till.deal.buyer, money), page(till, till.deal.colleague, money)
    for figure in ("5.44", "45.29", "21.74", "14.48"):
        assert figure not in buyer
    assert "14.48" in colleague
    for figure in ("45.29", "21.74"):
        assert figure not in colleague
    assert "21.74" in page(till, till.clerk, money)


def test_my_income_says_how_each_line_was_reckoned(till: Till) -> None:
    till.pay(9_600)
    mine = page(till, till.deal.colleague, "/income")
    assert "36.22 × 40%" in mine
    assert "14.48" in mine
    assert "21.74" not in mine
    assert "14.48" not in page(till, till.deal.buyer, "/income")
    for format in ("csv", "xlsx"):
        assert send(till, till.deal.colleague, "/income/export", format=format).status_code == 200
        assert send(till, till.clerk, f"/contracts/{till.contract.id}/money/export", format=format).status_code == 200
    assert "36.22 × 40%" in send(till, till.deal.colleague, "/income/export", format="csv").text


BAD = [
    ("amount_fen", "-1"), ("amount_fen", "abc"), ("amount_fen", "1e99"), ("amount_fen", ""), ("amount_fen", "0"), ("kind", "royalty"), ("kind", "?"),
    ("stage", "9"), ("paid_on", "x"), ("paid_on", "2999-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD)
def test_bad_input_is_told_and_nothing_is_lost(till: Till, field: str, value: str) -> None:
    answer = send(till, till.deal.buyer, f"/contracts/{till.contract.id}/payments/new", **said(till, **{field: value}))
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert "回单" in answer.text


def test_a_form_sent_fifty_times_is_one_payment(till: Till) -> None:
    client, data = till.site.client(till.deal.buyer), said(till, key=new_id())
    assert {client.post(f"/contracts/{till.contract.id}/payments/new", data=data).status_code for _time in range(50)} == {302}
    (recorded,) = till.site.system.read(list_payments, till.contract.id)
    client, key = till.site.client(till.deal.seller), new_id()
    answers = [client.post(f"/payments/{recorded.id}/steps/confirm", data={"key": key, "version": "1"}) for _time in range(50)]
    assert {one.status_code for one in answers} == {302}
    assert till.sums()["received"] == -9_600


def test_officers_and_strangers_find_nothing(till: Till, make: Make) -> None:
    paid = till.pay(9_600)
    (posting,) = till.site.system.read(list_postings, till.contract.id)
    for stranger in (till.deal.officer, make.enterprise_user(), make.administrator(), make.account()):
        for path in (f"/contracts/{till.contract.id}/money", f"/payments/{paid.id}", f"/income/postings/{posting.id}"):
            page(till, stranger, path, 404)
    page(till, till.deal.buyer, f"/income/postings/{posting.id}", 404)
    page(till, till.deal.buyer, f"/contracts/{till.contract.id}/payments/new")
    page(till, till.deal.seller, f"/contracts/{till.contract.id}/payments/new", 403)


def test_a_keeper_without_a_line_corrects_and_the_sums_agree(site: TestSite, make: Make) -> None:
    till = open_till(site, make, ROYALTIES)

    till.pay(9_600, Kind.ROYALTY)
    (posting,) = till.site.system.read(list_postings, till.contract.id)
    form = {
        "rows-0-worker_id": till.deal.seller.worker_id,
        "rows-0-share": "50",
        "rows-1-worker_id": till.deal.colleague.worker_id,
        "rows-1-share": "50",
    }
    correct = f"/income/postings/{posting.id}/correct"
    assert send(till, till.deal.seller, correct, **form, reason="份额写反").status_code == 409
    assert send(till, till.clerk, correct, **(form | {"rows-1-share": "49"}), reason="份额写反").status_code == 422

    assert send(till, till.clerk, correct, **form, reason="份额写反").status_code == 302

    assert (till.sums()[till.deal.seller.worker_id], till.sums()[till.deal.colleague.worker_id]) == (1_811, 1_811)
    assert sum(till.sums().values()) == 0
    assert "份额写反" in page(till, till.deal.colleague, "/income")


def test_the_rules_page(site: TestSite, make: Make) -> None:
    till = open_till(site, make, ruled=False)
    rules = f"/enterprises/{till.contract.seller.enterprise_id}/share-rules"
    text = {"clause": "办法第 6 条", "unit_bp": "50", "studio_bp": "10", "contributors_bp": "40", "vat_bp": "6", "effective_from": "2025-01-01"}
    page(till, till.deal.buyer, rules, 403)
    page(till, till.deal.colleague, rules)
    assert send(till, till.deal.colleague, rules, **text).status_code == 403
    assert send(till, till.clerk, rules, **(text | {"unit_bp": "51"})).status_code == 422
    assert send(till, till.clerk, rules, **(text | {"unit_bp": "x"})).status_code == 422
    assert send(till, till.clerk, rules, **text).status_code == 302
    assert "办法第 6 条" in page(till, till.deal.colleague, rules)
