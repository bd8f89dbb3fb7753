"""What a seller fills in to put a listing up."""

from dataclasses import replace
from typing import Any

from marketplace.domains.auctions.model import AuctionText
from marketplace.kernel.labels import label
from marketplace.web.fields import MoneyField, moment, whole
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names, say

FIGURES = ("start_fen", "step_fen", "deposit_fen", "late_minutes", "extend_minutes", "sign_workdays", "return_workdays")
SECRET = label("Secret: everybody reads whether it is reached, nobody but your side how much it is.")
RECORD = label("A record alone: this site moves no money. Empty means that none is asked for.")
TERMS = label("What is sold, where, for how long, how it is paid. They become part of the contract.")
LONGEST_MINUTES = 60
LONGEST_WORKDAYS = 60


def _named(name: str) -> Any:
    return names("Auction", name)


def _minutes(name: str) -> Any:
    return whole(_named(name), least=1, most=LONGEST_MINUTES, required=True)


def _workdays(name: str) -> Any:
    return whole(_named(name), least=1, most=LONGEST_WORKDAYS, required=True)


class AuctionForm(Form):
    TEXT = AuctionText
    NODE = "Auction"

    start_fen = MoneyField(_named("start_fen"))
    step_fen = MoneyField(_named("step_fen"), description=say(label("Each bid lies above the starting price in whole steps.")))
    reserve_fen = MoneyField(_named("reserve_fen"), description=say(SECRET))
    deposit_fen = MoneyField(_named("deposit_fen"), description=say(RECORD))
    deposit_until = moment(_named("deposit_until"), description=say(label("Until then bidders apply.")))
    begins_at = moment(_named("begins_at"), description=say(label("Beijing time.")))
    ends_at = moment(_named("ends_at"))
    late_minutes = _minutes("late_minutes")
    extend_minutes = _minutes("extend_minutes")
    sign_workdays = _workdays("sign_workdays")
    return_workdays = _workdays("return_workdays")
    terms = paragraphs(_named("terms"), required=False, most=2000, help=TERMS)

    def revision(self) -> AuctionText:
        """What is left empty is zero until review asks for it."""
        text: AuctionText = super().revision()
        blanks: dict[str, Any] = {name: 0 for name in FIGURES if getattr(text, name) is None}
        return replace(text, terms=text.terms or "", **blanks)
