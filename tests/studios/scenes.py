"""What the stories of studios, associations and patents begin with: a street, its base union, an enterprise and people with accounts."""

from dataclasses import dataclass

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.accounts.service import create_account
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import new_id
from marketplace.kernel.roles import Role
from tests.factories import NO_PASSWORD, Make
from tests.site import TestSite
from tests.worlds import remembered

ENTERPRISE = """
MATCH (o:Organisation {id: $unit})
CREATE (e:Enterprise {id: $id, name: $name, audience: ['public', 'system']})-[:UNDER]->(o)
"""
WORKER = """
MATCH (e:Enterprise {id: $enterprise})-[:UNDER]->(o:Organisation)
CREATE (w:Worker {id: $id, name: $name, number: $number, audience: $audience})-[:UNDER]->(o)
CREATE (w)-[:EMPLOYED_BY {since: date('2020-01-01')}]->(e)
"""


@dataclass(slots=True)
class Scene:
    site: TestSite
    make: Make
    street: Organisation
    base: Organisation
    officer: Actor
    stranger: Actor
    enterprise_id: str
    people: int = 0

    def person(self, name: str, *, shown: bool = True) -> Actor:
        """A worker of the enterprise with an account; `shown` is their consent to a public card."""
        self.people += 1
        worker = new_id()
        audience = ["signed-in", "system"] if shown else [f"maker:{worker}", "system"]
        self.site.graph.write(
            lambda tx: tx.run(WORKER, enterprise=self.enterprise_id, id=worker, name=name, number=f"ZG-2026-{self.people:06d}", audience=audience)
        )
        account = self.site.system.change(create_account, f"person-{self.people}", name, NO_PASSWORD, worker)
        return self.now(account.id)

    def now(self, account_id: str) -> Actor:
        """Who they are on their next request."""
        return self.site.system.read(actor_of_account, account_id, self.site.clock.now())

    def enterprise_user(self) -> Actor:
        return self.make.holding(Role.ENTERPRISE_USER, "enterprise", self.enterprise_id)


@remembered
def set_scene(site: TestSite, make: Make) -> Scene:
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    enterprise = new_id()
    site.graph.write(lambda tx: tx.run(ENTERPRISE, unit=base.id, id=enterprise, name="北京沃岭储能技术有限公司"))
    return Scene(site, make, street, base, make.officer(of=street), make.officer(of="望京街道"), enterprise)
