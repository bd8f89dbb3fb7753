"""What is looked for, as tantivy queries."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from tantivy import FieldType, Occur, Query, Schema, Searcher

from search.clauses import Begun, Clause, Everything, Flat, Leaf, Misspelt, Phrase, Question, Some, Term, Value

Part = tuple[Occur, Query]


class QueryBuilder:
    """Builds every query of this engine; knows the schema and nothing else."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def visible(self, searcher: Searcher, reader: tuple[str, ...], without: frozenset[str] = frozenset(), kinds: tuple[str, ...] = ()) -> list[Part]:
        """The parts that every query carries: what the reader may see, each entity through one face."""
        parts = [self._must("audience", reader)]
        shadowed = tuple(token for token in reader if token.isprintable() and searcher.doc_freq("shadow", token))
        if shadowed:
            parts.append((Occur.MustNot, self._any("shadow", shadowed)))
        if without:
            parts.append((Occur.MustNot, self._any("id", tuple(without))))
        return [*parts, self._must("kind", kinds)] if kinds else parts

    def filtered(self, filters: Mapping[str, tuple[str, ...]]) -> list[Part]:
        """Any value of one filter, all filters."""
        return [self._must(name, values) for name, values in filters.items() if values]

    def ending(self, ending_from: int | None) -> list[Part]:
        """Whatever ends then or later; no part where nobody asks."""
        if ending_from is None:
            return []
        later = Query.range_query(self._schema, "ending_at", FieldType.Integer, ending_from)
        return [(Occur.Must, Query.const_score_query(later, 0.0))]

    def asked(self, question: Question) -> list[Part]:
        """What must be there, what makes it better, what must not be there."""
        better = [(Occur.Should, self._clause(clause)) for clause in question.better]
        never = [(Occur.MustNot, self._clause(clause)) for clause in question.never]
        return [(Occur.Must, self._clause(question.must)), *better, *never]

    def keys_of(self, ids: Iterable[str]) -> Query:
        """All faces of these entities, whoever may read them; for the writer only."""
        return self._any("id", tuple(ids))

    def among(self, keys: Iterable[str]) -> Part:
        """Only these faces."""
        return self._must("key", tuple(keys))

    def _clause(self, clause: Clause) -> Query:
        match clause:
            case Some(ways, least):
                parts = [(Occur.Should, self._clause(way)) for way in ways]
                return Query.boolean_query(parts, minimum_number_should_match=least) if parts else Query.empty_query()
            case Flat(inner, weight):
                return Query.const_score_query(self._clause(inner), weight)
            case Everything():
                return Query.all_query()
        return self._leaf(clause)

    def _leaf(self, clause: Leaf) -> Query:
        match clause:
            case Term(field, token, weight):
                return Query.boost_query(Query.term_query(self._schema, field, token), weight)
            case Value(field, value, weight):
                return Query.const_score_query(Query.term_query(self._schema, field, value, "basic"), weight)
            case Phrase(field, tokens, weight):
                return Query.boost_query(Query.phrase_query(self._schema, field, list(tokens)), weight)
            case Begun(field, tokens):
                return Query.phrase_prefix_query(self._schema, field, list(tokens)) if tokens else Query.empty_query()
            case Misspelt(field, token):
                return Query.fuzzy_term_query(self._schema, field, token)
        assert_never(clause)

    def _any(self, field: str, values: tuple[str, ...]) -> Query:
        clean = [value for value in values if value.isprintable()]
        return Query.term_set_query(self._schema, field, clean) if clean else Query.empty_query()

    def _must(self, field: str, values: tuple[str, ...]) -> Part:
        return Occur.Must, Query.const_score_query(self._any(field, values), 0.0)
