"""A patent and the achievement it protects."""

import pytest

from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement
from marketplace.domains.patents.model import PatentText
from marketplace.domains.patents.service import create_patent, edit_patent
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.processes.protection.service import link_patent, link_patent_to_number, register_patent, unlink_patent
from tests.factories import Make
from tests.site import TestSite
from tests.studios.scenes import Scene, set_scene

TEXT = PatentText(title="一种偏心自锁式屋面夹具", patent_number="201710601862.3")


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def test_a_studio_member_registers_the_patent_of_its_achievement_and_may_mend_it(scene: Scene) -> None:
    lead = scene.person("周立成")
    studio = scene.site.acting_as(scene.officer).change(
        create_studio, StudioText(name="周立成工作室"), scene.enterprise_id, (Membership(lead.worker_id, LEAD),)
    )
    as_lead = scene.site.acting_as(scene.now(lead.account_id))
    achievement = as_lead.change(create_achievement, AchievementText(title="屋面夹具"), studio.id)
    with pytest.raises(Forbidden):
        as_lead.change(create_patent, TEXT, scene.enterprise_id)

    patent = as_lead.change(register_patent, TEXT, scene.enterprise_id, achievement.id)

    assert [one.id for one in scene.site.find("achievement", achievement.id).patents] == [patent.id]
    assert as_lead.change(edit_patent, patent.id, patent.version, TEXT).studio_ids == (studio.id,)
    unlinked = as_lead.change(unlink_patent, patent.id, patent.version + 1, achievement.id)
    assert unlinked.works == ()
    with pytest.raises(Forbidden):
        as_lead.change(edit_patent, patent.id, unlinked.version, TEXT)


def test_linking_needs_the_right_to_edit_both(scene: Scene) -> None:
    owner, worker = scene.enterprise_user(), scene.person("周立成")
    patent = scene.site.acting_as(owner).change(create_patent, TEXT, scene.enterprise_id)
    achievement = scene.site.acting_as(worker).change(create_achievement, AchievementText(title="屋面夹具"))
    with pytest.raises(Forbidden):
        scene.site.acting_as(worker).change(link_patent, patent.id, patent.version, achievement.id)
    with pytest.raises(Invalid):
        scene.site.acting_as(owner).change(link_patent_to_number, patent.id, patent.version, achievement.number)
    assert scene.site.system.change(link_patent_to_number, patent.id, patent.version, achievement.number.lower())
