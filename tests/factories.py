"""Things for stories, made through the services; a story names only what matters to it."""

from dataclasses import dataclass, field
from itertools import count

from marketplace.domains.accounts.model import Role
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.accounts.service import create_account, grant_role
from marketplace.domains.organisations.model import Kind, Organisation, OrganisationText
from marketplace.domains.organisations.repository import find_organisation_named
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.actor import Actor
from tests.site import TestSite

NO_PASSWORD = "!"  # no hash begins so: nobody can sign in with it


@dataclass(slots=True)
class Make:
    """`make.officer(of="酒仙桥街道")` makes the unit, too, where there is none of that name."""

    site: TestSite
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def _name(self, stem: str) -> str:
        return f"{stem}{next(self._numbers)}"

    def organisation(self, name: str = "", *, kind: Kind = Kind.SUBDISTRICT, under: Organisation | None = None) -> Organisation:
        text = OrganisationText(name=name or self._name("街道"), kind=kind, parent_ids=(under.id,) if under else ())
        return self.site.system.change(create_organisation, text)

    def unit(self, of: Organisation | str | None = None) -> Organisation:
        """The unit itself, the one of that name, or a new one."""
        if isinstance(of, Organisation):
            return of
        found = self.site.system.read(find_organisation_named, of) if of else None
        return self.site.find("organisation", found) if found else self.organisation(of or "")

    def account(self, name: str = "", worker_id: str = "") -> Actor:
        """Somebody who is signed in and has no role."""
        login = self._name("account-")
        account = self.site.system.change(create_account, login, name or login, NO_PASSWORD, worker_id)
        return self.site.system.read(actor_of_account, account.id)

    def holding(self, role: Role, kind: str, party_id: str) -> Actor:
        account = self.account()
        self.site.system.change(grant_role, account.account_id, 1, role, kind, party_id)
        return self.site.system.read(actor_of_account, account.account_id)

    def officer(self, of: Organisation | str | None = None) -> Actor:
        return self.holding(Role.UNION_OFFICER, "organisation", self.unit(of).id)

    def administrator(self) -> Actor:
        return self.holding(Role.ADMINISTRATOR, "organisation", self.unit(None).id)
