"""What is looked for, in Elasticsearch's words. Nothing is parsed or run there: no query_string, no scripts."""

from collections.abc import Mapping
from typing import Any, assert_never

from search.clauses import Begun, Clause, Everything, Flat, Leaf, Misspelt, Phrase, Question, Some, Term, Value
from search.elastic_layout import VECTOR
from search.looking import Look
from search.meaning import Near
from search.query import Sort
from search.results import MOST_VALUES

Part = dict[str, Any]

NOTHING: Part = {"match_none": {}}
EVERYTHING: Part = {"match_all": {}}
MOST_TERMS = 60_000  # of one clause; the server takes 65,536
BY_ID = {"id": "asc"}
ORDERS = {
    Sort.RELEVANCE: {"_score": "desc"},
    Sort.NEWEST: {"published_at": {"order": "desc", "missing": "_last"}},
    Sort.MOST_USED: {"used": {"order": "desc", "missing": "_last"}},
    Sort.ENDING_SOON: {"ending_at": {"order": "asc", "missing": "_last"}},
    Sort.MOST_WORKS: {"works": {"order": "desc", "missing": "_last"}},
    Sort.HIGHEST_RANK: {"rank": {"order": "desc", "missing": "_last"}},
}


def body_of(look: Look) -> dict[str, Any]:
    """One request for hits, total and counts: filters narrow the hits afterwards, each count has all filters but its own."""
    body: dict[str, Any] = {
        "query": matching(look.question, visible(look)), "sort": [ORDERS[look.sort], BY_ID], "track_total_hits": look.counted,
        "source": ["source"],
    }  # fmt: skip
    if narrowing := filtered(look.filters):
        body["post_filter"] = {"bool": {"filter": narrowing}}
    if look.facets:
        body["aggs"] = {name: _count(name, look.filters) for name in look.facets}
    return body


def _count(name: str, filters: Mapping[str, tuple[str, ...]]) -> Part:
    others = filtered({other: values for other, values in filters.items() if other != name})
    values = {"terms": {"field": name, "size": MOST_VALUES, "shard_size": 50 * MOST_VALUES}}
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}}


def matching(question: Question, visible: Part) -> Part:
    """What must be there, what makes it better, what must not be there, and never beyond what the reader may see."""
    must, better, never = clause_of(question.must), [clause_of(one) for one in question.better], [clause_of(one) for one in question.never]
    return {"bool": {"must": [must], "should": better, "must_not": never, "filter": [visible]}}


def knn_of(near: Near) -> Part:
    """Near in meaning, among what the reader may see and, where they are named, among these faces."""
    seen = visible(Look(Question(Everything()), near.reader, near.size, kinds=near.kinds, without=near.without))
    among = [{"ids": {"values": list(near.keys)}}] if near.keys is not None else []
    return {"field": VECTOR, "query_vector": near.vector.tolist(), "k": near.size, "num_candidates": near.size, "filter": [seen, *among]}


def visible(look: Look) -> Part:
    """What the reader may see, each entity through one face."""
    hidden = [any_of("shadow", look.reader), *(any_of("id", some) for some in _batches(look.without))]
    narrowed = [any_of("kind", look.kinds)] if look.kinds else []
    if look.ending_from is not None:
        narrowed.append({"range": {"ending_at": {"gte": look.ending_from}}})
    return {"bool": {"filter": [any_of("audience", look.reader), *narrowed], "must_not": hidden}}


def _batches(ids: frozenset[str]) -> list[tuple[str, ...]]:
    wanted = sorted(ids)
    return [tuple(wanted[at : at + MOST_TERMS]) for at in range(0, len(wanted), MOST_TERMS)]


def filtered(filters: Mapping[str, tuple[str, ...]]) -> list[Part]:
    """Any value of one filter, all filters."""
    return [any_of(name, values) for name, values in filters.items() if values]


def any_of(field: str, values: tuple[str, ...]) -> Part:
    clean = [value for value in values if value.isprintable()]
    return {"terms": {field: clean}} if clean else NOTHING


def clause_of(clause: Clause) -> Part:
    """In the same shapes as the embedded engine's, so that both find and score alike."""
    match clause:
        case Some(ways, least):
            return {"bool": {"should": [clause_of(way) for way in ways], "minimum_should_match": least}} if ways else NOTHING
        case Flat(inner, weight):
            return {"constant_score": {"filter": clause_of(inner), "boost": weight}}
        case Everything():
            return EVERYTHING
    return _leaf(clause)


def _leaf(clause: Leaf) -> Part:
    """Fields are split at spaces on both sides, so tokens joined by spaces say a phrase."""
    match clause:
        case Term(field, token, weight):
            return {"term": {field: {"value": token, "boost": weight}}}
        case Value(field, value, weight):
            return {"constant_score": {"filter": {"term": {field: value}}, "boost": weight}}
        case Phrase(field, tokens, weight):
            return {"match_phrase": {field: {"query": " ".join(tokens), "boost": weight}}}
        case Begun(field, tokens):
            return {"match_phrase_prefix": {field: {"query": " ".join(tokens)}}} if tokens else NOTHING
        case Misspelt(field, token):
            return {"fuzzy": {field: {"value": token, "fuzziness": 1}}}
    assert_never(clause)
