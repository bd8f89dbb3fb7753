"""Experts, and for whom their accounts act."""

from datetime import datetime

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.roles import HELD, Role
from marketplace.processes.appointing.model import Expert

EXPERTS = (
    """
MATCH (o:Organisation)<-[h:HOLDS {role: $role}]-(a:Account {status: $active}) WHERE """
    + HELD
    + """
OPTIONAL MATCH (a)-[:IS_PERSON]->(w:Worker)
WITH a, w, min(o.name) AS unit_name
RETURN a.id AS account_id, coalesce(w.name, a.name) AS name, unit_name, w.id AS worker_id ORDER BY name, account_id LIMIT $most
"""
)
MOST_EXPERTS = 60
ACTIVE = "active"


def list_experts(tx: Transaction, now: datetime) -> list[Expert]:
    """Accounts that hold the expert's role now, at whatever unit."""
    return tx.all(EXPERTS, reader(Expert), role=Role.EXPERT, now=now, active=ACTIVE, most=MOST_EXPERTS)


HOLDINGS = (
    """
MATCH (a:Account {id: $account})-[h:HOLDS]->(p) WHERE p.id IN $parties AND """
    + HELD
    + """
RETURN count(h) > 0 AS holds
"""
)


def holds_role_at(tx: Transaction, account_id: str, parties: frozenset[str], now: datetime) -> bool:
    """Whether an account acts for one of these, whoever its person is."""
    return tx.one(HOLDINGS, lambda row: bool(row["holds"]), account=account_id, parties=sorted(parties), now=now)
