"""What may solve a need, best first, and for a work the needs near it. The index finds, the graph says again who sees and what speaks for it."""

from collections.abc import Mapping
from dataclasses import replace

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.domains.achievements.model import Achievement
from marketplace.domains.listings.model import Listing
from marketplace.domains.needs.model import Need
from marketplace.domains.needs.model import Status as NeedStatus
from marketplace.domains.needs.repository import get_need, get_needs
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.consent import Use, list_agreeing
from marketplace.processes.matching import weights
from marketplace.processes.matching.model import Adopter, Asked, Candidate, Evidence, Link, Match, Named, Record
from marketplace.processes.matching.repository import evidence_of, list_candidates, records_of
from marketplace.processes.matching.scoring import NOTHING, held, parts_of, parts_of_adopter, path_of
from search.document import BODY, TITLE
from search.index import Index
from search.matching import terms_of_need
from search.results import Hit

SOLUTIONS = ("achievement", "listing")
WORKER = "worker"
PEOPLE = ("studio", WORKER, "association")
MOST = 20
THE_TWO = 2
"""Links of a path on which nothing stands but the need and the thing."""
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


def asked_by(need: Need, id: str = "") -> Asked:
    """As the reader sees it: an enterprise that is not named, and what is told after agreement, came empty. With an `id` the path leads there."""
    return Asked(need.title, words_of_need(need), need.field, need.skills, need.enterprise_id, need.area, id)


def matches_of_need(tx: Transaction, index: Index, need: Need, size: int = MOST, kinds: tuple[str, ...] = SOLUTIONS) -> list[Match]:
    """What may solve a need, and who, read with this reader's tokens; by points, the best first."""
    asked = asked_by(need)
    found = found_for(tx, index, asked.title, asked.words, kinds, size)
    evidence = evidence_of(tx, [(hit.kind, hit.id) for hit, _card in found], asked.skills)
    records = records_of(tx, evidence.values())
    best = found[0][0].score if found else 0.0
    return in_order([_scored(asked, hit, card, best, evidence.get(hit.id, NOTHING), records) for hit, card in found], size)


def found_for(tx: Transaction, index: Index, title: str, words: str, kinds: tuple[str, ...], size: int) -> list[tuple[Hit, Card]]:
    """By the text alone, the best first; only what the graph shows to the reader, so that nothing else sets the measure."""
    return found_in(tx, index, title, words, {"": kinds}, size)[""]


def found_in(
    tx: Transaction, index: Index, title: str, words: str, groups: Mapping[str, tuple[str, ...]], size: int
) -> dict[str, list[tuple[Hit, Card]]]:
    """The same for several groups of kinds, with one look into the graph. People who do not agree to be suggested are not."""
    withheld = list_withheld(tx)
    hits = {name: rank_for_need(index, title, words, tx.reader, kinds, size + SPARE, withheld) for name, kinds in groups.items()}
    agreeing = list_agreeing(tx, Use.MATCHING, [hit.id for some in hits.values() for hit in some if hit.kind == WORKER])
    cards = _cards(tx, [hit for some in hits.values() for hit in some if hit.kind != WORKER or hit.id in agreeing])
    return {name: [(hit, cards[hit.id]) for hit in some if hit.id in cards] for name, some in hits.items()}


def in_order(matches: list[Match], size: int) -> list[Match]:
    """By points, then by text."""
    best = sorted(matches, key=lambda match: (-match.score, -match.share, match.card.id))[:size]
    return [replace(match, rank=rank) for rank, match in enumerate(best, start=1)]


def count_matches(tx: Transaction, index: Index, need: Need, groups: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many matches each group of kinds has, up to MOST."""
    asked = asked_by(need)
    return {name: min(MOST, len(found)) for name, found in found_in(tx, index, asked.title, asked.words, groups, MOST).items()}


def _scored(asked: Asked, hit: Hit, card: Card, best: float, found: Evidence, records: Mapping[str, Record]) -> Match:
    path = path_of(asked, found, Link(card.kind, card.title, card.number, "solves", card.id))
    return judged(matched(hit, card, best), asked, found, records, path)


def judged(match: Match, asked: Asked, found: Evidence, records: Mapping[str, Record], path: tuple[Link, ...]) -> Match:
    """With its points and the path that speaks for it."""
    share = match.share / 10_000 * min(1.0, len(match.words) / weights.SURE_WORDS)
    parts = parts_of(asked, found, share, records)
    score = sum(part.points for part in parts)
    return replace(match, score=score, parts=parts, evidence=found, path=path, skills=held(asked, found), asked=asked)


def matched(hit: Hit, card: Card, best: float) -> Match:
    """By its text alone; `best` is the score of the best one."""
    return Match(0, card, hit.words, hit.title_marks, 0, round(10_000 * hit.score / best) if best else 0)


def path_between(tx: Transaction, need_id: str, kind: str, id: str) -> tuple[Link, ...]:
    """What ties a need to one thing, as a match would show it. Empty where nothing that the reader may see stands between or beyond the two."""
    need, card = next(iter(get_needs(tx, [need_id])), None), next(iter(list_cards(tx, [(kind, id)])), None)
    if need is None or card is None:
        return ()
    asked = asked_by(need, need.id)
    known = evidence_of(tx, [(kind, id)], asked.skills).get(id, NOTHING)
    path = path_of(asked, known, Link(card.kind, card.title, card.number, "solves", card.id))
    return path if len(path) > THE_TWO else ()


def get_need_with_matches(tx: Transaction, index: Index, id: str, size: int = MOST, kinds: tuple[str, ...] = SOLUTIONS) -> tuple[Need, list[Match]]:
    """Raises NotFound for a need that the reader may not see."""
    need = get_need(tx, id)
    return need, matches_of_need(tx, index, need, size, kinds)


def needs_near(tx: Transaction, index: Index, title: str, words: str, size: int = FIRST) -> list[Match]:
    """Open needs that a work of this title and text may solve, by the text alone."""
    found = [(hit, card) for hit, card in found_for(tx, index, title, words, (Need.KIND,), size) if card.status == NeedStatus.PUBLISHED][:size]
    return [replace(matched(hit, card, found[0][0].score), rank=rank) for rank, (hit, card) in enumerate(found, start=1)]


def _cards(tx: Transaction, hits: list[Hit]) -> dict[str, Card]:
    """Of those that hold a word of the question, or mean it; a character alone tells nobody why."""
    told = dict.fromkeys((hit.kind, hit.id) for hit in hits if hit.words)
    return {card.id: card for card in list_cards(tx, told)}


def needs_of(tx: Transaction, index: Index, thing: Achievement | Listing, size: int = MOST) -> list[Match]:
    """Open needs that a work or an offer may solve, with the same points and the same path as from the other side."""
    words = words_of_achievement(thing) if isinstance(thing, Achievement) else words_of_listing(thing)
    found = [(hit, card) for hit, card in found_for(tx, index, thing.title, words, (Need.KIND,), size) if card.status == NeedStatus.PUBLISHED]
    needs = {need.id: need for need in get_needs(tx, [card.id for _hit, card in found])}
    skills = tuple(sorted({skill for need in needs.values() for skill in need.skills}))
    known = evidence_of(tx, [(thing.KIND, thing.id)], skills).get(thing.id, NOTHING)
    records = records_of(tx, [known])
    answer = Link(thing.KIND, thing.title, thing.number, "solves")
    matches = [
        judged(matched(hit, card, found[0][0].score), asked := asked_by(needs[card.id], card.id), known, records, path_of(asked, known, answer))
        for hit, card in found if card.id in needs
    ]  # fmt: skip
    return in_order(matches, size)


def likely_adopters(tx: Transaction, work: Achievement, near: list[Match], size: int = MOST) -> list[Adopter]:
    """Enterprises of the work's field, or with needs that it may solve (`near`, from needs_of), which do not use it yet."""
    candidates = list_candidates(tx, work.id, work.field, [match.card.id for match in near])
    known = near[0].evidence or NOTHING if near else NOTHING
    judged_ones = [_adopter(work, one, near, known) for one in candidates]
    likely = [one for one in judged_ones if one.needs or one.uses or one.field == work.field]
    return sorted(likely, key=lambda one: (-one.score, one.id))[:size]


def _adopter(work: Achievement, firm: Candidate, near: list[Match], known: Evidence) -> Adopter:
    own = [match for match in near if match.card.id in firm.posted]
    nearness = max((match.share for match in own), default=0) / 10_000
    skills = max((len(held(match.asked, known)) / len(match.asked.skills) for match in own if match.asked and match.asked.skills), default=0.0)
    parts = parts_of_adopter(
        nearness, skills, uses=bool(firm.uses), near=bool(firm.area) and firm.area == work.area, field=work.field, own=firm.field
    )  # fmt: skip
    needs = tuple(Named("need", match.card.id, match.card.title, match.card.number) for match in own)
    found = Adopter(firm.id, firm.name, firm.field, firm.area, needs, firm.uses, sum(part.points for part in parts), parts)
    return replace(found, path=_path(work, found))


def _path(work: Achievement, firm: Adopter) -> tuple[Link, ...]:
    """The work → what ties it to the enterprise → the enterprise."""
    ties = [*(Link("need", one.name, relation="asks for it", id=one.id) for one in firm.needs[:1]),
            *(Link(one.kind, one.name, one.note, "same field", one.id) for one in firm.uses[:1] if not firm.needs)]  # fmt: skip
    return (Link("achievement", work.title, work.number), *ties, Link("enterprise", firm.name, relation="may use it", id=firm.id))
