"""Where a work is used and what that saves: said by its makers or by the adopter, confirmed by the adopter alone. Only then it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from graph.connection import Transaction
from graph.records import properties, reader
from marketplace.kernel.entity import without_blanks


@dataclass(frozen=True, slots=True)
class Adoption:
    """Where it is used and what it saves a year, in fen, how that was measured and what shows it.

    The makers say so (`adoptions` of the text) or the adopter does (`by_adopter`); the adopter alone confirms, and only then it counts.
    `by` is the account that answered; no page reads it."""

    enterprise_id: str
    enterprise_name: str = ""
    place: str = ""
    since: date | None = None
    quantity: float | None = None
    unit: str = ""
    saving_fen: int | None = None
    evidence: str = ""
    method: str = ""
    id: str = ""
    file_id: str = ""
    by_adopter: bool = False
    confirmed: bool = False
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str = ""
    by: str = ""

    @property
    def facts(self) -> tuple[object, ...]:
        """What an answer was given to."""
        return self.enterprise_id, self.place, self.since, self.quantity, self.unit, self.saving_fen, self.evidence, self.method

    @property
    def is_denied(self) -> bool:
        return self.answered_at is not None and not self.confirmed

    @property
    def makers(self) -> tuple[str, ...]:
        """For whom an answer can be given: whoever uses it."""
        return (self.enterprise_id,)


def with_replies(present: Iterable[Adoption], after: Iterable[Adoption], now: datetime | None) -> tuple[Adoption, ...]:
    """What the makers say anew keeps the adopter's answer where nothing differs; what the adopter has taken over is no more theirs to say."""
    known = {one.id: one for one in present if one.id}
    kept = ((one, known.get(one.id)) for one in after)
    return tuple(old if old and old.facts == one.facts else replace(one, confirmed=False, answered_at=None, reason="", file_id="", asked_at=now)
                 for one, old in kept if old is None or not old.by_adopter)  # fmt: skip


USES = """
MATCH (:Achievement {id: $id})-[u:ADOPTED_BY]->(e:Enterprise) RETURN u {.*} AS adoption, e.id AS enterprise_id
"""


def list_uses(tx: Transaction, id: str) -> list[Adoption]:
    """As they stand now, denied ones too. Whoever asks has locked the achievement."""
    return tx.all(USES, reader(Adoption, "adoption"), id=id)


WRITE_ADOPTERS = """
UNWIND $rows AS row
MATCH (a:Achievement {id: row.achievement_id}) MATCH (e:Enterprise {id: row.enterprise_id})
CREATE (a)-[u:ADOPTED_BY]->(e) SET u = row.said
"""


def write_adopters(tx: Transaction, said: Mapping[str, Iterable[Adoption]]) -> None:
    """Achievement → what its makers say, in their order."""
    rows = [
        {"achievement_id": id, "enterprise_id": use.enterprise_id, "said": said_of(use) | {"position": at}}
        for id, uses in said.items() for at, use in enumerate(uses)
    ]  # fmt: skip
    if rows:
        tx.run(WRITE_ADOPTERS, rows=rows)


def said_of(use: Adoption) -> dict[str, Any]:
    """What the relation holds; the enterprise stands at its end."""
    return without_blanks(properties(use, exclude=("enterprise_id", "enterprise_name")))


CLEAR_ADOPTERS = """
MATCH (:Achievement {id: $id})-[old:ADOPTED_BY]->(:Enterprise) WHERE coalesce(old.by_adopter, false) = false DELETE old
"""


def clear_adopters(tx: Transaction, id: str) -> None:
    """What the makers said; what adopters entered is theirs."""
    tx.run(CLEAR_ADOPTERS, id=id)


def replace_adopters(tx: Transaction, id: str, said: Iterable[Adoption], now: datetime) -> None:
    """Of an achievement that is locked: what its makers say from now on, with the answers that still hold."""
    kept = with_replies(list_uses(tx, id), said, now)
    clear_adopters(tx, id)
    write_adopters(tx, {id: kept})
