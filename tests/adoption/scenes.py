"""What the stories of adoption begin with: a public work of a studio that says that an enterprise uses it."""

from dataclasses import dataclass, replace

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import (
    create_achievement,
    publish_achievement,
    publish_revision,
    revise_achievement,
    submit_achievement,
    submit_revision,
)
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import WHOLE, Contribution
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.processes.adoption.model import UseText
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

SAID = UseText(place="一号库", quantity=12.0, unit="组", saving_fen=50_000_000, method="改造前后各三个月电费对比", evidence="应用证明")


@dataclass(frozen=True, slots=True)
class Scene:
    site: TestSite
    make: Make
    officer: Actor
    lead: Actor
    adopter: Enterprise
    user: Actor
    work_id: str

    @property
    def work(self) -> Achievement:
        found: Achievement = self.site.find("achievement", self.work_id)
        return found

    def seen_by(self, actor: Actor) -> Achievement:
        return self.site.acting_as(actor).read(get_achievement, self.work_id)

    def revise(self, **text: object) -> None:
        """Written, sent in and approved."""
        work, lead, officer = self.work, self.site.acting_as(self.lead), self.site.acting_as(self.officer)
        present = AchievementText(**{name: getattr(work, name) for name in AchievementText.__dataclass_fields__})
        copied = lead.change(revise_achievement, work.id, work.version, replace(present, **text))  # type: ignore[arg-type]
        sent = lead.change(submit_revision, copied.id, copied.version)
        officer.change(publish_revision, sent.id, sent.version)


@remembered
def stage(site: TestSite, make: Make) -> Scene:
    street = make.organisation("酒仙桥街道")
    host = make.enterprise("沃岭储能", under=make.organisation("沃岭储能工会", kind=Kind.BASE, under=street))
    lead, officer, adopter = make.worker("周立成", at=host), make.officer(of=street), make.enterprise("顺垚仓储")
    studio = site.system.change(create_studio, StudioText(name="周立成储能工作室"), host.id, (Membership(lead.id, LEAD),))
    maker = make.person(lead)
    use = Adoption("", adopter.name, place=SAID.place, quantity=SAID.quantity, unit=SAID.unit, saving_fen=SAID.saving_fen,
                   evidence=SAID.evidence, method=SAID.method)  # fmt: skip
    text = AchievementText(title="防爆电池组定向泄压装置", benefit="每年省 50 万元", field="0601", summary="泄压口和隔板一体",
                           contributions=(Contribution(lead.id, WHOLE),), adoptions=(use,))  # fmt: skip
    draft = site.acting_as(maker).change(create_achievement, text, studio.id)
    sent = site.acting_as(maker).change(submit_achievement, draft.id, draft.version)
    public = site.acting_as(officer).change(publish_achievement, sent.id, sent.version)
    return Scene(site, make, officer, maker, adopter, make.enterprise_user(adopter), public.id)
