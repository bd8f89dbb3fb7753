"""A need is asked about without learning what it hides."""

from marketplace.domains.enquiries.service import answer_enquiry, ask_enquiry
from marketplace.domains.needs.model import Visibility
from tests.factories import Make
from tests.needs.scenes import NAME, set_scene
from tests.site import TestSite


def test_whoever_asks_about_an_anonymous_need_does_not_learn_the_name(site: TestSite, make: Make) -> None:
    scene = set_scene(site, make)
    need, buyer = scene.need(Visibility.ANONYMOUS), make.enterprise_user()
    asked = site.acting_as(buyer).change(ask_enquiry, "need", need.id, "产线多宽？")
    site.acting_as(scene.owner).change(answer_enquiry, asked.id, asked.version, "一米二。")
    site.drain()
    browser = site.client(buyer)
    for path in (f"/enquiries/{asked.id}", "/enquiries", "/notices", "/my", f"/enquiries/new/need/{need.id}"):
        shown = browser.get(path)
        assert shown.status_code == 200
        assert not [word for word in (NAME, "玄铁", scene.firm.id) if word in shown.text], path
    assert "一米二" in browser.get(f"/enquiries/{asked.id}").text
    assert "产线多宽" in site.client(scene.owner).get(f"/enquiries/{asked.id}").text
