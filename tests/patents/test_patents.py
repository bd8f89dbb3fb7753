"""Who writes a patent down, what cannot be true of it, and how it is found."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.domains.patents.model import Inventor, LegalStatus, Patent, PatentText, Type
from marketplace.domains.patents.repository import get_patent
from marketplace.domains.patents.service import create_patent, edit_patent, import_patents
from marketplace.kernel.actor import GUEST
from marketplace.kernel.errors import Forbidden, Invalid, Stale
from marketplace.kernel.importing import Intake, Row, Taken
from marketplace.kernel.revisions import list_versions
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import Scene, set_scene

TEXT = PatentText(
    title="一种偏心自锁式屋面夹具", patent_number="ZL2017106018623", ipc="h02s20/23", applicant="北京沃岭储能技术有限公司",
    filed_on=date(2017, 7, 21), published_on=date(2017, 12, 1), granted_on=date(2019, 5, 7), legal_status=LegalStatus.GRANTED,
    inventors=(Inventor("周立成"), Inventor("韩雪梅")),
)  # fmt: skip


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def registered(scene: Scene, text: PatentText = TEXT) -> Patent:
    return scene.site.acting_as(scene.enterprise_user()).change(create_patent, text, scene.enterprise_id)


def test_the_owners_user_writes_it_down_and_everybody_reads_it(scene: Scene) -> None:
    patent = scene.site.acting_as(GUEST).read(get_patent, registered(scene).id)
    assert (patent.patent_number, patent.ipc) == ("201710601862.3", "H02S 20/23")
    assert (patent.owner.id, patent.organisation_id) == (scene.enterprise_id, scene.base.id)
    assert [one.name for one in patent.inventors] == ["周立成", "韩雪梅"]


def test_strangers_do_not_write_it_down_and_inventors_do(scene: Scene) -> None:
    inventor = scene.person("周立成")
    for stranger in (scene.stranger, scene.person("路人甲")):
        with pytest.raises(Forbidden):
            scene.site.acting_as(stranger).change(create_patent, TEXT, scene.enterprise_id)
    linked = replace(TEXT, inventors=(Inventor("周立成", inventor.worker_id), Inventor("韩雪梅")))
    assert scene.site.acting_as(inventor).change(create_patent, linked, scene.enterprise_id)


def test_order_and_links_of_inventors_survive_an_edit(scene: Scene) -> None:
    first, hidden = scene.person("周立成"), scene.person("韩雪梅", shown=False)
    patent = registered(
        scene, replace(TEXT, inventors=(Inventor("韩雪梅", hidden.worker_id), Inventor("外单位某"), Inventor("周立成", first.worker_id)))
    )
    edited = scene.site.acting_as(scene.officer).change(edit_patent, patent.id, 1, replace(TEXT, inventors=patent.inventors[::-1]))
    assert scene.site.find("patent", patent.id).inventors == edited.inventors == patent.inventors[::-1]
    public = scene.site.acting_as(GUEST).read(get_patent, patent.id)
    assert [(one.name, one.worker_id) for one in public.inventors] == [("周立成", ""), ("外单位某", ""), ("韩雪梅", "")]


def test_an_edit_keeps_a_version_and_a_stale_one_is_refused(scene: Scene) -> None:
    patent = registered(scene)
    as_officer = scene.site.acting_as(scene.officer)
    as_officer.change(edit_patent, patent.id, 1, replace(TEXT, legal_status=LegalStatus.LAPSED))
    assert len(as_officer.read(list_versions, patent.id)) == 2
    with pytest.raises(Stale):
        as_officer.change(edit_patent, patent.id, 1, TEXT)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(edit_patent, patent.id, 2, TEXT)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("patent_number", {"patent_number": "201710601862.4"}),
        ("type", {"type": Type.UTILITY_MODEL}),
        ("ipc", {"ipc": "Z99"}),
        ("ipc", {"ipc": "24-02"}),
        ("granted_on", {"granted_on": date(2017, 8, 1)}),
        ("published_on", {"published_on": date(2017, 7, 20)}),
        ("granted_on", {"granted_on": date(2030, 1, 1)}),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(scene: Scene, field: str, change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        registered(scene, replace(TEXT, **change))
    assert set(refused.value.fields) == {field}


def test_one_number_stands_once(scene: Scene) -> None:
    registered(scene)
    with pytest.raises(Invalid):
        registered(scene, replace(TEXT, patent_number="2017 1060 1862.3"))


@pytest.mark.parametrize(
    ("type", "filed", "expires"),
    [
        (Type.INVENTION, date(2004, 2, 29), date(2024, 2, 29)),
        (Type.UTILITY_MODEL, date(2004, 2, 29), date(2014, 2, 28)),
        (Type.DESIGN, date(2021, 5, 31), date(2031, 5, 31)),
        (Type.DESIGN, date(2021, 6, 1), date(2036, 6, 1)),
        (Type.PCT_INVENTION, date(2010, 1, 1), date(2030, 1, 1)),
    ],
)
def test_the_term_follows_from_type_and_filing(type: Type, filed: date, expires: date, scene: Scene) -> None:
    assert replace(registered(scene), type=type, filed_on=filed).expires_on == expires


def test_it_is_found_by_its_number_in_every_form_and_by_its_inventor(scene: Scene) -> None:
    patent = registered(scene)
    scene.site.drain()
    for text in ("201710601862.3", "2017106018623", "ZL201710601862.3", "韩雪梅", "自锁"):
        assert [hit.id for hit in scene.site.search(text).hits] == [patent.id], text


def test_an_import_repeated_changes_nothing_and_known_numbers_stay_out(scene: Scene) -> None:
    old = PatentText(title="地漏预埋定位盒", patent_number="97101765.4", applicant="北京沃岭储能技术有限公司")
    rows = [Row("r:1", old), Row("r:2", old), Row("r:3", PatentText(title="只有题目"))]
    as_officer = scene.site.acting_as(scene.officer)
    taken = as_officer.change(import_patents, rows, Intake("r"))
    found = [scene.site.find("patent", id) for id in taken.created]
    assert [(one.title, one.owner.id) for one in found] == [("地漏预埋定位盒", scene.enterprise_id), ("只有题目", "")]
    assert as_officer.change(import_patents, rows, Intake("r")) == Taken((), 3)
    with pytest.raises(Forbidden):
        scene.site.acting_as(scene.stranger).change(import_patents, [Row("r:4", PatentText(title="外区的"))], Intake("r", unit_id=scene.base.id))
    with pytest.raises(Invalid):
        as_officer.change(import_patents, [Row("r:5", replace(old, patent_number="97101765.5"))], Intake("r"))
