"""What may solve a need, best first, and for a work the needs near it. The index finds, the graph says again who sees and what speaks for it."""

from collections.abc import Mapping
from dataclasses import replace

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.listings.model import Listing
from marketplace.domains.needs.model import Need
from marketplace.domains.needs.model import Status as NeedStatus
from marketplace.domains.needs.repository import get_need
from marketplace.kernel.cards import Card, list_cards
from marketplace.processes.matching.evidence import evidence_of, records_of
from marketplace.processes.matching.model import Asked, Evidence, Link, Match, Record
from marketplace.processes.matching.scoring import NOTHING, held, parts_of, path_of
from search.document import BODY, TITLE
from search.index import Index
from search.matching import terms_of_need
from search.results import Hit

SOLUTIONS = ("achievement", "listing")
PEOPLE = ("studio", "worker", "association")
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


def asked_by(need: Need) -> Asked:
    """As the reader sees it: an enterprise that is not named, and what is told after agreement, came empty."""
    return Asked(need.title, words_of_need(need), need.field, need.skills, need.enterprise_id, need.area)


def matches_of_need(tx: Transaction, index: Index, need: Need, size: int = MOST, kinds: tuple[str, ...] = SOLUTIONS) -> list[Match]:
    """What may solve a need, and who, read with this reader's tokens; by points, the best first."""
    asked = asked_by(need)
    hits = rank_for_need(index, asked.title, asked.words, tx.reader, kinds, size + SPARE, list_withheld(tx))
    cards = _cards(tx, hits)
    evidence = evidence_of(tx, [(hit.kind, hit.id) for hit in hits if hit.id in cards], asked.skills)
    records = records_of(tx, evidence.values())
    matches = [_scored(asked, hit, cards[hit.id], hits[0].score, evidence.get(hit.id, NOTHING), records) for hit in hits if hit.id in cards]
    best = sorted(matches, key=lambda match: (-match.score, -match.share, match.card.id))[:size]
    return [replace(match, rank=rank) for rank, match in enumerate(best, start=1)]


def _scored(asked: Asked, hit: Hit, card: Card, best: float, found: Evidence, records: Mapping[str, Record]) -> Match:
    parts = parts_of(asked, found, hit.score / best, records)
    path = path_of(asked, found, Link(card.kind, card.title, card.number, "solves", card.id))
    score, skills = sum(part.points for part in parts), held(asked, found)
    return replace(_match(hit, card, best), score=score, parts=parts, evidence=found, path=path, skills=skills)


def _match(hit: Hit, card: Card, best: float) -> Match:
    return Match(0, card, hit.words, hit.title_marks, 0, round(10_000 * hit.score / best) if best else 0)


def get_need_with_matches(tx: Transaction, index: Index, id: str, size: int = MOST, kinds: tuple[str, ...] = SOLUTIONS) -> tuple[Need, list[Match]]:
    """Raises NotFound for a need that the reader may not see."""
    need = get_need(tx, id)
    return need, matches_of_need(tx, index, need, size, kinds)


def needs_near(tx: Transaction, index: Index, title: str, words: str, size: int = FIRST) -> list[Match]:
    """Open needs that a work of this title and text may solve."""
    hits = rank_for_need(index, title, words, tx.reader, (Need.KIND,), size + SPARE, list_withheld(tx))
    cards = {id: card for id, card in _cards(tx, hits).items() if card.status == NeedStatus.PUBLISHED}
    seen = [hit for hit in hits if hit.id in cards][:size]
    return [replace(_match(hit, cards[hit.id], seen[0].score), rank=rank) for rank, hit in enumerate(seen, start=1)]


def _cards(tx: Transaction, hits: list[Hit]) -> dict[str, Card]:
    """Of those that hold a word of the question, or mean it; a character alone tells nobody why."""
    told = [(hit.kind, hit.id) for hit in hits if hit.words]
    return {card.id: card for card in list_cards(tx, told)}
