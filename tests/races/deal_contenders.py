"""Two who accept, one who accepts while the other withdraws, two who buy what is sold once; with the guards, and as it would be without."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import Manager, get_context
from threading import Barrier

from graph.connection import Graph, Transaction
from graph.errors import Stale
from graph.records import value
from marketplace.domains.accounts.service import create_account
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.listings.model import ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, submit_listing
from marketplace.domains.offers.model import Status
from marketplace.domains.offers.service import propose_offer, withdraw_offer
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.errors import Refused
from marketplace.kernel.form_keys import FormKey
from marketplace.kernel.technology_contracts import Terms
from marketplace.processes.deals.service import accept_offer
from tests.conftest import Engine
from tests.races.contenders import NOW, PATIENCE, change, named

Act = Callable[[Graph, int, str], str]
TERMS = Terms(total_fen=32_000_000, scope="改造 12 组电池")
A_DAY = 25
"""Questions of one account; more on one day is refused."""


def duel(engine: Engine, act: Act, rounds: Sequence[str]) -> list[tuple[str, ...]]:
    """Two processes meet at each round and act at the same moment; what came of it for both, round by round."""
    with Manager() as manager, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        line = manager.Barrier(2)
        runs = [processes.submit(fight, engine, act, number, list(rounds), line) for number in (0, 1)]
        return [tuple(sorted(both)) for both in zip(*(run.result(3_000) for run in runs), strict=True)]


def fight(engine: Engine, act: Act, number: int, rounds: list[str], line: Barrier) -> list[str]:
    graph, outcomes = engine.open(), []
    for about in rounds:
        line.wait(120)
        outcomes.append(act(graph, number, about))
    graph.close()
    return outcomes


def trader(account: str, party: str) -> Actor:
    tokens = frozenset({"public", "signed-in", "enterprise-user", f"maker:{party}", f"account:{account}"})
    return Actor(account, account, tokens=tokens)


def party_of(actor: Actor) -> str:
    return next(token for token in actor.tokens if token.startswith("maker:")).removeprefix("maker:")


class Stall:
    """An enterprise that sells, two that buy, and what they have offered each other."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.asked = graph, 0
        change(graph, lambda uow: create_organisation(uow, named(0)))
        self.seller, *self.buyers = (self._trader(name) for name in ("卖方", "买方甲", "买方乙"))
        self.firm = party_of(self.seller)

    def _trader(self, name: str) -> Actor:
        firm = change(self.graph, lambda uow: create_enterprise(uow, EnterpriseText(name=name, union_name=named(0).name)))
        account = change(self.graph, lambda uow: create_account(uow, f"login-{name}", name, "!"))
        return trader(account.id, firm.id)  # type: ignore[attr-defined]

    def listing(self, *, exclusive: bool) -> str:
        text = ListingText(title="泄压装置", benefit="少停机", field="0601", exclusive=exclusive, valid_until=date(2027, 5, 31))
        made = change(self.graph, lambda uow: create_listing(uow, text, "enterprise", self.firm))
        for step in (submit_listing, publish_listing):
            made = change(self.graph, lambda uow, step=step, made=made: step(uow, made.id, made.version))  # type: ignore[misc]
        return str(made.id)  # type: ignore[attr-defined]

    def offered(self, listing: str, buyer: int = 0) -> str:
        """Everything of this moment but the questions, which were asked on some day before."""
        self.asked += 1
        asked_at = NOW - timedelta(days=60 - self.asked // A_DAY)
        asking = self.buyers[buyer]
        thread = unit_of_work.change(self.graph, asking, asked_at, lambda uow: ask_enquiry(uow, "listing", listing, "多少钱？"), patience=PATIENCE)
        offer = change(self.graph, lambda uow: propose_offer(uow, thread.id, 0, TERMS, date(2026, 12, 7)), self.seller)
        return str(offer.id)  # type: ignore[attr-defined]

    def told(self, *offers: str) -> str:
        """What both processes need to know of one round."""
        firms = [f"{one.account_id},{party_of(one)}" for one in (self.seller, *self.buyers)]
        return " ".join((*firms, *offers))


def _read(about: str) -> tuple[list[Actor], list[str]]:
    traders, offers = about.split()[:3], about.split()[3:]
    return [trader(*one.split(",")) for one in traders], offers


def _accepted(graph: Graph, actor: Actor, offer: str, key: FormKey | None = None) -> str:
    try:
        change(graph, lambda uow: accept_offer(uow, offer, 1, 15), actor, key)
    except (Stale, Refused):
        return "late"
    return "accepted"


def accept_as_a_colleague(graph: Graph, number: int, about: str) -> str:
    """Both act for the same buyer, on the same offer."""
    traders, offers = _read(about)
    return _accepted(graph, traders[1], offers[0])


def accept_or_withdraw(graph: Graph, number: int, about: str) -> str:
    traders, offers = _read(about)
    if number == 0:
        return _accepted(graph, traders[1], offers[0])
    try:
        change(graph, lambda uow: withdraw_offer(uow, offers[0], 1), traders[0])
    except (Stale, Refused):
        return "late"
    return "withdrawn"


def buy_what_is_sold_once(graph: Graph, number: int, about: str) -> str:
    """Two buyers, each with an offer of their own on the same exclusive listing."""
    traders, offers = _read(about)
    return _accepted(graph, traders[1 + number], offers[number])


STATE = "MATCH (f:Offer {id: $id}) RETURN f.status AS status"
DRAFT = "MATCH (f:Offer {id: $id})-[:OFFERED_IN]->(q:Enquiry) SET f.status = $accepted CREATE (:Contract {id: $contract})-[:CAME_FROM]->(q)"
DEALS = "MATCH (f:Offer {id: $id})-[:OFFERED_IN]->(q:Enquiry)<-[:CAME_FROM]-(k:Contract) RETURN count(k) AS deals"
SOLD = "MATCH (:Listing {id: $id})<-[:SELLS]-(k:Contract) RETURN count(k) AS deals"


def accept_without_guard(graph: Graph, number: int, about: str) -> str:
    """What the lock is for: look in one transaction, accept in a later one."""
    _traders, offers = _read(about)
    seen = graph.read(lambda tx: tx.one(STATE, value("status"), id=offers[0]), reader=SYSTEM_ACTOR.reader)
    if seen != Status.OPEN:
        return "late"
    contract = f"naive-{number}-{offers[0]}"
    graph.write(lambda tx: tx.run(DRAFT, id=offers[0], accepted=Status.ACCEPTED, contract=contract), patience=PATIENCE)
    return "accepted"


LIVE = "MATCH (:Listing {id: $id})<-[:SELLS]-(k:Contract) RETURN count(k) AS deals"
SELL = "MATCH (l:Listing {id: $id}) CREATE (:Contract {id: $contract})-[:SELLS]->(l)"


def sell_without_guard(graph: Graph, number: int, about: str) -> str:
    """The same for what is sold once: count the deals, then make one. `about` ends with the listing."""
    listing = about.split()[-1]
    if graph.read(lambda tx: tx.one(LIVE, value("deals"), id=listing), reader=SYSTEM_ACTOR.reader):
        return "late"
    contract = f"naive-{number}-{listing}"
    graph.write(lambda tx: tx.run(SELL, id=listing, contract=contract), patience=PATIENCE)
    return "accepted"


def count_contracts_of(tx: Transaction, offer: str) -> int:
    return int(tx.one(DEALS, value("deals"), id=offer))


def count_contracts_selling(tx: Transaction, listing: str) -> int:
    return int(tx.one(SOLD, value("deals"), id=listing))
