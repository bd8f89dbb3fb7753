"""One expert whose scores are sent many times at once, and teams that send in while the day closes; each with a connection of its own."""

from datetime import UTC, date, datetime

from graph.connection import Graph, Transaction
from graph.records import value
from marketplace.domains.judgements.model import Judgement, Status
from marketplace.domains.judgements.repository import create_judgement_node
from marketplace.domains.judgements.service import cast_judgement
from marketplace.domains.proposals.model import Proposal
from marketplace.domains.proposals.repository import create_proposal_node
from marketplace.domains.proposals.service import submit_proposal
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.errors import Refused, Stale
from marketplace.processes.challenges.service import close_due
from tests.races.contenders import NOW, PATIENCE, change

EXPERT = Actor("expert", "expert", tokens=frozenset({"public", "signed-in", "expert", "account:expert"}))
LAST_DAY = date(2026, 11, 22)
IN_TIME = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
CHALLENGE = """
CREATE (c:Challenge {id: $id, version: 1, number: 'JB-2026-000001', title: 'one', status: $status, problem: '', indicators: [], open_to: ['worker'],
  criterion_names: ['a', 'b'], criterion_weights: [50, 50], judging_workdays: 10, notice_workdays: 5, judge_until: $until, apply_until: $last,
  created_at: $now, updated_at: $now, audience: ['public', 'system']})
CREATE (e:Enterprise {id: $firm, name: $firm, audience: ['public', 'system']}) CREATE (c)-[:ANNOUNCED_BY]->(e)
"""


def a_challenge(tx: Transaction, id: str, status: str) -> None:
    tx.run(CHALLENGE, id=id, status=status, until=date(2027, 1, 31), last=LAST_DAY, now=NOW, firm=f"firm-{id}")


def a_plan(tx: Transaction, challenge: str, number: int, **said: object) -> Proposal:
    proposal = Proposal(
        id=f"{challenge}-{number}", number="", key=f"{challenge}:{number}", title="one", challenge_id=challenge, party_kind="worker",
        party_id=f"worker-{challenge}-{number}", party_name="", approach="a", schedule="b", experience="c", costs="d", created_at=NOW, updated_at=NOW,
        **said,  # type: ignore[arg-type]
    )  # fmt: skip
    create_proposal_node(tx, proposal)
    return proposal


SENT = "MATCH (p:Proposal {id: $id}) SET p.status = 'submitted'"


def a_vote(tx: Transaction, id: str) -> None:
    """A challenge that is being judged, a team of it, an expert who has declared to be free."""
    a_challenge(tx, id, "judging")
    plan = a_plan(tx, id, 1, ordinal=1)
    tx.run(SENT, id=plan.id)
    vote = Judgement(
        id=f"vote-{id}", key=f"expert:{id}", title="one", challenge_id=id, proposal_id=plan.id, account_id="expert", account_name="", ordinal=1,
        units=(), status=Status.READY, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    create_judgement_node(tx, vote)


def vote(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: cast_judgement(uow, about, 1, (number, number), ("a", "b")), EXPERT)
    except (Refused, Stale):
        return "refused"
    return "cast"


READ_VOTE = "MATCH (j:Judgement {id: $id}) RETURN j.status AS status"
WRITE_VOTE = "MATCH (j:Judgement {id: $id}) SET j.status = 'cast', j.scores = [$score, $score]"


def vote_without_guard(graph: Graph, number: int, about: str) -> str:
    """Looked at in one transaction, written in the next."""
    if graph.read(lambda tx: tx.one(READ_VOTE, value("status"), id=about), patience=PATIENCE) != "ready":
        return "refused"
    graph.write(lambda tx: tx.run(WRITE_VOTE, id=about, score=number), patience=PATIENCE)
    return "cast"


def send_or_close(graph: Graph, number: int, about: str) -> str:
    """The first one is the calendar of the next morning, the others are teams whose last minute it is."""
    if number == 0:
        unit_of_work.change(graph, SYSTEM_ACTOR, NOW, close_due, patience=PATIENCE)
        return "closed"
    try:
        unit_of_work.change(graph, SYSTEM_ACTOR, IN_TIME, lambda uow: submit_proposal(uow, f"{about}-{number}", 1), patience=PATIENCE)
    except Refused:
        return "late"
    return "in time"
