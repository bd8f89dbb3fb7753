"""Which account a stranger of the unit's own sign-in was linked with."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.accounts.model import Account

FIND_BY_SUBJECT = """
MATCH (a:Account {subject: $subject}) WHERE a.status = $active RETURN a {.*} AS account
"""


def find_linked(tx: Transaction, subject: str, active: str) -> Account | None:
    return tx.find(FIND_BY_SUBJECT, reader(Account, "account"), subject=subject, active=active)
