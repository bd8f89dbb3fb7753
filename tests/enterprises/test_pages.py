"""The pages of enterprises in a browser without script."""

from marketplace.domains.organisations.model import Kind
from tests.factories import Make
from tests.site import TestSite

FORM = {"name": "北京新企业有限公司", "union_name": "沃岭储能工会", "uscc": "91110000600037341L", "fields-0": "", "size": "small", "version": "0"}


def test_guest_sees_the_page_without_contacts(site: TestSite, make: Make) -> None:
    firm = make.enterprise("沃岭储能", contact_name="吴敬东", contact_phone="13900009091")
    as_guest, as_user = site.client().get(f"/enterprises/{firm.id}"), site.client(make.enterprise_user(firm)).get(f"/enterprises/{firm.id}")
    assert as_guest.status_code == as_user.status_code == 200
    assert "沃岭储能" in as_guest.text
    assert "13900009091" not in as_guest.text and "吴敬东" not in as_guest.text  # noqa: PT018
    assert "13900009091" in as_user.text


def test_officer_enters_an_enterprise_and_slips_are_said_at_the_field(site: TestSite, make: Make) -> None:
    street = make.organisation("酒仙桥街道")
    make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    browser = site.client(make.officer(of=street))
    wrong = browser.post("/enterprises/new", data=FORM | {"key": "a", "uscc": "91110000600037341X", "contact_phone": "x", "union_name": "无"})
    assert wrong.status_code == 422
    assert 'id="uscc-error"' in wrong.text and 'id="contact_phone-error"' in wrong.text  # noqa: PT018
    assert browser.post("/enterprises/new", data=FORM | {"key": "b", "union_name": "无"}).status_code == 422
    made = browser.post("/enterprises/new", data=FORM | {"key": "c"})
    assert made.status_code == 302
    assert "北京新企业有限公司" in browser.get(made.headers["Location"]).text


def test_stale_form_shows_both_texts(site: TestSite, make: Make) -> None:
    firm = make.enterprise("旧名")
    browser = site.client(make.enterprise_user(firm))
    sent = {"union_name": firm.union_name, "version": "1", "fields-0": ""}
    assert browser.post(f"/enterprises/{firm.id}/edit", data=sent | {"key": "a", "name": "第一"}).status_code == 302
    stale = browser.post(f"/enterprises/{firm.id}/edit", data=sent | {"key": "b", "name": "第二"})
    assert stale.status_code == 409
    assert "第一" in stale.text and "第二" in stale.text  # noqa: PT018
    history = browser.get(f"/enterprises/{firm.id}/versions/2")
    assert "旧名" in history.text and "第一" in history.text  # noqa: PT018


def test_who_may_read_but_not_act_gets_403_and_guests_are_asked_to_sign_in(site: TestSite, make: Make) -> None:
    firm = make.enterprise()
    assert site.client(make.enterprise_user()).get(f"/enterprises/{firm.id}/edit").status_code == 403
    assert site.client(make.enterprise_user()).get(f"/enterprises/{firm.id}/versions/1").status_code == 403
    assert site.client(make.account()).get("/enterprises/new").status_code == 403
    assert site.client().get(f"/enterprises/{firm.id}/edit").status_code == 302
    assert site.client().get("/enterprises/nothing").status_code == 404
