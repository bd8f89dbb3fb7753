"""What the two sides of a contract in force may change about it together, and who has the next word."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from marketplace.domains.contracts.model import Amendment, Contract, Part, Status
from marketplace.kernel import permissions as rules
from marketplace.kernel.contract_clauses import Checked, Clause, PatentFacts, checklist, missing_clauses, price_faults
from marketplace.kernel.files import Checked as CheckedFile
from marketplace.kernel.files import FileStore
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.trading import binds
from marketplace.kernel.workflow import Step, Tells, Workflow


def proposer_of(contract: Contract) -> tuple[str, ...]:
    """The token that binds the side which proposed; nothing where nothing is proposed."""
    return (binds(contract.seller if contract.amendment_by == Part.SELLER else contract.buyer),) if contract.amendment_by else ()


def asked_by(contract: Contract) -> tuple[str, ...]:
    """The token that binds the side which is to answer."""
    return (binds(contract.buyer if contract.amendment_by == Part.SELLER else contract.seller),) if contract.amendment_by else ()


P = Permission
_PROPOSED = frozenset({Amendment.CHANGE, Amendment.END})
_RUNNING = frozenset({Status.IN_FORCE})
is_proposer = rules.holds_any(proposer_of, label("Acts for the side that proposed it."), LEADS, MAKER)
is_asked = rules.holds_any(asked_by, label("Acts for the side that was asked."), LEADS, MAKER)
AMENDING = Workflow(
    Step("propose_change", frozenset({Amendment.NONE}), Amendment.CHANGE, P.CONTRACT_CHANGE, label("Propose another text"),
         label("A change of the contract is proposed"), tells=Tells.MAKERS),
    Step("propose_end", frozenset({Amendment.NONE}), Amendment.END, P.CONTRACT_CHANGE, label("Propose to end it"),
         label("The end of the contract is proposed"), reason=True, tells=Tells.MAKERS),
    Step("agree_change", frozenset({Amendment.CHANGE}), Amendment.NONE, P.CONTRACT_AGREE, label("Agree to the change"),
         label("The contract was changed by agreement"), tells=Tells.MAKERS),
    Step("decline", _PROPOSED, Amendment.NONE, P.CONTRACT_AGREE, label("Do not agree"), label("The proposal was not agreed to"), reason=True,
         tells=Tells.MAKERS),
    Step("take_back", _PROPOSED, Amendment.NONE, P.CONTRACT_TAKE_BACK, label("Take the proposal back"), label("The proposal was taken back"),
         tells=Tells.MAKERS),
    field="amendment",
)  # fmt: skip
ENDING = Workflow(
    Step("agree_end", _RUNNING, Status.TERMINATED, P.CONTRACT_AGREE, label("Agree to end it"), label("Ended by agreement"), tells=Tells.MAKERS)
)
POLICY = rules.Policy({
    P.CONTRACT_AGREE: rules.while_in(_RUNNING, is_asked & ~is_proposer),
    P.CONTRACT_TAKE_BACK: rules.while_in(_RUNNING, is_proposer & ~is_asked),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paperwork:
    """All that the paper says besides the contract: the patents, and who confirmed for each side."""

    contract: Contract
    patents: tuple[PatentFacts, ...] = ()
    seller_by: str = ""
    buyer_by: str = ""

    @property
    def checklist(self) -> tuple[Checked, ...]:
        """Missing ones first."""
        return checklist(self.contract, self.patents)

    @property
    def price_faults(self) -> tuple[Label, ...]:
        """What the price still lacks, though something is written of it."""
        return tuple(price_faults(self.contract).values())

    @property
    def missing(self) -> tuple[Clause, ...]:
        return missing_clauses(self.contract, self.patents)


@dataclass(frozen=True, slots=True)
class Source:
    """What the contract comes from, as the page names it."""

    kind: str = ""
    id: str = ""
    number: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checkable:
    """What whoever holds the code of a paper may learn of its contract: nothing of the terms."""

    number: str
    status: Status
    signed_on: date | None
    digest: str
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper of one text, which is kept already."""

    text_digest: str
    file: CheckedFile
    place: str


@dataclass(frozen=True, slots=True)
class Press:
    """Where papers are kept, where their code leads, and the font they are set in."""

    files: FileStore
    address: str
    font: Path | None = None
