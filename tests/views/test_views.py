"""A saved view holds an address only; who shares it shares no eyes."""

import pytest
from flask.testing import FlaskClient

from marketplace.domains.organisations.model import Kind
from marketplace.domains.views.model import MOST_VIEWS, SavedViewText
from marketplace.domains.views.repository import get_view, list_own_views, list_shared_views
from marketplace.domains.views.service import create_view, delete_view, share_view
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.notices import list_notices
from tests.factories import Make
from tests.site import TestSite

ADDRESS = "/network/questions/path?a=x&b=y"
FILL = "MATCH (a:Account {id: $account}) UNWIND range(1, $most) AS n CREATE (a)-[:KEEPS]->(:SavedView {id: 'v' + toString(n), status: 'kept'})"


def text(title: str = "两家的联系", address: str = ADDRESS) -> SavedViewText:
    return SavedViewText(title=title, address=address)


@pytest.fixture
def officers(make: Make) -> dict[str, Actor]:
    """A street's officer, one of a union under it, one of another street, the district's above."""
    district = make.organisation("区总工会", kind=Kind.DISTRICT)
    street = make.organisation("酒仙桥街道", under=district)
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    return {
        "street": make.officer(street), "base": make.officer(base), "other": make.officer("望京街道"), "district": make.officer(district),
        "colleague": make.officer(street),
    }  # fmt: skip


def saved_by(site: TestSite, actor: Actor) -> str:
    return site.acting_as(actor).change(create_view, text()).id


def browser(site: TestSite, actor: Actor) -> FlaskClient:
    return site.client(actor)


def test_a_view_is_saved_opened_renamed_deleted_and_brought_back(site: TestSite, make: Make) -> None:
    me = make.account()
    mine = browser(site, me)
    page = mine.post(f"/views/new?address={ADDRESS}", data={"title": "  我的问题 ", "note": "给主席看", "address": ADDRESS, "key": "k1"})
    assert page.status_code == 302
    where = page.headers["Location"]
    assert f'href="{ADDRESS.replace("&", "&amp;")}"' in mine.get(where).text
    assert mine.post(f"{where}/edit", data={"title": "新名称", "note": "", "version": "1", "address": "/elsewhere", "key": "k2"}).status_code == 302
    view = site.acting_as(me).read(list_own_views, me.account_id)[0]
    assert (view.title, view.address) == ("新名称", ADDRESS)

    assert mine.post(f"{where}/delete", data={"key": "k3"}).status_code == 302
    listed = mine.get("/views").text
    assert f'action="{where}/restore"' in listed, "with undo"
    assert f'href="{where}"' not in listed
    assert mine.post(f"{where}/restore").status_code == 302
    assert "新名称" in mine.get("/views").text


def test_a_stale_name_shows_both(site: TestSite, make: Make) -> None:
    me = make.account()
    where = f"/views/{saved_by(site, me)}"
    mine = browser(site, me)
    assert mine.post(f"{where}/edit", data={"title": "甲", "version": "1", "address": ADDRESS, "key": "a"}).status_code == 302
    assert mine.post(f"{where}/edit", data={"title": "乙", "version": "1", "address": ADDRESS, "key": "b"}).status_code == 409


@pytest.mark.parametrize(
    "address",
    ["", "/search", "//evil.example/network", "/network//evil", "https://evil.example/network", "/network\\x", "/network/a b", "/network/../my",
     "javascript:alert(1)", "/networkx", "/network/" + "a" * 4_000],
)  # fmt: skip
def test_only_the_network_can_be_saved(site: TestSite, make: Make, address: str) -> None:
    with pytest.raises(Invalid):
        site.acting_as(make.account()).change(create_view, text(address=address))
    assert browser(site, make.account()).post("/views/new", data={"title": "x", "address": address}).status_code == 422


@pytest.mark.parametrize(
    "address", ["/network/", "/network", "/network/studio/01m8?steps=2&relation=MEMBER_OF&view=table", "/network/questions/solved?about=%E7%94%B5"]
)
def test_every_page_of_the_network_can_be(site: TestSite, make: Make, address: str) -> None:
    assert site.acting_as(make.account()).change(create_view, text(address=address)).address == address


def test_an_account_keeps_so_many(site: TestSite, make: Make) -> None:
    me = site.acting_as(make.account())
    site.graph.write(lambda tx: tx.run(FILL, account=me.actor.account_id, most=MOST_VIEWS))
    with pytest.raises(Refused):
        me.change(create_view, text())


def test_an_officer_shares_with_officers_of_the_same_subtree_only(site: TestSite, officers: dict[str, Actor], make: Make) -> None:
    id = saved_by(site, officers["street"])
    acting = site.acting_as(officers["street"])
    for name in ("base", "colleague"):
        acting.change(share_view, id, officers[name].account_id)
    for stranger in (officers["other"], officers["district"], make.account(), make.enterprise_user()):
        with pytest.raises(Invalid):
            acting.change(share_view, id, stranger.account_id)
    assert set(site.acting_as(officers["base"]).read(get_view, id).invited) == {officers["base"].account_id, officers["colleague"].account_id}
    offered = browser(site, officers["street"]).get(f"/views/{id}/share").text
    assert officers["other"].account_id not in offered
    assert officers["district"].account_id not in offered


def test_who_has_no_officers_role_shares_nothing(site: TestSite, make: Make, officers: dict[str, Actor]) -> None:
    me = make.account()
    id = saved_by(site, me)
    with pytest.raises(Forbidden):
        site.acting_as(me).change(share_view, id, officers["street"].account_id)
    assert browser(site, me).get(f"/views/{id}/share").status_code == 403


def test_each_invited_is_told_once_and_opens_it_with_their_own_eyes(site: TestSite, officers: dict[str, Actor]) -> None:
    id = saved_by(site, officers["street"])
    acting = site.acting_as(officers["street"])
    acting.change(share_view, id, officers["base"].account_id)
    site.drain()
    acting.change(share_view, id, officers["colleague"].account_id)
    site.drain()
    for name in ("base", "colleague"):
        told = site.acting_as(officers[name]).read(list_notices, officers[name].account_id)
        assert [(one.kind, one.entity_id, one.verb) for one in told] == [("view", id, "share")]
    assert site.acting_as(officers["street"]).read(list_notices, officers["street"].account_id) == []
    invited = browser(site, officers["base"])
    opened = invited.post(f"/notices/{told_id(site, officers['base'])}")
    assert opened.headers["Location"] == f"/views/{id}"
    assert "两家的联系" in invited.get("/views").text


def told_id(site: TestSite, actor: Actor) -> str:
    return site.acting_as(actor).read(list_notices, actor.account_id)[0].id


def test_a_view_that_is_not_shared_is_not_there_and_one_that_is_cannot_be_changed(site: TestSite, officers: dict[str, Actor]) -> None:
    id = saved_by(site, officers["street"])
    guest, stranger = browser(site, officers["base"]), browser(site, officers["other"])
    assert guest.get(f"/views/{id}").status_code == 404
    site.acting_as(officers["street"]).change(share_view, id, officers["base"].account_id)
    assert guest.get(f"/views/{id}").status_code == 200
    assert stranger.get(f"/views/{id}").status_code == 404
    for verb in ("delete", "share", "unshare", "restore", "edit"):
        assert guest.post(f"/views/{id}/{verb}", data={"title": "x", "who": officers["colleague"].account_id}).status_code == 403
        assert stranger.post(f"/views/{id}/{verb}", data={"title": "x"}).status_code == 404

    assert browser(site, officers["street"]).post(f"/views/{id}/unshare", data={"who": officers["base"].account_id, "key": "u"}).status_code == 302
    assert guest.get(f"/views/{id}").status_code == 404


def test_a_deleted_view_is_gone_for_those_it_was_shared_with(site: TestSite, officers: dict[str, Actor]) -> None:
    id = saved_by(site, officers["street"])
    acting, other = site.acting_as(officers["street"]), site.acting_as(officers["base"])
    acting.change(share_view, id, officers["base"].account_id)
    acting.change(delete_view, id)
    assert other.read(list_shared_views, officers["base"].account_id) == []
    with pytest.raises(NotFound):
        other.read(get_view, id)
    with pytest.raises(Refused):
        acting.change(delete_view, id)
