"""An officer tells everybody at or below a unit; nobody else hears of it, and it can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from time import monotonic

import pytest

from graph.records import value
from marketplace.domains.announcements.model import Announcement, AnnouncementText, Status, reading_of
from marketplace.domains.announcements.service import announce, withdraw_announcement
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound
from marketplace.kernel.notices import Delivery, count_unread, list_notices, read_all_notices
from marketplace.kernel.roles import Role
from marketplace.relay import announcing
from marketplace.relay.announcing import Announcing
from tests.factories import Make
from tests.notices.post import Post
from tests.notices.scenes import Told
from tests.site import TestSite

SOON = 60.0
NOTICES = "MATCH (n:Notice {entity_id: $id}) RETURN count(n) AS told"


class Street:
    """A street under a district, a base union under it, and people of all ways in which one belongs to it; and a street beside it."""

    def __init__(self, site: TestSite, make: Make) -> None:
        self.site, self.make = site, make
        self.district = make.organisation("区总工会", kind=Kind.DISTRICT)
        self.here, self.there = make.organisation("酒仙桥街道", under=self.district), make.organisation("黑庄户地区", under=self.district)
        self.base = make.organisation("沃岭工会", kind=Kind.BASE, under=self.here)
        firm = make.enterprise("沃岭", under=self.base)
        self.worker, self.user = make.person(make.worker(at=firm)), make.enterprise_user(firm)
        self.base_officer, self.officer, self.above = (make.officer(of=unit) for unit in (self.base, self.here, self.district))
        self.stranger = make.person(make.worker(at=make.enterprise(under=make.organisation(kind=Kind.BASE, under=self.there))))

    def announces(self, unit: Organisation | None = None, by: Actor | None = None, **text: object) -> Announcement:
        said = {"title": "停电通知", "text": "周六停电检修。", "unit_id": (unit or self.here).id} | text
        return self.site.acting_as(by or self.officer).change(announce, AnnouncementText(**said))  # type: ignore[arg-type]

    def goes_out(self, minutes: int = 3) -> None:
        self.site.clock.forward(minutes=minutes)
        self.site.site.relay.beside["announcements"].carry_out()
        self.site.drain()

    def heard(self, actor: Actor) -> list[str]:
        return [one.title for one in self.site.system.read(list_notices, actor.account_id) if one.kind == "announcement"]

    def now(self, announcement: Announcement) -> Announcement:
        found: Announcement = self.site.find("announcement", announcement.id)
        return found


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return Street(site, make)


def test_everybody_at_or_below_the_unit_is_told_once_and_nobody_else(street: Street) -> None:
    made = street.announces()
    street.goes_out()
    street.goes_out()
    for actor in (street.worker, street.user, street.base_officer):
        assert street.heard(actor) == ["停电通知"]
    for actor in (street.stranger, street.above, street.officer):
        assert street.heard(actor) == []
    assert (street.now(made).status, street.now(made).told) == (Status.TOLD, 3)


def test_nobody_is_told_within_the_first_two_minutes(street: Street) -> None:
    made = street.announces()
    street.goes_out(minutes=1)
    assert street.heard(street.worker) == []
    street.site.acting_as(street.officer).change(withdraw_announcement, made.id, made.version)
    street.goes_out(minutes=5)
    assert street.heard(street.worker) == []
    assert street.now(made).status is Status.CLEARED


def test_what_is_taken_back_later_is_gone_from_every_list(street: Street) -> None:
    made = street.announces()
    street.goes_out()
    street.site.acting_as(street.above).change(withdraw_announcement, made.id, made.version)
    street.goes_out()
    assert street.heard(street.worker) == []
    assert street.now(made).status is Status.CLEARED
    assert street.site.client(street.worker).get(f"/announcements/{made.id}").status_code == 404


def test_it_waits_for_its_first_day(street: Street) -> None:
    street.announces(shown_from=date(2026, 11, 25))
    street.goes_out()
    assert street.heard(street.worker) == []
    street.goes_out(minutes=2 * 24 * 60)
    assert street.heard(street.worker) == ["停电通知"]


def test_an_officer_writes_to_their_own_units_only(street: Street) -> None:
    for unit in (street.there, street.district):
        with pytest.raises(Forbidden):
            street.announces(unit)
    with pytest.raises(Forbidden):
        street.announces(street.here, by=street.base_officer)
    with pytest.raises(Forbidden):
        street.announces(street.here, by=street.worker)
    assert street.announces(street.base).units[0] == street.base.id


@pytest.mark.parametrize(
    ("text", "field"),
    [({"link": "javascript:alert(1)"}, "link"), ({"link": "//evil.example"}, "link"), ({"shown_until": date(2026, 11, 1)}, "shown_until"),
     ({"unit_id": "nothing"}, "unit_id"), ({"shown_from": date(2030, 1, 1)}, "shown_from")],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(street: Street, text: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        street.announces(**text)
    assert field in told.value.fields


def test_those_who_were_told_may_read_it_and_the_rest_finds_nothing(street: Street) -> None:
    made = street.announces()
    street.goes_out()
    site = street.site
    assert [site.client(who).get(f"/announcements/{made.id}").status_code for who in (street.worker, street.officer, street.above)] == [200] * 3
    assert site.client(street.stranger).get(f"/announcements/{made.id}").status_code == 404
    assert site.client(street.worker).post(f"/announcements/{made.id}/steps/withdraw").status_code == 403
    with pytest.raises(NotFound):
        site.acting_as(street.stranger).change(withdraw_announcement, made.id, 1)
    assert "停电通知" in site.client(street.worker).get("/").get_data(as_text=True)
    assert "停电通知" not in site.client(street.stranger).get("/").get_data(as_text=True)


def test_it_leaves_the_first_page_after_its_last_day(street: Street) -> None:
    street.announces(shown_until=date(2026, 11, 23))
    street.goes_out()
    assert "停电通知" in street.site.client(street.worker).get("/").get_data(as_text=True)
    street.site.clock.forward(days=1)
    assert "停电通知" not in street.site.client(street.worker).get("/").get_data(as_text=True)


def test_whoever_switched_announcements_off_is_left_in_peace(street: Street, told: Told) -> None:
    told.chooses(street.worker, announcements=Delivery.NONE)
    street.announces()
    street.goes_out()
    assert street.heard(street.worker) == []
    assert street.heard(street.user) == ["停电通知"]


def test_an_announcement_is_mailed_as_chosen_and_without_its_words(street: Street, told: Told, post: Post) -> None:
    told.confirms(street.worker, "worker@example.org")
    told.chooses(street.worker, announcements=Delivery.AT_ONCE)
    street.announces()
    street.goes_out()
    told.mail()
    [sent] = post.letters
    assert "停电" not in sent.as_string()


def test_figures_of_fewer_than_five_people_are_not_told(street: Street) -> None:
    assert reading_of(3, 1) == reading_of(4, 4).__class__(None, None, None)
    assert (reading_of(20, 3).read, reading_of(20, 3).unread) == (None, None)
    assert (reading_of(20, 8).told, reading_of(20, 8).read, reading_of(20, 8).unread) == (20, 8, 12)
    people = [street.make.person(street.make.worker(at=street.make.enterprise(under=street.base))) for _ in range(9)]
    made = street.announces()
    street.goes_out()
    for actor in people[:6]:
        street.site.graph.write(lambda tx, actor=actor: read_all_notices(tx, actor.account_id, street.site.clock.now()))  # type: ignore[misc]
    page = street.site.client(street.officer).get(f"/announcements/{made.id}").get_data(as_text=True)
    assert [f"<b>{number}</b>" in page for number in (12, 6)] == [True, True]
    assert "<b>12</b>" not in street.site.client(people[0]).get(f"/announcements/{made.id}").get_data(as_text=True)


def test_it_is_recorded(street: Street) -> None:
    made = street.announces()
    street.goes_out()
    page = street.site.client(street.above).get(f"/audit?what={made.id}").get_data(as_text=True)
    assert street.officer.name in page


def test_a_killed_relay_goes_on_where_it_was(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = street.announces()
    monkeypatch.setattr(announcing, "UNITS_AT_ONCE", 1)
    street.site.clock.forward(minutes=3)

    class Killed(Exception):
        pass

    real = announcing.tell_some

    def tell_and_die(*given: object) -> bool:
        real(*given)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(announcing, "tell_some", tell_and_die)
    with pytest.raises(Killed):
        Announcing(street.site.graph, street.site.clock).carry_out()
    monkeypatch.setattr(announcing, "tell_some", real)
    assert street.now(made).status is Status.TELLING
    street.goes_out()
    assert street.now(made).status is Status.TOLD
    assert street.heard(street.worker) == ["停电通知"]


@pytest.mark.race
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
@pytest.mark.slow
def test_taking_back_while_it_goes_out_leaves_nobody_told(street: Street, make: Make, monkeypatch: pytest.MonkeyPatch, guarded: bool) -> None:
    """A new leader clears while the old one still tells. The control leaves out the lock that asks whether it still goes out."""
    for _ in range(30):
        make.holding(Role.ENTERPRISE_USER, "enterprise", make.enterprise(under=street.base).id)
    monkeypatch.setattr(announcing, "PEOPLE_AT_ONCE", 1)
    if not guarded:
        monkeypatch.setattr(announcing, "HOLD", "MATCH (a:Announcement {id: $id}) WHERE $telling <> '' RETURN a.id AS id")
    left = 0
    for _round in range(3):
        made = street.announces()
        street.site.clock.forward(minutes=3)
        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(Announcing(street.site.graph, street.site.clock).carry_out)
            withdraw_soon(street, made)
            Announcing(street.site.graph, street.site.clock).carry_out()
            going.result()
        street.goes_out(minutes=0)
        assert street.now(made).status is Status.CLEARED
        left += street.site.system.read(lambda tx, id=made.id: tx.one(NOTICES, value("told"), id=id))  # type: ignore[misc]
    assert (left == 0) is guarded


def withdraw_soon(street: Street, made: Announcement) -> None:
    """While some are told already."""
    began = monotonic()
    while not street.site.system.read(lambda tx: tx.one(NOTICES, value("told"), id=made.id)):
        assert monotonic() - began < SOON, "nobody is told"
    street.site.acting_as(street.officer).change(withdraw_announcement, made.id, made.version)


def test_counting_unread_grows_by_one(street: Street) -> None:
    before = street.site.system.read(count_unread, street.worker.account_id)
    street.announces()
    street.goes_out()
    assert street.site.system.read(count_unread, street.worker.account_id) == before + 1


def test_a_role_with_an_end_is_told_while_it_lasts_and_one_to_come_is_not(street: Street, make: Make) -> None:
    now, month = street.site.clock.now(), timedelta(days=30)
    firm = make.enterprise(under=street.base).id
    passing = make.holding(Role.ENTERPRISE_USER, "enterprise", firm, until=now + month)
    coming = make.holding(Role.ENTERPRISE_USER, "enterprise", firm, since=now + month)
    street.announces()
    street.goes_out()
    assert (street.heard(passing), street.heard(coming)) == (["停电通知"], [])
