"""Two bidders in two processes, each with a connection of its own, who bid the same amount at the same moment, round after round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from queue import Empty
from typing import Any

from graph.connection import Graph
from graph.records import reader
from marketplace.domains.auctions.repository import Standing, get_auction, save_standing
from marketplace.domains.bids.model import Bid
from marketplace.domains.bids.repository import write_bids
from marketplace.domains.bids.scoring import FIRST, Offer, digest_of, settle
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor, Party
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import new_id
from marketplace.processes.bidding.service import lead_of, place_bid, rules_of
from tests.conftest import Engine

START, STEP = 12_000_000, 500_000
ENDS = datetime(2026, 11, 23, 7, tzinfo=UTC)
PATIENCE = 15.0
Act = Callable[[Graph, Actor, int, str, int], bool]


@dataclass(frozen=True, slots=True)
class Fixed:
    """One second before the end as each round finds it: every round before has moved it by five minutes."""

    round: int

    def now(self) -> datetime:
        return ENDS + timedelta(minutes=5 * self.round, seconds=-1)


def bidder(firm: str) -> Actor:
    tokens = frozenset({"public", "signed-in", "enterprise-user", f"maker:{firm}", f"account:{firm}"})
    return Actor(f"user-{firm}", firm, tokens=tokens, parties=(Party("enterprise", firm, firm, "enterprise-user"),))


def bid_under_guard(graph: Graph, actor: Actor, _ordinal: int, id: str, round: int) -> bool:
    """Whether it was accepted."""
    clock = Fixed(round)
    try:
        answer = unit_of_work.change(graph, actor, clock.now(), lambda uow: place_bid(uow, id, START + round * STEP, None, clock), patience=PATIENCE)
    except Invalid:
        return False
    return answer.leads


LOOK = "MATCH (s:Standing {id: $id}) RETURN s {.*} AS standing"


def bid_without_guard(graph: Graph, _actor: Actor, ordinal: int, id: str, round: int) -> bool:
    """What the guard is for: looked at in one transaction, written in the next."""
    standing = graph.read(lambda tx: tx.one(LOOK, reader(Standing, "standing"), id=id), patience=PATIENCE)
    auction = graph.read(lambda tx: get_auction(tx, id), reader=SYSTEM_ACTOR.reader, patience=PATIENCE)
    try:
        lead, raises = settle(rules_of(auction), lead_of(standing), Offer(ordinal, START + round * STEP))
    except Invalid:
        return False
    bid = Bid(id=new_id(), sequence=standing.bids + 1, ordinal=ordinal, amount_fen=raises[0].amount_fen, at=Fixed(round).now(), way=raises[0].way,
              previous=standing.head or FIRST, digest="")  # fmt: skip
    bid = replace(bid, digest=digest_of(bid, auction.number))
    after = replace(standing, leader=ordinal, highest_fen=lead.amount_fen, maximum_fen=lead.maximum_fen, bids=bid.sequence, head=bid.digest)
    graph.write(lambda tx: (write_bids(tx, id, (bid,)), save_standing(tx, after)), patience=PATIENCE)
    return True


def run_bidder(engine: Engine, act: Act, firm: str, ordinal: int, id: str, rounds: int, line: Any, told: Any) -> None:
    graph, actor = engine.open(), bidder(firm)
    accepted = []
    for round in range(rounds):
        line.wait(60)
        accepted.append(act(graph, actor, ordinal, id, round))
        line.wait(60)
    told.put(accepted)
    graph.close()


def heard(told: Any, processes: Sequence[BaseProcess]) -> list[bool]:
    """Raises where one of them has failed: nobody waits for a word that does not come."""
    while True:
        try:
            return list(told.get(timeout=1))
        except Empty:
            if any(one.exitcode for one in processes):
                raise AssertionError("a bidder has failed, see above") from None


def duel(engine: Engine, act: Act, firms: list[tuple[str, int]], id: str, rounds: int) -> list[int]:
    """How many of the two were accepted, round by round."""
    context = get_context("spawn")
    line, told = context.Barrier(2), context.Queue()
    processes = [context.Process(target=run_bidder, args=(engine, act, firm, ordinal, id, rounds, line, told)) for firm, ordinal in firms]
    for one in processes:
        one.start()
    outcomes = [heard(told, processes) for _ in processes]
    for one in processes:
        one.join(30)
    return [sum(pair) for pair in zip(*outcomes, strict=True)]
