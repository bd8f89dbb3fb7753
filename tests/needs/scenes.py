"""An enterprise with a secret, those above it, and everybody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.needs.model import Indicator, Need, NeedText, Visibility
from marketplace.domains.needs.repository import get_need
from marketplace.domains.organisations.model import Kind
from marketplace.kernel.actor import GUEST, Actor
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

NAME = "北京玄铁精工有限公司"
SECRET = "真空镀膜针孔"
CONTENT: dict[str, Any] = {
    "title": "薄膜产线良率提升", "abstract": "三号线良率八成，要到九成五", "problem": f"怀疑是{SECRET}，停机会损失整批。",
    "indicators": (str(Indicator("良率", "80", "95", "%")),), "skills": ("磁控溅射",), "budget_low_fen": 12_345_600, "budget_high_fen": 23_456_700,
    "deadline": date(2027, 3, 31),
}  # fmt: skip
TEXT = NeedText(**CONTENT)
HIDDEN = (SECRET, "磁控溅射", "123,456", "234,567", "良率</th>")
"""What only the inside of a confidential need says, as its page writes it."""


@dataclass(frozen=True, slots=True)
class Scene:
    site: TestSite
    make: Make
    firm: Enterprise
    owner: Actor
    officer: Actor
    stranger: Actor
    outside: tuple[Actor, ...]

    @property
    def inside(self) -> tuple[Actor, ...]:
        return (self.owner, self.officer)

    def need(self, visibility: Visibility = Visibility.OPEN, *, public: bool = True, **more: Any) -> Need:
        made = self.make.need(self.firm, owner=self.owner, public=public, **{**CONTENT, "visibility": visibility, **more})
        self.site.drain()
        return made

    def seen(self, need: Need, actor: Actor) -> Need:
        return self.site.acting_as(actor).read(get_need, need.id)

    def finds(self, text: str, actor: Actor) -> bool:
        return self.site.search(text, actor, kinds=("need",)).total > 0


@remembered
def set_scene(site: TestSite, make: Make) -> Scene:
    """`outside`: a guest, somebody signed in, a user of another enterprise, an officer of another sub-district."""
    street = make.organisation("酒仙桥街道")
    firm = make.enterprise(NAME, under=make.organisation("玄铁精工工会", kind=Kind.BASE, under=street))
    stranger = make.officer(of="望京街道")
    outside = (GUEST, make.account(), make.enterprise_user(), stranger)
    return Scene(site, make, firm, make.enterprise_user(firm), make.officer(of=street), stranger, outside)
