"""While the search engine is away: the newest public things straight from the graph, narrowed by kind and by words of the title."""

from collections.abc import Iterable
from datetime import datetime
from heapq import nlargest
from typing import LiteralString, cast

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded
from marketplace.kernel.cards import Card, list_cards

MOST = 100
"""Without an index each look reads all titles of a kind: the newest are enough until it is back."""
SEEN = """
WHERE any(token IN n.audience WHERE token IN $reader) AND n.published_at IS NOT NULL
  AND (n.number = $number OR all(word IN $words WHERE toLower("""
NEWEST_FIRST = """) CONTAINS word))
RETURN n.id AS id, n.published_at AS at ORDER BY at DESC, id LIMIT $most
"""
TITLED = SEEN + "n.title" + NEWEST_FIRST
NAMED = SEEN + "n.name" + NEWEST_FIRST
NEWEST: dict[str, LiteralString] = {
    "achievement": "MATCH (n:Achievement)" + TITLED, "listing": "MATCH (n:Listing)" + TITLED, "need": "MATCH (n:Need)" + TITLED,
    "patent": "MATCH (n:Patent)" + TITLED, "studio": "MATCH (n:Studio)" + NAMED, "association": "MATCH (n:Association)" + NAMED,
    "enterprise": "MATCH (n:Enterprise)" + NAMED, "worker": "MATCH (n:Worker)" + NAMED,
}  # fmt: skip


def list_newest(tx: Transaction, text: str, kinds: Iterable[str]) -> list[Card]:
    """Of these kinds, or of all but people, whose list would be the longest; at most MOST, the newest first."""
    chosen = [kind for kind in kinds if kind in NEWEST] or [kind for kind in NEWEST if kind != "worker"]
    found = [one for kind in chosen for one in _of_kind(tx, kind, text)]
    return list_cards(tx, [(kind, id) for _, kind, id in nlargest(MOST, found)])


def _of_kind(tx: Transaction, kind: str, text: str) -> list[tuple[datetime, str, str]]:
    def read(row: Record) -> tuple[datetime, str, str]:
        return cast(datetime, loaded(row["at"])), kind, row["id"]

    return tx.all(NEWEST[kind], read, words=text.lower().split(), number=text.strip(), most=MOST)
