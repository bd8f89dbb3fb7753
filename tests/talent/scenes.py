"""A small district with people, firms, studios and works; and what the analysis makes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement, publish_achievement, submit_achievement
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind
from marketplace.domains.studios.model import Studio, StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.workers.model import Level, SkillHeld, Worker, WorkerDetails
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, MEMBER, Membership
from marketplace.kernel.taxonomy import Term, write_fields, write_skills
from marketplace.processes.shortage.model import RulesText, ShortageRules
from marketplace.processes.shortage.service import propose_rules
from marketplace.processes.talent.model import Analysis, Parameters
from marketplace.processes.talent.service import analyse, ask_analysis, claim_analysis
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

SKILLS = ("锂电池热管理", "数控车削", "幕墙检修")
RULES = RulesText(
    horizon_years=5, few_holders=10, rising_by=2, near_percent=30, men_years=60, men_latest=63, men_every=4, men_from=date(1965, 1, 1),
    women_years=50, women_latest=55, women_every=2, women_from=date(1975, 1, 1), source="测试口径",
)  # fmt: skip


@dataclass(slots=True)
class District:
    """`firm` makes an enterprise under a base union of the sub-district."""

    site: TestSite
    make: Make

    def firm(self, street: str, name: str = "") -> Enterprise:
        above = self.make.unit(street)
        return self.make.enterprise(name, under=self.make.organisation(self.make._name("基层工会"), kind=Kind.BASE, under=above))

    def people(self, firm: Enterprise, count: int, skill: str = SKILLS[0], *, level: Level = Level.SENIOR, **card: Any) -> list[Worker]:
        held = (SkillHeld(skill, level),)
        return [self.make.worker(at=firm, skills=held, **card) for _ in range(count)]

    def aged(self, firm: Enterprise, born: date, sex: str, count: int, skill: str = SKILLS[0]) -> list[Worker]:
        """People whose birth and sex the store knows, by a made-up identity number whose check digit is right."""
        return [
            self.make.worker(at=firm, skills=(SkillHeld(skill, Level.SENIOR),), details=WorkerDetails(id_number=identity(born, sex, n)))
            for n in range(count)
        ]

    def studio(self, firm: Enterprise, *members: Worker) -> Studio:
        rows = tuple(Membership(one.id, LEAD if at == 0 else MEMBER, date(2021, 6, 18)) for at, one in enumerate(members))
        return self.site.system.change(create_studio, StudioText(name=self.make._name("工作室")), firm.id, rows)

    def work(self, studio: Studio, *makers: Worker) -> Any:
        share = 10_000 // len(makers)
        shares = tuple(Contribution(one.id, share + (10_000 - share * len(makers) if at == 0 else 0)) for at, one in enumerate(makers))
        text = AchievementText(title=self.make._name("成果"), benefit="省一半工时", field="06", summary="写清了做法。", contributions=shares)
        draft = self.site.system.change(create_achievement, text, studio.id)
        sent = self.site.system.change(submit_achievement, draft.id, draft.version)
        return self.site.system.change(publish_achievement, sent.id, sent.version)

    def analysed(self, parameters: Parameters = Parameters()) -> Analysis:
        """Asked for by the machine's owner and carried out at once."""
        self.site.system.change(ask_analysis)
        attempt = claim_analysis(self.site.graph, self.site.clock)
        assert attempt is not None
        return analyse(attempt, parameters)

    def rules(self, **changes: Any) -> ShortageRules:
        return self.site.system.change(propose_rules, RulesText(**{name: getattr(RULES, name) for name in RulesText.__dataclass_fields__} | changes))


@remembered
def a_district(site: TestSite, make: Make) -> District:
    """With a taxonomy of three skills, and the ground under it."""

    def write(tx: Any) -> None:
        write_fields(tx, [Term("06", "新能源", "New energy"), Term("03", "先进制造", "Manufacturing")])
        write_skills(tx, [Term(f"skill-{at}", zh, f"Skill {at}", "06" if at == 0 else "03") for at, zh in enumerate(SKILLS)])

    site.graph.write(write)
    return District(site, make)


def identity(born: date, sex: str, number: int) -> str:
    """GB 11643: the 17th digit is odd for men, the last one checks the others."""
    order = 100 + number * 2 + (1 if sex == "man" else 0)
    body = f"110105{born:%Y%m%d}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
