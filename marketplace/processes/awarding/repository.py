"""What stands against a contract on a listing."""

from collections.abc import Iterable

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.guards import hold, listing_guard

LIVE = """
MATCH (:Listing {id: $id})<-[:SELLS]-(c:Contract) WHERE c.status IN $live RETURN c.number AS number LIMIT 1
"""


def find_live_contract(tx: Transaction, listing_id: str, live: Iterable[str]) -> str | None:
    """The number of a listing's contract that is being written or in force, under a guard: an exclusive listing has one at a time."""
    hold(tx, listing_guard(listing_id))
    return tx.find(LIVE, value("number"), id=listing_id, live=sorted(live))
