"""Whoever watches a saved thing hears once of each change, quietly by default, and never of what they may not see."""

from dataclasses import dataclass, replace

import pytest

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.watches.model import changed
from marketplace.domains.watches.repository import get_watch, note_seen
from marketplace.domains.watches.service import watch_thing
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import NotFound
from marketplace.kernel.notices import Notice, list_notices
from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite


@dataclass(slots=True)
class Watcher:
    site: TestSite
    street: Street
    who: Actor
    work: Achievement

    def watches(self, *, tells: bool = True) -> None:
        self.site.acting_as(self.who).change(save_for_later, "achievement", self.work.id)
        self.site.acting_as(self.who).change(watch_thing, self.work.id, tells=tells)

    def told(self) -> list[Notice]:
        self.site.drain()
        self.street.alerting.carry_out()
        return [one for one in self.site.system.read(list_notices, self.who.account_id) if one.kind == "watch"]

    def now(self) -> Achievement:
        found: Achievement = self.site.find("achievement", self.work.id)
        return found


@pytest.fixture
def watcher(site: TestSite, make: Make) -> Watcher:
    street = Street(site, make)
    return Watcher(site, street, make.account(), street.publishes("泄压装置"))


def test_a_new_version_is_told_once(watcher: Watcher) -> None:
    watcher.watches()
    assert watcher.told() == []
    watcher.street.publishes_again(watcher.now(), "泄压装置二代")

    assert [(one.verb, one.title) for one in watcher.told()] == [("watch-version", "泄压装置二代")]
    assert len(watcher.told()) == 1


def test_a_list_is_quiet_unless_it_was_chosen(watcher: Watcher) -> None:
    watcher.watches(tells=False)
    watcher.street.publishes_again(watcher.now(), "泄压装置二代")
    assert watcher.told() == []

    watcher.site.acting_as(watcher.who).change(watch_thing, watcher.work.id, tells=True)
    assert watcher.told() == []


def test_what_is_gone_is_told_once_without_its_name(watcher: Watcher) -> None:
    watcher.watches()
    watcher.street.withdraws(watcher.now())

    assert [(one.verb, one.title) for one in watcher.told()] == [("watch-gone", "")]
    assert len(watcher.told()) == 1
    page = watcher.site.client(watcher.who).get("/saved/things")
    assert page.status_code == 200
    assert watcher.work.title not in page.text


def test_the_verb_says_what_is_different() -> None:
    before = ("state=published", "version=1", "price=fixed:100", "adopted=1")
    assert changed(before, before) == ""
    assert changed(before, ()) == "watch-gone"
    assert changed((), before) == ""
    assert changed(before, ("state=published", "version=1", "price=fixed:90", "adopted=1")) == "watch-price"
    assert changed(before, (*before, "ends=2026-12-31")) == "watch-ends"
    assert changed(before, ("state=published", "version=1", "price=fixed:100", "adopted=2")) == "watch-adopted"
    assert changed(before, ("state=published", "version=1", "price=fixed:100", "adopted=0")) == ""
    assert changed(before, ("state=closed", "version=1", "price=fixed:100", "adopted=1")) == "watch-state"


def test_only_what_was_saved_can_be_watched(watcher: Watcher, make: Make) -> None:
    with pytest.raises(NotFound):
        watcher.site.acting_as(watcher.who).change(watch_thing, watcher.work.id, tells=True)
    watcher.watches()
    with pytest.raises(NotFound):
        watcher.site.acting_as(make.account()).change(watch_thing, watcher.work.id, tells=True)


def test_by_the_list(watcher: Watcher) -> None:
    browser = watcher.site.client(watcher.who)
    browser.post(f"/enquiries/save/achievement/{watcher.work.id}")
    place = f"/saved/things/{watcher.work.id}/watch"
    assert place in browser.get("/saved/things").text

    assert browser.post(place, data={"tells": "yes", "key": "one"}).status_code == 302
    assert 'name="tells" value="no"' in browser.get("/saved/things").text
    assert "/saved/things" in browser.get(f"/saved/things/{watcher.work.id}").location
    assert "/saved/things" in browser.get("/my").text


def test_whoever_asked_for_peace_meanwhile_keeps_it(watcher: Watcher) -> None:
    """The relay has read the watch before, and notes what it told of after."""
    watcher.watches()
    before = watcher.site.acting_as(watcher.who).read(get_watch, watcher.who.account_id, watcher.work.id)
    watcher.site.acting_as(watcher.who).change(watch_thing, watcher.work.id, tells=False)
    with_news = replace(before, seen=("version=new",))
    watcher.site.system.change(lambda uow: note_seen(uow.tx, [with_news]))
    after = watcher.site.acting_as(watcher.who).read(get_watch, watcher.who.account_id, watcher.work.id)
    assert (after.tells, after.seen) == (False, ())
