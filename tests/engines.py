"""Both search engines for tests: the embedded one always, Elasticsearch where TEST_ELASTICSEARCH_URL says so."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from search.elastic_index import remove_index
from search.elastic_server import Access
from search.index import Index, open_index

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
ELASTICSEARCH = os.environ.get("TEST_ELASTICSEARCH_URL", "")
ACCESS = Access(prefix=f"test-{os.getpid()}-{WORKER}")


def remove_indices() -> None:
    """What a test left behind, by its exact name."""
    remove_index(ELASTICSEARCH, ACCESS)


@contextmanager
def empty_index(folder: str) -> Iterator[Index]:
    """Elasticsearch where the whole site is to run on it, else the embedded engine in this folder."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    access = Access(prefix=f"site-{os.getpid()}-{WORKER}")
    index = open_index(url or folder, access)
    try:
        yield index
    finally:
        index.close()
