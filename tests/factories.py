"""Things for stories, made through the services; a story names only what matters to it."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.accounts.service import create_account
from marketplace.domains.enterprises.model import Enterprise, EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.needs.model import Need, NeedText
from marketplace.domains.needs.service import create_need, publish_need, submit_need
from marketplace.domains.organisations.model import Kind, Organisation, OrganisationText
from marketplace.domains.organisations.repository import find_organisation_named
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.roles.service import grant_role
from marketplace.domains.workers.model import Worker, WorkerDetails, WorkerText
from marketplace.domains.workers.service import create_worker, give_consent
from marketplace.kernel.actor import Actor
from marketplace.kernel.consent import Part
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork
from tests.site import TestSite

SHOWN = (Part.SKILLS, Part.WORKS, Part.EMPLOYER)
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
        return self.site.system.read(actor_of_account, account.id, self.site.clock.now())

    def holding(self, role: Role, kind: str, party_id: str, **span: datetime) -> Actor:
        """`span`: from `since` until `until`, else from now on without an end."""
        login = self._name("account-")

        def hired(uow: UnitOfWork) -> str:
            account = create_account(uow, login, login, NO_PASSWORD)
            return grant_role(uow, account.id, account.version, role, kind, party_id, **span).id

        return self.site.system.read(actor_of_account, self.site.system.change(hired), self.site.clock.now())

    def officer(self, of: Organisation | str | None = None) -> Actor:
        return self.holding(Role.UNION_OFFICER, "organisation", self.unit(of).id)

    def administrator(self) -> Actor:
        return self.holding(Role.ADMINISTRATOR, "organisation", self.unit(None).id)

    def enterprise(self, name: str = "", *, under: Organisation | None = None, **content: Any) -> Enterprise:
        """Under a base union of its own, or the one given."""
        union = OrganisationText(name=under.name if under else self._name("基层工会"), kind=Kind.BASE)
        text = EnterpriseText(name=name or self._name("企业"), union_name=union.name, **content)

        def founded(uow: UnitOfWork) -> Enterprise:
            if under is None:
                create_organisation(uow, union)
            return create_enterprise(uow, text)

        return self.site.system.change(founded)

    def enterprise_user(self, of: Enterprise | None = None) -> Actor:
        return self.holding(Role.ENTERPRISE_USER, "enterprise", (of or self.enterprise()).id)

    def worker(
        self, name: str = "", *, at: Enterprise | None = None, shown: bool = True, details: WorkerDetails | None = None, **card: Any
    ) -> Worker:
        """`shown`: the person agreed to the public card and to all that it may say, but to no questions."""
        text, firm = WorkerText(name=name or self._name("职工"), **card), at or self.enterprise()

        def known(uow: UnitOfWork) -> Worker:
            made = create_worker(uow, text, details or WorkerDetails(), firm.id)
            return give_consent(uow, made.id, made.version, SHOWN) if shown else made

        return self.site.system.change(known)

    def person(self, worker: Worker) -> Actor:
        """The worker's own account, signed in."""
        return self.account(worker.name, worker.id)

    def need(self, of: Enterprise | None = None, *, owner: Actor | None = None, public: bool = True, **text: Any) -> Need:
        """Of an enterprise, written by one of its users; `public`: reviewed, too."""
        firm = of or self.enterprise()
        content = {"title": self._name("难题"), "abstract": "摘要", "problem": "问题"} | text
        writer, now = owner or self.enterprise_user(firm), self.site.clock.now()

        def written(uow: UnitOfWork) -> Need:
            own = uow.turn(writer, now)
            draft = create_need(own, NeedText(**content), firm.id)
            if not public:
                return draft
            sent = submit_need(own, draft.id, draft.version)
            return publish_need(uow, sent.id, sent.version)

        return self.site.system.change(written)
