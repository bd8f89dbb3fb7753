"""The person decides what the card says, part by part; it acts at once and everywhere."""

from dataclasses import replace

import pytest

from graph.errors import NotFound
from graph.outbox import list_withheld
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.enquiries.repository import get_subject
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.workers.document import as_shown
from marketplace.domains.workers.model import Level, SkillHeld, Worker
from marketplace.domains.workers.repository import get_worker
from marketplace.domains.workers.service import choose_parts, give_consent, withdraw_consent
from marketplace.kernel.actor import Actor
from marketplace.kernel.cards import list_cards
from marketplace.kernel.consent import DEFAULT, WORDING, Part, concealed_of, list_consents, parts_of
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.person_links import list_links
from marketplace.pages.network.composing import neighbourhood
from marketplace.pages.people.repository import list_people
from tests.factories import Make
from tests.people.scenes import TURNER, District, a_district, a_studio, a_work
from tests.site import TestSite

SETS = [(), (Part.SKILLS,), (Part.WORKS, Part.CONTACT), (Part.EMPLOYER,), DEFAULT, tuple(Part)]


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


@pytest.fixture
def zhou(district: District) -> Worker:
    worker = district.make.worker(
        "周立成", at=district.firm, level=Level.TECHNICIAN, occupation=TURNER, skills=(SkillHeld("焊接", Level.SENIOR),), headline="泄压结构"
    )
    a_work(district, a_studio(district, (worker, "lead")), "泄压装置", (worker, 10_000))
    district.site.drain()
    return district.site.find("worker", worker.id)


def choose(district: District, worker: Worker, *parts: Part) -> Worker:
    version = district.site.find("worker", worker.id).version
    return district.site.system.change(choose_parts, worker.id, version, parts)


def seen(district: District, actor: Actor, worker: Worker) -> Worker:
    return district.site.acting_as(actor).read(get_worker, worker.id)


def met(district: District, actor: Actor, worker: Worker) -> set[str]:
    return {
        edge.relation
        for edge in district.site.acting_as(actor).read(neighbourhood, "worker", worker.id).edges
        if worker.id in (edge.source, edge.target)
    }


def test_parts_and_relations_say_the_same() -> None:
    for parts in SETS:
        assert set(parts_of(concealed_of(parts))) == set(parts)


@pytest.mark.parametrize("parts", SETS)
def test_the_preview_is_what_others_read(district: District, zhou: Worker, parts: tuple[Part, ...]) -> None:
    choose(district, zhou, *parts)
    whole, stranger = district.site.find("worker", zhou.id), district.make.account()
    shown = as_shown(whole)
    read = seen(district, stranger, zhou)
    for name in ("name", "headline", "level", "occupation", "skills", "fields", "works", "enterprise_name", "organisation_name", "jobs", "offers"):
        assert getattr(read, name) == getattr(shown, name), name


def test_each_part_that_is_kept_back_is_gone_everywhere_at_once(district: District, zhou: Worker) -> None:
    """Card, network, finder, cards of lists, the work's own page; officers above and the person see it all the same."""
    site, stranger = district.site, district.make.account()
    assert [link.title for link in site.acting_as(stranger).read(list_links, zhou.id) if link.relation == "CONTRIBUTED_TO"] == ["泄压装置"]
    assert {"HAS_SKILL", "EMPLOYED_BY", "CONTRIBUTED_TO"} <= met(district, stranger, zhou)
    choose(district, zhou)
    assert not met(district, stranger, zhou) & {"HAS_SKILL", "EMPLOYED_BY", "CONTRIBUTED_TO"}
    assert {"HAS_SKILL", "EMPLOYED_BY", "CONTRIBUTED_TO"} <= met(district, district.officer, zhou) & met(district, district.make.person(zhou), zhou)
    card = site.acting_as(stranger).read(list_cards, [("worker", zhou.id)])[0]
    assert (card.level, card.occupation, card.provider) == ("", "", "")
    person = site.acting_as(stranger).read(list_people, [zhou.id], site.clock.now().date())[0]
    assert (person.skills, person.level, person.works) == ((), None, 0)
    assert not [link for link in site.acting_as(stranger).read(list_links, zhou.id) if link.relation == "CONTRIBUTED_TO"]
    for actor, name in ((stranger, ""), (district.officer, "周立成")):
        works = site.acting_as(actor).read(get_achievement, _work(site)).contributions
        assert [one.name for one in works] == [name]


def _work(site: TestSite) -> str:
    return str(site.graph.read(lambda tx: tx.one("MATCH (a:Achievement) RETURN a.id AS id", lambda row: row["id"])))


def test_what_is_kept_back_is_withheld_until_the_index_follows(district: District, zhou: Worker) -> None:
    site, stranger = district.site, district.make.account()
    assert site.search("焊接", stranger, kinds=("worker",)).total == 1
    choose(district, zhou, Part.WORKS)
    assert zhou.id in site.system.read(list_withheld)
    assert site.search("焊接", stranger, kinds=("worker",)).total == 0
    site.drain()
    assert not site.system.read(list_withheld)
    assert site.search("焊接", stranger, kinds=("worker",)).total == 0
    assert site.search("沃岭", stranger, kinds=("worker",)).total == 0
    assert site.search("周立成", stranger, kinds=("worker",)).total == 1
    assert site.search("焊接", district.officer, kinds=("worker",)).total == 1


def test_consent_by_default_is_what_the_union_asks_for_and_no_more(district: District) -> None:
    worker = district.make.worker("韩雪梅", at=district.firm, shown=False, skills=(SkillHeld("焊接"),))
    district.site.acting_as(district.make.person(worker)).change(give_consent, worker.id, worker.version)
    read = seen(district, district.make.account(), worker)
    assert [held.skill for held in read.skills] == ["焊接"]
    assert (read.enterprise_name, read.organisation_name, read.jobs) == ("", "", ())


def test_each_consent_is_recorded_with_its_words(district: District) -> None:
    site, worker = district.site, district.make.worker("韩雪梅", at=district.firm, shown=False)
    me = site.acting_as(district.make.person(worker))
    given = me.change(give_consent, worker.id, worker.version)
    site.clock.forward(days=1)
    chosen = site.acting_as(me.actor).change(choose_parts, worker.id, given.version, (Part.SKILLS,))
    site.clock.forward(days=1)
    site.acting_as(me.actor).change(withdraw_consent, worker.id, chosen.version)
    kept = me.read(list_consents, worker.id)
    assert [set(one.parts) for one in kept] == [set(), {"name", "skills"}, {"name", "skills", "works"}]
    assert {(one.wording, one.by) for one in kept} == {(WORDING, me.actor.account_id)}
    assert site.acting_as(district.stranger).read(list_consents, worker.id) == []
    assert len(site.acting_as(district.officer).read(list_consents, worker.id)) == 3


def test_nobody_else_decides(district: District, zhou: Worker) -> None:
    for other in (district.officer, district.make.account()):
        with pytest.raises(Forbidden):
            district.site.acting_as(other).change(choose_parts, zhou.id, zhou.version, ())
        assert district.site.client(other).get(f"/workers/{zhou.id}/consent").status_code == 403


def test_questions_come_only_to_whoever_wants_them(district: District, zhou: Worker) -> None:
    site, buyer = district.site, district.make.enterprise_user()
    choose(district, zhou, *Part)
    asked = site.acting_as(buyer).change(ask_enquiry, "worker", zhou.id, "能来看看我们的焊缝吗？")
    assert asked.providers == (zhou.id,)
    person = district.make.person(zhou)
    assert "焊缝" in site.client(person).get(f"/enquiries/{asked.id}").text
    assert f"/enquiries/new/worker/{zhou.id}" in site.client(buyer).get(f"/workers/{zhou.id}").text
    choose(district, zhou, Part.SKILLS)
    with pytest.raises(NotFound):
        site.acting_as(buyer).read(get_subject, "worker", zhou.id)
    assert f"/enquiries/new/worker/{zhou.id}" not in site.client(buyer).get(f"/workers/{zhou.id}").text
    hidden = district.make.worker("慕容晚晴", at=district.firm, shown=False)
    with pytest.raises(NotFound):
        site.acting_as(district.officer).read(get_subject, "worker", hidden.id)


def test_the_page_looks_without_keeping_and_keeps_when_told(district: District, zhou: Worker) -> None:
    site = district.site
    browser = site.client(district.make.person(zhou))
    version = site.find("worker", zhou.id).version
    sent = {"version": version, "shown": "y", "parts": ["works"]}
    look = browser.post(f"/workers/{zhou.id}/consent", data=sent | {"look": "1", "key": "a"})
    assert "尚未保存" in look.text
    assert "焊接" not in look.text.split('id="as-others"')[1].split("</section>")[0]
    assert site.find("worker", zhou.id).version == version
    assert browser.post(f"/workers/{zhou.id}/consent", data=sent | {"key": "b"}).status_code == 302
    assert parts_of(site.find("worker", zhou.id).concealed) == (Part.WORKS,)
    assert browser.post(f"/workers/{zhou.id}/consent", data=sent | {"key": "c", "parts": ["everything"]}).status_code == 422
    assert browser.post(f"/workers/{zhou.id}/consent", data={"version": version, "key": "d"}).status_code == 409
    hide = {"version": site.find("worker", zhou.id).version, "parts": ["works"], "key": "e"}
    assert browser.post(f"/workers/{zhou.id}/consent", data=hide).status_code == 302
    assert not site.find("worker", zhou.id).has_consent


def test_control_a_card_without_its_marks_would_leak(district: District, zhou: Worker) -> None:
    """The tests above can fail: with the marks wiped from the node, outsiders read everything again."""
    stranger = district.make.account()
    choose(district, zhou)
    assert seen(district, stranger, zhou).skills == ()
    district.site.graph.write(lambda tx: tx.run("MATCH (w:Worker {id: $id}) SET w.concealed = []", id=zhou.id))
    assert seen(district, stranger, zhou).skills != ()
    assert as_shown(replace(zhou, concealed=())) == replace(zhou, concealed=())
