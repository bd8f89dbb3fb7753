"""A sub-district with two firms, and people of whom some were entered twice."""

from dataclasses import dataclass
from datetime import date

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import Certificate, Level, SkillHeld, Worker, WorkerDetails
from marketplace.kernel.actor import Actor
from marketplace.kernel.availability import Offer
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.taxonomy import Term, write_occupations, write_skills
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

IDENTITY, PHONE, NUMBER, OTHER_NUMBER = "110105197603059613", "13600004075", "1011000042132773", "1011000042132774"
TURNER, WELDER = "6-18-01-01", "6-18-02-04"


@dataclass(frozen=True, slots=True)
class District:
    site: TestSite
    make: Make
    firm: Enterprise
    other_firm: Enterprise
    officer: Actor
    stranger: Actor


@remembered
def a_district(site: TestSite, make: Make) -> District:
    skills = [Term("weld", "焊接", "Welding", "0601"), Term("turn", "车削", "Turning"), Term("mill", "铣削", "Milling")]
    site.graph.write(lambda tx: write_skills(tx, skills))
    site.graph.write(lambda tx: write_occupations(tx, [Term(TURNER, "车工", "Turner"), Term(WELDER, "焊工", "Welder")]))
    street = make.organisation("酒仙桥街道")
    firms = [make.enterprise(name, under=make.organisation(f"{name}工会", kind=Kind.BASE, under=street)) for name in ("沃岭储能", "玄铁精工")]
    return District(site, make, firms[0], firms[1], make.officer(of=street), make.officer(of="望京街道"))


def twice(district: District, *, shown: bool = True) -> tuple[Worker, Worker]:
    """周立成, entered by both firms: much of it twice, some of it once."""
    make = district.make
    papers = (Certificate(NUMBER, TURNER, Level.SENIOR, date(2010, 7, 2)),)
    one = make.worker(
        "周立成", at=district.firm, shown=shown, level=Level.TECHNICIAN, occupation=TURNER, offers=(Offer.CONSULTING,),
        skills=(SkillHeld("焊接", Level.SENIOR, date(2014, 5, 1)), SkillHeld("铣削", Level.JUNIOR)),
        details=WorkerDetails(id_number=IDENTITY, certificates=papers),
    )  # fmt: skip
    other = make.worker(
        "周立成", at=district.other_firm, shown=False, headline="泄压结构设计", occupation=TURNER,
        skills=(SkillHeld("焊接", Level.TECHNICIAN, date(2012, 5, 1), NUMBER), SkillHeld("车削", Level.SENIOR)),
        details=WorkerDetails(id_number=IDENTITY, phone=PHONE, certificates=(*papers, Certificate(OTHER_NUMBER, WELDER))),
    )  # fmt: skip
    return one, other


def a_studio(district: District, *members: tuple[Worker, str]) -> Studio:
    people = tuple(Membership(worker.id, role, date(2021, 6, 18)) for worker, role in members)
    return district.site.system.change(create_studio, StudioText(name="压制工作室"), district.firm.id, people)


def a_work(district: District, studio: Studio, title: str, *shares: tuple[Worker, int]) -> Achievement:
    text = AchievementText(
        title=title,
        field="0601",
        benefit="省一半工时",
        summary="写清了做法。",
        contributions=tuple(Contribution(worker.id, share) for worker, share in shares),
    )
    draft = district.site.system.change(create_achievement, text, studio.id)
    sent = district.site.system.change(submit_achievement, draft.id, draft.version)
    return district.site.system.change(publish_achievement, sent.id, sent.version)


def with_works(district: District, one: Worker, other: Worker) -> tuple[Achievement, Achievement]:
    """A studio in which both stand, a work of both and one of the second alone."""
    third = district.make.worker("韩雪梅", at=district.firm)
    studio = a_studio(district, (one, MEMBER), (other, LEAD), (third, MEMBER))
    both = a_work(district, studio, "泄压装置", (one, 3000), (other, 2500), (third, 4500))
    return both, a_work(district, studio, "焊接夹具", (other, 10_000))
