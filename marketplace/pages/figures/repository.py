"""The list behind a number, as its reader may see it."""

from typing import Any

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.achievements.model import Status as Work
from marketplace.domains.needs.model import Status as Need
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.paging import Page
from marketplace.pages.figures.state import Cell

SIZE = 20
WITHIN = """
WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
  AND ($since IS NULL OR n.published_at >= $since) AND ($until IS NULL OR n.published_at < $until)
  AND ($field = '' OR CASE WHEN $field = '-' THEN coalesce(n.field, '') = '' ELSE coalesce(n.field, '') STARTS WITH $field END)
OPTIONAL MATCH (n)-[:UNDER]->(o:Organisation)
WITH n, o WHERE ($unit = '' OR $unit IN coalesce(o.lineage, [])) AND ($area = '' OR coalesce(o.area, '-') = $area)
"""
WORKS = "(n:Achievement {status: $published}) " + WITHIN
ADOPTED = "(n:Achievement {status: $published})-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed WITH DISTINCT n " + WITHIN
NEEDS = "(n:Need) WHERE n.status IN [$open, $closed] WITH n " + WITHIN
PAGE_OF_WORKS = f"MATCH {WORKS} RETURN n.id AS id ORDER BY n.published_at DESC, id SKIP $skip LIMIT $limit"
PAGE_OF_ADOPTED = f"MATCH {ADOPTED} RETURN n.id AS id ORDER BY n.published_at DESC, id SKIP $skip LIMIT $limit"
PAGE_OF_NEEDS = f"MATCH {NEEDS} RETURN n.id AS id ORDER BY n.published_at DESC, id SKIP $skip LIMIT $limit"
COUNT_OF_WORKS = f"MATCH {WORKS} RETURN count(n) AS total"
COUNT_OF_ADOPTED = f"MATCH {ADOPTED} RETURN count(n) AS total"
COUNT_OF_NEEDS = f"MATCH {NEEDS} RETURN count(n) AS total"


def list_behind(tx: Transaction, cell: Cell, number: int) -> Page[Card]:
    """The newest first. Hidden things are not there, so that a reader of the public figures may find fewer than are counted."""
    page, count, kind = _statements(cell.what)
    asked: dict[str, Any] = {
        "unit": cell.unit, "area": cell.area, "field": cell.technology, "since": cell.since, "until": cell.until, "published": Work.PUBLISHED,
        "open": Need.PUBLISHED, "closed": Need.CLOSED,
    }  # fmt: skip
    ids = tx.all(page, value("id"), skip=(number - 1) * SIZE, limit=SIZE, **asked)
    return Page(tuple(list_cards(tx, [(kind, id) for id in ids])), int(tx.one(count, value("total"), **asked)), number, SIZE)


def _statements(what: str) -> tuple[Any, Any, str]:
    if what == "needs":
        return PAGE_OF_NEEDS, COUNT_OF_NEEDS, "need"
    if what == "adopted":
        return PAGE_OF_ADOPTED, COUNT_OF_ADOPTED, "achievement"
    return PAGE_OF_WORKS, COUNT_OF_WORKS, "achievement"
