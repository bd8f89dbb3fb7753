"""What was said in a conversation: the question, its answer, and every word after."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.domains.enquiries.model import Enquiry, Side
from marketplace.kernel.entity import linked
from marketplace.kernel.guards import OPEN_OFFER
from marketplace.kernel.stored_file import StoredFile

MOST_FILES = 5
"""Of one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Never edited and never taken back: the other side has read it. `name` is left out where the other side must not know it."""

    id: str
    side: Side
    text: str
    created_at: datetime
    account_id: str = linked(default="")
    name: str = linked(default="")
    files: tuple[StoredFile, ...] = linked(default=())


@dataclass(frozen=True, slots=True)
class Bargain:
    """How many offers there were, and how the last one stands; a contract that came of one."""

    offers: int = 0
    status: str = ""
    holds_until: date | None = None
    contract_id: str = ""
    contract_number: str = ""

    @property
    def is_open(self) -> bool:
        return self.status == OPEN_OFFER


def first_words(enquiry: Enquiry, files: tuple[StoredFile, ...]) -> list[Message]:
    """The question and its answer, which the enquiry itself holds; `files` came with the answer."""
    said = [
        Message(
            id="question", side=Side.ASKER, text=enquiry.text, created_at=enquiry.created_at, account_id=enquiry.asker_id, name=enquiry.asker.name
        )
    ]
    if enquiry.answered_at:
        said.append(Message(id="answer", side=Side.MAKERS, text=enquiry.answer, created_at=enquiry.answered_at, files=files))
    return said
