"""One Elasticsearch behind an address: asked with a limit in time, tried again where that may help, told of in one sentence."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.breaker import Breaker
from search.errors import SearchUnavailable

T = TypeVar("T")
logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # each failed try would be a line; what matters is raised

BUSY = frozenset({429, 502, 503, 504})  # it may answer in a moment
REFUSED = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is entered, and under which names this site's indices stand there."""

    api_key: str = field(default="", repr=False)
    ca_file: str = ""
    prefix: str = "jiangchuang"
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that one answer may take, and the pauses before further tries: so their number is bounded."""

    seconds: float
    pauses: tuple[float, ...]


READING = Patience(3.0, (0.1, 0.4))
WRITING = Patience(30.0, (0.1, 0.3, 1.0, 2.0, 4.0))


class Server:
    """Threads may share it. Connecting waits for the first question."""

    def __init__(self, url: str, access: Access, sleep: Callable[[float], None] = time.sleep, breaker: Breaker | None = None) -> None:
        """Raises SearchUnavailable for an address or a CA file that can't be used."""
        self.address = address_of(url)
        self._sleep = sleep
        self._breaker = breaker or Breaker()
        if access.ca_file and not Path(access.ca_file).is_file():
            raise SearchUnavailable(f"the CA file {access.ca_file} of Elasticsearch is not there")
        trust = {"ca_certs": access.ca_file} if access.ca_file and url.startswith("https:") else {}
        self._client = Elasticsearch(url, api_key=access.api_key or None, max_retries=0, **trust)  # type: ignore[arg-type]

    def ask(self, question: Callable[[Elasticsearch], T], patience: Patience = READING) -> T:
        """What may be asked twice without harm. Raises SearchUnavailable, at the latest after all tries; at once while the breaker is open."""
        if not self._breaker.may_ask():
            raise SearchUnavailable(f"Elasticsearch at {self.address} did not answer lately and is asked again in a moment")
        try:
            answer = self._try(question, patience)
        except TransportError as fault:
            self._breaker.silent()
            raise SearchUnavailable(self.told(fault)) from fault
        except ApiError as fault:
            self._breaker.answered()
            raise SearchUnavailable(self.told(fault)) from fault
        self._breaker.answered()
        return answer

    def _try(self, question: Callable[[Elasticsearch], T], patience: Patience) -> T:
        client = self._client.options(request_timeout=patience.seconds)
        for pause in patience.pauses:
            try:
                return question(client)
            except (ApiError, TransportError) as fault:
                if not is_passing(fault):
                    raise
                self._sleep(pause)
        return question(client)

    def told(self, fault: ApiError | TransportError) -> str:
        """A sentence for whoever set the address; nothing that was asked or answered is in it."""
        match fault:
            case UnsupportedProductError():
                return f"what answers at {self.address} is no Elasticsearch"
            case ApiError(status_code=status) if status in REFUSED:
                return f"Elasticsearch at {self.address} does not let this API key in ({status})"
            case ApiError(status_code=status):
                return f"Elasticsearch at {self.address} answers {status} ({fault.message})"
            case TlsError():
                return f"the certificate of Elasticsearch at {self.address} is not trusted; ELASTICSEARCH_CA_FILE names who signed it"
            case ConnectionTimeout():
                return f"Elasticsearch at {self.address} does not answer in time"
            case _:
                return f"Elasticsearch at {self.address} does not answer"

    def pause(self, seconds: float) -> None:
        """Before the rest of a bulk is sent again."""
        self._sleep(seconds)

    def close(self) -> None:
        self._client.close()


def address_of(url: str) -> str:
    """Scheme, host and port, without a name or password that may stand in it. Raises SearchUnavailable for another form."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port:
            return f"{parts.scheme}://{parts.hostname}:{parts.port}"
    raise SearchUnavailable("the address of Elasticsearch must look like https://host:9200, with its port")


def is_passing(fault: ApiError | TransportError) -> bool:
    """Worth another try: a busy server, a connection cut by a restart. Not one that hangs: it has had its time."""
    if isinstance(fault, ApiError):
        return fault.status_code in BUSY
    return not isinstance(fault, ConnectionTimeout | TlsError)
