"""The list behind a number, as its reader may see it."""

from typing import Any, LiteralString

from graph.connection import Transaction
from graph.records import value
from marketplace.domains.achievements.model import Status as Work
from marketplace.domains.needs.model import Status as Need
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.paging import Page
from marketplace.pages.figures.state import Cell, Where

SIZE = 20
WITHIN = """
WHERE n.published_at IS NOT NULL AND any(token IN n.audience WHERE token IN $reader)
  AND ($since IS NULL OR n.published_at >= $since) AND ($until IS NULL OR n.published_at < $until)
  AND ($field = '' OR CASE WHEN $field = '-' THEN coalesce(n.field, '') = '' ELSE coalesce(n.field, '') STARTS WITH $field END)
"""
BELOW = """(o:Organisation) WHERE ($unit = '' OR $unit IN coalesce(o.lineage, [])) AND ($area = '' OR o.area = $area)
MATCH (o)<-[:UNDER]-"""
PLACED = """(n)-[:UNDER]->(o:Organisation)
WITH n, o WHERE ($unit = '' OR $unit IN coalesce(o.lineage, [])) AND ($area = '' OR coalesce(o.area, '-') = $area)
"""
WORK, NEED = "(n:Achievement {status: $published}) ", "(n:Need) WHERE n.status IN [$open, $closed] WITH n "
USED = "(n:Achievement {status: $published})-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed WITH DISTINCT n "
PAGE, COUNT = "n.id AS id ORDER BY n.published_at DESC, id SKIP $skip LIMIT $limit", "count(n) AS total"
PAGE_OF_WORKS = f"MATCH {WORK}{WITHIN} RETURN {PAGE}"
COUNT_OF_WORKS = f"MATCH {WORK}{WITHIN} RETURN {COUNT}"
PAGE_OF_WORKS_BELOW = f"MATCH {BELOW}{WORK}{WITHIN} RETURN {PAGE}"
COUNT_OF_WORKS_BELOW = f"MATCH {BELOW}{WORK}{WITHIN} RETURN {COUNT}"
PAGE_OF_WORKS_NOWHERE = f"MATCH {WORK}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {PAGE}"
COUNT_OF_WORKS_NOWHERE = f"MATCH {WORK}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {COUNT}"
PAGE_OF_NEEDS = f"MATCH {NEED}{WITHIN} RETURN {PAGE}"
COUNT_OF_NEEDS = f"MATCH {NEED}{WITHIN} RETURN {COUNT}"
PAGE_OF_NEEDS_BELOW = f"MATCH {BELOW}{NEED}{WITHIN} RETURN {PAGE}"
COUNT_OF_NEEDS_BELOW = f"MATCH {BELOW}{NEED}{WITHIN} RETURN {COUNT}"
PAGE_OF_NEEDS_NOWHERE = f"MATCH {NEED}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {PAGE}"
COUNT_OF_NEEDS_NOWHERE = f"MATCH {NEED}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {COUNT}"
PAGE_OF_USED = f"MATCH {USED}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {PAGE}"
COUNT_OF_USED = f"MATCH {USED}{WITHIN}OPTIONAL MATCH {PLACED} RETURN {COUNT}"
STATEMENTS: dict[tuple[str, Where], tuple[LiteralString, LiteralString]] = {
    ("achievement", Where.ANYWHERE): (PAGE_OF_WORKS, COUNT_OF_WORKS), ("achievement", Where.BELOW): (PAGE_OF_WORKS_BELOW, COUNT_OF_WORKS_BELOW),
    ("achievement", Where.NOWHERE): (PAGE_OF_WORKS_NOWHERE, COUNT_OF_WORKS_NOWHERE), ("need", Where.ANYWHERE): (PAGE_OF_NEEDS, COUNT_OF_NEEDS),
    ("need", Where.BELOW): (PAGE_OF_NEEDS_BELOW, COUNT_OF_NEEDS_BELOW), ("need", Where.NOWHERE): (PAGE_OF_NEEDS_NOWHERE, COUNT_OF_NEEDS_NOWHERE),
}  # fmt: skip
"""The whole district asks for no unit, and what stands below one is walked to from there: looking up the unit of each thing took two seconds."""


def list_behind(tx: Transaction, cell: Cell, number: int) -> Page[Card]:
    """The newest first. Hidden things are not there, so that a reader of the public figures may find fewer than are counted.
    A page that is not full is the last one and tells the total by itself."""
    kind = "need" if cell.what == "needs" else "achievement"
    page, count = (PAGE_OF_USED, COUNT_OF_USED) if cell.what == "adopted" else STATEMENTS[kind, cell.where]
    asked: dict[str, Any] = {
        "unit": cell.unit, "area": cell.area, "field": cell.technology, "since": cell.since, "until": cell.until, "published": Work.PUBLISHED,
        "open": Need.PUBLISHED, "closed": Need.CLOSED,
    }  # fmt: skip
    ids = tx.all(page, value("id"), skip=(number - 1) * SIZE, limit=SIZE, **asked)
    ends_here = len(ids) < SIZE and (ids or number == 1)
    total = (number - 1) * SIZE + len(ids) if ends_here else int(tx.one(count, value("total"), **asked))
    return Page(tuple(list_cards(tx, [(kind, id) for id in ids])), total, number, SIZE)
