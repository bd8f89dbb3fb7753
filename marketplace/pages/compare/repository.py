"""What a comparison says beyond the cards: read in the same transaction, filtered by the same tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.cards import Card, list_cards


@dataclass(frozen=True, slots=True)
class Details:
    """Each kind fills what it has. Of a listing, `maturity`, `used` and `saving_fen` are those of the work that it offers."""

    id: str
    gain_metric: str = ""
    gain_before: float | None = None
    gain_after: float | None = None
    gain_unit: str = ""
    conditions: str = ""
    not_for: str = ""
    completed_on: date | None = None
    contracts: tuple[str, ...] = ()
    royalty_bp: int | None = None
    on_enquiry: bool | None = None
    exclusive: bool | None = None
    region: str = ""
    maturity_scale: str = ""
    maturity: int | None = None
    used: int | None = None
    saving_fen: int | None = None
    patents: int | None = None
    ipc: str = ""
    filed_on: date | None = None
    granted_on: date | None = None
    named_on: date | None = None
    works: int | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One column of the comparison."""

    card: Card
    details: Details


ACHIEVEMENTS = """
UNWIND $ids AS id MATCH (n:Achievement {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, n.gain_metric AS gain_metric, n.gain_before AS gain_before, n.gain_after AS gain_after, n.gain_unit AS gain_unit,
  n.conditions AS conditions, n.not_for AS not_for, n.completed_on AS completed_on,
  [(n)<-[:OFFERS]-(l:Listing) WHERE 'public' IN l.audience | l.contract_kind] AS contracts
"""
LISTINGS = """
UNWIND $ids AS id MATCH (n:Listing {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
OPTIONAL MATCH (n)-[:OFFERS]->(a:Achievement) WHERE any(token IN a.audience WHERE token IN $reader)
WITH n, a, any(token IN n.guarded_audience WHERE token IN $reader) OR n.price_on_enquiry = false AS inside
RETURN n.id AS id, [n.contract_kind] AS contracts, n.region AS region, n.exclusive AS exclusive, NOT inside AS on_enquiry,
  CASE WHEN inside THEN n.royalty_bp END AS royalty_bp, a.maturity_scale AS maturity_scale, a.maturity AS maturity,
  a.gain_metric AS gain_metric, a.gain_before AS gain_before, a.gain_after AS gain_after, a.gain_unit AS gain_unit,
  CASE WHEN a IS NOT NULL THEN COUNT { MATCH (a)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed RETURN DISTINCT e } END AS used,
  CASE WHEN a IS NOT NULL THEN COUNT { (a)-[:PROTECTED_BY]->(:Patent) } END AS patents,
  reduce(sum = 0, fen IN [(a)-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed | coalesce(u.saving_fen, 0)] | sum + fen) AS saving_fen
"""
PATENTS = """
UNWIND $ids AS id MATCH (n:Patent {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, n.ipc AS ipc, n.filed_on AS filed_on, n.granted_on AS granted_on
"""
STUDIOS = """
UNWIND $ids AS id MATCH (n:Studio {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN n.id AS id, n.named_on AS named_on,
  size([(n)<-[:PRODUCED_BY]-(a:Achievement) WHERE any(token IN a.audience WHERE token IN $reader) | 1]) AS works
"""
STATEMENTS: dict[str, LiteralString] = {"achievement": ACHIEVEMENTS, "listing": LISTINGS, "patent": PATENTS, "studio": STUDIOS}


def list_things(tx: Transaction, refs: Iterable[tuple[str, str]]) -> list[Thing]:
    """In the order asked for. What the reader may not see, and what is not there, is simply not among them."""
    cards = list_cards(tx, refs)
    details = {one.id: one for kind in dict.fromkeys(card.kind for card in cards) if kind in STATEMENTS for one in _details(tx, kind, cards)}
    return [Thing(card, details.get(card.id, Details(card.id))) for card in cards]


def _details(tx: Transaction, kind: str, cards: Iterable[Card]) -> list[Details]:
    return tx.all(STATEMENTS[kind], reader(Details), ids=[card.id for card in cards if card.kind == kind])
