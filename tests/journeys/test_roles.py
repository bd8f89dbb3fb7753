"""Two administrators make a third; an officer lends a role while away, the substitute acts for them, and the end date passes; an officer asks why."""

import pytest
from playwright.sync_api import expect

from marketplace.domains.accounts.repository import get_account
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import list_entries
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import declared
from marketplace.kernel.roles import Role
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("roles journeys")]


def login_of(live: Live, actor: Actor) -> str:
    return live.site.system.read(get_account, actor.account_id).login


def test_one_administrator_proposes_and_another_confirms(live: Live, visit: Visit) -> None:
    a_district(live)
    root = live.make.unit("北京市朝阳区总工会")
    first, second = (live.make.holding(Role.ADMINISTRATOR, "organisation", root.id) for _ in range(2))
    newcomer = live.make.account("梁玉")
    one = visit("the first administrator", first)
    one.go(f"/roles/organisation/{root.id}")
    one.page.get_by_label(zh("Sign-in name or number")).fill("nobody-of-this-name")
    one.page.get_by_label(zh("Role"), exact=True).select_option(Role.ADMINISTRATOR)
    one.press(one.button(zh("Give the role")), 422)
    assert one.sees(zh("No account of this sign-in name or number."))
    assert one.page.get_by_label(zh("Sign-in name or number")).input_value() == "nobody-of-this-name"
    one.page.get_by_label(zh("Sign-in name or number")).fill(login_of(live, newcomer))
    one.press(one.button(zh("Give the role")))
    assert one.sees(zh("Waits for a second administrator"))
    assert one.sees(zh("Another administrator decides about it, not the one concerned."))
    assert one.button(zh("Confirm")).count() == 0

    other = visit("the second administrator", second)
    other.go("/roles")
    other.press(other.link(zh("What waits for a second administrator")))
    other.press(other.page.locator("main table a").first)
    other.press(other.button(zh("Refuse")), 422)
    assert other.sees(zh("Give the reason: it is shown to those concerned."))
    other.press(other.button(zh("Confirm")))
    assert other.sees(zh("Confirmed"))

    third = visit("the third administrator", newcomer)
    third.go("/accounts")
    third.go("/roles/requests")


def a_colleague(live: Live, visit: Visit, cast: Cast) -> tuple[Visitor, Visitor, Actor]:
    substitute = live.make.account("李楠")
    return visit("the officer", cast.officer), visit("the substitute", substitute), substitute


def test_a_substitute_acts_for_the_officer_until_the_end_date(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    work = cast.submitted("绝缘子带电清扫臂")
    live.site.drain()
    officer, other, substitute = a_colleague(live, visit, cast)
    other.go("/reviews", 403)
    officer.go("/roles")
    officer.press(officer.link(zh("Lend")))
    officer.page.get_by_label(zh("Sign-in name or number")).fill(login_of(live, substitute))
    officer.page.get_by_label(zh("Last day")).fill("2027-11-29")
    officer.press(officer.button(zh("Lend")), 422)
    officer.page.get_by_label(zh("Last day")).fill("2026-11-29")
    officer.press(officer.button(zh("Lend")))
    assert officer.sees("李楠")

    other.go("/my")
    sign_in_again(other, live, substitute)
    expect(other.page.locator("header .account-name")).to_contain_text(zh("for %(name)s") % {"name": cast.officer.name})
    other.go(f"/achievements/{work.id}")
    other.press(other.main("form[action$='/steps/publish'] button").first)
    entry = live.site.system.read(list_entries, work.id)[-1]
    assert (entry.verb, entry.account_id, entry.for_account) == ("publish", substitute.account_id, cast.officer.account_id)
    other.go("/roles")
    assert other.sees(zh("for %(name)s") % {"name": cast.officer.name})
    assert other.link(zh("Lend")).count() == 0

    live.site.clock.forward(days=7)
    sign_in_again(other, live, substitute)
    other.go("/reviews", 403)
    other.go("/roles")
    assert other.sees(zh("Ended"))


def sign_in_again(visitor: Visitor, live: Live, actor: Actor) -> None:
    visitor.page.context.clear_cookies()
    sign_in(visitor, live.login_of(actor))


def test_what_was_lent_is_taken_back(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer, other, substitute = a_colleague(live, visit, cast)
    officer.go("/roles")
    officer.press(officer.link(zh("Lend")))
    officer.page.get_by_label(zh("Sign-in name or number")).fill(login_of(live, substitute))
    officer.page.get_by_label(zh("Last day")).fill("2026-12-20")
    officer.press(officer.button(zh("Lend")))
    officer.press(officer.button(zh("Take it back")))
    assert officer.sees(zh("Nothing is lent. While you are away somebody can act for you: choose Lend beside a role."))
    sign_in_again(other, live, substitute)
    other.go("/reviews", 403)


def test_an_officer_asks_why_by_keys_alone(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    officer = visit("the officer", cast.officer)
    officer.go("/permissions")
    officer.page.locator("#who").focus()
    officer.page.keyboard.type(login_of(live, cast.officer))
    officer.page.keyboard.press("Tab")
    for _one in range(declared().index(Permission.ENTERPRISE_EDIT)):
        officer.page.keyboard.press("ArrowDown")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.type(cast.maker.name)
    with officer.leaving():
        officer.page.keyboard.press("Enter")
    officer.arrive()
    answer = officer.page.locator("#answer")
    expect(answer.get_by_role("status")).to_contain_text(zh("Yes"))
    chain = answer.locator("ol.chain b").all_inner_texts()
    assert chain == [cast.officer.name, "酒仙桥街道总工会", "北京沃岭储能技术有限公司工会", cast.maker.name]
    officer.go(f"/permissions?who={login_of(live, cast.stranger)}&what=enterprise-edit", 422)
    officer.go("/permissions?tab=do")
    officer.go("/permissions?tab=mine")


def test_a_worker_reads_what_they_may_do(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = visit("the worker", cast.worker)
    worker.go("/permissions")
    assert worker.sees(zh("Enter an achievement"))
    assert not worker.sees(zh("Review an achievement"))
    assert worker.page.locator("#who").count() == 0
    worker.go("/permissions?tab=see")
    worker.go("/roles")
