"""What came of a scout's introductions: for the scout, and as far as a card tells it to others."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.consent import SAYS_CREDIT
from marketplace.kernel.permissions import SIGNED_IN


@dataclass(frozen=True, slots=True)
class Credit:
    """Introductions made, taken up by both sides, signed in the end."""

    made: int = 0
    opened: int = 0
    signed: int = 0


CAME_OF_IT = """ i, EXISTS { MATCH (i)-[:LED_TO]->(:Enquiry) } AS opened,
  EXISTS { MATCH (i)-[:LED_TO]->(:Enquiry)<-[:CAME_FROM]-(c:Contract) WHERE c.signed_on IS NOT NULL } AS signed
RETURN count(i) AS made, count(CASE WHEN opened THEN 1 END) AS opened, count(CASE WHEN signed THEN 1 END) AS signed
"""
CREDIT = "MATCH (:Account {id: $account})<-[:INTRODUCED_BY]-(i:Introduction) WITH" + CAME_OF_IT
CREDIT_ON_CARD = (
    """
MATCH (w:Worker {id: $worker})<-[:IS_PERSON]-(:Account)<-[:INTRODUCED_BY]-(i:Introduction)
WHERE any(token IN w.audience WHERE token IN $reader) AND $signed_in IN w.audience
  AND EXISTS { MATCH (c:Consent {entity_id: $worker}) WHERE c.wording >= $wording }
WITH"""
    + CAME_OF_IT
)


def credit_of(tx: Transaction, account: str) -> Credit:
    """Of a contract only that there is one: with whom and for how much is its parties' own."""
    return tx.one(CREDIT, reader(Credit), account=account)


def credit_on_card(tx: Transaction, worker: str) -> Credit:
    """As the card tells it, to whoever may read the card: nothing while it is hidden, also for its person,
    or where it was agreed to in words that did not say so."""
    return tx.one(CREDIT_ON_CARD, reader(Credit), worker=worker, signed_in=SIGNED_IN, wording=SAYS_CREDIT)
