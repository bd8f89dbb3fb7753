"""The pages of workers in a browser without script: what is masked for whom."""

from marketplace.domains.workers.model import WorkerDetails
from marketplace.domains.workers.repository import get_clear_worker
from tests.factories import Make
from tests.site import TestSite
from tests.workers.test_workers import BANK, IDENTITY, NUMBER, PHONE

NUMBERS = (IDENTITY, PHONE, BANK)
DETAILS = WorkerDetails(id_number=IDENTITY, phone=PHONE, bank_account=BANK)
FORM = {"name": "新人", "version": "0", "level": "", "occupation": ""}


def test_only_the_person_opens_their_own_numbers(site: TestSite, make: Make) -> None:
    worker = make.worker("周立成", at=make.enterprise(under=make.organisation("酒仙桥街道")), details=DETAILS)
    person, officer = site.client(make.person(worker)), site.client(make.officer(of="酒仙桥街道"))
    for browser in (person, officer):
        for page in (f"/workers/{worker.id}", f"/workers/{worker.id}/edit"):
            text = browser.get(page).text
            assert "110105********9613" in text and "136****4075" in text  # noqa: PT018
            assert not [number for number in NUMBERS if number in text]
            assert "1976-03-05" not in text
    shown = person.get(f"/workers/{worker.id}/own")
    assert all(number in shown.text for number in (*NUMBERS, "1976-03-05"))
    assert officer.get(f"/workers/{worker.id}/own").status_code == 403
    assert site.client(make.account()).get(f"/workers/{worker.id}/own").status_code == 403


def test_colleague_sees_the_card_alone_and_nothing_once_it_is_hidden(site: TestSite, make: Make) -> None:
    worker = make.worker("周立成", details=DETAILS, headline="泄压结构设计")
    colleague, person = site.client(make.account()), site.client(make.person(worker))
    card = colleague.get(f"/workers/{worker.id}")
    assert card.status_code == 200
    assert "泄压结构设计" in card.text and "****" not in card.text  # noqa: PT018
    assert person.post(f"/workers/{worker.id}/steps/withdraw_consent", data={"version": worker.version, "key": "a"}).status_code == 302
    hidden, missing = colleague.get(f"/workers/{worker.id}"), colleague.get("/workers/nothing")
    assert hidden.status_code == missing.status_code == 404
    assert colleague.get(f"/workers/{worker.id}/edit").status_code == 404
    assert site.client().get(f"/workers/{worker.id}").status_code == 302


def test_officer_enters_a_person_and_slips_are_said_at_the_field(site: TestSite, make: Make) -> None:
    firm = make.enterprise(under=make.organisation("酒仙桥街道"))
    browser = site.client(make.officer(of="酒仙桥街道"))
    slips = {"key": "a", "employer": firm.name, "id_number": IDENTITY[:-1] + "4", "phone": "123", "born_on": "2099-01-01"}
    wrong = browser.post("/workers/new", data=FORM | slips)
    assert wrong.status_code == 422
    assert all(f'id="{name}-error"' in wrong.text for name in ("id_number", "phone", "born_on"))
    row = {"certificates-0-certificate": NUMBER, "certificates-0-occupation": "", "certificates-0-level": ""}
    assert browser.post("/workers/new", data=FORM | row | {"key": "b", "employer": firm.name}).status_code == 422
    made = browser.post("/workers/new", data=FORM | {"key": "c", "employer": firm.name, "id_number": IDENTITY})
    assert made.status_code == 302
    assert "新人" in browser.get(made.headers["Location"]).text


def test_masked_form_sent_back_as_it_was_changes_no_number(site: TestSite, make: Make) -> None:
    worker = make.worker("周立成", at=make.enterprise(under=make.organisation("酒仙桥街道")), details=DETAILS)
    sent = FORM | {
        "key": "a",
        "name": "周立城",
        "version": str(worker.version),
        "id_number": "110105********9613",
        "phone": "136****4075",
        "bank_account": "",
    }
    assert site.client(make.officer(of="酒仙桥街道")).post(f"/workers/{worker.id}/edit", data=sent).status_code == 302
    kept = site.system.read(get_clear_worker, worker.id)
    assert (kept.name, kept.id_number, kept.phone, kept.bank_account) == ("周立城", IDENTITY, PHONE, "")


def test_transfer_by_form(site: TestSite, make: Make) -> None:
    street = make.organisation("酒仙桥街道")
    worker, there = make.worker(at=make.enterprise(under=street)), make.enterprise("京朔物流", under=street)
    browser = site.client(make.officer(of=street))
    page = f"/workers/{worker.id}/transfer"
    assert browser.get(page).status_code == 200
    assert browser.post(page, data={"key": "a", "version": "2", "employer": "无", "on": "2026-11-01"}).status_code == 422
    assert browser.post(page, data={"key": "b", "version": "2", "employer": "京朔物流", "on": "2026-11-01"}).status_code == 302
    assert site.system.read(get_clear_worker, worker.id).enterprise_id == there.id
