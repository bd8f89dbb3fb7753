"""How the income of a contract is divided: what goes off first, then unit, studio and the people who made the thing. Whole fen, none lost.

Nothing here knows of a store. A posting is one entry of what was received against the lines of its parts: together they are nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import shared_out
from marketplace.kernel.permissions import LEADS, MAKER

WHOLE = 10_000
"""Basis points."""


class AccountKind(StrEnum):
    """What a line of the ledger concerns. RECEIVED is the other side of all the others; UNNAMED waits until it is known who made the thing."""

    RECEIVED = "received"
    TAX = "tax"
    COST = "cost"
    UNIT = "unit"
    STUDIO = "studio"
    WORKER = "worker"
    UNNAMED = "unnamed"


ACCOUNT_LABELS: dict[str, Label] = {
    AccountKind.RECEIVED: label("Received"), AccountKind.TAX: label("Value-added tax"), AccountKind.COST: label("Costs"),
    AccountKind.UNIT: label("Unit"),
    AccountKind.STUDIO: label("Studio"), AccountKind.WORKER: label("Contributor"), AccountKind.UNNAMED: label("Contributors not named yet"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    kind: AccountKind
    id: str = ""


def keepers_of(kind: str, id: str, enterprise_id: str) -> tuple[str, ...]:
    """The tokens of those who keep a seller's books: who binds a studio or an association leads it, a worker and an enterprise speak for
    themselves; and the legal person behind it."""
    own = (LEADS + id) if kind in ("studio", "association") else (MAKER + id)
    return tuple(dict.fromkeys((own, *((MAKER + enterprise_id,) if enterprise_id else ()))))


@dataclass(frozen=True, slots=True)
class Rates:
    """A unit's rule in basis points. `vat` lies within the price, `cost` is of what is left after it; the three others are all of the rest."""

    unit: int
    studio: int
    contributors: int
    vat: int = 0
    cost: int = 0

    @property
    def is_whole(self) -> bool:
        parts = (self.unit, self.studio, self.contributors)
        return min(*parts, self.vat, self.cost) >= 0 and sum(parts) == WHOLE and self.vat <= WHOLE and self.cost <= WHOLE


ALL_TO_THE_MAKERS = Rates(0, 0, WHOLE)
"""Of a worker who sells in their own name."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is to have a part. `people` are worker and share in basis points, 10,000 in all, or nobody yet."""

    unit_id: str = ""
    studio_id: str = ""
    people: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """`of_fen` × `share` is what is due exactly; `cut_fen` of it are whole fen, `amount_fen` is entered."""

    account: Account
    of_fen: int
    share: int
    cut_fen: int
    amount_fen: int

    @property
    def remainder_fen(self) -> int:
        return self.amount_fen - self.cut_fen

    @property
    def exact(self) -> Decimal:
        return exact_yuan(self.of_fen, self.share)


def exact_yuan(of_fen: int, share: int) -> Decimal:
    """Yuan with four decimals, as the table of a posting shows it."""
    return (Decimal(of_fen) * share / WHOLE / 100).quantize(Decimal("0.0001"), ROUND_DOWN)


@dataclass(frozen=True, slots=True)
class Split:
    """One amount with everything that it was divided into."""

    amount_fen: int
    net_fen: int
    lines: tuple[Line, ...]

    def of(self, *kinds: AccountKind) -> int:
        return sum(line.amount_fen for line in self.lines if line.account.kind in kinds)


def split(amount_fen: int, rates: Rates, parties: Parties) -> Split:
    """Off first, then unit, studio and contributors, then person by person. Raises ValueError for shares that are not whole."""
    if not rates.is_whole or (parties.people and sum(share for _id, share in parties.people) != WHOLE):
        raise ValueError("shares are 100 % together")
    after_tax = _cut(amount_fen, WHOLE, WHOLE + rates.vat)
    net = _cut(after_tax, WHOLE - rates.cost, WHOLE)
    off = (_taken(AccountKind.TAX, amount_fen, rates.vat, amount_fen - after_tax), _taken(AccountKind.COST, after_tax, rates.cost, after_tax - net))
    return Split(amount_fen, net, (*(line for line in off if line.share), *_parts(net, rates, parties)))


def _cut(fen: int, share: int, whole: int) -> int:
    """To whole fen; what is over stays with what is taken off."""
    return abs(fen) * share // whole * (-1 if fen < 0 else 1)


def _taken(kind: AccountKind, of_fen: int, share: int, amount_fen: int) -> Line:
    return Line(Account(kind), of_fen, share, amount_fen, amount_fen)


def _parts(net: int, rates: Rates, parties: Parties) -> Iterable[Line]:
    """Where there is no studio, its part is the unit's."""
    unit = rates.unit if parties.studio_id else rates.unit + rates.studio
    studio = rates.studio if parties.studio_id else 0
    accounts = (Account(AccountKind.UNIT, parties.unit_id), Account(AccountKind.STUDIO, parties.studio_id), Account(AccountKind.UNNAMED))
    first = lines_of(net, tuple(zip(accounts, (unit, studio, rates.contributors), strict=True)))
    makers = next((line for line in first if line.account.kind is AccountKind.UNNAMED), None)
    yield from (line for line in first if line is not makers)
    if makers is not None:
        named = tuple((Account(AccountKind.WORKER, id), share) for id, share in parties.people)
        yield from lines_of(makers.amount_fen, named) if named else (makers,)


def lines_of(fen: int, shares: Sequence[tuple[Account, int]]) -> tuple[Line, ...]:
    """Cut to whole fen; the remainder is the largest share's, of equal ones the first's. Who has no share has no line."""
    amounts = shared_out(fen, [share for _account, share in shares])
    whole = sum(share for _account, share in shares)
    rows = zip(shares, amounts, strict=True)
    return tuple(Line(account, fen, share, _cut(fen, share, whole), amount) for (account, share), amount in rows if share)


def refunded(before_fen: int, after_fen: int, rates: Rates, parties: Parties) -> Split:
    """What is taken back, negative, when of `before_fen` only `after_fen` stay: that is divided anew by the same shares, the difference entered.

    So a payment that is given back in pieces leaves everybody with nought, whatever was rounded on the way."""
    before, after = split(before_fen, rates, parties), split(after_fen, rates, parties)
    left = {line.account: line for line in after.lines}
    lines = tuple(_difference(line, left[line.account]) for line in before.lines)
    return Split(after_fen - before_fen, after.net_fen - before.net_fen, lines)


def _difference(before: Line, after: Line) -> Line:
    of_fen, amount = after.of_fen - before.of_fen, after.amount_fen - before.amount_fen
    off = before.account.kind in (AccountKind.TAX, AccountKind.COST)
    return Line(before.account, of_fen, before.share, amount if off else _cut(of_fen, before.share, WHOLE), amount)


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same with the other sign: what undoes them."""
    return tuple(Line(line.account, -line.of_fen, line.share, -line.cut_fen, -line.amount_fen) for line in lines)
