"""Finding a person: exact counts, levels of a skill, what somebody is open to; and never more than the reader may see."""

from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from marketplace.domains.workers.model import Level, SkillHeld, Worker, WorkerDetails, WorkerText
from marketplace.domains.workers.service import edit_worker, give_consent, withdraw_consent
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.availability import Offer
from marketplace.kernel.consent import Part
from marketplace.kernel.errors import Invalid
from marketplace.kernel.workdays import local_day
from marketplace.pages.people.state import state_of
from search.synonyms import NO_SYNONYMS
from tests.factories import Make
from tests.people.scenes import TURNER, WELDER, District, a_district, a_studio, a_work
from tests.site import TestSite


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


@pytest.fixture
def people(district: District) -> dict[str, Worker]:
    """A chief who welds well, a junior who welds a little, one who turns and keeps the skills back, one whose card is hidden."""
    make = district.make
    chief = make.worker("欧阳克勤", at=district.firm, level=Level.CHIEF_TECHNICIAN, occupation=WELDER, offers=(Offer.CONSULTING, Offer.TEACHING),
                        skills=(SkillHeld("焊接", Level.CHIEF_TECHNICIAN), SkillHeld("车削")))  # fmt: skip
    junior = make.worker(
        "冯晓", at=district.firm, level=Level.JUNIOR, occupation=WELDER, offers=(Offer.NOT_NOW,), skills=(SkillHeld("焊接", Level.JUNIOR),)
    )
    silent = make.worker(
        "令狐文", at=district.firm, shown=False, level=Level.TECHNICIAN, occupation=TURNER, skills=(SkillHeld("车削", Level.SENIOR),)
    )
    silent = district.site.system.change(give_consent, silent.id, silent.version, (Part.WORKS,))
    hidden = make.worker("慕容晚晴", at=district.firm, shown=False, level=Level.TECHNICIAN, occupation=TURNER, offers=(Offer.PROJECTS,),
                         skills=(SkillHeld("焊接", Level.SENIOR),))  # fmt: skip
    studio = a_studio(district, (chief, "lead"), (junior, "member"))
    a_work(district, studio, "焊接夹具", (junior, 10_000))
    district.site.drain()
    return {"chief": chief, "junior": junior, "silent": silent, "hidden": hidden}


def found(site: TestSite, actor: Actor, **asked: Any) -> tuple[list[str], dict[str, dict[str, int]]]:
    state = state_of(MultiDict([(name, one) for name, values in asked.items() for one in (values if isinstance(values, tuple) else (values,))]))
    results = site.index.search(state.query(actor.reader, frozenset(), NO_SYNONYMS))
    return [hit.title for hit in results.hits], {facet.name: dict(facet.values) for facet in results.facets}


def page(site: TestSite, actor: Actor, query: str = "") -> str:
    answer = site.client(actor).get(f"/people{query}")
    assert answer.status_code == 200
    return answer.text


def test_skill_at_a_level_is_found_and_counted_exactly(district: District, people: dict[str, Worker]) -> None:
    site, reader = district.site, district.make.account()
    assert set(found(site, reader, skill="焊接")[0]) == {"欧阳克勤", "冯晓"}
    names, facets = found(site, reader, skill="焊接", at_least="senior")
    assert names == ["欧阳克勤"]
    assert facets["skill_4"] == {"焊接": 1}
    assert found(site, reader, at_least="senior")[1]["skill_4"] == {"焊接": 1}


def test_each_filter_narrows_and_levels_and_works_sort(district: District, people: dict[str, Worker]) -> None:
    site, reader = district.site, district.make.account()
    assert found(site, reader, level=("junior", "chief-technician"), occupation=WELDER, availability="teaching")[0] == ["欧阳克勤"]
    assert found(site, reader, sort="highest_rank")[0][:2] == ["欧阳克勤", "冯晓"]
    assert found(site, reader, sort="most_works")[0][0] == "冯晓"
    assert found(site, reader, field="0601")[1]["availability"] == {"consulting": 1, "teaching": 1, "not-now": 1}
    assert set(found(site, reader, q="焊接")[0]) == {"欧阳克勤", "冯晓"}


def test_officers_above_find_what_is_kept_back_and_others_do_not(district: District, people: dict[str, Worker]) -> None:
    site, reader = district.site, district.make.account()
    assert set(found(site, district.officer, skill="车削")[0]) == {"欧阳克勤", "令狐文"}
    assert found(site, reader, skill="车削")[0] == ["欧阳克勤"]
    assert set(found(site, reader)[0]) == {"欧阳克勤", "冯晓", "令狐文"}
    assert set(found(site, district.officer)[0]) == {"欧阳克勤", "冯晓", "令狐文", "慕容晚晴"}
    for actor, told in ((reader, False), (district.stranger, False), (district.officer, True)):
        row = page(site, actor, "?q=令狐文")
        assert ("技师" in row.split("<tbody>")[1]) is told


def test_hidden_people_change_no_count(district: District, people: dict[str, Worker]) -> None:
    """As if they did not exist: the same hits and the same figures after one more of them."""
    site, readers = district.site, (GUEST, district.make.account(), district.stranger)
    before = [found(site, reader) for reader in readers]
    district.make.worker(
        "百里不见", at=district.firm, shown=False, level=Level.SENIOR, skills=(SkillHeld("焊接", Level.SENIOR),), offers=(Offer.TEACHING,)
    )
    site.drain()
    assert [found(site, reader) for reader in readers] == before
    assert before[0] == ([], {name: {} for name in before[0][1]})


def test_hiding_acts_before_the_index_follows(district: District, people: dict[str, Worker]) -> None:
    site, reader, chief = district.site, district.make.account(), people["chief"]
    assert "欧阳克勤" in page(site, reader)
    me = site.acting_as(district.make.person(chief))
    me.change(withdraw_consent, chief.id, chief.version)
    assert "欧阳克勤" not in page(site, reader)
    site.drain()
    assert "欧阳克勤" not in page(site, reader)
    assert "欧阳克勤" in page(site, district.officer)


def test_guests_are_shown_the_way_in_and_nobody(district: District, people: dict[str, Worker]) -> None:
    text = page(district.site, GUEST, "?q=焊接&skill=焊接")
    assert not any(worker.name in text for worker in people.values())
    assert "/sign-in?next=/people?q%3D" in text


def test_rows_say_what_an_officer_needs(district: District, people: dict[str, Worker]) -> None:
    text = page(district.site, district.make.account(), "?sort=highest_rank")
    for words in ("欧阳克勤", "首席技师", "焊工", "压制工作室", "可提供咨询", "暂不接受", f"/network/worker/{people['chief'].id}"):
        assert words in text


def test_what_was_offered_until_yesterday_is_offered_no_more(district: District) -> None:
    site, today = district.site, local_day(district.site.clock.now())
    worker = district.make.worker("韩雪梅", at=district.firm, offers=(Offer.PROJECTS,), offers_until=today)
    site.drain()
    reader = district.make.account()
    assert found(site, reader, availability="projects")[0] == ["韩雪梅"]
    site.clock.forward(days=1)
    assert "可联合攻关" not in page(site, reader).split("<tbody>")[1]
    site.site.relay.pass_day()
    site.drain()
    assert site.find("worker", worker.id).offers == ()
    assert found(site, reader, availability="projects")[0] == []


@pytest.mark.parametrize(
    ("offers", "until", "field"),
    [((Offer.NOT_NOW, Offer.TEACHING), None, "offers"), ((), date(2027, 1, 1), "offers"), ((Offer.TEACHING,), date(2026, 1, 1), "offers_until")],
)
def test_offers_that_say_nothing_are_refused(district: District, offers: tuple[Offer, ...], until: date | None, field: str) -> None:
    worker = district.make.worker("韩雪梅", at=district.firm)
    text = WorkerText(name="韩雪梅", offers=offers, offers_until=until)
    with pytest.raises(Invalid) as refused:
        district.site.acting_as(district.make.person(worker)).change(edit_worker, worker.id, worker.version, text, WorkerDetails())
    assert field in refused.value.fields


def test_the_person_says_on_their_own_form_what_they_are_open_to(district: District) -> None:
    site, worker = district.site, district.make.worker("韩雪梅", at=district.firm)
    browser = site.client(district.make.person(worker))
    until = local_day(site.clock.now()) + timedelta(days=30)
    sent = {"key": "k", "version": worker.version, "name": "韩雪梅", "offers": ["consulting", "teaching"], "offers_until": until.isoformat()}
    assert browser.post(f"/workers/{worker.id}/edit", data=sent).status_code == 302
    kept = site.find("worker", worker.id)
    assert (kept.offers, kept.offers_until) == ((Offer.CONSULTING, Offer.TEACHING), until)
    assert "可带徒授课" in browser.get(f"/workers/{worker.id}").text
    wrong = browser.post(f"/workers/{worker.id}/edit", data=sent | {"key": "l", "version": kept.version, "offers": ["everything"]})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=9999999", "sort=odd", "sort=ending_soon", "at_least=master", "&".join(f"area={n}" for n in range(60))]
)
def test_addresses_that_no_link_has_are_plain_pages(site: TestSite, make: Make, query: str) -> None:
    answer = site.client(make.account()).get(f"/people?{query}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
