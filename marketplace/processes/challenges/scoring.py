"""From votes to a ranking: weighted means, how far the experts are apart, and who has too few of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean, pstdev

from marketplace.domains.challenges.model import Challenge
from marketplace.domains.judgements.model import Judgement
from marketplace.domains.proposals.model import Team
from marketplace.kernel.criteria import Criterion
from marketplace.processes.challenges.model import Ranked, Standing


def standing_of(challenge: Challenge, teams: Sequence[Team], judgements: Sequence[Judgement], today: date) -> Standing:
    """`judgements` as the site reads them; those of a team that withdrew are waited for no more.

    Nothing of a score leaves this before all are in or their time is over."""
    standing = {team.proposal_id for team in teams}
    judgements = [one for one in judgements if one.proposal_id in standing]
    wanted = [one for one in judgements if one.is_wanted]
    reviews = {team.ordinal: sum(one.proposal_id == team.proposal_id and one.cast_at is not None for one in wanted) for team in teams}
    too_few = tuple(ordinal for ordinal, count in reviews.items() if count < challenge.reviewers_least)
    is_over = challenge.judge_until is not None and today > challenge.judge_until
    is_unsealed = challenge.has_closed and (is_over or (not too_few and all(one.cast_at is not None for one in wanted)))
    ranking = ranked(teams, wanted, challenge.criteria) if is_unsealed else ()
    return Standing(tuple(teams), tuple(judgements), is_unsealed, ranking, too_few)


def total_of(scores: Sequence[int], criteria: Sequence[Criterion]) -> float:
    """One expert's weighted points, 0 to 100."""
    return sum(score * one.weight for score, one in zip(scores, criteria, strict=True)) / sum(one.weight for one in criteria)


def ranked(teams: Iterable[Team], judgements: Iterable[Judgement], criteria: Sequence[Criterion]) -> tuple[Ranked, ...]:
    """The best first; of equal ones the one on which the experts agree more."""
    given = [one for one in judgements if one.cast_at is not None]
    places = [_place(team, [one for one in given if one.proposal_id == team.proposal_id], criteria) for team in teams]
    return tuple(sorted(places, key=lambda one: (-one.mean, one.spread, one.team.ordinal)))


def _place(team: Team, given: Sequence[Judgement], criteria: Sequence[Criterion]) -> Ranked:
    if not given:
        return Ranked(team, 0)
    totals = [total_of(one.scores, criteria) for one in given]
    means = tuple(round(fmean(one.scores[at] for one in given) * 100) for at in range(len(criteria)))
    remarks = tuple(f"{one.name}：{said}" for at, one in enumerate(criteria) for said in sorted(vote.remarks[at] for vote in given))
    return Ranked(team, len(given), round(fmean(totals) * 100), round(pstdev(totals) * 100), means, remarks)
