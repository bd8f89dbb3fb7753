"""Letters leave after the commit: once for each notice, as each account chose, and without a word of what is personal."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.records import value
from marketplace.domains.accounts.repository import get_account
from marketplace.domains.postbox.model import Status
from marketplace.domains.postbox.repository import find_postbox, list_aside
from marketplace.domains.postbox.service import try_again
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.notices import Delivery, Topic, count_unread, list_notices
from marketplace.kernel.roles import Role
from marketplace.mail import is_address, letter
from marketplace.relay.mailing import Mailing, list_waiting, note_sent, take_parcel
from tests.factories import Make
from tests.notices.post import Post, subject_of, text_of
from tests.notices.scenes import LINK, Told
from tests.site import TestSite

ADDRESS = "worker@example.org"
UNSENT = "MATCH (n:Notice) WHERE n.delivery IS NOT NULL RETURN count(n) AS unsent"


@pytest.fixture
def reader(told: Told, make: Make) -> Actor:
    """Confirmed, and wants to be told of works at once."""
    actor = told.confirms(make.account("李雷"), ADDRESS)
    told.chooses(actor, work=Delivery.AT_ONCE)
    return actor


def test_nothing_goes_to_an_address_that_was_not_confirmed(told: Told, make: Make, post: Post) -> None:
    actor = make.account()
    told.writes(actor, ADDRESS)
    told.chooses(actor, work=Delivery.AT_ONCE)
    told.hears(actor)
    told.mail()
    told.mail()
    [asking] = post.letters
    assert "confirm" in subject_of(asking)
    assert LINK.findall(text_of(asking))


def test_a_look_at_the_link_confirms_nothing(told: Told, make: Make, site: TestSite, post: Post) -> None:
    """Mail programs open links before people do."""
    actor = make.account()
    told.writes(actor, ADDRESS)
    told.mail()
    [path] = LINK.findall(text_of(post.letters[0]))
    assert site.client().get(path).status_code == 200
    assert site.acting_as(actor).read(find_postbox, actor.account_id).status is Status.UNCONFIRMED
    assert site.client().post(path).status_code == 200
    assert site.acting_as(actor).read(find_postbox, actor.account_id).status is Status.OPEN


def test_a_link_for_an_earlier_address_confirms_nothing(told: Told, make: Make, site: TestSite, post: Post) -> None:
    actor = make.account()
    told.writes(actor, ADDRESS)
    told.mail()
    [path] = LINK.findall(text_of(post.letters[0]))
    site.clock.forward(minutes=6)
    told.writes(actor, "other@example.org")
    assert site.client().post(path).status_code == 409
    assert site.client().post(path[:-2]).status_code == 404


def test_one_letter_for_all_that_is_new_and_none_twice(told: Told, reader: Actor, post: Post) -> None:
    told.hears(reader)
    told.hears(reader)
    told.mail()
    told.mail()
    [sent] = post.to(ADDRESS)
    assert "2" in subject_of(sent)
    told.hears(reader)
    told.mail()
    assert len(post.to(ADDRESS)) == 2


def test_a_letter_names_nobody_and_no_thing(told: Told, reader: Actor, post: Post) -> None:
    told.hears(reader, title="王小明的装置 13812345678")
    told.mail()
    whole = post.letters[0].as_string() + text_of(post.letters[0]) + subject_of(post.letters[0])
    assert not [one for one in ("王小明", "13812345678", "李雷", "thing-") if one in whole]
    assert "https://union.example/notices" in text_of(post.letters[0])


def test_a_letter_is_written_in_the_language_of_its_reader(told: Told, reader: Actor, post: Post) -> None:
    told.hears(reader)
    told.mail()
    assert "Good day" in text_of(post.letters[0])


def test_what_was_switched_off_is_neither_mailed_nor_shown(told: Told, reader: Actor, site: TestSite, post: Post) -> None:
    told.chooses(reader, work=Delivery.NONE, questions=Delivery.SITE)
    told.hears(reader)
    told.hears(reader, Topic.QUESTIONS, "enquiry", "ask")
    told.mail()
    assert post.letters == []
    assert [one.kind for one in site.system.read(list_notices, reader.account_id)] == ["enquiry"]


def test_security_is_mailed_whatever_was_chosen(told: Told, reader: Actor, post: Post) -> None:
    told.chooses(reader, work=Delivery.NONE)
    told.hears(reader, Topic.SECURITY, "account", "change-password")
    told.mail()
    [sent] = post.letters
    assert sent["List-Unsubscribe"] is None


def test_a_daily_digest_goes_out_once_a_morning(told: Told, reader: Actor, site: TestSite, post: Post) -> None:
    told.chooses(reader, work=Delivery.DAILY)
    told.morning()
    for _ in range(3):
        told.hears(reader)
    told.mail()
    assert post.letters == []
    site.clock.forward(days=1)
    told.morning()
    told.hears(reader)
    told.morning()
    [digest] = post.letters
    assert "3" in subject_of(digest)
    site.clock.forward(days=1)
    told.morning()
    assert len(post.letters) == 2


def test_a_weekly_digest_waits_for_monday(told: Told, reader: Actor, site: TestSite, post: Post) -> None:
    """The clock begins on a Monday."""
    told.chooses(reader, work=Delivery.WEEKLY)
    told.morning()
    told.hears(reader)
    for _ in range(6):
        site.clock.forward(days=1)
        told.morning()
    assert post.letters == []
    site.clock.forward(days=1)
    told.morning()
    assert len(post.letters) == 1


def test_one_click_switches_the_topic_off(told: Told, reader: Actor, site: TestSite, post: Post) -> None:
    """As a mail program does it: neither session nor form token (RFC 8058)."""
    site.app.config.update(WTF_CSRF_ENABLED=True)
    told.hears(reader)
    told.mail()
    link = post.letters[0]["List-Unsubscribe"].strip("<>").removeprefix("https://union.example")
    assert post.letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert site.client().get(link).status_code == 200
    told.hears(reader)
    told.mail()
    assert len(post.letters) == 2
    assert site.client().post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    told.hears(reader)
    told.mail()
    assert len(post.letters) == 2
    assert site.system.read(count_unread, reader.account_id) == 3


@pytest.mark.parametrize("token", ["x", "WyJ4IiwgIiJd.aaaa", "%00"])
def test_an_unsigned_link_is_no_page(site: TestSite, token: str) -> None:
    assert site.client().post(f"/notices/unsubscribe/{token}").status_code in (400, 404)
    assert site.client().get(f"/notices/confirm/{token}").status_code in (400, 404)


def test_a_poison_address_is_set_aside_and_holds_up_nobody(told: Told, reader: Actor, make: Make, site: TestSite, post: Post) -> None:
    other = told.confirms(make.account(), "other@example.org")
    told.chooses(other, work=Delivery.AT_ONCE)
    post.refused.add(ADDRESS)
    told.hears(reader)
    told.hears(other)
    for _ in range(6):
        told.mail()
        site.clock.forward(minutes=1)
    assert post.asked.count(ADDRESS) == 1 + 3
    assert len(post.to("other@example.org")) == 1
    keeper = make.administrator()
    [box] = site.acting_as(keeper).read(list_aside)
    assert (box.account_id, box.tries, box.problem) == (reader.account_id, 3, "550")
    page = site.client(keeper).get("/notices/aside").get_data(as_text=True)
    assert "550" in page
    assert ADDRESS not in page
    assert site.client(make.officer()).get("/notices/aside").status_code == 403
    post.refused.clear()
    with pytest.raises(Forbidden):
        site.acting_as(make.account()).change(try_again, reader.account_id)
    site.acting_as(keeper).change(try_again, reader.account_id)
    told.mail()
    assert len(post.to(ADDRESS)) == 1


def test_an_address_that_nobody_confirmed_is_asked_again_and_no_more_than_that(told: Told, make: Make, site: TestSite, post: Post) -> None:
    """Else an administrator's word would open the way to a new password, too."""
    actor = make.account()
    told.writes(actor, ADDRESS)
    post.refused.add(ADDRESS)
    for _ in range(4):
        told.mail()
        site.clock.forward(minutes=1)
    assert site.acting_as(actor).read(find_postbox, actor.account_id).status is Status.ASIDE
    post.refused.clear()
    site.acting_as(make.administrator()).change(try_again, actor.account_id)
    assert site.acting_as(actor).read(find_postbox, actor.account_id).status is Status.UNCONFIRMED
    told.mail()
    assert [subject_of(one) for one in post.to(ADDRESS) if "confirm" in subject_of(one)]


def test_a_server_that_is_away_is_nobodys_fault(told: Told, reader: Actor, site: TestSite) -> None:
    told.hears(reader)
    dead = site.site.settings.model_copy(update={"smtp_url": type(site.site.settings.smtp_url)("smtp://127.0.0.1:1")})
    away = Mailing(site.graph, dead, site.site.rooms, site.clock)
    for _ in range(4):
        assert away.carry_out() == 0
        assert not away.is_due()
        site.clock.forward(minutes=1)
    assert site.system.read(find_postbox, reader.account_id).tries == 0
    told.mail()
    assert site.system.read(lambda tx: tx.one(UNSENT, value("unsent"))) == 0


def test_a_sender_that_was_killed_is_followed_by_the_same_letter(told: Told, reader: Actor, site: TestSite, post: Post) -> None:
    """What arrived meanwhile makes a letter of its own: a mailbox drops the second of two with one number, and nothing is lost."""
    told.hears(reader)
    parcel = site.graph.write(lambda tx: take_parcel(tx, reader.account_id, site.clock.now()))
    assert parcel is not None
    told.hears(reader)
    told.mail()
    assert post.letters == []
    site.clock.forward(minutes=3)
    told.mail()
    assert [subject_of(one).split()[1] for one in post.letters] == ["1", "1"]
    assert post.letters[0]["Message-ID"].startswith(f"<{parcel.id}@")
    assert post.letters[0]["Message-ID"] != post.letters[1]["Message-ID"]


@pytest.mark.race
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_two_senders_send_once(told: Told, reader: Actor, site: TestSite, post: Post, guarded: bool) -> None:
    """The control is a claim that was taken away: then a second sender has the same letter in hand, too."""
    told.hears(reader)
    senders = [Mailing(site.graph, site.site.settings, site.site.rooms, site.clock) for _ in range(6)]
    if guarded:
        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(lambda one: one.carry_out(), senders)) == 1
        assert len(post.letters) == 1
        return
    first = site.graph.write(lambda tx: take_parcel(tx, reader.account_id, site.clock.now()))
    site.graph.write(lambda tx: tx.run("MATCH (p:Postbox) SET p.claimed_until = null"))
    told.mail()
    assert first is not None
    site.graph.write(lambda tx: note_sent(tx, first, site.clock.now()))
    assert len(post.letters) == 1
    assert site.system.read(lambda tx: list_waiting(tx, site.clock.now())) == []
    assert replace(first, notices=()).id in post.letters[0]["Message-ID"]


@pytest.mark.parametrize(
    "text", ["a@b", "a b@example.org", "a@example.org\nBcc: x@example.org", "李@example.org", "@example.org", "a@-", "a" * 65 + "@example.org"]
)
def test_no_address(text: str) -> None:
    assert not is_address(text)


def test_a_line_end_in_a_header_is_refused(site: TestSite) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        letter(site.site.settings, ADDRESS, "subject\nBcc: x@example.org", "text")


def test_a_role_that_was_given_or_taken_is_told_to_whose_it_is(told: Told, make: Make, site: TestSite, post: Post) -> None:
    """By the relay, on the site and by mail; what the site itself sets up tells nobody."""
    actor, unit = told.confirms(make.account(), ADDRESS), make.organisation()
    site.drain()
    assert site.system.read(count_unread, actor.account_id) == 0
    keeper = site.acting_as(make.administrator())
    version = site.system.read(get_account, actor.account_id).version
    keeper.change(grant_role, actor.account_id, version, Role.UNION_OFFICER, "organisation", unit.id)
    site.drain()
    told.mail()
    [sent] = post.letters
    assert "Role given" in text_of(sent)
    assert site.system.read(list_notices, actor.account_id)[0].about is Topic.SECURITY
