"""Civil Code, article 847: before a work made in service is transferred, those who made it are asked. One verb for every way to a contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.guards import UNANSWERED, first_refusal_guard, hold
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, text_of
from marketplace.kernel.technology_contracts import ContractKind, Terms
from marketplace.kernel.trading import Bindable
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.kernel.workflow import created
from marketplace.market_settings import MarketSettings

WORKDAYS: int = MarketSettings.model_fields["first_refusal_workdays"].default
"""For an answer, where the union has set nothing else."""
EMPLOYERS = ("studio", "enterprise")
"""In whose service something is made. Whoever sells their own work is not asked."""


class Answer(StrEnum):
    ASKED = UNANSWERED
    WAIVED = "waived"
    TAKEN = "taken"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRefusal(Terms):
    """What one contributor is asked, with the terms and what else the parties agreed; the other side's name is not among them.

    `version` counts the askings: an answer is to the terms of one. `is_pending`: the contract is still being written, and is a transfer."""

    KIND: ClassVar[str] = "first-refusal"
    READ: ClassVar[Permission] = Permission.FIRST_REFUSAL_READ

    id: str
    version: int = 1
    contract_id: str
    number: str
    title: str
    worker_id: str
    name: str = ""
    trial_days: int | None = None
    other: str = ""
    asked_at: datetime
    due_on: date
    answer: Answer = Answer.ASKED
    answered_at: datetime | None = None
    is_pending: bool = True
    enquiry_id: str = ""
    achievement_id: str = ""
    parties: tuple[str, ...] = ()
    updated_at: datetime | None = None

    @property
    def makers(self) -> tuple[str, ...]:
        return (self.worker_id, *self.parties)


class Deal(Protocol):
    """A drafted contract, as far as it matters here."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def contract_kind(self) -> ContractKind: ...
    @property
    def achievement_id(self) -> str: ...
    @property
    def makers(self) -> tuple[str, ...]: ...
    @property
    def seller(self) -> Bindable: ...
    @property
    def buyer(self) -> Bindable: ...


def id_of(contract_id: str, worker_id: str) -> str:
    """A question is one person's about one contract."""
    return f"{contract_id}.{worker_id}"


@dataclass(frozen=True, slots=True)
class Contributor:
    id: str
    name: str


WITH_A_SHARE = """
MATCH (:Achievement {id: $id})<-[c:CONTRIBUTED_TO]-(w:Worker) WHERE c.share > 0 AND NOT coalesce(w.status, '') IN ['erased', 'merged']
RETURN w.id AS id, w.name AS name ORDER BY id
"""


def list_contributors_with_a_share(tx: Transaction, achievement_id: str) -> list[Contributor]:
    """Whom the law asks first, whether or not their cards are public."""
    return tx.all(WITH_A_SHARE, reader(Contributor), id=achievement_id)


def is_transferred_by_employer(deal: Deal) -> bool:
    """Of a work that has makers."""
    return deal.contract_kind is ContractKind.TRANSFER and deal.seller.kind in EMPLOYERS and bool(deal.achievement_id)


def list_to_ask(tx: Transaction, deal: Deal) -> list[Contributor]:
    """Nobody where one of them is the buyer: the law puts them before strangers, not before each other."""
    people = list_contributors_with_a_share(tx, deal.achievement_id) if is_transferred_by_employer(deal) else []
    return [] if any(one.id == deal.buyer.id for one in people) else people


ASK = """
UNWIND $ids AS id
MATCH (k:Contract {id: $contract}) MATCH (w:Worker {id: id})
MERGE (k)-[r:OFFERED_FIRST_TO]->(w)
SET r.version = coalesce(r.version, CASE WHEN r.asked_at IS NULL THEN 0 ELSE 1 END) + 1, r.asked_at = $at, r.due_on = $due, r.answer = $answer
REMOVE r.answered_at
RETURN w.id AS id, r.version AS version
"""


def ask_those_who_made_it(uow: UnitOfWork, deal: Deal, workdays: int) -> Sequence[FirstRefusal]:
    """On the terms as they stand, anew where somebody has answered other ones."""
    if not is_transferred_by_employer(deal):
        return ()
    hold(uow.tx, first_refusal_guard(deal.id))
    people = {one.id: one.name for one in list_to_ask(uow.tx, deal)}
    due = workdays_after(local_day(uow.now), workdays)
    said = {"contract": deal.id, "ids": list(people), "at": uow.now, "due": due, "answer": Answer.ASKED}
    versions = dict(uow.tx.all(ASK, lambda row: (str(row["id"]), int(row["version"])), **said))
    asked = [
        FirstRefusal(
            **content_of(text_of(deal, Terms)), id=id_of(deal.id, id), version=versions[id], contract_id=deal.id, number=deal.number,
            title=deal.title, worker_id=id, name=name, asked_at=uow.now, due_on=due, achievement_id=deal.achievement_id, parties=deal.makers,
        )
        for id, name in people.items()
    ]  # fmt: skip
    uow.record(*(created(one, at=uow.now, verb="ask") for one in asked))
    return asked
