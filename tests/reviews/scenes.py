"""A sub-district with an enterprise, a studio and a submission, so that a desk has something to show."""

from dataclasses import dataclass

from graph.connection import Transaction
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.achievements.model import Achievement, AchievementText, Contribution
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.actor import Actor
from marketplace.kernel.roles import Role
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

MAKE_PEOPLE = """
MATCH (o:Organisation {id: $base})
CREATE (e:Enterprise {id: $enterprise, name: '沃岭储能', audience: ['public', 'system']})-[:UNDER]->(o)
CREATE (s:Studio {id: $studio, name: '周立成工作室', audience: ['public', 'system']})-[:UNDER]->(o)
CREATE (s)-[:HOSTED_BY]->(e)
CREATE (w:Worker {id: $worker, name: '周立成', audience: ['system']})-[:UNDER]->(o)
CREATE (w)-[:EMPLOYED_BY]->(e)
CREATE (w)-[:MEMBER_OF {role: 'lead'}]->(s)
"""
ADD_COLLEAGUE = """
MATCH (e:Enterprise {id: $enterprise})
CREATE (w:Worker {id: $worker, name: '赵敏', audience: ['system']})-[:EMPLOYED_BY]->(e)
"""


@dataclass(slots=True)
class Street:
    """`street.submitted()` lies on the desk of `street.unit`."""

    site: TestSite
    make: Make
    unit: Organisation
    base: Organisation
    maker: Actor

    def submitted(self, title: str = "防爆锂离子电池组定向泄压装置") -> Achievement:
        text = AchievementText(title=title, benefit="每年省 126 万元", field="06", summary="说明", contributions=(Contribution("worker-1", 10_000),))
        draft = self.site.acting_as(self.maker).change(create_achievement, text, "studio-1")
        return self.site.acting_as(self.maker).change(submit_achievement, draft.id, draft.version)

    def published(self) -> Achievement:
        waiting = self.submitted()
        return self.site.acting_as(self.make.officer(self.unit)).change(publish_achievement, waiting.id, waiting.version)


@remembered
def make_street(site: TestSite, make: Make) -> Street:
    unit = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=unit)
    ids = {"base": base.id, "enterprise": "enterprise-1", "studio": "studio-1", "worker": "worker-1"}
    site.graph.write(lambda tx: _people(tx, ids))
    return Street(site, make, unit, base, make.account("周立成", "worker-1"))


def _people(tx: Transaction, ids: dict[str, str]) -> None:
    tx.run(MAKE_PEOPLE, **ids)


def add_colleague(site: TestSite, make: Make, street: Street) -> Actor:
    """An officer of the street who works where the makers work."""
    site.graph.write(lambda tx: tx.run(ADD_COLLEAGUE, enterprise="enterprise-1", worker="worker-2"))
    account = make.account("赵敏", "worker-2")
    site.system.change(grant_role, account.account_id, 1, Role.UNION_OFFICER, "organisation", street.unit.id)
    return site.system.read(actor_of_account, account.account_id, site.clock.now())
