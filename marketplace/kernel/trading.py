"""For whom somebody acts in the market, and who may bind a party."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.permission_rules import LEADS, MAKER


@dataclass(frozen=True, slots=True)
class Party:
    """For whom somebody acts in the market."""

    kind: str = ""
    id: str = ""
    name: str = ""


NO_PARTY = Party()
ACTING_FOR = """
UNWIND $ids AS id MATCH (p:Studio {id: id}) RETURN 'studio' AS kind, p.id AS id, p.name AS name
UNION UNWIND $ids AS id MATCH (p:Enterprise {id: id}) RETURN 'enterprise' AS kind, p.id AS id, p.name AS name
UNION UNWIND $ids AS id MATCH (p:Association {id: id}) RETURN 'association' AS kind, p.id AS id, p.name AS name
UNION UNWIND $ids AS id MATCH (p:Worker {id: id}) RETURN 'worker' AS kind, p.id AS id, p.name AS name
"""
IN_ORDER = ("studio", "enterprise", "association", "worker")
BUYERS = ("enterprise", "association")


def list_acting_for(tx: Transaction, tokens: Iterable[str], kinds: Collection[str] = IN_ORDER) -> list[Party]:
    """All that a reader with these tokens acts for, studios first."""
    ids = sorted({token.removeprefix(MAKER) for token in tokens if token.startswith(MAKER)})
    found = tx.all(ACTING_FOR, reader(Party), ids=ids) if ids else []
    return sorted((one for one in found if one.kind in kinds), key=lambda one: (IN_ORDER.index(one.kind), one.name))


class Bindable(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...


BINDING = (LEADS, MAKER)
"""With which tokens a party is bound."""


def binds(party: Bindable) -> str:
    """The token of whoever may bind it: a studio or association by its leader."""
    return (LEADS if party.kind in ("studio", "association") else MAKER) + party.id
