"""Say what one thinks of a match, think again, take it back."""

from marketplace.domains.opinions.model import WORKFLOW, MatchOpinion, Pair, Status
from marketplace.domains.opinions.repository import create_opinion_node, get_pair, hold_opinion, save_opinion
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.labels import label
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.verdicts import REASONS, Verdict
from marketplace.kernel.workflow import Change, created

KINDS = ("achievement", "listing")
"""What has a publisher who can repair its text."""


def give_opinion(uow: UnitOfWork, need_id: str, kind: str, thing_id: str, verdict: str, tell: bool = False) -> MatchOpinion | None:
    """Once for each account, need and thing; saying it again changes it. Returns what was said before.

    `tell`: whoever passes for a reason agrees to hear once when a new version answers it.

    Raises NotFound unless both may be seen, Forbidden for those who stand behind the thing, Invalid for words that are none of ours."""
    pair = _pair(uow, need_id, kind, thing_id)
    if verdict not in list(Verdict):
        raise Invalid({"verdict": label("Choose one of the reasons.")})
    before, said = hold_opinion(uow.tx, _key(uow, pair)), Verdict(verdict)
    if before is None:
        _create(uow, pair, said, tell and said in REASONS)
        return None
    _save(uow, WORKFLOW.step("say", before, before.version, at=uow.now, verdict=said, ordinal=pair.ordinal, tell=tell and said in REASONS))
    return before if before.status is Status.GIVEN else None


def take_opinion_back(uow: UnitOfWork, need_id: str, kind: str, thing_id: str) -> None:
    """It counts no longer. Taking back what was never said, or twice, changes nothing."""
    pair = _pair(uow, need_id, kind, thing_id)
    said = hold_opinion(uow.tx, _key(uow, pair))
    if said is not None and said.status is Status.GIVEN:
        _save(uow, WORKFLOW.step("take_back", said, said.version, at=uow.now, tell=False))


def note_told(uow: UnitOfWork, opinion: MatchOpinion) -> None:
    """One agreement is for one telling."""
    _save(uow, WORKFLOW.step("tell", opinion, opinion.version, at=uow.now, tell=False, told_at=uow.now))


def _pair(uow: UnitOfWork, need_id: str, kind: str, thing_id: str) -> Pair:
    if kind not in KINDS:
        raise NotFound(thing_id)
    pair = get_pair(uow.tx, need_id, kind, thing_id)
    uow.actor.require(WORKFLOW.steps["say"].needs, pair)
    return pair


def _key(uow: UnitOfWork, pair: Pair) -> str:
    return f"{uow.actor.account_id}:{pair.need_id}:{pair.thing_id}"


def _create(uow: UnitOfWork, pair: Pair, verdict: Verdict, tell: bool) -> None:
    opinion = MatchOpinion(
        id=uow.new_id(), key=_key(uow, pair), verdict=verdict, ordinal=pair.ordinal, tell=tell, account_id=uow.actor.account_id,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    create_opinion_node(uow.tx, opinion, pair)
    uow.record(created(opinion, at=uow.now, verb="say"))


def _save(uow: UnitOfWork, change: Change[MatchOpinion]) -> None:
    save_opinion(uow.tx, change)
    uow.record(change)
