"""Who leads after a bid, and at what price; and the chain of bids that everybody can check. Nothing here reads a clock or a store."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from marketplace.domains.bids.model import Bid, Way
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.money import MOST_FEN

FIRST = "0" * 64
"""What the first bid names as the one before it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an auction fixed when it was announced. Money is fen."""

    start_fen: int
    step_fen: int
    late: timedelta
    extension: timedelta


@dataclass(frozen=True, slots=True)
class Lead:
    """The highest bid, whose it is, and how far the site may go on for them. Number 0 before the first bid."""

    ordinal: int = 0
    amount_fen: int = 0
    maximum_fen: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """`maximum_fen` is the secret one; without it the amount is all that is offered."""

    ordinal: int
    amount_fen: int
    maximum_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Raise:
    ordinal: int
    amount_fen: int
    way: Way


def least_fen(rules: Rules, lead: Lead) -> int:
    """What the next bid must be at least."""
    return lead.amount_fen + rules.step_fen if lead.ordinal else rules.start_fen


def settle(rules: Rules, lead: Lead, offer: Offer) -> tuple[Lead, tuple[Raise, ...]]:
    """The lead after an offer and the raises that go into the record. Raises Invalid at the field, with what would be accepted.

    A leader who names a new maximum raises nothing against themselves."""
    if offer.maximum_fen is not None:
        _require_maximum(rules, lead, offer)
        if offer.ordinal == lead.ordinal:
            return Lead(lead.ordinal, lead.amount_fen, offer.maximum_fen), ()
    _require_amount(rules, lead, offer)
    limit = max(offer.amount_fen, offer.maximum_fen or 0)
    first = Raise(offer.ordinal, offer.amount_fen, Way.MANUAL)
    if offer.ordinal == lead.ordinal:
        return Lead(lead.ordinal, offer.amount_fen, max(limit, lead.maximum_fen)), (first,)
    if lead.ordinal == 0 or lead.maximum_fen < offer.amount_fen:
        return Lead(offer.ordinal, offer.amount_fen, limit), (first,)
    return _contend(rules, lead, first, limit)


def _contend(rules: Rules, lead: Lead, first: Raise, limit: int) -> tuple[Lead, tuple[Raise, ...]]:
    """The leader's maximum answers: of equal maxima the earlier leads, else the higher, one step above the other at most."""
    if limit <= lead.maximum_fen:
        price = min(lead.maximum_fen, limit + rules.step_fen)
        pushed = (Raise(first.ordinal, limit, Way.PROXY),) if limit > first.amount_fen else ()
        return Lead(lead.ordinal, price, lead.maximum_fen), (first, *pushed, Raise(lead.ordinal, price, Way.PROXY))
    price = min(limit, lead.maximum_fen + rules.step_fen)
    answer = Raise(lead.ordinal, lead.maximum_fen, Way.PROXY)
    return Lead(first.ordinal, price, limit), (first, answer, Raise(first.ordinal, price, Way.PROXY))


def _require_amount(rules: Rules, lead: Lead, offer: Offer) -> None:
    least = least_fen(rules, lead)
    if offer.amount_fen < least:
        raise Invalid({"amount_fen": label("Not accepted: at least %(least)s.")}, least=yuan(least))
    if not _on_grid(rules, offer.amount_fen):
        raise Invalid({"amount_fen": label("Not accepted: above %(start)s in whole steps of %(step)s.")}, **_grid(rules))
    if offer.amount_fen > MOST_FEN:
        raise Invalid({"amount_fen": label("Not accepted: this is more than any price here.")})


def _require_maximum(rules: Rules, lead: Lead, offer: Offer) -> None:
    maximum = offer.maximum_fen or 0
    least = lead.amount_fen if offer.ordinal == lead.ordinal else offer.amount_fen
    if maximum < least:
        raise Invalid({"maximum_fen": label("Not accepted: the maximum is at least %(least)s.")}, least=yuan(least))
    if not _on_grid(rules, maximum):
        raise Invalid({"maximum_fen": label("Not accepted: above %(start)s in whole steps of %(step)s.")}, **_grid(rules))
    if maximum > MOST_FEN:
        raise Invalid({"maximum_fen": label("Not accepted: this is more than any price here.")})


def _on_grid(rules: Rules, fen: int) -> bool:
    return fen >= rules.start_fen and (fen - rules.start_fen) % rules.step_fen == 0


def _grid(rules: Rules) -> dict[str, str]:
    return {"start": yuan(rules.start_fen), "step": yuan(rules.step_fen)}


def yuan(fen: int) -> str:
    """As messages say it, whatever the reader's language."""
    return f"¥{fen / 100:,.0f}" if fen % 100 == 0 else f"¥{fen / 100:,.2f}"


def end_after(rules: Rules, closes_at: datetime, at: datetime) -> datetime:
    """A late bid moves the end, each one again."""
    return closes_at + rules.extension if closes_at - at <= rules.late else closes_at


def on_record(moment: datetime) -> datetime:
    """Milliseconds are what every engine keeps, and what a digest is reckoned over."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


def line_of(bid: Bid, number: str) -> str:
    """What the digest is reckoned over; `number` is the auction's. Vertical bars between, times in UTC with milliseconds."""
    moved = moment_words(bid.extends_to) if bid.extends_to else "-"
    return "|".join((number, str(bid.sequence), f"{bid.ordinal:02d}", str(bid.amount_fen), moment_words(bid.at), bid.way.value, moved, bid.previous))


def moment_words(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def digest_of(bid: Bid, number: str) -> str:
    return hashlib.sha256(line_of(bid, number).encode()).hexdigest()


def first_fault(bids: Sequence[Bid], number: str, count: int, head: str) -> int | None:
    """The number of the first line at which the record is not what was written; None for an unbroken one. `count` and `head` are what the
    auction itself says of its end, so that lines cut off there are missed, too."""
    previous = FIRST
    for expected, bid in enumerate(bids, 1):
        if bid.sequence != expected or bid.previous != previous or bid.digest != digest_of(bid, number):
            return expected
        previous = bid.digest
    return None if (len(bids), previous) == (count, head or FIRST) else len(bids) + 1
