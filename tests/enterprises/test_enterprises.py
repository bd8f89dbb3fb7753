"""Stories of enterprises: who sees the contacts, who may edit, what is refused, what their page shows."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import Stale
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.domains.enterprises.model import EnterpriseText, Size
from marketplace.domains.enterprises.repository import get_enterprise, list_belongings
from marketplace.domains.enterprises.service import create_enterprise, edit_enterprise, import_enterprises
from marketplace.domains.needs.model import Status as NeedStatus
from marketplace.domains.organisations.model import Kind
from marketplace.kernel.actor import GUEST
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.importing import Intake, Row
from marketplace.kernel.revisions import list_versions, text_of
from tests.factories import Make
from tests.site import TestSite

USCC = "91110000600037341L"
NEED = """
MATCH (e:Enterprise {id: $enterprise})
CREATE (:Need {id: $id, title: $id, status: $status,
  visibility: $visibility, audience: ['public', 'system'], guarded_audience: $inside})-[:POSTED_BY]->(e)
"""


def test_contacts_are_for_the_owner_and_officers_above(site: TestSite, make: Make) -> None:
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("沃岭储能", under=base, contact_name="吴敬东", contact_phone="13900009091")

    def phone(actor: object) -> str:
        return site.acting_as(actor).read(get_enterprise, firm.id).contact_phone  # type: ignore[arg-type]

    assert phone(make.officer(of=street)) == phone(make.enterprise_user(firm)) == "13900009091"
    assert phone(GUEST) == phone(make.account()) == phone(make.enterprise_user()) == phone(make.officer(of="望京街道")) == ""


def test_officer_of_another_street_can_neither_create_nor_edit(site: TestSite, make: Make) -> None:
    firm = make.enterprise(under=make.organisation("沃岭储能工会", kind=Kind.BASE, under=make.organisation("酒仙桥街道")))
    stranger = site.acting_as(make.officer(of="望京街道"))
    with pytest.raises(Forbidden):
        stranger.change(create_enterprise, EnterpriseText(name="新企业", union_name="沃岭储能工会"))
    with pytest.raises(Forbidden):
        stranger.change(edit_enterprise, firm.id, 1, text_of(firm, EnterpriseText))
    assert (
        site.acting_as(make.officer(of="酒仙桥街道")).change(create_enterprise, EnterpriseText(name="新企业", union_name="沃岭储能工会")).version == 1
    )


def test_owner_edits_and_every_state_is_kept_for_owner_and_officers(site: TestSite, make: Make) -> None:
    firm = make.enterprise("旧名")
    owner = site.acting_as(make.enterprise_user(firm))
    owner.change(edit_enterprise, firm.id, 1, EnterpriseText(name="新名", size=Size.SMALL, union_name=firm.union_name))
    assert site.find("enterprise", firm.id).name == "新名"
    assert [version.ordinal for version in owner.read(list_versions, firm.id)] == [2, 1]
    assert site.acting_as(make.account()).read(list_versions, firm.id) == []
    with pytest.raises(Stale):
        owner.change(edit_enterprise, firm.id, 1, EnterpriseText(name="更旧", union_name=firm.union_name))


def test_owner_cannot_move_it_under_another_union(site: TestSite, make: Make) -> None:
    firm, elsewhere = make.enterprise(), make.organisation("望京街道")
    text = EnterpriseText(name=firm.name, union_name=elsewhere.name)
    with pytest.raises(Forbidden):
        site.acting_as(make.enterprise_user(firm)).change(edit_enterprise, firm.id, 1, text)
    site.system.change(edit_enterprise, firm.id, 1, text)
    assert site.find("enterprise", firm.id).units == (elsewhere.id,)


def test_credit_code_is_checked_and_stands_for_one_enterprise(site: TestSite, make: Make) -> None:
    make.enterprise("一", uscc=USCC.lower())
    union = make.organisation("工会")
    for code in ("91110000600037341X", "9111", USCC):
        with pytest.raises(Invalid) as refused:
            site.system.change(create_enterprise, EnterpriseText(name="二", uscc=code, union_name=union.name))
        assert set(refused.value.fields) == {"uscc"}
    for name in ("三", "四"):  # several may be without one
        assert site.system.change(create_enterprise, EnterpriseText(name=name, union_name=union.name)).uscc is None


def test_of_many_who_enter_one_code_at_once_one_succeeds(site: TestSite, make: Make) -> None:
    union = make.organisation("工会")

    def enter(number: int) -> bool:
        try:
            site.system.change(create_enterprise, EnterpriseText(name=f"企业{number}", uscc=USCC, union_name=union.name))
        except Invalid as refused:
            return "uscc" not in refused.fields
        return True

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(enter, range(6))) == 1


def test_page_names_no_poster_of_an_anonymous_need(site: TestSite, make: Make) -> None:
    firm = make.enterprise()
    for id, visibility, status in (("open-need", "open", NeedStatus.PUBLISHED), ("anonymous-need", "anonymous", NeedStatus.PUBLISHED),
                                   ("closed-need", "open", NeedStatus.CLOSED)):  # fmt: skip
        inside = [f"maker:{firm.id}", "system"]
        values = {"enterprise": firm.id, "id": id, "visibility": visibility, "status": status, "inside": inside}
        site.graph.write(lambda tx, values=values: tx.run(NEED, **values))  # type: ignore[misc]

    def needs(actor: object) -> set[str]:
        return {card.id for card in site.acting_as(actor).read(list_belongings, firm.id).needs}  # type: ignore[arg-type]

    assert needs(GUEST) == needs(make.enterprise_user()) == {"open-need"}
    assert needs(make.enterprise_user(firm)) == {"open-need", "anonymous-need"}


def test_page_shows_no_draft_even_to_its_makers(site: TestSite, make: Make) -> None:
    worker = make.worker(at=(firm := make.enterprise()))
    person = make.person(worker)
    site.acting_as(person).change(create_achievement, AchievementText(title="草稿"))
    assert site.acting_as(person).read(list_belongings, firm.id).made == ()


def test_import_takes_each_row_once_and_says_which_one_is_wrong(site: TestSite, make: Make) -> None:
    officer = make.officer(of="酒仙桥街道")
    rows = [Row(f"登记:{n}", EnterpriseText(name=f"企业{n}")) for n in range(3)]
    acting = site.acting_as(officer)
    taken = acting.change(import_enterprises, rows, Intake(source="登记"))
    assert len(taken.created) == 3
    assert site.find("enterprise", taken.created[0]).missing
    assert acting.change(import_enterprises, rows, Intake(source="登记")).unchanged == 3
    twice = [Row(f"登记:{n}", EnterpriseText(name="同码", uscc=USCC)) for n in (7, 8)]
    for wrong in (twice, [Row("登记:9", EnterpriseText(name="无此工会", union_name="无"))]):
        with pytest.raises(Invalid) as refused:
            acting.change(import_enterprises, wrong, Intake(source="登记"))
        assert refused.value.values["row"].startswith("登记:")


def test_it_is_found_by_name_and_field_but_never_by_its_phone(site: TestSite, make: Make) -> None:
    firm = make.enterprise("北京沃岭储能技术有限公司", fields=("0601",), contact_phone="13900009091")
    site.drain()
    assert [hit.id for hit in site.search("储能", filters={"field": ("06",)}).hits] == [firm.id]
    assert not site.search("13900009091", make.enterprise_user(firm)).hits
