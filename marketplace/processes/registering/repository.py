"""Sheets in the graph, one for a contract; and a seller's own contracts with theirs."""

from collections.abc import Sequence
from typing import Any

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contracts
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change
from marketplace.processes.registering.model import Registration

read_registration = reader(Registration, "sheet")
FIND = """
MATCH (r:ContractRegistration {contract_id: $id})-[:REGISTERS]->(:Contract)-[:SOLD_BY]->(s)
WHERE any(token IN r.audience WHERE token IN $reader)
RETURN r {.*} AS sheet, s.id AS seller_id
"""


def find_registration(tx: Transaction, contract_id: str) -> Registration | None:
    """Nothing where none was begun, and for everybody but the seller."""
    return tx.find(FIND, read_registration, id=contract_id)


CREATE = """
MATCH (c:Contract {id: $contract})
CREATE (r:ContractRegistration)-[:REGISTERS]->(c) SET r = $properties
RETURN r.id AS id
"""


def create_registration_node(tx: Transaction, sheet: Registration) -> None:
    """The unique contract makes a second, simultaneous one lose; its retry then finds this."""
    tx.one(CREATE, value("id"), contract=sheet.contract_id, properties=node_properties(sheet))


SAVE = """
MATCH (r:ContractRegistration {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.version = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""


def save_registration(tx: Transaction, change: Change[Registration]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


ABOUT = """
MATCH (c:Contract {id: $id}) WHERE any(token IN c.audience WHERE token IN $reader)
OPTIONAL MATCH (c)-[:CONCERNS]->(a:Achievement)
RETURN a.field AS field, [(a)-[:PROTECTED_BY]->(p:Patent) | p.type] AS types
"""


def field_and_patents(tx: Transaction, id: str) -> tuple[str, list[str]]:
    """What the achievement behind it says already: its technology field, and of which types its patents are."""
    return tx.one(ABOUT, _field_and_types, id=id)


def _field_and_types(row: Record) -> tuple[str, list[str]]:
    found: dict[str, Any] = row.data()
    return str(found["field"] or ""), [str(one) for one in found["types"]]


SOLD = """
MATCH (c:Contract)-[:SOLD_BY]->(s) WHERE any(token IN c.audience WHERE token IN $own) AND 'maker:' + s.id IN $own AND c.signed_on IS NOT NULL
RETURN c.id AS id ORDER BY id LIMIT $limit
"""
MOST = 5_000


def list_sold(tx: Transaction, own: Sequence[str]) -> list[tuple[Contract, Registration | None]]:
    """Signed contracts whose seller one acts for, each with its sheet, the oldest first."""
    return _with_sheets(tx, tx.all(SOLD, value("id"), own=list(own), limit=MOST))


OF_THESE = """
UNWIND $ids AS id MATCH (r:ContractRegistration {contract_id: id})-[:REGISTERS]->(:Contract)-[:SOLD_BY]->(s)
WHERE any(token IN r.audience WHERE token IN $reader) RETURN r {.*} AS sheet, s.id AS seller_id
"""


def _with_sheets(tx: Transaction, ids: list[str]) -> list[tuple[Contract, Registration | None]]:
    sheets = {one.contract_id: one for one in tx.all(OF_THESE, read_registration, ids=ids)}
    return [(one, sheets.get(one.id)) for one in sorted(get_contracts(tx, ids), key=lambda one: one.number)]
