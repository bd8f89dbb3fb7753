"""Something that answers as Elasticsearch would on a bad day: what it says, and how often, stands in `answers`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any

from search.elastic_layout import mappings

PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
LAYOUT = {"fake-search-1": {"mappings": {"_meta": mappings()["_meta"]}}}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; without the header it is no Elasticsearch that gives it."""

    status: int
    said: Any
    headers: dict[str, str] = field(default_factory=lambda: PRODUCT)


@dataclass(slots=True)
class Fake:
    """`answers` by a word of the path, used up in order, the last one for ever; `asked` is what came."""

    url: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=lambda: {"_mapping": [Answer(200, LAYOUT)]})
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def count(self, word: str) -> int:
        return sum(word in path for path, _, _ in self.asked)

    def next(self, path: str) -> Answer:
        waiting = next((answers for word, answers in self.answers.items() if word in path), [Answer(404, {"error": "nothing here"})])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def fake_server(tls: SSLContext | None = None) -> Iterator[Fake]:
    """On a free port of this machine, in a thread of this process."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fake.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            answer = fake.next(self.path)
            said = json.dumps(answer.said).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(said)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    fake.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield fake
    server.shutdown()
    server.server_close()
