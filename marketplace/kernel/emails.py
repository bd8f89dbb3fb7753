"""The e-mail addresses of accounts: personal, so they are read and written here and nowhere else."""

from collections.abc import Iterable

from neo4j import Record

from graph.connection import Transaction

READ = """
UNWIND $accounts AS account MATCH (p:Postbox {id: account}) WHERE p.email IS NOT NULL AND p.email <> '' RETURN account, p.email AS email
"""


def read_emails(tx: Transaction, accounts: Iterable[str]) -> dict[str, str]:
    """By account; those without one are left out."""
    return dict(tx.all(READ, _account_and_email, accounts=sorted(set(accounts))))


def _account_and_email(row: Record) -> tuple[str, str]:
    return str(row["account"]), str(row["email"])


WRITE = """
MATCH (p:Postbox {id: $account}) SET p.email = $email
"""


def write_email(tx: Transaction, account: str, email: str) -> None:
    """The postbox stands already; an empty address takes it away."""
    tx.run(WRITE, account=account, email=email or None)
