"""What the crawl meets of challenges: one open, one draft, one being judged; a team's application, an expert's judgement."""

from dataclasses import replace
from datetime import date

from marketplace.domains.challenges.service import create_challenge, file_proof, publish_challenge, submit_challenge
from marketplace.domains.proposals.model import Proposal
from marketplace.domains.proposals.service import create_proposal, file_plan, submit_proposal
from marketplace.kernel.actor import Actor
from marketplace.kernel.files import checked_file
from marketplace.processes.appointing.service import appoint_expert
from marketplace.processes.challenges.service import close_due
from tests.challenges.scenes import COURSE, LAST_DAY, PLAN, TEXT, an_expert
from tests.factories import Make
from tests.site import TestSite


def challenge_things(site: TestSite, make: Make, readers: dict[str, Actor], firm: str) -> dict[str, str]:
    """The owner announces for their firm, the officer decides, the neighbour's studio applies."""
    owner, officer, team = (site.acting_as(readers[name]) for name in ("owner", "officer", "neighbour"))
    studio = next(one.id for one in readers["neighbour"].parties if one.kind == "studio")

    def announced(title: str, last_day: date) -> str:
        draft = owner.change(create_challenge, replace(TEXT, title=title, apply_until=last_day), firm, COURSE)
        sent = owner.change(submit_challenge, draft.id, draft.version)
        return officer.change(publish_challenge, sent.id, sent.version).id

    def applied(challenge: str) -> Proposal:
        return team.change(create_proposal, challenge, "studio", studio, PLAN)

    public, judged = announced("wqchallenge", date(2027, 6, 30)), announced("wqjudged", LAST_DAY)
    draft, application, sent = owner.change(create_challenge, TEXT, firm, COURSE), applied(public), applied(judged)
    team.change(submit_proposal, sent.id, sent.version)
    now = site.clock.now()
    site.clock.forward(days=16)
    site.system.change(close_due)
    site.clock.set(now)
    expert = an_expert(site, make, "wqexpert", site.find("organisation", site.find("challenge", judged).units[1]))
    judgement = officer.change(appoint_expert, judged, 1, expert.account_id)
    proof, plan = (checked_file(name, b"wq") for name in ("proof.txt", "plan.txt"))
    return {
        "challenge": public, "draft challenge": draft.id, "judged challenge": judged, "proposal": application.id, "judgement": judgement.id,
        "proof file": owner.change(file_proof, public, proof, site.site.files.keep(proof)).id,
        "plan file": team.change(file_plan, application.id, plan, site.site.files.keep(plan)).id,
    }  # fmt: skip
