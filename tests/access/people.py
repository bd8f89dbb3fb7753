"""Who looks, and who is looked at: one sub-district with a firm and its people, and readers from everywhere else."""

from dataclasses import dataclass
from datetime import date

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.associations.model import Association, AssociationText
from marketplace.domains.associations.model import Role as Seat
from marketplace.domains.associations.service import create_association
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind, Organisation
from marketplace.domains.roles.service import grant_role
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import Certificate, Level, SkillHeld, Worker, WorkerDetails
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.roles import Role
from marketplace.kernel.taxonomy import Term, write_occupations, write_skills
from tests.factories import Make
from tests.site import TestSite

SKILL = "等静压成形"
IDENTITY, PHONE, BANK, CERTIFICATE = "110105197603059613", "13600004075", "6222020200112233445", "1011000042132773"
DETAILS = WorkerDetails(
    id_number=IDENTITY, phone=PHONE, bank_account=BANK, certificates=(Certificate(CERTIFICATE, "6-18-01-01", Level.SENIOR, date(2010, 7, 2)),)
)


@dataclass(frozen=True, slots=True)
class People:
    readers: dict[str, Actor]
    asker: Actor
    hidden_self: Actor
    lead: Worker
    hidden: Worker
    firm: Enterprise
    silent: Enterprise
    studio: Studio
    association: Association


def gather(site: TestSite, make: Make) -> People:
    """The owner leads the studio, presides over the association and acts for the firm: each of these makes them an owner of something."""
    site.graph.write(lambda tx: write_skills(tx, [Term("press", SKILL, "Isostatic pressing", "")]))
    site.graph.write(lambda tx: write_occupations(tx, [Term("6-18-01-01", "车工", "Turner")]))
    street = make.organisation("酒仙桥街道")
    base = make.organisation("沃岭储能工会", kind=Kind.BASE, under=street)
    firm = make.enterprise("沃岭储能", under=base, summary="wqfirmsummary", contact_name="上官敬东", contact_phone="13900009091")
    silent = make.enterprise("玄铁精工", under=base)
    lead = make.worker("欧阳克勤", at=firm, details=DETAILS, headline="wqheadline", skills=(SkillHeld(SKILL, Level.SENIOR, None, CERTIFICATE),))
    hidden = make.worker("慕容晚晴", at=firm, shown=False, headline="wqhiddenheadline")
    studio, association = _bodies(site, street, firm, lead, hidden)
    readers = {"owner": _owner(site, make, lead, firm, silent), "officer": make.officer(of=street)} | _outsiders(site, make)
    return People(readers, make.enterprise_user(), make.person(hidden), lead, hidden, firm, silent, studio, association)


def _bodies(site: TestSite, street: Organisation, firm: Enterprise, lead: Worker, hidden: Worker) -> tuple[Studio, Association]:
    members = (Membership(lead.id, LEAD, date(2021, 6, 18)), Membership(hidden.id, MEMBER, date(2022, 1, 1)))
    seats = (Membership(lead.id, Seat.CHAIR, date(2021, 6, 18)), Membership(hidden.id, Seat.MEMBER, date(2022, 1, 1)))
    studio = site.system.change(create_studio, StudioText(name="压制工作室", summary="wqstudiosummary"), firm.id, members)
    text = AssociationText(name="酒仙桥职工技术协会", summary="wqassociationsummary")
    return studio, site.system.change(create_association, text, street.id, seats)


def _owner(site: TestSite, make: Make, lead: Worker, *firms: Enterprise) -> Actor:
    account = make.person(lead).account_id
    for version, firm in enumerate(firms, start=1):
        site.system.change(grant_role, account, version, Role.ENTERPRISE_USER, "enterprise", firm.id)
    return site.system.read(actor_of_account, account, site.clock.now())


def _outsiders(site: TestSite, make: Make) -> dict[str, Actor]:
    elsewhere = make.organisation("望京街道")
    other = site.system.change(create_association, AssociationText(name="望京职工技术协会"), elsewhere.id, ())
    return {
        "guest": GUEST, "worker": make.person(make.worker()), "firm": make.enterprise_user(), "stranger": make.officer(of=elsewhere),
        "technician": make.holding(Role.ASSOCIATION_OFFICER, "association", other.id), "administrator": make.administrator(),
    }  # fmt: skip
