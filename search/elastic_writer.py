"""Writing to Elasticsearch. Several processes may; versions see to it that the newest stands. Sent at once, seen after the commit."""

from collections.abc import Iterable, Iterator
from threading import RLock
from typing import Any

from search.batches import batched
from search.document import GUARDED, Document
from search.elastic_document import Line, line_of, tombstone
from search.elastic_layout import GONE
from search.elastic_server import BUSY, WRITING, Server
from search.embedding import Embedding
from search.errors import DocumentRefused, SearchUnavailable
from search.shelf import Shelf
from search.source import from_source

BATCH = 500  # documents
MOST_BYTES = 5_000_000  # of one request
OLDER = 409


class ElasticWriter:
    """Sends faces so that an entity is found through one of them."""

    def __init__(self, server: Server, target: str, embedding: Embedding | None = None, *, is_alias: bool = True) -> None:
        """An alias that is gone must not be made an index by a write."""
        self._server = server
        self._target = target
        self._is_alias = is_alias
        self._embedding = embedding
        self._lock = RLock()

    def put(self, documents: Iterable[Document]) -> int:
        """Returns how many were newer than what stood there, or as new."""
        with self._lock:
            return sum(self._put_batch(batch) for batch in batched(documents, BATCH))

    def _put_batch(self, batch: list[Document]) -> int:
        shelf = self._shelf({document.id for document in batch})
        taken = [document for document in batch if shelf.take(document)]
        older = self._send([line_of(*shown, self._embedding) for shown in shelf.shown(dict.fromkeys(document.id for document in taken))])
        return sum(document.key not in older for document in taken)

    def delete(self, keys: Iterable[str], version: int) -> None:
        """When a guarded face goes, its readers see the public one again. A key that never was gets its tombstone too: a write of it may be late."""
        with self._lock:
            for batch in batched(dict.fromkeys(keys), BATCH):
                self._delete_batch(batch, version)

    def _delete_batch(self, keys: list[str], version: int) -> None:
        shelf = self._shelf({key.removesuffix(GUARDED) for key in keys})
        seen = {key for key in keys if key in shelf.faces}
        lines = [tombstone(key, shelf.gone[key]) for key in keys if shelf.forget(key, version)]
        alone = dict.fromkeys(key.removesuffix(GUARDED) for key in seen)
        self._send([*lines, *(line_of(*shown, self._embedding) for shown in shelf.shown(alone))])

    def bury(self, tombstones: Iterable[tuple[str, int]]) -> None:
        """Into a new index: what comes late must not rise there either."""
        with self._lock:
            for batch in batched(tombstones, BATCH):
                self._send([tombstone(key, version) for key, version in batch])

    def _shelf(self, ids: Iterable[str]) -> Shelf:
        """What was written last, whether it can be seen yet or not."""
        shelf = Shelf({}, {})
        keys = [key for id in ids for key in (id, id + GUARDED)]
        if keys:
            found = self._server.ask(lambda client: client.mget(index=self._target, ids=keys), WRITING)["docs"]
            for one in (one for one in found if "error" in one):
                raise SearchUnavailable(f"the index {self._target} at {self._server.address} is gone ({one['error'].get('type')})")
            for one in (one for one in found if one["found"]):
                self._place(shelf, one["_id"], one["_source"])
        return shelf

    def _place(self, shelf: Shelf, key: str, kept: dict[str, Any]) -> None:
        if kept.get(GONE):
            shelf.gone[key] = kept["version"]
        else:
            shelf.faces[key] = from_source(kept["source"].encode())

    def _send(self, lines: list[Line]) -> set[str]:
        """Returns the keys of which something newer stands. Raises DocumentRefused after all others are written."""
        older, refused = set[str](), set[str]()
        for request in _requests(lines):
            for key, status in self._send_request(request).items():
                if status == OLDER:
                    older.add(key)
                elif status >= 300:
                    refused.add(f"{key} ({status})")
        if refused:
            raise DocumentRefused(f"Elasticsearch refuses {', '.join(sorted(refused)[:3])}")
        return older

    def _send_request(self, lines: list[Line]) -> dict[str, int]:
        """The status of each; those that found no place in a queue are sent again after a pause, and at last given up."""
        told: dict[str, int] = {}
        for pause in (*WRITING.pauses, None):
            told |= self._bulk([line for line in lines if told.get(line.key, 429) in BUSY])
            if not any(status in BUSY for status in told.values()):
                return told
            if pause is not None:
                self._server.pause(pause)
        raise SearchUnavailable(f"Elasticsearch at {self._server.address} is too busy to write")

    def _bulk(self, lines: list[Line]) -> dict[str, int]:
        body = b"".join(line.body for line in lines)
        asked: dict[str, Any] = {"index": self._target, "operations": body, "require_alias": self._is_alias}
        answer = self._server.ask(lambda client: client.bulk(**asked), WRITING)
        return {one["index"]["_id"]: one["index"]["status"] for one in answer["items"]}

    def commit(self) -> None:
        """Whoever commits waits for it to be seen: events are forgotten after it, and nothing is withheld any more."""
        with self._lock:
            self._server.ask(lambda client: client.indices.refresh(index=self._target), WRITING)


def _requests(lines: list[Line]) -> Iterator[list[Line]]:
    """As many lines as one request may carry."""
    request, size = list[Line](), 0
    for line in lines:
        if request and size + len(line.body) > MOST_BYTES:
            yield request
            request, size = [], 0
        request.append(line)
        size += len(line.body)
    if request:
        yield request
