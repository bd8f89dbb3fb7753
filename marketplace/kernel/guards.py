"""What is scarce is taken in turns: a guard node without relations is locked first, then one reads and decides."""

from graph.connection import Transaction
from graph.records import value

OPEN_OFFER = "open"
"""How the graph says that an offer waits for a word."""
UNANSWERED = "asked"
"""How the graph says that somebody who was offered it first has not answered: Civil Code, article 847."""
HOLD = """
MERGE (g:Guard {id: $id}) SET g.lock = coalesce(g.lock, 0) + 1 RETURN g.lock AS turn
"""


def hold(tx: Transaction, *guards: str) -> None:
    """Until the end of the transaction. Who takes several takes them in the same order as everybody else, or two wait for each other."""
    for guard in guards:
        tx.one(HOLD, value("turn"), id=guard)


def thread_guard(enquiry_id: str) -> str:
    """Of a conversation: its offers, their acceptance and its end."""
    return f"thread:{enquiry_id}"


def challenge_guard(challenge_id: str) -> str:
    """Its deadline, its applications, its votes and its choice stand in a row."""
    return f"challenge:{challenge_id}"


def listing_guard(listing_id: str) -> str:
    """Of what may be sold to one at a time; taken before that of a conversation."""
    return f"listing:{listing_id}"


def first_refusal_guard(contract_id: str) -> str:
    """Of the questions to those who made what it transfers: asked anew and answered in turns."""
    return f"first-refusal:{contract_id}"


def paper_guard(contract_id: str) -> str:
    """Of the paper of a contract: whoever has printed it first has fixed it."""
    return f"paper:{contract_id}"
