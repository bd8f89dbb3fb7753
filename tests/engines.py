"""Both search engines: the embedded one; Elasticsearch beside it where TEST_ELASTICSEARCH_URL names one, or instead, by ELASTICSEARCH_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from search.elastic_index import remove_index
from search.elastic_server import Access
from search.index import Index, open_index

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
