"""From the deadline to the result: what touches a challenge, its teams, its votes and its contracts in one transaction."""

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256

from graph.connection import Transaction
from marketplace.domains.challenges.model import WORKFLOW, Challenge
from marketplace.domains.challenges.repository import count_waiting_objections, get_challenge, hold_challenge, list_due, save_challenge
from marketplace.domains.challenges.service import SHELF, settle_objection
from marketplace.domains.contracts.model import LIVE, ContractText, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import draft_contract
from marketplace.domains.judgements.repository import list_judgements
from marketplace.domains.proposals.model import WORKFLOW as TEAM_WORKFLOW
from marketplace.domains.proposals.model import Proposal
from marketplace.domains.proposals.repository import list_proposals, list_teams, save_proposal
from marketplace.domains.proposals.service import require_outside_teams
from marketplace.kernel import publishing
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permissions import MAKER, OFFICER_OF, SYSTEM
from marketplace.kernel.revisions import content_of
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import Change
from marketplace.processes.challenges.model import Ranked, Result, Standing
from marketplace.processes.challenges.repository import list_contracts
from marketplace.processes.challenges.scoring import standing_of


def close_due(uow: UnitOfWork) -> int:
    """Applications whose last day has passed are closed for good; the calendar asks for it each day."""
    due = list_due(uow.tx, local_day(uow.now))
    for id in due:
        _close(uow, id)
    return len(due)


def _close(uow: UnitOfWork, id: str) -> None:
    """Teams get their numbers in an order that nobody can guess from who sent first."""
    hold_challenge(uow.tx, id)
    challenge, sent = get_challenge(uow.tx, id), _sent(uow.tx, id)
    until = workdays_after(local_day(uow.now), challenge.judging_workdays)
    for ordinal, one in enumerate(sorted(sent, key=lambda one: sha256(one.id.encode()).hexdigest()), start=1):
        _keep_team(uow, TEAM_WORKFLOW.step("number", one, one.version, at=uow.now, ordinal=ordinal))
    verb, judged = ("close", until) if sent else ("lapse", None)
    _keep(uow, WORKFLOW.step(verb, challenge, challenge.version, at=uow.now, closed_at=uow.now, judge_until=judged))


def _sent(tx: Transaction, challenge_id: str) -> list[Proposal]:
    return [one for one in list_proposals(tx.seen_by((SYSTEM,)), challenge_id) if one.is_sent]


def _keep(uow: UnitOfWork, change: Change[Challenge]) -> Challenge:
    save_challenge(uow.tx, change)
    uow.record(change)
    return change.after


def _keep_team(uow: UnitOfWork, change: Change[Proposal]) -> None:
    save_proposal(uow.tx, change)
    uow.record(change)


def get_standing(tx: Transaction, challenge: Challenge, today: date) -> Standing:
    """The site reads all votes and gives out what the moment allows."""
    all_seeing = tx.seen_by((SYSTEM,))
    return standing_of(challenge, list_teams(all_seeing, challenge.id), list_judgements(all_seeing, challenge.id), today)


def extend_judging(uow: UnitOfWork, id: str, version: int, until: date | None) -> Challenge:
    """Where experts stood back or are late. Raises Invalid for a day that has passed or lies before the present one."""
    challenge = _held(uow, id, "extend")
    if until is None or until <= local_day(uow.now) or (challenge.judge_until and until <= challenge.judge_until):
        raise Invalid({"until": label("Choose a later day than the present one.")})
    return _keep(uow, WORKFLOW.step("extend", challenge, version, at=uow.now, judge_until=until))


def _held(uow: UnitOfWork, id: str, verb: str) -> Challenge:
    """Theirs to move on; whoever belongs to a team does not decide about it. Raises NotFound, Forbidden."""
    uow.actor.require(WORKFLOW.steps[verb].needs, get_challenge(uow.tx, id))
    hold_challenge(uow.tx, id)
    require_outside_teams(uow, id)
    return get_challenge(uow.tx, id)


def choose_teams(uow: UnitOfWork, id: str, version: int, ordinals: Collection[int], reason: str) -> Challenge:
    """Once, with reasons, among teams that have been judged by enough experts. Raises Invalid, Refused."""
    challenge = _held(uow, id, "choose")
    change = WORKFLOW.step("choose", challenge, version, at=uow.now, reason=reason, notice_until=_notice(uow, challenge))
    standing = get_standing(uow.tx, challenge, local_day(uow.now))
    if not standing.is_unsealed:
        raise Refused(label("The scores are still sealed: not all experts have judged."))
    if standing.too_few:
        raise Refused(label("Too few reviews of team %(teams)s: give the experts more time or appoint others."), teams=_told(standing.too_few))
    if not ordinals or len(set(ordinals)) > challenge.winners_most or set(ordinals) - {team.ordinal for team in standing.teams}:
        raise Invalid({"teams": label("Choose at least one team and at most %(most)s.")}, most=challenge.winners_most)
    sent = {one.id: one for one in _sent(uow.tx, id)}
    for one in standing.ranking:
        _tell_team(uow, challenge, sent[one.team.proposal_id], one, one.team.ordinal in ordinals, reason)
    return _keep(uow, change)


def _notice(uow: UnitOfWork, challenge: Challenge) -> date:
    return workdays_after(local_day(uow.now), challenge.notice_workdays)


def _told(ordinals: Iterable[int]) -> str:
    return "、".join(map(str, ordinals))


def _tell_team(uow: UnitOfWork, challenge: Challenge, proposal: Proposal, place: Ranked, is_chosen: bool, reason: str) -> None:
    """Each reads its own scores and what was written of it, without anybody's name; chosen ones may be read by whoever decided."""
    clients = (*(MAKER + one for one in challenge.makers), *(OFFICER_OF + unit for unit in challenge.units)) if is_chosen else ()
    verb = "choose" if is_chosen else "pass_over"
    told = TEAM_WORKFLOW.step(
        verb, proposal, proposal.version, at=uow.now, reason=reason, mean=place.mean, spread=place.spread, means=place.means, remarks=place.remarks,
        clients=clients,
    )  # fmt: skip
    _keep_team(uow, told)


def choose_none(uow: UnitOfWork, id: str, version: int, reason: str) -> Challenge:
    """No team convinced; each is told."""
    challenge = _held(uow, id, "choose_none")
    change = WORKFLOW.step("choose_none", challenge, version, at=uow.now, reason=reason)
    standing = get_standing(uow.tx, challenge, local_day(uow.now))
    if not standing.is_unsealed:
        raise Refused(label("The scores are still sealed: not all experts have judged."))
    sent = {one.id: one for one in _sent(uow.tx, id)}
    for one in standing.ranking:
        _tell_team(uow, challenge, sent[one.team.proposal_id], one, False, reason)
    return _keep(uow, change)


def dismiss_objection(uow: UnitOfWork, id: str, objection_id: str, answer: str) -> Challenge:
    """The choice stands; whoever objected is told."""
    challenge = _held(uow, id, "dismiss")
    settle_objection(uow, challenge, objection_id, "dismiss", answer)
    return _keep(uow, WORKFLOW.step("dismiss", challenge, challenge.version, at=uow.now))


def uphold_objection(uow: UnitOfWork, id: str, objection_id: str, answer: str) -> Challenge:
    """The choice is taken back and made again; the votes stand, further experts may be appointed."""
    challenge = _held(uow, id, "annul")
    settle_objection(uow, challenge, objection_id, "uphold", answer)
    again = TEAM_WORKFLOW.steps["judge_again"]
    for one in list_proposals(uow.seeing_all().tx, id):
        if one.status in again.frm:
            _keep_team(uow, TEAM_WORKFLOW.step(again.name, one, one.version, at=uow.now, clients=()))
    until = workdays_after(local_day(uow.now), challenge.judging_workdays)
    return _keep(uow, WORKFLOW.step("annul", challenge, challenge.version, at=uow.now, judge_until=until, notice_until=None))


def draft_contracts(uow: UnitOfWork, id: str, version: int) -> Challenge:
    """With each winner, on the terms that were announced, once the public notice is over and every objection answered."""
    challenge = _held(uow, id, "contract")
    change = WORKFLOW.step("contract", challenge, version, at=uow.now)
    if challenge.notice_until is None or local_day(uow.now) <= challenge.notice_until:
        raise Refused(label("The public notice is not over yet."))
    if count_waiting_objections(uow.tx, id):
        raise Refused(label("An objection waits for a decision."))
    site = uow.seeing_all()
    buyer = get_side(site.tx, "enterprise", challenge.enterprise_id)
    for one in (one for one in list_proposals(site.tx, id) if one.is_chosen):
        origin = Origin(kind="challenge", id=id, need_id=challenge.need_id)
        draft_contract(site, terms_of(challenge, one), get_side(site.tx, one.party_kind, one.party_id), buyer, origin)
    return _keep(uow, change)


def terms_of(challenge: Challenge, proposal: Proposal) -> ContractText:
    """A commissioned development at the announced price, its milestones as stages; both sides may still write on it."""
    figures = "；".join(f"{one.name}：{one.target}{one.unit}" for one in challenge.figures)
    return ContractText(
        title=challenge.title, contract_kind=ContractKind.DEVELOPMENT, sub_kind="commissioned",
        price_mode=PriceMode.INSTALMENTS if challenge.stages else PriceMode.FIXED, total_fen=challenge.prize_fen, technology_fen=challenge.prize_fen,
        scope=challenge.problem, delivery="\n".join(part for part in (proposal.approach, proposal.schedule) if part), acceptance=figures,
        stage_names=challenge.stage_names, stage_days=challenge.stage_days, stage_shares=challenge.stage_shares, stage_proofs=challenge.stage_proofs,
    )  # fmt: skip


def conclude_challenge(uow: UnitOfWork, id: str, version: int, result: Result) -> Challenge:
    """The public result, once no contract of it is alive any more: accepted, terminated or never concluded."""
    challenge = _held(uow, id, "conclude")
    change = WORKFLOW.step("conclude", challenge, version, at=uow.now, **content_of(result))
    if any(one.status in LIVE for one in list_contracts(uow.tx, id)):
        raise Refused(label("A contract is still being carried out: the result comes after its acceptance."))
    if result.paid_on and result.paid_on > local_day(uow.now):
        raise Invalid({"paid_on": label("This day lies in the future.")})
    return _keep(uow, change)


def withdraw_challenge(uow: UnitOfWork, id: str, version: int, reason: str) -> Challenge:
    """By the enterprise, before a choice; every team is told."""
    return _end(uow, id, version, "withdraw", reason)


def take_down_challenge(uow: UnitOfWork, id: str, version: int, reason: str) -> Challenge:
    """By an officer above it, with the reason; every team is told."""
    return _end(uow, id, version, "take_down", reason)


def _end(uow: UnitOfWork, id: str, version: int, verb: str, reason: str) -> Challenge:
    hold_challenge(uow.tx, id)
    ended = publishing.end(uow, SHELF, id, version, verb, reason)
    release = TEAM_WORKFLOW.steps["release"]
    for one in list_proposals(uow.seeing_all().tx, id):
        if one.status in release.frm:
            _keep_team(uow, TEAM_WORKFLOW.step(release.name, one, one.version, at=uow.now, reason=reason))
    return ended
