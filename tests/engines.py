"""Both search engines: the embedded one; Elasticsearch beside it where TEST_ELASTICSEARCH_URL names one, or instead, by ELASTICSEARCH_URL."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from search.elastic_index import remove_index
from search.elastic_server import Access
from search.index import Index, Next, open_index

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
ELASTICSEARCH = os.environ.get("TEST_ELASTICSEARCH_URL", "")
COUNT = count()
ACCESS = Access(prefix=f"test-{os.getpid()}-{WORKER}")


def remove_indices() -> None:
    """What a test left behind, by its exact name."""
    remove_index(ELASTICSEARCH, ACCESS)


def remove_named(prefix: str) -> None:
    """Of a whole site's own prefix."""
    remove_index(os.environ["ELASTICSEARCH_URL"], Access(prefix=prefix))


@contextmanager
def empty_index(folder: Path) -> Iterator[Index]:
    """For a whole site, in Elasticsearch where ELASTICSEARCH_URL says so, else in this folder; nobody else's, and gone afterwards."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    access = Access(prefix=f"site-{os.getpid()}-{next(COUNT)}")
    index = open_index(url, access) if url else open_index(str(folder))
    yield index
    index.close()
    if url:
        remove_index(url, access)


@dataclass(slots=True)
class Passing:
    """An index whose next one is mortal."""

    index: Index
    wrap: Callable[[Next], Any]

    @property
    def is_filled(self) -> bool:
        return self.index.is_filled

    @property
    def is_writable(self) -> bool:
        return self.index.is_writable

    def begin_next(self) -> Any:
        return self.wrap(self.index.begin_next())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)
