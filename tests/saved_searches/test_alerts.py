"""What becomes public reaches those who look for it: once, as far as they may see it, and never for their own."""

import pytest

from marketplace.domains.accounts.repository import get_account
from marketplace.domains.needs.model import Visibility
from marketplace.domains.postbox.service import choose_ways
from marketplace.domains.roles.repository import list_held
from marketplace.domains.roles.service import end_role
from marketplace.domains.saved_searches.model import Alerts, SavedSearchText
from marketplace.domains.saved_searches.repository import list_unseen
from marketplace.domains.saved_searches.service import delete_search, edit_search, look_at_search, mute_search, restore_search, unmute_search
from marketplace.domains.vocabulary.model import SynonymText
from marketplace.domains.vocabulary.service import create_synonym
from marketplace.kernel.actor import Actor
from marketplace.kernel.notices import USUAL, Delivery, Topic
from marketplace.relay.changes import is_any_changed
from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite


@pytest.fixture
def reader(make: Make) -> Actor:
    return make.enterprise_user()


def test_what_is_published_reaches_whoever_looks_for_it(street: Street, make: Make, reader: Actor) -> None:
    mine = street.saves(reader, "泄压 电池", "area=酒仙桥街道", "kind=achievement", title="电池安全")
    other = street.saves(make.account(), "焊接机器人")
    work = street.publishes("防爆电池组定向泄压装置")
    street.passes()

    (notice,) = street.told(reader)
    assert (notice.title, notice.entity_id, notice.about, notice.verb) == ("电池安全", mine.id, Topic.SEARCHES, "find")
    (finding,) = street.found(mine)
    assert (finding.entity_id, set(finding.words), finding.filters) == (work.id, {"泄压", "电池"}, ("area=酒仙桥街道", "kind=achievement"))
    assert street.found(other) == []


@pytest.mark.parametrize(
    ("words", "filters", "hits"),
    [
        ("电池 -泄压", (), False), ('"电池组定向"', (), True), ('"电池定向"', (), False), ("電池組", (), True), ("", ("field=06",), True),
        ("", ("field=01",), False), ("", ("has_patent=no", "in_use=no"), True), ("电池", ("area=望京街道",), False),
        ("电池", ("area=望京街道", "area=酒仙桥街道"), True),
    ],
)  # fmt: skip
def test_the_search_must_really_match(street: Street, reader: Actor, words: str, filters: tuple[str, ...], hits: bool) -> None:
    search = street.saves(reader, words, *filters)
    street.publishes("防爆电池组定向泄压装置")
    street.passes()
    assert bool(street.found(search)) is hits


def test_synonyms_count_from_the_moment_they_act(street: Street, make: Make, reader: Actor) -> None:
    search = street.saves(reader, "机器人手臂")
    street.publishes("一种机械臂夹具")
    street.passes()
    assert street.found(search) == []
    street.site.acting_as(make.administrator()).change(create_synonym, SynonymText(words=("机械臂", "机器人手臂")))
    street.site.site.vocabulary.look_again()
    street.publishes("新的机械臂底座")
    street.passes()
    assert [one.words for one in street.found(search)] == [("机械臂",)]


def test_nobody_hears_of_their_own(street: Street) -> None:
    search = street.saves(street.author, "泄压")
    street.publishes("泄压装置")
    street.passes()
    assert (street.found(search), street.told(street.author)) == ([], [])


def test_what_was_public_before_is_no_news(street: Street, reader: Actor) -> None:
    street.publishes("泄压装置")
    street.site.clock.forward(minutes=1)
    search = street.saves(reader, "泄压")
    street.passes()
    assert street.found(search) == []


def test_other_words_begin_anew(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "焊接")
    street.publishes("泄压装置")
    site.clock.forward(minutes=1)
    site.acting_as(reader).change(edit_search, search.id, search.version, SavedSearchText(title="甲", words="泄压"))
    street.passes()
    assert street.found(search) == []
    street.publishes("另一个泄压装置")
    street.passes()
    assert len(street.found(search)) == 1


def test_a_thing_is_told_once_for_each_search_however_often_it_is_published(street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    work = street.publishes("泄压装置")
    street.passes()
    street.publishes_again(work, "泄压装置二代")
    street.passes()
    assert (len(street.told(reader)), len(street.found(search))) == (1, 1)


def test_a_new_version_that_fits_only_now_is_news(street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    work = street.publishes("电池装置")
    street.passes()
    assert street.found(search) == []
    street.publishes_again(work, "泄压装置二代")
    street.passes()
    assert len(street.found(search)) == 1


def test_a_relay_killed_between_tells_nobody_twice(site: TestSite, street: Street, reader: Actor) -> None:
    """The thing is told, and the killed one never came to forget that it was to be told."""
    search = street.saves(reader, "泄压")
    street.publishes("泄压装置")
    site.drain()
    waiting = "MATCH (c:ChangedThing) RETURN c {.*} AS c"
    before = site.system.read(lambda tx: tx.all(waiting, lambda row: dict(row["c"])))
    site.site.relay.beside["alerts"].carry_out()
    (first,) = street.told(reader)
    site.graph.write(lambda tx: tx.run("UNWIND $rows AS row CREATE (c:ChangedThing) SET c = row", rows=before))
    site.site.relay.beside["alerts"].carry_out()
    assert [one.id for one in street.told(reader)] == [first.id]
    assert len(street.found(search)) == 1
    assert not site.system.read(is_any_changed)


def test_what_is_withdrawn_before_it_was_told_is_not_shown(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    work = street.publishes("泄压装置")
    site.drain()
    street.withdraws(work)
    street.passes()
    assert (street.told(reader), street.found(search)) == ([], [])


def test_what_is_withdrawn_before_anybody_looked_is_taken_back(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    work = street.publishes("泄压装置")
    street.passes()
    assert len(street.told(reader)) == 1
    street.withdraws(work)
    page = site.client(reader).get(f"/saved/{search.id}").text
    assert "泄压装置" not in page
    street.passes()
    assert (street.told(reader), street.found(search)) == ([], [])


def test_the_guarded_side_is_found_only_by_those_inside_and_as_long_as_they_are(site: TestSite, street: Street, make: Make) -> None:
    """Two officers of the unit and a stranger look for what only officers read; one of them loses the office first."""
    unit = make.unit("望京街道")
    officer, former, stranger = make.officer(of=unit), make.officer(of=unit), make.enterprise_user()
    firm = make.enterprise("顺垚", under=unit)
    searches = [street.saves(actor, "保密工艺") for actor in (officer, former, stranger)]
    held = site.system.read(list_held, former.account_id, site.clock.now())[0]
    site.system.change(end_role, former.account_id, site.system.read(get_account, former.account_id).version, held.id)
    site.clock.forward(minutes=1)
    make.need(firm, title="某难题", problem="保密工艺", visibility=Visibility.CONFIDENTIAL)
    street.passes()
    assert [len(street.found(search)) for search in searches] == [1, 0, 0]


def test_muted_ones_count_and_say_nothing(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    door = site.acting_as(reader)
    door.change(mute_search, search.id)
    street.publishes("泄压装置")
    street.passes()
    assert street.told(reader) == []
    assert len(door.read(list_unseen, reader.account_id)) == 1
    site.clock.forward(minutes=1)
    door.change(look_at_search, search.id)
    assert door.read(list_unseen, reader.account_id) == []
    door.change(unmute_search, search.id)
    street.publishes("第二个泄压装置")
    street.passes()
    assert len(street.told(reader)) == 1


def test_deleted_ones_find_nothing_until_they_are_back(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    site.acting_as(reader).change(delete_search, search.id)
    street.publishes("泄压装置")
    street.passes()
    assert street.found(search) == []
    site.acting_as(reader).change(restore_search, search.id, 100)
    street.publishes("第二个泄压装置")
    street.passes()
    assert len(street.found(search)) == 1


def test_daily_is_one_message_a_day_and_none_is_none(site: TestSite, street: Street, make: Make) -> None:
    daily, never = make.account(), make.account()
    street.saves(daily, "泄压", alerts=Alerts.DAILY)
    quiet = street.saves(never, "泄压", alerts=Alerts.NONE)
    for title in ("泄压装置甲", "泄压装置乙"):
        street.publishes(title)
        street.passes()
    assert (len(street.told(daily)), len(street.told(never)), len(street.found(quiet))) == (1, 0, 2)
    site.clock.forward(days=1)
    street.publishes("泄压装置丙")
    street.passes()
    assert len(street.told(daily)) == 2


def test_what_is_found_together_is_one_message_and_what_comes_later_another(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    works = [street.publishes(title) for title in ("泄压装置甲", "泄压装置乙")]
    street.passes()
    assert (len(street.told(reader)), len(street.found(search))) == (1, 2)
    for left, work in zip((1, 0), works, strict=True):
        street.withdraws(work)
        street.passes()
        assert (len(street.told(reader)), len(street.found(search))) == (left, left)
    for title in ("泄压装置丙", "泄压装置丁"):
        street.publishes(title)
        street.passes()
    assert (len(street.told(reader)), len(street.found(search))) == (2, 2)


def test_who_switched_the_topic_off_hears_of_no_search(site: TestSite, street: Street, reader: Actor) -> None:
    site.acting_as(reader).change(choose_ways, 0, USUAL | {Topic.SEARCHES: Delivery.NONE}, "zh")
    search = street.saves(reader, "泄压")
    street.publishes("泄压装置")
    street.passes()
    assert (street.told(reader), len(street.found(search))) == ([], 1)


def test_one_thing_that_cannot_be_told_holds_up_no_other(site: TestSite, street: Street, reader: Actor) -> None:
    search = street.saves(reader, "泄压")
    bad = street.publishes("泄压装置甲")
    good = street.publishes("泄压装置乙")
    site.drain()
    site.graph.write(lambda tx: tx.run("MATCH (n:Achievement {id: $id}) SET n.maturity = 'nine'", id=bad.id))
    site.site.relay.beside["alerts"].carry_out()
    assert [one.entity_id for one in street.found(search)] == [good.id]
    assert not site.system.read(is_any_changed)
