"""Stories of workers: consent, the guarded side, masked numbers, transfers, imports."""

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import NotFound, Stale
from marketplace.domains.organisations.model import Kind
from marketplace.domains.workers.model import Certificate, Level, SkillHeld, Worker, WorkerDetails, WorkerEntry, WorkerText, masked
from marketplace.domains.workers.repository import get_clear_worker
from marketplace.domains.workers.service import create_worker, edit_worker, give_consent, import_workers, transfer_worker, withdraw_consent
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.importing import Intake, Row
from marketplace.kernel.person_links import list_links
from marketplace.kernel.taxonomy import Term, write_occupations, write_skills
from tests.factories import Make
from tests.site import TestSite

IDENTITY, PHONE, BANK, NUMBER = "110105197603059613", "13600004075", "6222020200112233445", "1011000042132773"
DETAILS = WorkerDetails(
    id_number=IDENTITY, phone=PHONE, bank_account=BANK, certificates=(Certificate(NUMBER, "6-18-01-01", Level.SENIOR, date(2010, 7, 2)),)
)
WORK = """
MATCH (w:Worker {id: $id})
CREATE (w)-[:CONTRIBUTED_TO {share: 6000, role: '设计'}]->(:Achievement {id: $work, title: $work, audience: $audience, guarded_audience: ['system']})
"""


@pytest.fixture
def zhou(site: TestSite, make: Make) -> Worker:
    """周立成, of a base union under 酒仙桥街道, with everything filled in and a public card."""
    site.graph.write(lambda tx: write_skills(tx, [Term("weld", "焊接", "Welding", "0601"), Term("turn", "车削", "Turning")]))
    site.graph.write(lambda tx: write_occupations(tx, [Term("6-18-01-01", "车工", "Turner")]))
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=make.organisation("酒仙桥街道"))
    return make.worker(
        "周立成", at=make.enterprise("沃岭储能", under=base), details=DETAILS, level=Level.TECHNICIAN, occupation="6-18-01-01",
        headline="泄压结构设计", skills=(SkillHeld("焊接", Level.SENIOR, date(2014, 5, 1), NUMBER),),
    )  # fmt: skip


def seen(site: TestSite, actor: Actor, worker: Worker) -> Worker:
    return site.acting_as(actor).read(get_clear_worker, worker.id)


def test_card_is_for_the_signed_in_and_the_guarded_side_for_self_and_officers_above(site: TestSite, make: Make, zhou: Worker) -> None:
    for inside in (make.person(zhou), make.officer(of="酒仙桥街道")):
        worker = seen(site, inside, zhou)
        assert (worker.id_number, worker.phone, worker.bank_account, worker.born_on) == (IDENTITY, PHONE, BANK, date(1976, 3, 5))
        assert worker.certificates == DETAILS.certificates
        assert worker.skills[0].certificate == NUMBER
    for other in (make.account(), make.enterprise_user(), make.officer(of="望京街道"), make.administrator()):
        worker = seen(site, other, zhou)
        assert worker.skills == (SkillHeld("焊接", Level.SENIOR, date(2014, 5, 1)),)
        assert worker.headline
        assert not (worker.id_number)
        assert not (worker.phone)
        assert not (worker.bank_account)
        assert not (worker.born_on)
        assert not (worker.certificates)
    with pytest.raises(NotFound):
        seen(site, GUEST, zhou)


def test_withdrawn_consent_takes_the_card_from_sight_at_once(site: TestSite, make: Make, zhou: Worker) -> None:
    person, colleague = make.person(zhou), make.account()
    site.drain()
    assert [hit.id for hit in site.search("泄压", colleague).hits] == [zhou.id]
    hidden = site.acting_as(person).change(withdraw_consent, zhou.id, zhou.version)
    assert not site.search("泄压", colleague).hits  # the relay has not come by yet
    with pytest.raises(NotFound):
        seen(site, colleague, zhou)
    assert seen(site, person, zhou).name
    assert seen(site, make.officer(of="酒仙桥街道"), zhou).phone == PHONE
    site.drain()
    assert not site.search("周立成", colleague).hits
    assert site.search("周立成", person).hits
    site.acting_as(person).change(give_consent, zhou.id, hidden.version)
    assert seen(site, colleague, zhou).name == "周立成"


def test_nobody_but_the_person_decides_about_the_card(site: TestSite, make: Make, zhou: Worker) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(make.officer(of="酒仙桥街道")).change(withdraw_consent, zhou.id, zhou.version)
    hidden = make.worker("郑工", shown=False)
    assert not hidden.has_consent
    with pytest.raises(NotFound):
        site.acting_as(make.officer(of="望京街道")).change(give_consent, hidden.id, hidden.version)


def test_masked_numbers_that_come_back_change_nothing_and_new_ones_do(site: TestSite, make: Make, zhou: Worker) -> None:
    shown = masked(site.system.read(get_clear_worker, zhou.id))
    assert (shown.id_number, shown.phone, shown.bank_account) == ("110105********9613", "136****4075", "*" * 15 + "3445")
    card = WorkerText(name="周立成", skills=(SkillHeld("焊接"),))
    back = WorkerDetails(id_number=shown.id_number, phone=shown.phone, bank_account="", certificates=shown.certificates)
    officer = site.acting_as(make.officer(of="酒仙桥街道"))
    officer.change(edit_worker, zhou.id, zhou.version, card, back)
    kept = site.system.read(get_clear_worker, zhou.id)
    assert (kept.id_number, kept.phone, kept.bank_account, kept.certificates) == (IDENTITY, PHONE, "", DETAILS.certificates)
    assert kept.skills == (SkillHeld("焊接", certificate=NUMBER),)
    with pytest.raises(Stale):
        officer.change(edit_worker, zhou.id, zhou.version, card, back)
    with pytest.raises(Forbidden):
        site.acting_as(make.account()).change(edit_worker, zhou.id, kept.version, card, back)


WRONG: list[tuple[str, WorkerDetails]] = [
    ("id_number", WorkerDetails(id_number="110105197603059614")), ("id_number", WorkerDetails(id_number="110105209901010017")),
    ("born_on", WorkerDetails(born_on=date(2099, 1, 1))), ("born_on", WorkerDetails(id_number=IDENTITY, born_on=date(1980, 1, 1))),
    ("phone", WorkerDetails(phone="12345")), ("bank_account", WorkerDetails(bank_account="62x")),
    ("certificates", WorkerDetails(certificates=(Certificate("123", "6-18-01-01"),))),
    ("certificates", WorkerDetails(certificates=(Certificate(NUMBER, "9-99"),))),
    ("certificates", WorkerDetails(certificates=(Certificate("X" + "1" * 21, "6-18-01-01"),))),
]  # fmt: skip


@pytest.mark.parametrize(("field", "details"), WRONG)
def test_wrong_numbers_are_refused_at_their_field(site: TestSite, zhou: Worker, field: str, details: WorkerDetails) -> None:
    with pytest.raises(Invalid) as refused:
        site.system.change(create_worker, WorkerText(name="新人"), details, "沃岭储能")
    assert field in refused.value.fields


def test_both_forms_of_certificates_are_taken(site: TestSite, zhou: Worker) -> None:
    good = tuple(Certificate(number, "6-18-01-01") for number in (NUMBER, "Y" + "1" * 21, "S" + "2" * 21))
    made = site.system.change(create_worker, WorkerText(name="新人"), WorkerDetails(certificates=good), "沃岭储能")
    assert site.system.read(get_clear_worker, made.id).certificates == good


def test_unknown_skill_occupation_and_employer_are_refused(site: TestSite, zhou: Worker) -> None:
    for field, text, employer in (
        ("skills", WorkerText(name="甲", skills=(SkillHeld("飞行"),)), "沃岭储能"),
        ("occupation", WorkerText(name="甲", occupation="0-00"), "沃岭储能"),
        ("employer", WorkerText(name="甲"), "无此企业"),
    ):
        with pytest.raises(Invalid) as refused:
            site.system.change(create_worker, text, WorkerDetails(), employer)
        assert set(refused.value.fields) == {field}


def test_transfer_ends_one_job_begins_another_and_moves_the_officers(site: TestSite, make: Make, zhou: Worker) -> None:
    there = make.enterprise("京朔物流", under=make.organisation("京朔工会", kind=Kind.BASE, under=make.organisation("望京街道")))
    before, after = make.officer(of="酒仙桥街道"), make.officer(of="望京街道")
    with pytest.raises(Forbidden):
        site.acting_as(make.person(zhou)).change(transfer_worker, zhou.id, zhou.version, there.id, date(2026, 11, 1))
    for employer, on in (("沃岭储能", date(2026, 11, 1)), (there.id, date(2026, 12, 1))):
        with pytest.raises(Invalid):
            site.system.change(transfer_worker, zhou.id, zhou.version, employer, on)
    with pytest.raises(Forbidden):
        site.acting_as(before).change(transfer_worker, zhou.id, zhou.version, there.id, date(2026, 11, 1))
    site.system.change(transfer_worker, zhou.id, zhou.version, there.id, date(2026, 11, 1))
    moved = seen(site, after, zhou)
    assert [(job.enterprise_name, job.until) for job in moved.jobs] == [("京朔物流", None), ("沃岭储能", date(2026, 11, 1))]
    assert moved.phone == PHONE
    assert moved.units[0] == there.organisation_id
    assert seen(site, before, zhou).phone == ""


def test_works_are_listed_once_public_with_the_share_for_those_inside(site: TestSite, make: Make, zhou: Worker) -> None:
    for work, audience in (("public-work", ["public", "system"]), ("draft-work", [f"maker:{zhou.id}", "system"])):
        site.graph.write(lambda tx, w=work, a=audience: tx.run(WORK, id=zhou.id, work=w, audience=a))  # type: ignore[misc]

    def works(actor: Actor) -> list[tuple[str, int | None]]:
        return [(link.id, link.share) for link in site.acting_as(actor).read(list_links, zhou.id)]

    assert works(make.person(zhou)) == [("public-work", 6000)]
    assert works(make.account()) == [("public-work", None)]
    assert works(GUEST) == []


def test_import_hides_every_card_and_takes_each_row_once(site: TestSite, make: Make, zhou: Worker) -> None:
    officer = site.acting_as(make.officer(of="酒仙桥街道"))
    rows = [Row(f"花名册:{n}", WorkerEntry(name=f"工{n}", employer="沃岭储能", skills=("焊接",), id_number=IDENTITY)) for n in range(3)]
    taken = officer.change(import_workers, rows, Intake(source="花名册"))
    worker = site.system.read(get_clear_worker, taken.created[0])
    assert len(taken.created) == 3
    assert not worker.has_consent
    assert worker.born_on == date(1976, 3, 5)
    assert worker.source == "花名册"
    assert officer.change(import_workers, rows, Intake(source="花名册")).unchanged == 3
    with pytest.raises(Forbidden):
        site.acting_as(make.officer(of="望京街道")).change(import_workers, [replace(rows[0], source_key="花名册:9")], Intake())
    with pytest.raises(Invalid) as refused:
        officer.change(import_workers, [Row("花名册:10", WorkerEntry(name="工", employer="沃岭储能", phone="1"))], Intake())
    assert refused.value.values["row"] == "花名册:10"


def test_search_finds_the_card_by_skill_and_never_by_a_number(site: TestSite, make: Make, zhou: Worker) -> None:
    site.drain()
    person = make.person(zhou)
    assert [hit.id for hit in site.search("焊接", person, filters={"level": ("technician",)}).hits] == [zhou.id]
    assert not any(site.search(number, person).hits for number in (IDENTITY, PHONE, BANK, NUMBER))
    assert not site.search("焊接").hits
