"""A need with skills, works that may solve it, people who hold the skills, enterprises that use the works."""

from dataclasses import dataclass
from typing import Any

from graph.connection import Transaction
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, endorse_achievement, hand_in_achievement, publish_achievement
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.needs.model import Need
from marketplace.domains.needs.repository import get_need
from marketplace.domains.workers.model import SkillHeld
from marketplace.kernel.actor import Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import WHOLE, Contribution
from marketplace.processes.matching.model import Match
from marketplace.processes.matching.service import MOST, SOLUTIONS, matches_of_need
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

SKILL, OTHER_SKILL = "锂电池热管理", "防爆电气"
TITLE = "防爆锂离子电池组定向泄压装置"
KNOW = """
UNWIND $names AS name CREATE (s:Skill {id: name, zh: name, en: name})
"""
FIELDS = """
UNWIND $codes AS code CREATE (f:TechnologyField {code: code, zh: code, en: code})
"""


def know_skills(site: TestSite, *names: str) -> None:
    site.graph.write(lambda tx: _know(tx, names))


def _know(tx: Transaction, names: tuple[str, ...]) -> None:
    tx.run(KNOW, names=list(names))
    tx.run(FIELDS, codes=["06", "0601", "0602", "11"])


@dataclass(slots=True)
class World:
    """`buyer` asks; `maker` made the work; `user` uses it already."""

    site: TestSite
    make: Make
    firm: Enterprise
    user: Enterprise
    asking: Enterprise
    maker: Actor
    buyer: Actor
    work: Achievement
    need: Need

    def matches(self, actor: Actor, kinds: tuple[str, ...] = SOLUTIONS) -> list[Match]:
        reader = self.site.acting_as(actor)
        return reader.read(matches_of_need, self.site.index, reader.read(get_need, self.need.id), MOST, kinds)


def published(site: TestSite, make: Make, maker: Actor, *adopters: Enterprise, **text: Any) -> Achievement:
    """Of one person; entered public by the administrators."""
    used = tuple(Adoption(one.id, one.name) for one in adopters)
    said: dict[str, Any] = {"title": TITLE, "benefit": "每年省 126 万元", "field": "0601", "maturity": 8, "skills": (SKILL,),
                            "summary": "泄压口和导流隔板做成一体，拆装不动火。"}  # fmt: skip
    content = AchievementText(**(said | text), contributions=(Contribution(maker.worker_id, WHOLE),), adoptions=used)
    draft = site.acting_as(maker).change(create_achievement, content)
    return _public(site, draft)


def _public(site: TestSite, draft: Achievement) -> Achievement:
    handed = site.system.change(hand_in_achievement, draft.id, draft.version)
    passed = site.system.change(endorse_achievement, handed.id, handed.version)
    return site.system.change(publish_achievement, passed.id, passed.version)


@remembered
def build(site: TestSite, make: Make) -> World:
    know_skills(site, SKILL, OTHER_SKILL)
    firm, user, asking = (
        make.enterprise("沃岭储能", fields=("0601",)),
        make.enterprise("京朔物流", fields=("0602",)),
        make.enterprise("顺垚仓储", fields=("0601",)),
    )
    maker = make.person(make.worker("周立成", at=firm, skills=(SkillHeld(SKILL),)))
    buyer = make.enterprise_user(asking)
    work = published(site, make, maker, user)
    need = make.need(asking, owner=buyer, title="防爆电池过温报警", abstract="叉车改造", problem="锂离子电池组热失控，要求泄压改造，拆装不动火",
                     field="0601", skills=(SKILL, OTHER_SKILL))  # fmt: skip
    site.drain()
    return World(site, make, firm, user, asking, maker, buyer, work, need)
