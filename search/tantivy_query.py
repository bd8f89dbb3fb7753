"""What was asked, as tantivy queries. Built from tokens, never parsed by the engine: it would find nothing in raw Chinese."""

from collections.abc import Iterable, Mapping

from tantivy import Occur, Query, Schema, Searcher

from search.analysis import chars, codes, pairs_of
from search.document import BODY, BODY_CHARS, BODY_PAIRS, FIELDS, INITIALS, NUMBERS, PINYIN, TITLE, TITLE_CHARS, TITLE_PAIRS  # fmt: skip
from search.parsing import Asked, Form, Wanted
from search.pinyin import spellings
from search.results import Terms

Clause = tuple[Occur, Query]


class QueryBuilder:
    """Builds every query of this engine; knows the schema and nothing else."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def visible(
        self, searcher: Searcher, reader: tuple[str, ...], without: frozenset[str] = frozenset(), kinds: tuple[str, ...] = ()
    ) -> list[Clause]:
        """The clauses that every query carries: what the reader may see, each entity through one face."""
        clauses = [self._must("audience", reader)]
        shadowed = tuple(token for token in reader if token.isprintable() and searcher.doc_freq("shadow", token))
        if shadowed:
            clauses.append((Occur.MustNot, self._any("shadow", shadowed)))
        if without:
            clauses.append((Occur.MustNot, self._any("id", tuple(without))))
        return [*clauses, self._must("kind", kinds)] if kinds else clauses

    def filtered(self, filters: Mapping[str, tuple[str, ...]]) -> list[Clause]:
        """Any value of one filter, all filters."""
        return [self._must(name, values) for name, values in filters.items() if values]

    def text(self, asked: Asked, by_sound: bool = False) -> list[Clause]:
        """Enough of what was wanted, nothing that was not; an empty text asks for everything."""
        wanted = [(Occur.Should, self._wanted(item, by_sound)) for item in asked.wanted]
        must = Query.boolean_query(wanted, minimum_number_should_match=asked.enough) if wanted else Query.all_query()
        better = [(Occur.Should, self._phrase(field, pairs_of(run))) for run in asked.together for field in (TITLE_PAIRS, BODY_PAIRS)]
        return [(Occur.Must, must), *better, *((Occur.MustNot, self._wanted(item, False)) for item in asked.unwanted)]

    def bag(self, terms: Terms) -> list[Clause]:
        """A weighted bag of words, of which any may match."""
        weighted = [(Occur.Should, self._term(field, token, weight)) for field, bag in terms.items() for token, weight in bag.items() if weight > 0]
        return [(Occur.Must, Query.boolean_query(weighted))]

    def like_title(self, tokens: list[str], enough: float) -> list[Clause]:
        """Titles that share at least this part of the pairs."""
        shared = [(Occur.Should, self._term(TITLE_PAIRS, token)) for token in dict.fromkeys(tokens)]
        least = max(1, int(len(shared) * enough))
        return [(Occur.Must, Query.boolean_query(shared, minimum_number_should_match=least) if shared else Query.empty_query())]

    def title_begins(self, typed: str) -> list[Clause]:
        """Titles in which the typed text stands, its last word perhaps unfinished, in characters or by sound."""
        ways = [self._begun(TITLE_CHARS, chars(typed))]
        letters = "".join(typed.split())
        ways += [self._begun(PINYIN, list(spelling)) for spelling in spellings(letters, unfinished=True)]
        if letters.isascii() and letters.isalpha() and len(letters) > 1:
            ways.append(self._phrase(INITIALS, list(letters)))
        return [(Occur.Must, Query.boolean_query([(Occur.Should, way) for way in ways]))]

    def keys_of(self, ids: Iterable[str]) -> Query:
        """All faces of these entities, whoever may read them; for the writer only."""
        return self._any("id", tuple(ids))

    def _wanted(self, item: Wanted, by_sound: bool) -> Query:
        ways = {
            Form.WORD: self._word, Form.LATIN: self._latin, Form.CODE: self._code, Form.PHRASE: self._said,
        }[item.form](item.text)  # fmt: skip
        if item.form is Form.LATIN:
            ways += self._sounds(item.text, by_sound)
        return Query.boolean_query([(Occur.Should, way) for way in ways])

    def _word(self, word: str) -> list[Query]:
        """Pairs decide whether a word is there, jieba's words add to the score."""
        if len(word) == 1:
            return [self._term(field, word) for field in (TITLE_CHARS, BODY_CHARS)]
        found = [self._phrase(field, pairs_of(word)) for field in (TITLE_PAIRS, BODY_PAIRS)]
        return found + [self._term(field, word) for field in (TITLE, BODY)]

    def _latin(self, word: str) -> list[Query]:
        terms = [self._term(field, word) for field in (TITLE, BODY)]
        return terms + [self._term(NUMBERS, code) for code in codes(word)]

    def _code(self, text: str) -> list[Query]:
        return [self._term(NUMBERS, code) for code in codes(text)] + self._said(text)

    def _said(self, text: str) -> list[Query]:
        return [self._phrase(field, chars(text)) for field in (TITLE_CHARS, BODY_CHARS)]

    def _sounds(self, letters: str, also_short: bool) -> list[Query]:
        """Two syllables and more are surely meant as pinyin; shorter ones and initials only where nothing else was found."""
        spelled = [spelling for spelling in spellings(letters) if also_short or len(spelling) > 1]
        found = [self._phrase(PINYIN, list(spelling)) for spelling in spelled]
        short = also_short and letters.isascii() and letters.isalpha() and 1 < len(letters) <= 16
        return [*found, self._phrase(INITIALS, list(letters))] if short else found

    def _term(self, field: str, token: str, weight: float | None = None) -> Query:
        """Weighted as the field is declared, or as said."""
        option = "basic" if field == NUMBERS else "freq"
        return Query.boost_query(Query.term_query(self._schema, field, token, option), FIELDS[field].boost if weight is None else weight)

    def _phrase(self, field: str, tokens: list[str]) -> Query:
        if len(tokens) < 2:
            return self._term(field, tokens[0]) if tokens else Query.empty_query()
        words: list[str | tuple[int, str]] = list(tokens)
        return Query.boost_query(Query.phrase_query(self._schema, field, words), FIELDS[field].boost)

    def _begun(self, field: str, tokens: list[str]) -> Query:
        words: list[str | tuple[int, str]] = list(tokens)
        return Query.phrase_prefix_query(self._schema, field, words) if words else Query.empty_query()

    def _any(self, field: str, values: tuple[str, ...]) -> Query:
        clean = [value for value in values if value.isprintable()]
        return Query.term_set_query(self._schema, field, clean) if clean else Query.empty_query()

    def _must(self, field: str, values: tuple[str, ...]) -> Clause:
        return Occur.Must, Query.const_score_query(self._any(field, values), 0.0)
