"""Look at each expert beside one team, and appoint whom nothing links with it."""

from datetime import datetime

from graph.connection import Transaction
from marketplace.domains.challenges.model import Challenge
from marketplace.domains.challenges.repository import get_challenge, hold_challenge
from marketplace.domains.judgements.model import Judgement
from marketplace.domains.judgements.repository import list_judgements
from marketplace.domains.judgements.service import Seat, appoint_judge
from marketplace.domains.proposals.model import Team
from marketplace.domains.proposals.repository import list_teams
from marketplace.domains.proposals.service import require_outside_teams
from marketplace.kernel.conflicts import JOINING, MOST_STEPS, judged, years_of_rule
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rings import ways_between
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.ways import Node
from marketplace.kernel.workdays import local_day
from marketplace.processes.appointing.model import Checked, Expert
from marketplace.processes.appointing.repository import holds_role_at, list_experts


def get_team(tx: Transaction, challenge_id: str, ordinal: int) -> Team:
    """By its number. Raises NotFound."""
    found = next((one for one in list_teams(tx, challenge_id) if one.ordinal == ordinal and ordinal > 0), None)
    if found is None:
        raise NotFound(str(ordinal))
    return found


def list_checked(tx: Transaction, challenge: Challenge, team: Team, now: datetime) -> list[Checked]:
    """Every expert beside this team. The site itself looks, over everything that is in the graph: a relation that the officer may not see bars, too.

    What is shown of it names neither the team nor anybody of it."""
    all_seeing = tx.seen_by((SYSTEM,))
    votes = {one.account_id: one for one in list_judgements(tx, challenge.id) if one.proposal_id == team.proposal_id}
    years = years_of_rule(all_seeing)
    return [check_expert(all_seeing, one, team, now, years, votes.get(one.account_id)) for one in list_experts(all_seeing, now)]


def check_expert(tx: Transaction, expert: Expert, team: Team, now: datetime, years: int, judgement: Judgement | None = None) -> Checked:
    """All ways of at most three steps from the expert to whoever stands behind the application, as of today."""
    if expert.worker_id in team.parties or holds_role_at(tx, expert.account_id, team.parties, now):
        return Checked(expert, holds=True, judgement=judgement)
    if not expert.worker_id:
        return Checked(expert, judgement=judgement)
    ways = ways_between(tx, [Node("worker", expert.worker_id, expert.name)], team.nodes, JOINING, MOST_STEPS)
    found = [one for one in (judged(way, local_day(now), years) for way in ways.found) if one is not None]
    return Checked(expert, tuple(sorted(found, key=lambda one: (one.is_past, one.way.steps))), cut=ways.cut, judgement=judgement)


def appoint_expert(uow: UnitOfWork, challenge_id: str, ordinal: int, account_id: str) -> Judgement:
    """Raises NotFound, Forbidden, Refused: no team of that number, not their challenge, not being judged, or linked with the team."""
    challenge = get_challenge(uow.tx, challenge_id)
    uow.actor.require(Permission.CHALLENGE_JUDGE, challenge)
    hold_challenge(uow.tx, challenge_id)
    require_outside_teams(uow, challenge_id)
    if not get_challenge(uow.tx, challenge_id).is_judged:
        raise Refused(label("This challenge is not being judged now."))
    team = get_team(uow.tx, challenge_id, ordinal)
    all_seeing = uow.seeing_all().tx
    expert = next((one for one in list_experts(all_seeing, uow.now) if one.account_id == account_id), None)
    if expert is None:
        raise Invalid({"expert": label("Choose an expert of the list.")})
    if check_expert(all_seeing, expert, team, uow.now, years_of_rule(all_seeing)).bars:
        raise Refused(label("%(name)s is linked with team %(team)s and cannot judge it."), name=expert.name, team=ordinal)
    seat = Seat(challenge.id, challenge.title, team.proposal_id, ordinal, challenge.review_units)
    return appoint_judge(uow, seat, expert.account_id, expert.name)
