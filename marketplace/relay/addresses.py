"""Whom to tell, as the graph says now: who acts for a maker, who decides at a unit. Many at once, for a batch of events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from marketplace.kernel.roles import HELD, Role


@dataclass(frozen=True, slots=True)
class Addresses:
    """Accounts by the party they act for, and by the unit they decide at."""

    makers: dict[str, set[str]]
    officers: dict[str, set[str]]

    def of_makers(self, entity: Any) -> set[str]:
        """They act for themselves, for their studio, enterprise or association."""
        return self.acting_for(entity.makers) | set(getattr(entity, "accounts", ()))

    def acting_for(self, parties: Iterable[str]) -> set[str]:
        return {account for party in parties for account in self.makers.get(party, ())}

    def of_officers(self, entity: Any) -> set[str]:
        return {account for unit in entity.review_units for account in self.officers.get(unit, ())}


def find_addresses(tx: Transaction, parties: set[str], units: set[str], now: datetime) -> Addresses:
    """`now`: a role that has ended by itself is told nothing any more."""
    return Addresses(_gathered(acting_for(tx, parties, now)), _gathered(deciding_at(tx, units, now)))


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for id, account in pairs:
        found.setdefault(id, set()).add(account)
    return found


def id_and_account(row: Record) -> tuple[str, str]:
    return row["id"], row["account"]


ACTING_FOR = (
    """
UNWIND $ids AS id MATCH (:Worker {id: id})<-[:IS_PERSON]-(a:Account) RETURN id, a.id AS account
UNION
UNWIND $ids AS id
MATCH (:Studio {id: id})<-[m:MEMBER_OF]-(:Worker)<-[:IS_PERSON]-(a:Account) WHERE m.until IS NULL RETURN id, a.id AS account
UNION
UNWIND $ids AS id MATCH (:Enterprise {id: id})<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ RETURN id, a.id AS account
UNION
UNWIND $ids AS id MATCH (:Studio {id: id})<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ RETURN id, a.id AS account
UNION
UNWIND $ids AS id MATCH (:Association {id: id})<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ RETURN id, a.id AS account
"""
)


def acting_for(tx: Transaction, parties: set[str], now: datetime) -> list[tuple[str, str]]:
    """Each pattern begins at the party: the embedded engine walks it from the left, and would begin with every account."""
    return tx.all(ACTING_FOR, id_and_account, ids=sorted(parties), now=now) if parties else []


DECIDING = (
    """
UNWIND $ids AS id
MATCH (:Organisation {id: id})<-[h:HOLDS {role: $role}]-(a:Account) WHERE """
    + HELD
    + """
RETURN DISTINCT id, a.id AS account
"""
)


def deciding_at(tx: Transaction, units: set[str], now: datetime) -> list[tuple[str, str]]:
    return tx.all(DECIDING, id_and_account, ids=sorted(units), role=Role.UNION_OFFICER, now=now) if units else []
