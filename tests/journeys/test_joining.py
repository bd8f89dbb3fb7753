"""From the door to the first need: an enterprise and its second user. From the door into a studio and out again: a worker, on a phone."""

import pytest

from marketplace.domains.accounts.repository import actor_of_account, find_account
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.live import PASSWORD, Live
from tests.journeys.visitor import PHONE, Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
USCC = "91110000600037341L"
NAME = "北京新储能源有限公司"
NARROW = {"width": PHONE, "height": 780}


def test_an_enterprise_registers_is_verified_and_its_second_user_posts_a_need(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    guest, officer = visit("a guest", None), visit("the sub-district", cast.officer)
    address = registers(guest)
    waits(guest)
    is_unknown_to_the_public(visit("somebody else"))
    verifies(officer, NAME)
    sees_that_it_is_in(guest, address)
    link = invites(guest)
    second = visit("the second user")
    accepts(second, link)
    posts_a_need(second)
    late = visit("who comes late")
    late.go(link, status=410)
    assert late.sees(zh("This invitation is over"))


def registers(guest: Visitor) -> str:
    guest.go("/")
    guest.press(guest.page.get_by_role("banner").get_by_role("link", name=zh("Register")))
    guest.press(guest.link(zh("Register an enterprise")))
    guest.press(guest.button(zh("Send the registration")), status=422)
    guest.page.fill("[name=uscc]", USCC)
    guest.page.fill("[name=subject]", NAME)
    guest.page.select_option("[name=place]", label="酒仙桥街道总工会")
    for name, text in (("contact_name", "吴敬东"), ("phone", "010-64360000"), ("login", "wu.jingdong"), ("password", PASSWORD), ("again", PASSWORD)):
        guest.page.fill(f"[name={name}]", text)
    guest.press(guest.button(zh("Send the registration")))
    assert guest.sees("DJ-20")
    assert guest.sees("酒仙桥街道总工会")
    return guest.page.url


def waits(guest: Visitor) -> None:
    guest.go("/my")
    assert guest.sees(zh("Waits for the union"))
    guest.go("/needs/new", status=403)


def is_unknown_to_the_public(other: Visitor) -> None:
    other.go("/search?kind=enterprise&q=" + NAME)
    assert not other.main(".result", has_text=NAME).count()


def verifies(officer: Visitor, subject: str) -> None:
    """With the keyboard: the desk's key for letting in."""
    officer.go("/reviews")
    officer.press(officer.link(subject))
    with officer.leaving():
        officer.page.keyboard.press("a")
    officer.arrive()


def sees_that_it_is_in(guest: Visitor, address: str) -> None:
    """New rights begin with a new sign-in, by the name that was wished for."""
    guest.go("/sign-in")
    for name, text in (("login", "wu.jingdong"), ("password", PASSWORD)):
        guest.page.fill(f"main [name={name}]", text)
    guest.press(guest.main("button[type=submit]").first)
    guest.is_told(NAME)
    assert guest.page.url == address
    guest.press(guest.link(NAME))
    assert guest.main("h1").inner_text() == NAME


def invites(user: Visitor) -> str:
    user.press(user.link(zh("Users and invitations")))
    user.page.fill("[name=note]", "采购部 何丽")
    user.press(user.button(zh("Make a link")))
    link = user.page.input_value("#address")
    user.press(user.link(zh("Users and invitations")).last)
    assert user.sees("采购部 何丽")
    assert link not in user.page.content()
    return link


def accepts(second: Visitor, link: str) -> None:
    second.go(link)
    for name, text in (("name", "何丽"), ("login", "he.li"), ("password", PASSWORD), ("again", PASSWORD)):
        second.page.fill(f"[name={name}]", text)
    second.press(second.button(zh("Accept the invitation")))
    assert second.main("h1").inner_text() == NAME


def posts_a_need(user: Visitor) -> None:
    user.go("/needs/new")
    user.page.fill("main [name=title]", "储能柜过温报警")
    user.page.fill("main [name=abstract]", "夏天报警多。")
    user.opens(zh("The problem"))
    user.page.fill("main [name=problem]", "柜内温差大，要求不停机改造。")
    user.opens(zh("Check and save"))
    user.press(user.main("form[method=post] button[data-save]"))
    user.press(user.button(zh("Submit for review")))
    assert user.sees(zh("In review"))


def test_a_worker_registers_is_confirmed_joins_a_studio_and_leaves_on_a_phone(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    worker = visit("the worker")
    worker.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    registers_by_keyboard(worker, cast)
    verifies(visit("the base union", cast.base_officer), "宋海燕")
    signs_in_with_the_name_wished(worker)
    shows_the_card(live, worker)
    leader = visit("the leader", cast.lead)
    asks(leader, cast)
    answers(worker, cast)
    leaves(worker, cast)


def registers_by_keyboard(worker: Visitor, cast: Cast) -> None:
    worker.go("/joining/worker")
    worker.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    worker.page.focus("[name=subject]")
    for text in ("宋海燕", cast.maker.name, "13900009091", "song.haiyan", PASSWORD, PASSWORD):
        worker.page.keyboard.type(text)
        worker.page.keyboard.press("Tab")
    with worker.leaving():
        worker.page.keyboard.press("Enter")
    worker.arrive()
    assert worker.sees("DJ-20")


def signs_in_with_the_name_wished(worker: Visitor) -> None:
    worker.page.context.clear_cookies()
    sign_in(worker, "song.haiyan")


def shows_the_card(live: Live, worker: Visitor) -> None:
    """Hidden as every new card, so that no leader could find it."""
    account = live.site.system.read(find_account, "song.haiyan")
    assert account is not None
    worker.go(f"/workers/{live.site.system.read(actor_of_account, account.id, live.site.clock.now()).worker_id}")
    worker.press(worker.button(zh("Show my card to signed-in readers")))


def asks(leader: Visitor, cast: Cast) -> None:
    leader.go(f"/studios/{cast.studio.id}/members")
    leader.page.fill("[name=who]", "宋海燕")
    leader.press(leader.button(zh("Send the invitation")))
    assert leader.sees(zh("Invited, not answered yet"))


def answers(worker: Visitor, cast: Cast) -> None:
    worker.go("/my")
    worker.press(worker.main(".waiting-list a", has_text=cast.studio.name))
    worker.press(worker.button(zh("Accept the invitation")))
    worker.go(f"/studios/{cast.studio.id}")
    assert worker.sees("宋海燕")


def leaves(worker: Visitor, cast: Cast) -> None:
    worker.press(worker.button(zh("Leave the studio")))
    assert worker.button(zh("Leave the studio")).count() == 0
