"""The state of an account's door in the graph."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.sign_ins.model import Security

GET_SECURITY = """
MATCH (a:Account {id: $id}) WHERE any(token IN a.audience WHERE token IN $reader)
OPTIONAL MATCH (f:SecondFactor {id: $id})
RETURN a.second_factor_at AS second_factor_at, size(coalesce(f.codes, [])) AS codes, a.subject IS NOT NULL AS has_subject
"""


def get_security(tx: Transaction, account_id: str) -> Security:
    return tx.one(GET_SECURITY, reader(Security), id=account_id)
