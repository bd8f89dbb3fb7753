"""The e-mail addresses of accounts: personal, so they lie sealed, and are read and written here and nowhere else."""

from collections.abc import Iterable
from functools import partial

from neo4j import Record

from graph.connection import Transaction
from marketplace.kernel.sealing import keys_of, opened

LABEL = "Postbox"
READ = """
UNWIND $accounts AS account
MATCH (p:Postbox {id: account}) WHERE p.email IS NOT NULL AND p.email <> ''
OPTIONAL MATCH (k:PersonKey {id: account})
RETURN account, p.email AS email, k.wrapped AS wrapped, k.master AS master
"""


def read_emails(tx: Transaction, accounts: Iterable[str]) -> dict[str, str]:
    """By account; those without one are left out."""
    found = tx.all(READ, partial(_account_and_email, tx), accounts=sorted(set(accounts)))
    return {account: email for account, email in found if email}


def _account_and_email(tx: Transaction, row: Record) -> tuple[str, str]:
    account = str(row["account"])
    return account, str(opened(tx, account, (row["wrapped"], row["master"]), LABEL, {"email": row["email"]})["email"] or "")


WRITE = """
MATCH (p:Postbox {id: $account}) SET p += $sealed
"""


def write_email(tx: Transaction, account: str, email: str) -> None:
    """The postbox stands already; an empty address takes it away."""
    tx.run(WRITE, account=account, sealed=keys_of(tx, [account]).sealed(account, LABEL, {"email": email}))
