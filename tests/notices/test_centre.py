"""The messages of one account: by day and topic, filtered, marked and unmarked; and how one is told."""

import pytest

from marketplace.domains.postbox.repository import find_postbox
from marketplace.kernel.actor import Actor
from marketplace.kernel.notices import Delivery, Topic, count_unread
from tests.factories import Make
from tests.notices.scenes import Told
from tests.site import TestSite

CHOICES = {"work": "daily", "duties": "site", "questions": "none", "announcements": "weekly", "searches": "daily", "security": "at-once"}


@pytest.fixture
def reader(make: Make) -> Actor:
    return make.account()


def unread(site: TestSite, reader: Actor) -> int:
    return site.system.read(count_unread, reader.account_id)


def test_messages_stand_by_day_and_topic_and_are_filtered(told: Told, reader: Actor, site: TestSite) -> None:
    told.hears(reader, title="旧的成果")
    site.clock.forward(days=2)
    told.hears(reader, title="新的成果")
    told.hears(reader, Topic.QUESTIONS, "enquiry", "ask", "有人问")
    client = site.client(reader)
    page = client.get("/notices").get_data(as_text=True)
    assert page.index("2026-11-25") < page.index("新的成果") < page.index("2026-11-23") < page.index("旧的成果")
    only = client.get("/notices?topic=questions").get_data(as_text=True)
    assert ("有人问" in only, "新的成果" in only) == (True, False)
    assert client.get("/notices?topic=nonsense&unread=x&page=-3").status_code == 200


def test_marking_one_and_all_is_undone(told: Told, reader: Actor, site: TestSite) -> None:
    first = told.hears(reader)
    told.hears(reader)
    client = site.client(reader)
    client.post(f"/notices/{first.id}/read")
    assert unread(site, reader) == 1
    client.post(f"/notices/{first.id}/unread")
    assert unread(site, reader) == 2
    client.post(f"/notices/{first.id}/read")
    site.clock.forward(minutes=1)
    page = client.post("/notices/read", follow_redirects=True).get_data(as_text=True)
    assert unread(site, reader) == 0
    undo = page.split('action="/notices/read/undo')[1].split('"')[0].replace("&amp;", "&")
    client.post(f"/notices/read/undo{undo}")
    assert unread(site, reader) == 1
    assert client.post("/notices/read/undo?at=never").status_code == 302


def test_nobody_touches_the_messages_of_another(told: Told, reader: Actor, make: Make, site: TestSite) -> None:
    notice = told.hears(reader)
    for verb in ("", "/read", "/unread"):
        assert site.client(make.account()).post(f"/notices/{notice.id}{verb}").status_code == 404
    assert unread(site, reader) == 1


def test_choices_are_kept_and_come_back(reader: Actor, site: TestSite) -> None:
    client = site.client(reader)
    assert client.get("/notices/preferences").status_code == 200
    assert client.post("/notices/preferences", data=CHOICES | {"version": "0"}).status_code == 302
    kept = site.acting_as(reader).read(find_postbox, reader.account_id)
    assert kept is not None
    assert kept.by_topic[Topic.WORK] is Delivery.DAILY
    assert kept.by_topic[Topic.QUESTIONS] is Delivery.NONE
    assert site.client(reader).post("/notices/preferences", data=CHOICES | {"version": "1"}).status_code == 409


def test_security_can_not_be_switched_off(reader: Actor, site: TestSite) -> None:
    answer = site.client(reader).post("/notices/preferences", data=CHOICES | {"security": "none"})
    assert answer.status_code == 422
    assert 'id="security-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("email", ["nobody", "a@b", "x" * 250 + "@example.org"])
def test_a_wrong_address_is_told_at_its_field(reader: Actor, site: TestSite, email: str) -> None:
    answer = site.client(reader).post("/notices/address", data={"email": email})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.get_data(as_text=True)


def test_letters_that_ask_leave_at_most_every_five_minutes(reader: Actor, site: TestSite) -> None:
    client = site.client(reader)
    assert client.post("/notices/address", data={"email": "a@example.org"}).status_code == 302
    assert client.post("/notices/address", data={"email": "b@example.org"}).status_code == 422
    site.clock.forward(minutes=6)
    assert client.post("/notices/address", data={"email": "b@example.org"}).status_code == 302


def test_an_address_is_removed(told: Told, reader: Actor, site: TestSite) -> None:
    told.confirms(reader, "a@example.org")
    client = site.client(reader)
    assert "a@example.org" in client.get("/notices/preferences").get_data(as_text=True)
    client.post("/notices/address/remove")
    assert "a@example.org" not in client.get("/notices/preferences").get_data(as_text=True)


def test_the_audit_knows_that_an_address_was_written_and_not_which(told: Told, reader: Actor, site: TestSite) -> None:
    told.confirms(reader, "a@example.org")
    whole = repr(site.system.read(lambda tx: tx.all("MATCH (e:AuditEntry) RETURN properties(e) AS row", dict)))
    assert "email" in whole
    assert "a@example.org" not in whole
