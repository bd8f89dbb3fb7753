"""Postings and their entries. A posting is balanced: what was received stands against the lines of its parts, and together they are nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.chain import digest_of
from marketplace.kernel.contributions import Answer, Contribution
from marketplace.kernel.entity import linked
from marketplace.kernel.income import Account, AccountKind, Line, Parties, Rates, keepers_of
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.workflow import Step, Tells, Workflow


class Act(StrEnum):
    """What a posting does. A status of its own it has not: it is what it was from the first moment."""

    POST = "post"
    REFUND = "refund"
    REVERSE = "reverse"
    CORRECT = "correct"


ACT_LABELS: dict[str, Label] = {
    Act.POST: label("Shared out"), Act.REFUND: label("Given back"), Act.REVERSE: label("Reversed"), Act.CORRECT: label("Posted anew"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The seller's side of a contract: who keeps its ledger, and who is to have a part. `achievement_id` leads to the people and their shares."""

    contract_id: str
    number: str
    title: str
    seller_kind: str
    seller_id: str
    seller_name: str = ""
    enterprise_id: str = ""
    enterprise_name: str = ""
    studio_id: str = ""
    studio_name: str = ""
    achievement_id: str = ""
    achievement_title: str = ""
    units: tuple[str, ...] = ()

    @property
    def keepers(self) -> tuple[str, ...]:
        return keepers_of(self.seller_kind, self.seller_id, self.enterprise_id)

    @property
    def is_own(self) -> bool:
        """A worker who sells in their own name needs no unit's rule."""
        return self.seller_kind == "worker" and not self.enterprise_id


@dataclass(frozen=True, slots=True)
class Rule:
    """The unit's rule on a day."""

    id: str
    unit_bp: int
    studio_bp: int
    contributors_bp: int
    vat_bp: int = 0
    cost_bp: int = 0
    clause: str = ""
    source: str = ""
    effective_from: date | None = None

    @property
    def rates(self) -> Rates:
        return Rates(self.unit_bp, self.studio_bp, self.contributors_bp, self.vat_bp, self.cost_bp)


@dataclass(frozen=True, slots=True)
class Edition:
    """The shares as they were from a day on."""

    since: date
    people: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What of a payment the ledger needs: for a refund `root_id` is the payment that is given back of."""

    contract_id: str
    payment_id: str
    root_id: str
    kind: str
    amount_fen: int
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """Written once. `held`: the share did not count on the day of the payment. `place` is contract and running number, of which each is once."""

    id: str
    place: str
    contract_id: str
    payment_id: str
    posting_id: str
    sequence: int
    at: datetime
    account_kind: AccountKind
    account_id: str = ""
    amount_fen: int
    of_fen: int = 0
    share: int = 0
    cut_fen: int = 0
    act: Act
    kind: str
    reason: str = ""
    reverses: str = ""
    by: str = ""
    held: bool = False
    previous: str = ""
    seal: str = ""
    audience: tuple[str, ...] = ()

    @property
    def line(self) -> Line:
        return Line(Account(self.account_kind, self.account_id), self.of_fen, self.share, self.cut_fen, self.amount_fen)

    @property
    def told(self) -> dict[str, Any]:
        """What the seal holds: everything but who may read it."""
        names = ("id", "place", "contract_id", "payment_id", "posting_id", "sequence", "account_kind", "account_id", "amount_fen", "of_fen", "share",
                 "cut_fen", "act", "kind", "reason", "reverses", "by", "held", "previous")  # fmt: skip
        return {name: getattr(self, name) for name in names} | {"at": self.at.isoformat(timespec="milliseconds")}


def seal_of(entry: LedgerEntry) -> str:
    return digest_of(entry.told)


def faults_of(entries: Iterable[LedgerEntry]) -> list[str]:
    """Of a whole ledger in its order: what is missing, out of place, changed, or does not come to nought."""
    faults, previous, expected = list[str](), "", 1
    sums = dict[str, int]()
    for entry in entries:
        if entry.sequence != expected or entry.previous != previous or entry.seal != seal_of(entry):
            faults.append(f"ledger: entry {entry.sequence} is not what was sealed")
        sums[entry.posting_id] = sums.get(entry.posting_id, 0) + entry.amount_fen
        previous, expected = entry.seal, entry.sequence + 1
    return faults + [f"ledger: posting {id} does not come to nought" for id, fen in sums.items() if fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """`makers` are those who are told of it: who has a line in it. They read their own lines, the keepers all of it."""

    KIND: ClassVar[str] = "posting"
    READ: ClassVar[Permission] = Permission.LEDGER_READ

    id: str
    version: int = 1
    contract_id: str
    payment_id: str
    root_id: str
    act: Act
    kind: str
    amount_fen: int
    net_fen: int = 0
    paid_on: date
    rule_id: str = ""
    shares_from: date | None = None
    reverses: str = ""
    reason: str = ""
    by: str = ""
    created_at: datetime
    payees: tuple[str, ...] = linked(default=())
    keepers: tuple[str, ...] = linked(default=())
    title: str = linked(default="")

    makers = property(lambda self: self.payees)


def shares_of(lines: Sequence[Line]) -> tuple[Rates, Parties]:
    """What a posting was reckoned by, read back from its lines: a refund goes by the very same."""
    share = {line.account.kind: line.share for line in lines}
    ids = {line.account.kind: line.account.id for line in lines}
    unit, studio = share.get(AccountKind.UNIT, 0), share.get(AccountKind.STUDIO, 0)
    people = tuple((line.account.id, line.share) for line in lines if line.account.kind is AccountKind.WORKER)
    rates = Rates(unit, studio, 10_000 - unit - studio, share.get(AccountKind.TAX, 0), share.get(AccountKind.COST, 0))
    return rates, Parties(ids.get(AccountKind.UNIT, ""), ids.get(AccountKind.STUDIO, ""), people)


def objected(people: Iterable[Contribution], at: datetime) -> set[str]:
    """Whose share does not count at that moment. What was answered later was open then."""
    return {one.worker_id for one in people if not _counted(one, at)}


def _counted(one: Contribution, at: datetime) -> bool:
    answered = one.answered_at is None or one.answered_at <= at
    return one.counts(at) if answered else Contribution(one.worker_id, one.share, answer=Answer.ASKED, asked_at=one.asked_at).counts(at)


P = Permission
WORKFLOW = Workflow(
    Step("post", frozenset(), Act.POST, P.LEDGER_KEEP, label("Share out"), label("Income is entered for you"), tells=Tells.MAKERS),
    Step("refund", frozenset(), Act.REFUND, P.LEDGER_KEEP, label("Give back"), label("A refund is entered for you"), tells=Tells.MAKERS),
    Step("reverse", frozenset(), Act.REVERSE, P.LEDGER_KEEP, label("Reverse"), label("A posting is reversed"), reason=True),
    Step("correct", frozenset(), Act.CORRECT, P.LEDGER_KEEP, label("Post anew"), label("Income is posted anew for you"), reason=True,
         tells=Tells.MAKERS),
    field="act",
)  # fmt: skip
keeps_it = rules.holds_any(lambda thing: thing.keepers, label("Keeps the seller's books."), LEADS, MAKER)
has_a_line = rules.Holds(lambda posting: (MAKER + id for id in posting.payees), kind=MAKER, words=label("Has a line in it."))
POLICY = rules.Policy({
    P.LEDGER_READ: keeps_it | has_a_line,
    P.LEDGER_KEEP: keeps_it,
})  # fmt: skip
