"""What may solve a need, best first, and for a work the needs near it. The index ranks, the graph says again who sees."""

from collections.abc import Collection

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.listings.model import Listing
from marketplace.domains.needs.model import Need
from marketplace.domains.needs.model import Status as NeedStatus
from marketplace.domains.needs.repository import get_need
from marketplace.kernel.cards import list_cards
from marketplace.processes.matching.model import Match, match_of
from search.document import BODY, TITLE
from search.index import Index
from search.matching import terms_of_need
from search.results import Hit

SOLUTIONS = ("achievement", "listing")
MOST = 20
FIRST = 5
IN_TEXT = 0.3
"""A word in the text of what is found says less than one in its title; what has a title only is ranked as measured."""
SPARE = 30
"""Ranked beyond what is shown, for what the graph takes out again."""
LONGEST_MEANING = 2_000
"""Characters; a model reads no further."""


def rank_for_need(
    index: Index, title: str, body: str, reader: tuple[str, ...], kinds: tuple[str, ...] = SOLUTIONS, size: int = MOST,
    without: frozenset[str] = frozenset(),
) -> list[Hit]:  # fmt: skip
    """The one ranking of the site, which the benchmarks measure: of what these tokens may read, the best match first."""
    terms = terms_of_need(title, body, index.asked_in)
    in_text = {word: IN_TEXT * weight for word, weight in terms[TITLE].items()}
    return index.rank({**terms, BODY: in_text}, reader, kinds, size, without, meaning=f"{title}\n{body}"[:LONGEST_MEANING])


def words_of_need(need: Need) -> str:
    """All that the reader sees of it: what is hidden from them came empty, and is not asked for."""
    return "\n".join((need.abstract, need.problem, " ".join(one.name for one in need.figures), " ".join(need.skills)))


def words_of_achievement(work: Achievement) -> str:
    """What says which problem it solves."""
    return "\n".join((work.benefit, work.summary, work.conditions, " ".join(work.skills)))


def words_of_listing(listing: Listing) -> str:
    """What says which problem the offer solves."""
    return "\n".join((listing.benefit, listing.summary))


def matches_of_need(tx: Transaction, index: Index, need: Need, size: int = MOST) -> list[Match]:
    """Achievements and listings for a need, read with this reader's tokens."""
    hits = rank_for_need(index, need.title, words_of_need(need), tx.reader, SOLUTIONS, size + SPARE, list_withheld(tx))
    return _shown(tx, hits, size)


def get_need_with_matches(tx: Transaction, index: Index, id: str, size: int = MOST) -> tuple[Need, list[Match]]:
    """Raises NotFound for a need that the reader may not see."""
    need = get_need(tx, id)
    return need, matches_of_need(tx, index, need, size)


def needs_near(tx: Transaction, index: Index, title: str, words: str, size: int = FIRST) -> list[Match]:
    """Open needs that a work of this title and text may solve."""
    hits = rank_for_need(index, title, words, tx.reader, (Need.KIND,), size + SPARE, list_withheld(tx))
    return _shown(tx, hits, size, {NeedStatus.PUBLISHED})


def _shown(tx: Transaction, hits: list[Hit], size: int, statuses: Collection[str] = ()) -> list[Match]:
    """`statuses`: only cards in one of these, where any are named."""
    cards = {card.id: card for card in list_cards(tx, [(hit.kind, hit.id) for hit in hits]) if not statuses or card.status in statuses}
    seen = [hit for hit in hits if hit.id in cards][:size]
    return [match_of(rank, hit, cards[hit.id], seen[0].score) for rank, hit in enumerate(seen, start=1)]
