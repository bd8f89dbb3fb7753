"""A district with two sub-districts, a firm under one of them, and those who hold something there."""

from dataclasses import dataclass

from flask.testing import FlaskClient

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.roles.model import Holding
from marketplace.domains.roles.repository import get_holder, list_held
from marketplace.kernel.actor import Actor
from marketplace.kernel.roles import Role
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered


@dataclass(frozen=True, slots=True)
class District:
    site: TestSite
    make: Make
    root: Organisation
    street: Organisation
    other: Organisation
    base: Organisation
    firm: Enterprise
    officer: Actor
    stranger: Actor
    boss: Actor
    second: Actor

    def now(self, actor: Actor) -> Actor:
        """Who that is at the next request."""
        return self.site.system.read(actor_of_account, actor.account_id, self.site.clock.now())

    def held(self, actor: Actor, *, past: bool = False) -> list[Holding]:
        return self.site.system.read(list_held, actor.account_id, self.site.clock.now(), past=past)

    def version(self, actor: Actor) -> int:
        return self.site.system.read(get_holder, actor.account_id, self.site.clock.now()).version

    def client(self, actor: Actor) -> FlaskClient:
        return self.site.client(actor)


@remembered
def a_district(site: TestSite, make: Make) -> District:
    root = make.organisation("朝阳区总工会", kind=Kind.DISTRICT)
    street, other = make.organisation("酒仙桥街道总工会", under=root), make.organisation("望京街道总工会", under=root)
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("沃岭储能", under=base)
    admins = [make.holding(Role.ADMINISTRATOR, "organisation", root.id) for _ in range(2)]
    return District(site, make, root, street, other, base, firm, make.officer(of=street), make.officer(of=other), *admins)
