"""What the works of a party do elsewhere: confirmed alone, each enterprise once, each sum with its source."""

from dataclasses import replace

from marketplace.kernel.replications import get_storefront
from marketplace.processes.adoption.service import confirm_use, report_use
from tests.adoption.scenes import SAID, stage
from tests.factories import Make
from tests.site import TestSite

EN = {"Accept-Language": "en"}


def test_a_studio_and_its_host_show_what_was_confirmed(site: TestSite, make: Make) -> None:
    scene = stage(site, make)
    work = scene.work
    for kind, id in (("studio", work.studio_id), ("enterprise", work.enterprise_id)):
        assert site.system.read(get_storefront, kind, id).works == ()
        assert "No enterprise has confirmed yet" in site.client().get(f"/{kind}s/{id}", headers=EN).text

    site.acting_as(scene.user).change(confirm_use, work.id, work.version, work.uses[0].id, SAID)
    site.acting_as(scene.user).change(report_use, work.id, scene.adopter.id, replace(SAID, place="二号库", saving_fen=1_000_000))

    for kind, id in (("studio", work.studio_id), ("enterprise", work.enterprise_id)):
        front = site.system.read(get_storefront, kind, id)
        assert (front.adopters, front.saving_fen, [one.achievement_id for one in front.works]) == (1, 51_000_000, [work.id])
        page = site.client().get(f"/{kind}s/{id}", headers=EN).text
        assert "used in 1 enterprise" in page
        assert f"/achievements/{work.id}#uses" in page


def test_my_work_sums_what_is_mine(site: TestSite, make: Make) -> None:
    scene = stage(site, make)
    assert "Saved by my works a year" not in site.client(scene.lead).get("/my", headers=EN).text
    site.acting_as(scene.user).change(confirm_use, scene.work_id, scene.work.version, scene.work.uses[0].id, SAID)
    page = site.client(scene.lead).get("/my", headers=EN).text
    assert "Saved by my works a year" in page
    assert "50.00" in page


def test_a_need_is_found_by_its_budget(site: TestSite, make: Make) -> None:
    need = make.need(budget_low_fen=2_000_000, budget_high_fen=4_000_000)
    make.need()
    site.drain()
    found = site.search("", filters={"kind": ("need",), "price_band": ("5",)})
    assert [hit.id for hit in found.hits] == [need.id]
