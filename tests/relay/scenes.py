"""What the relay's stories begin with: a unit, its officer, a studio's member with an account, and achievements."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import Achievement, AchievementText, Status
from marketplace.domains.achievements.repository import create_achievement_nodes
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.ids import new_id
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

TEXT = AchievementText(title="防爆锂离子电池管理系统", benefit="充电时间缩短一半", field="0603", summary="用于井下运输车辆的电池管理。")


@dataclass(frozen=True, slots=True)
class Scene:
    site: TestSite
    street: Organisation
    base: Organisation
    officer: Actor
    maker: Actor
    studio_id: str

    def draft(self, title: str = TEXT.title) -> Achievement:
        text = replace(TEXT, title=title, contributions=(Contribution(self.maker.worker_id, 10_000),))
        return self.site.acting_as(self.maker).change(create_achievement, text, self.studio_id)

    def submitted(self, title: str = TEXT.title) -> Achievement:
        draft = self.draft(title)
        self.site.acting_as(self.maker).change(submit_achievement, draft.id, draft.version)
        return self.site.find("achievement", draft.id)

    def published(self, title: str = TEXT.title) -> Achievement:
        submitted = self.submitted(title)
        self.site.acting_as(self.officer).change(publish_achievement, submitted.id, submitted.version)
        return self.site.find("achievement", submitted.id)


@remembered
def set_scene(site: TestSite, make: Make) -> Scene:
    street = make.organisation("酒仙桥街道总工会")
    base = make.organisation("某厂工会", kind=Kind.BASE, under=street)
    worker = make.worker("王建国", at=make.enterprise("某厂", under=base))
    account = make.person(worker)
    studio = site.system.change(create_studio, StudioText(name="王建国工作室"), worker.enterprise_id, (Membership(worker.id, LEAD),))
    maker = site.system.read(actor_of_account, account.account_id, site.clock.now())
    return Scene(site, street, base, make.officer(of=street), maker, studio.id)


def import_public(uow: UnitOfWork, unit_id: str, count: int) -> None:
    """As many published achievements as an import brings in one transaction."""
    made = list(public_ones(unit_id, count, uow.now))
    create_achievement_nodes(uow.tx, made)
    uow.record(*(created(one, at=uow.now, verb="import") for one in made))


def public_ones(unit_id: str, count: int, now: datetime) -> Iterator[Achievement]:
    for number in range(count):
        yield Achievement(
            id=new_id(), number=f"CG-2026-{number:06d}", title=f"第{number}号电池热管理装置的改进", summary="降低温升，延长寿命。" * 20,
            organisation_id=unit_id, status=Status.PUBLISHED, created_at=now, updated_at=now, published_at=now,
        )  # fmt: skip
