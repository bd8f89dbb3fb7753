"""Looking things up, the same over both engines: what to ask, and what is shown of what was found."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from search.analysis import chars, fold, pairs, runs
from search.asking import bag, like_title, question_of
from search.clauses import Question
from search.document import TITLE
from search.embedding import Embedding
from search.meaning import Near, fused
from search.meant import Meant, repaired
from search.numbers import MOST_MENTIONS, number_of, owns, question_of_number
from search.page import Page
from search.parsing import Asked, understand
from search.query import SearchQuery, Sort
from search.results import Facet, Hit, Results, Suggestion, Terms
from search.suggesting import AMONG, best_first, text_begins, title_begins
from search.suggesting import LONGEST as LONGEST_TYPED

MOST_WORDS_SHOWN = 8
NEAR_ENOUGH = 0.5  # of the pairs of two titles are the same
NEAR_IN_MEANING = 0.5  # cosine
NEAR_WORDS = 60  # titles in which a mistyped word is looked for
LONGEST_MEANT = 60  # characters; nobody corrects a pasted sentence
MOST_MEANT = 6  # texts whose hits are counted
CANDIDATES = 300  # by words and by meaning, whose scores are compared


@dataclass(frozen=True, slots=True)
class Look:
    """What an engine is asked: a question, who asks, and which part of the answer is wanted. RELEVANCE means by score, ties by id."""

    question: Question
    reader: tuple[str, ...]
    size: int
    offset: int = 0
    kinds: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    ending_from: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Pages with their scores, in order; `total` only where it was to be counted."""

    pages: list[tuple[float, Page]]
    total: int = 0
    facets: tuple[Facet, ...] = ()


class Looking(ABC):
    """Every look-up begins with what the reader may see. With an embedding, what is meant counts as much as what is said."""

    def __init__(self, embedding: Embedding | None) -> None:
        self.embedding = embedding

    @abstractmethod
    def find(self, look: Look) -> Found:
        """What the engine finds. Raises SearchUnavailable."""

    @abstractmethod
    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        """Pages with the cosine of their meaning and the one asked for, the nearest first; only where there is an embedding."""

    @abstractmethod
    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """In how many documents that ask each of these tokens stands, whoever may read them; what stands in none may be left out."""

    def search(self, query: SearchQuery) -> Results:
        """What was typed in latin letters is tried by sound, initials too, only when nothing else is found."""
        asked = understand(query.text, query.synonyms)
        results = self._answer(query, asked, by_sound=False)
        return results if results.total or not asked.has_latin else self._answer(query, asked, by_sound=True)

    def _answer(self, query: SearchQuery, asked: Asked, by_sound: bool) -> Results:
        """Without words nothing is more relevant than anything else: the newest first."""
        sort = Sort.NEWEST if query.sort is Sort.RELEVANCE and not asked.wanted else query.sort
        filters = {name: tuple(values) for name, values in sorted(query.filters.items()) if values}
        found = self.find(
            Look(
                question_of(asked, by_sound), query.reader, query.size, query.offset, query.kinds, query.without, filters, query.facets,
                sort, query.ending_from, counted=True,
            )
        )  # fmt: skip
        show = partial(_found, words=asked.words, highlight=query.highlight)
        return Results(tuple(show(page, score) for score, page in found.pages), found.total, found.facets, asked.words)

    def rank(
        self, terms: Terms, reader: tuple[str, ...], kinds: tuple[str, ...], size: int, without: frozenset[str] = frozenset(), meaning: str = ""
    ) -> list[Hit]:
        """The best matches of a weighted bag of words, shown with those that weigh most."""
        weights = terms.get(TITLE, {})
        words = tuple(sorted(weights, key=lambda word: -weights[word]))
        look = Look(bag(terms), reader, size, kinds=kinds, without=without)
        found = self._fused(look, meaning) if self.embedding and meaning else self.find(look).pages
        return [_ranked(page, score, words) for score, page in found]

    def _fused(self, look: Look, meaning: str) -> list[tuple[float, Page]]:
        """The best by words and the best by meaning, each with both scores."""
        assert self.embedding is not None
        look = replace(look, size=max(look.size, CANDIDATES))
        near = Near(self.embedding.of(meaning), look.reader, look.size, look.kinds, look.without)
        by_words, by_meaning = self.find(look).pages, self.nearest(near)
        told = {page.key for _, page in by_meaning}
        rest = tuple(page.key for _, page in by_words if page.key not in told)
        return fused(by_words, by_meaning + (self.nearest(replace(near, keys=rest, size=len(rest))) if rest else []))[: look.size]

    def alike(
        self, text: str, reader: tuple[str, ...], kinds: tuple[str, ...] = (), size: int = 5, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """What means nearly the same, whatever its words; nothing without an embedding."""
        if self.embedding is None or not fold(text).strip():
            return []
        near = self.nearest(Near(self.embedding.of(text), reader, size, kinds, without))
        return [page.hit(score, ()) for score, page in near if score >= NEAR_IN_MEANING]

    def suggest(
        self, prefix: str, reader: tuple[str, ...], size: int = 8, kinds: tuple[str, ...] = (), without: frozenset[str] = frozenset()
    ) -> list[Suggestion]:
        """Titles that go on from what was typed; nothing typed suggests nothing."""
        typed = fold(prefix[:LONGEST_TYPED]).strip()
        if not chars(typed):
            return []
        look = Look(title_begins(typed), reader, AMONG * size, kinds=kinds, without=without)
        found = self.find(look).pages or (self.find(replace(look, question=text_begins(typed))).pages if typed.isascii() else [])
        pages = best_first((page for _, page in found), typed)[:size]
        return [Suggestion(page.id, page.kind, page.title.text) for page in pages]

    def numbered(self, text: str, reader: tuple[str, ...], without: frozenset[str] = frozenset()) -> list[Hit]:
        """The things whose own number the whole text is."""
        number = number_of(text)
        if not number:
            return []
        found = self.find(Look(question_of_number(number), reader, MOST_MENTIONS, without=without))
        return [page.hit(score, ()) for score, page in found.pages if owns(page, number)]

    def meant(self, query: SearchQuery, found: int) -> Meant | None:
        """Another text by which the reader finds at least twice as much as the `found` of theirs; its filters are left out."""
        whole = query.everywhere()

        def ask(question: Question) -> list[Page]:
            return [page for _, page in self.find(Look(question, query.reader, NEAR_WORDS, kinds=query.kinds, without=query.without)).pages]

        texts = islice(dict.fromkeys(repaired(query.text[:LONGEST_MEANT], ask)), MOST_MEANT)
        offered = [Meant(text, self.search(replace(whole, text=text)).total) for text in texts]
        best = max(offered, key=lambda one: one.total, default=None)
        return best if best and best.total > 2 * found else None

    def near_titles(
        self, title: str, reader: tuple[str, ...], kinds: tuple[str, ...], size: int = 5, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """Scored by the share of pairs that both titles have (Dice), best first."""
        ours = set(pairs("".join(runs(fold(title[:300])))))
        found = self.find(Look(like_title(sorted(ours), NEAR_ENOUGH / 2), reader, 4 * size, kinds=kinds, without=without))
        near = [_near(page, ours) for _, page in found.pages]
        return sorted((hit for hit in near if hit.score >= NEAR_ENOUGH), key=lambda hit: -hit.score)[:size]


def _found(page: Page, score: float, words: tuple[str, ...], highlight: bool) -> Hit:
    return page.hit(score, words, tuple(word for word in words if page.holds(word))) if highlight else page.hit(score, ())


def _ranked(page: Page, score: float, words: tuple[str, ...]) -> Hit:
    """Words that stand in a longer one are not repeated; a bare number tells nobody why."""
    text = "\n".join((page.title.folded, page.summary.folded, page.body.folded))
    held = [word for word in words if len(word) > 1 and not word.isdigit() and word in text]
    telling = tuple(word for word in held if not any(word != other and word in other for other in held))[:MOST_WORDS_SHOWN]
    return page.hit(score, telling, telling)


def _near(page: Page, ours: set[str]) -> Hit:
    theirs = set(pairs("".join(runs(page.title.folded))))
    return page.hit(2 * len(ours & theirs) / max(1, len(ours) + len(theirs)), ())
