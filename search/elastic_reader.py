"""Looking things up in Elasticsearch."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from search.document import ASKED, Document
from search.elastic_layout import GONE
from search.elastic_query import body_of, knn_of
from search.elastic_server import WRITING, Server
from search.looking import Found, Look
from search.meaning import Near
from search.page import Page, page_of
from search.query import DEEPEST, Sort
from search.results import Facet
from search.source import from_source

KEPT_OPEN = "1m"  # between two pages of a walk
PAGE = 1_000
DEAD = {"exists": {"field": GONE}}
COUNTS_ONLY = {"term_statistics": True, "field_statistics": False, "offsets": False, "payloads": False, "positions": False}
LIVING = {"bool": {"must_not": [DEAD]}}


class ElasticReader:
    """Every look-up begins with what the reader may see."""

    def __init__(self, server: Server, alias: str) -> None:
        self._server = server
        self._alias = alias

    def find(self, look: Look) -> Found:
        """One request; what lies deeper than the server counts from the beginning is walked to."""
        body = body_of(look)
        if look.offset + look.size > DEEPEST:
            hits = list(islice(self._walk(body), look.offset, look.offset + look.size))
            return Found([self._page(hit, look) for hit in hits])
        asked = {**body, "index": self._alias, "from_": look.offset, "size": look.size}
        answer = self._server.ask(lambda client: client.search(**asked)).body
        pages = [self._page(hit, look) for hit in answer["hits"]["hits"]]
        return Found(pages, answer["hits"].get("total", {}).get("value", 0), _facets(answer, look.facets))

    def _page(self, hit: dict[str, Any], look: Look) -> tuple[float, Any]:
        score = hit["_score"] if look.sort is Sort.RELEVANCE else 0.0
        return score, page_of(hit["_source"]["source"].encode())

    def _walk(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All hits as they stand now, page by page; what is written meanwhile changes nothing."""
        opened = self._server.ask(lambda client: client.open_point_in_time(index=self._alias, keep_alive=KEPT_OPEN))["id"]
        asked = {"sort": ["_shard_doc"], "track_total_hits": False, **body, "size": PAGE}
        try:
            while hits := self._next(asked | {"pit": {"id": opened, "keep_alive": KEPT_OPEN}}):
                yield from hits
                asked["search_after"] = hits[-1]["sort"]
        finally:
            self._server.ask(lambda client: client.options(ignore_status=404).close_point_in_time(id=opened))

    def _next(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        return list(self._server.ask(lambda client: client.search(**asked), WRITING)["hits"]["hits"])

    def nearest(self, near: Near) -> list[tuple[float, Page]]:
        """Its score of a cosine is (1 + cosine) / 2."""
        asked = {"index": self._alias, "knn": knn_of(near), "size": near.size, "source": ["source"]}
        answer = self._server.ask(lambda client: client.search(**asked)).body  # type: ignore[arg-type]
        return [(2 * hit["_score"] - 1, page_of(hit["_source"]["source"].encode())) for hit in answer["hits"]["hits"]]

    def asked_in(self, tokens: Collection[str]) -> Mapping[str, int]:
        """The vectors of a document that is only made up, with the counts of its terms."""
        said = {"index": self._alias, "doc": {ASKED: " ".join(tokens)}, "fields": [ASKED], **COUNTS_ONLY}
        found = self._server.ask(lambda client: client.termvectors(**said)).body["term_vectors"]  # type: ignore[arg-type]
        return {token: term.get("doc_freq", 0) for token, term in found.get(ASKED, {}).get("terms", {}).items()}

    def versions(self) -> Iterator[tuple[str, int]]:
        """Of all faces."""
        return self._versions(LIVING)

    def tombstones(self) -> Iterator[tuple[str, int]]:
        """Of what was deleted."""
        return self._versions(DEAD)

    def _versions(self, query: dict[str, Any]) -> Iterator[tuple[str, int]]:
        """Read from columns, so that no document has to be."""
        for hit in self._walk({"query": query, "source": False, "docvalue_fields": ["version"]}):
            yield hit["_id"], hit["fields"]["version"][0]

    def documents(self) -> Iterator[Document]:
        """All faces, a page of them in memory at a time."""
        for hit in self._walk({"query": LIVING, "source": ["source"]}):
            yield from_source(hit["_source"]["source"].encode())

    def count(self) -> int:
        """Documents, not entities, and no tombstones."""
        return int(self._server.ask(lambda client: client.count(index=self._alias, query=LIVING))["count"])


def _facets(answer: dict[str, Any], names: tuple[str, ...]) -> tuple[Facet, ...]:
    counted = answer.get("aggregations", {})
    return tuple(Facet(name, tuple((one["key"], one["doc_count"]) for one in counted[name]["values"]["buckets"])) for name in names)
