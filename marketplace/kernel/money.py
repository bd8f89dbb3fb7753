"""Money is integer fen. Amounts are read and written here and nowhere else."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from marketplace.kernel.labels import Label, label

WAN = 1_000_000
"""Ten thousand yuan in fen."""
BANDS: tuple[tuple[str, int], ...] = (("1", WAN), ("5", 5 * WAN), ("20", 20 * WAN), ("100", 100 * WAN))
BAND_LABELS: dict[str, Label] = {
    "1": label("Up to 10,000 yuan"), "5": label("10,000 to 50,000 yuan"), "20": label("50,000 to 200,000 yuan"),
    "100": label("200,000 to 1 million yuan"), "more": label("Over 1 million yuan"), "open": label("Negotiable, or on enquiry"),
}  # fmt: skip
MOST_FEN = 10**15
"""Ten trillion yuan: beyond it a slip of the finger is more likely than a price."""


def fen_of(yuan: str) -> int:
    """'1,260.50' → 126050. Raises ValueError for anything but a non-negative amount with at most two decimals."""
    try:
        fen = Decimal(yuan.replace(",", "").strip()) * 100
    except InvalidOperation as error:
        raise ValueError(yuan) from error
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen <= MOST_FEN:
        raise ValueError(yuan)
    return int(fen)


def yuan_of(fen: int) -> str:
    """126050 → '1,260.50'; whole yuan carry no decimals."""
    amount = Decimal(fen) / 100
    return f"{amount:,.0f}" if fen % 100 == 0 else f"{amount:,.2f}"


def wan_of(fen: int) -> str:
    """Ten thousands of yuan with two decimals, the unit of Chinese business prose."""
    return f"{Decimal(fen) / 1_000_000:,.2f}"


def shared_out(fen: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Each its part of `fen` by its share, cut to whole fen; what is left over goes to the largest share, of equal ones to the first. No fen is lost.

    Raises ValueError for shares that are negative or nothing together."""
    if not shares:
        return ()
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError(shares)
    sign = -1 if fen < 0 else 1
    parts = [abs(fen) * share // whole for share in shares]
    parts[shares.index(max(shares))] += abs(fen) - sum(parts)
    return tuple(sign * part for part in parts)


def band_of(fen: int | None) -> str:
    """For a facet; nothing said is negotiable."""
    if fen is None:
        return "open"
    return next((name for name, most in BANDS if fen <= most), "more")
