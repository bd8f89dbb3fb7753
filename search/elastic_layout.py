"""The declared fields as a strict mapping, and the one alias behind which an index can be changed for another."""

import hashlib
import json
from typing import Any

from elasticsearch import Elasticsearch

from search.document import FIELDS, WITHOUT_POSITIONS, Field, FieldKind
from search.elastic_server import WRITING, Access, Server
from search.embedding import Embedding

VECTOR = "vector"
GONE = "gone"  # a tombstone: no fields but this and its version
FILLED = "filled"
LONGEST_VALUE = 10_922  # UTF-16 units; Lucene takes no term of more than 32,766 bytes
SIMILARITY = {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}}  # as the embedded engine scores


def mapping_of(name: str, field: Field) -> dict[str, Any]:
    """One field, as the embedded engine keeps it."""
    match field.kind:
        case FieldKind.WORDS:
            return {"type": "text", "analyzer": "whitespace", "index_options": "freqs" if name in WITHOUT_POSITIONS else "positions"}
        case FieldKind.EXACT:
            return {"type": "keyword", "ignore_above": LONGEST_VALUE, "doc_values": field.facet or name == "id"}
        case FieldKind.NUMBER:
            return {"type": "long", "index": False}
        case FieldKind.SOURCE:
            return {"type": "object", "enabled": False}


def mappings(embedding: Embedding | None = None) -> dict[str, Any]:
    """Of what is indexed only the source is kept; a digest of the layout tells an index of another version of the site, or of another model."""
    properties = {**{name: mapping_of(name, field) for name, field in FIELDS.items()}, GONE: {"type": "boolean"}}
    if embedding:
        meta = {"model": embedding.name}
        exact = {"type": "dense_vector", "dims": embedding.size, "similarity": "cosine", "index_options": {"type": "flat"}, "meta": meta}
        properties[VECTOR] = exact
    said = {"dynamic": "strict", "_source": {"includes": ["source", "version", GONE]}, "properties": properties}
    return {**said, "_meta": {"layout": hashlib.sha256(json.dumps([said, SIMILARITY], sort_keys=True).encode()).hexdigest()[:16]}}


class Layout:
    """`<prefix>-search` is the alias, `<prefix>-search-<n>` the index behind it. Indices are deleted by their exact names only."""

    def __init__(self, server: Server, access: Access, embedding: Embedding | None = None) -> None:
        self._server = server
        self._mappings = mappings(embedding)
        self._layout = self._mappings["_meta"]["layout"]
        self._settings = {"number_of_shards": 1, "number_of_replicas": access.replicas, "refresh_interval": "-1", "similarity": SIMILARITY}
        self.alias = f"{access.prefix}-search"

    def ensure(self) -> None:
        """Made where it is missing; an empty one takes the place of one that was laid out otherwise, and says that it is not filled."""
        standing = self._standing() or self._made()
        if [meta.get("layout") for meta in standing.values()] != [self._layout]:
            self.swap(self.create_next())

    def _made(self) -> dict[str, dict[str, Any]]:
        """400: somebody was faster, or one stands there that lost its alias."""
        self._server.ask(lambda client: self._create(client.options(ignore_status=400), f"{self.alias}-1", {self.alias: {}}), WRITING)
        return self._standing()

    @property
    def is_filled(self) -> bool:
        """As the index itself says."""
        return [meta.get(FILLED) for meta in self._standing().values()] == [True]

    def note_filled(self, name: str) -> None:
        """It survives the process, so that a filling that was killed is begun again."""
        self._server.ask(lambda client: client.indices.put_mapping(index=name, meta={"layout": self._layout, FILLED: True}), WRITING)

    def _standing(self) -> dict[str, dict[str, Any]]:
        """What is behind the alias, with its notes."""
        answer = self._server.ask(lambda client: client.options(ignore_status=404).indices.get_mapping(index=self.alias))
        return {} if "error" in answer else {name: said["mappings"].get("_meta", {}) for name, said in answer.items()}

    def _create(self, client: Elasticsearch, name: str, aliases: dict[str, Any]) -> None:
        client.indices.create(index=name, settings=self._settings, mappings=self._mappings, aliases=aliases)

    def create_next(self) -> str:
        """An empty index that nobody reads yet, numbered after all that there are."""
        name = f"{self.alias}-{max(self._numbers(), default=0) + 1}"
        self._server.ask(lambda client: self._create(client, name, {}), WRITING)
        return name

    def _numbers(self) -> list[int]:
        pattern = f"{self.alias}-*"
        found = self._server.ask(lambda client: client.indices.get_settings(index=pattern, name="index.uuid", expand_wildcards="all"))
        return [int(end) for name in found if (end := name.removeprefix(f"{self.alias}-")).isdigit()]

    def drop_others(self) -> None:
        """What an attempt left that was killed: it stands behind no alias. By exact names."""
        standing = self._standing()
        left = {f"{self.alias}-{number}" for number in self._numbers()} - set(standing) if standing else set()
        for name in sorted(left):
            self.drop(name)

    def swap(self, name: str) -> None:
        """Readers go over to this index, and what stood behind the alias is gone, in one step."""
        gone = [{"remove_index": {"index": old}} for old in self._standing() if old != name]
        put = {"add": {"index": name, "alias": self.alias}}
        self._server.ask(lambda client: client.indices.update_aliases(actions=[put, *gone]), WRITING)

    def drop(self, name: str) -> None:
        """One that is not there is no error."""
        self._server.ask(lambda client: client.options(ignore_status=404).indices.delete(index=name), WRITING)

    def remove(self) -> None:
        """The alias and all that stands behind it."""
        for name in self._standing():
            self.drop(name)
