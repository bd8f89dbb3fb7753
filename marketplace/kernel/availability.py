"""What a person offers besides their work: said on their own card, until a day."""

from datetime import date
from enum import StrEnum

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.labels import Label, label


class Offer(StrEnum):
    CONSULTING = "consulting"
    PROJECTS = "projects"
    TEACHING = "teaching"
    NOT_NOW = "not-now"


Offers = tuple[Offer, ...]
OFFER_LABELS: dict[str, Label] = {
    Offer.CONSULTING: label("Open to consulting"), Offer.PROJECTS: label("Open to joint projects"), Offer.TEACHING: label("Open to teaching"),
    Offer.NOT_NOW: label("Not available now"),
}  # fmt: skip


def offer_faults(offers: Offers, until: date | None, today: date) -> dict[str, Label]:
    """At their fields."""
    faults: dict[str, Label] = {}
    if Offer.NOT_NOW in offers and len(offers) > 1:
        faults["offers"] = label("“Not available now” stands alone.")
    if until and until < today:
        faults["offers_until"] = label("This day has passed.")
    if until and not offers:
        faults["offers"] = label("Say what the day is about.")
    return faults


EXPIRED = """
MATCH (w:Worker) WHERE w.offers_until < $today AND size(w.offers) > 0 RETURN w.id AS id ORDER BY id LIMIT $limit
"""


def list_expired(tx: Transaction, today: date, limit: int = 200) -> list[str]:
    """Whose offers have run out."""
    return tx.all(EXPIRED, value("id"), today=today, limit=limit)
