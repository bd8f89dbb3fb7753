"""What nobody should send: a clear message at the field or a plain page, 4xx, nothing half saved, no trace."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from marketplace.kernel.actor import Actor
from tests.enquiries.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite

NEED = {"version": "0", "title": "叉车电池过温", "abstract": "每周误停", "visibility": "open", "problem": "库区严禁动火", "deadline": "2027-03-31"}
WORK = {"version": "0", "title": "泄压装置", "kind": "innovation", "maturity_scale": "TRL", "studio": "none"}
PATENT = {"version": "0", "title": "夹具", "patent_number": "201710601862.3", "type": "1", "legal_status": "granted", "filed_on": "2017-07-21"}
OFFER = {"version": "0", "title": "泄压改造", "contract_kind": "service", "price_mode": "negotiable", "sub_kind": "", "valid_until": "2027-05-31"}
FORMS: dict[str, dict[str, Any]] = {"/needs/new": NEED, "/achievements/new": WORK, "/patents/new": PATENT, "/listings/new": OFFER}
COUNT = "MATCH (n) WHERE NOT n:Session RETURN count(n) AS nodes"
BAD = [
    *[(path, {"title": text}, "title") for path in FORMS for text in ("", "   ", "长" * 500, "\u200b\x07")],
    *[(path, {"title": f"a{text}"}, "") for path in FORMS for text in ("\x00", "\ufffd")],
    ("/needs/new", {"visibility": "everybody"}, "visibility"), ("/needs/new", {"budget_low_fen": "many"}, "budget_low_fen"),
    ("/needs/new", {"budget_low_fen": "-1"}, "budget_low_fen"), ("/needs/new", {"budget_low_fen": "9" * 30}, "budget_low_fen"),
    ("/needs/new", {"deadline": "tomorrow"}, "deadline"), ("/needs/new", {"budget_low_fen": "9", "budget_high_fen": "1"}, "budget_high_fen"),
    ("/achievements/new", {"kind": "miracle"}, "kind"), ("/achievements/new", {"maturity": "11"}, "maturity"),
    ("/achievements/new", {"maturity": "nine"}, "maturity"), ("/achievements/new", {"gain_before": "1e99"}, "gain_before"),
    ("/achievements/new", {"contributions-0-worker_id": "ME", "contributions-0-share": "60"}, "contributions"),
    ("/achievements/new", {"contributions-0-worker_id": "ME", "contributions-0-share": "101"}, "contributions"),
    ("/patents/new", {"patent_number": "201710601862.4"}, "patent_number"), ("/patents/new", {"type": "7"}, "type"),
    ("/patents/new", {"granted_on": "2016-01-01"}, "granted_on"), ("/patents/new", {"filed_on": "2999-01-01"}, "filed_on"),
    ("/listings/new", {"price_mode": "fixed"}, "price_fen"), ("/listings/new", {"valid_from": "2028-01-01"}, "valid_until"),
    ("/listings/new", {"royalty_bp": "101"}, "royalty_bp"), ("/listings/new", {"contract_kind": "gift"}, "contract_kind"),
]  # fmt: skip


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def writer(market: Market, path: str) -> Actor:
    return market.buyer if path.startswith(("/needs", "/patents")) else market.maker


def nodes(site: TestSite) -> int:
    return int(site.graph.read(lambda tx: tx.one(COUNT, lambda row: row["nodes"]), reader=("system",)))


def plain(answer: TestResponse) -> bool:
    return 400 <= answer.status_code < 500 and "Traceback" not in answer.text


def post(site: TestSite, market: Market, path: str, key: str = "k", **changes: Any) -> TestResponse:
    actor = writer(market, path)
    mine = {"owner": actor.parties[0].id, "enterprise_id": actor.parties[0].id} if actor.parties else {}
    said = {name: actor.worker_id if value == "ME" else value for name, value in changes.items()}
    data = {name: value.encode("utf-8", "surrogatepass") for name, value in (FORMS[path] | mine | said | {"key": key}).items()}
    return site.client(actor).post(path, data=data)


@pytest.mark.parametrize("path", FORMS)
def test_it_is_said_at_the_field_and_nothing_is_saved(site: TestSite, market: Market, path: str) -> None:
    """All of them in one market: none leaves anything behind."""
    before = nodes(site)
    for changes, field in [(changes, field) for form, changes, field in BAD if form == path]:
        answer = post(site, market, path, **changes)
        assert plain(answer), changes
        assert answer.status_code == (422 if field else 400), changes
        assert f'id="{field}-error"' in answer.text if field else True, changes
        assert nodes(site) == before, changes


@pytest.mark.parametrize("path", FORMS)
def test_what_is_no_text_behind_percent_signs_is_refused_plainly(site: TestSite, market: Market, path: str) -> None:
    before = nodes(site)
    browser = site.client(writer(market, path))
    mine = "&".join(f"{name}={value}" for name, value in FORMS[path].items() if name != "title")
    for sent in ("%ED%A0%80", "%FF", "%C3", "a%ED%BF%BFb"):
        answer = browser.post(path, data=f"{mine}&title={sent}", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, plain(answer)) == (400, True), sent
        assert browser.get(f"/search?q={sent}").status_code == 400, sent
        assert nodes(site) == before, sent


def test_percent_signs_that_somebody_typed_are_text(site: TestSite, market: Market) -> None:
    answer = post(site, market, "/needs/new", title="降耗 20%ED%A0%80")
    assert "降耗 20%ED%A0%80" in site.client(market.buyer).get(answer.headers["Location"]).text
    assert site.client().get("/search", query_string={"q": "降耗 20%"}).status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_odd_but_speakable_text_is_kept_escaped_and_unknown_names_change_nothing(site: TestSite, market: Market, path: str) -> None:
    answer = post(site, market, path, title="<b>𠮷野家</b>😀", status="published", number="X-1", entered_by="somebody")
    page = site.client(writer(market, path)).get(answer.headers["Location"]).text
    assert "&lt;b&gt;𠮷野家&lt;/b&gt;😀" in page
    assert "<b>𠮷" not in page
    assert "X-1" not in page


@pytest.mark.parametrize("path", FORMS)
def test_the_same_form_sent_twice_has_one_effect(site: TestSite, market: Market, path: str) -> None:
    first = post(site, market, path)
    before = nodes(site)
    assert post(site, market, path).headers["Location"] == first.headers["Location"]
    assert nodes(site) == before


@pytest.mark.parametrize("path", FORMS)
def test_another_form_with_a_used_key_is_refused_and_changes_nothing(site: TestSite, market: Market, path: str) -> None:
    assert post(site, market, path).status_code == 302
    before = nodes(site)
    answer = post(site, market, path, title="Another title")
    assert answer.status_code == 422
    assert "之前已提交过" in answer.text
    assert nodes(site) == before


def test_a_file_that_is_not_what_it_says_is_refused(site: TestSite, market: Market) -> None:
    before, browser = nodes(site), site.client(market.maker)
    for name, content, access in (("a.pdf", b"MZ", "makers"), ("a.png", b"%PDF-", "makers"), ("a.exe", b"MZ", "makers"), ("a.txt", b"a", "all")):
        data = {"file": (BytesIO(content), name), "access": access}
        assert plain(browser.post(f"/achievements/{market.work.id}/files", data=data)), name
        assert nodes(site) == before, name


def test_an_upload_over_the_limit_is_a_plain_page(site: TestSite, market: Market) -> None:
    site.app.config["MAX_CONTENT_LENGTH"] = 1_000
    answer = site.client(market.maker).post(f"/achievements/{market.work.id}/files", data={"file": (BytesIO(b"x" * 2_000), "a.txt")})
    assert answer.status_code == 413


def test_a_stale_version_shows_both_texts(site: TestSite, market: Market) -> None:
    path = post(site, market, "/achievements/new").headers["Location"]
    browser = site.client(market.maker)
    assert browser.post(f"{path}/edit", data=WORK | {"version": "1", "key": "a", "title": "他们的标题"}).status_code == 302
    answer = browser.post(f"{path}/edit", data=WORK | {"version": "1", "key": "b", "title": "我的标题"})
    assert answer.status_code == 409
    assert "他们的标题" in answer.text
    assert "我的标题" in answer.text


def test_an_id_of_another_kind_is_not_there(site: TestSite, market: Market) -> None:
    browser = site.client(market.maker)
    for kind in ("listings", "needs", "patents", "studios", "associations", "enterprises", "enquiries"):
        assert browser.get(f"/{kind}/{market.work.id}").status_code == 404, kind


def test_addresses_that_no_link_has_are_plain_pages(site: TestSite) -> None:
    many = ["&".join(f"area=a{n}" for n in range(60)), "&".join(f"area={n}" for n in range(10_000))]
    for query in ("page=-1", "page=x", "sort=odd", *many):
        assert plain(site.client().get(f"/search?{query}")), query[:60]
