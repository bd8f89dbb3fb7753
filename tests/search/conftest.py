"""The contract of an index: every test here runs over each engine that is at hand; Elasticsearch where TEST_ELASTICSEARCH_URL names one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.document import GUARDED, Document
from search.index import Index, open_index
from search.query import SearchQuery
from search.results import Results
from tests.engines import ACCESS, ELASTICSEARCH, remove_indices

PUBLIC = ("public",)
OFFICER = ("public", "signed-in", "officer:jiuxianqiao")

Put = Callable[..., None]
Find = Callable[..., Results]


def document(id: str, title: str = "一种装置", *, guarded: bool = False, **more: object) -> Document:
    """A public achievement, unless said otherwise."""
    said = {"kind": "achievement", "version": 1, "audience": PUBLIC, **more}
    return Document(key=id + GUARDED if guarded else id, id=id, title=title, **said)  # type: ignore[arg-type]


NO_SERVER = pytest.mark.skipif(not ELASTICSEARCH, reason="no TEST_ELASTICSEARCH_URL")


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=NO_SERVER)])
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_again(engine_name: str, tmp_path: Path) -> Iterator[Callable[[], Index]]:
    """Opens the test's own index, as another process would."""
    if engine_name == "tantivy":
        yield lambda: open_index((tmp_path / "index").as_uri())
        return
    yield lambda: open_index(ELASTICSEARCH, ACCESS)
    remove_indices()


@pytest.fixture
def index(open_again: Callable[[], Index]) -> Iterator[Index]:
    opened = open_again()
    yield opened
    opened.close()


@pytest.fixture
def put(index: Index) -> Put:
    def put_and_commit(*documents: Document) -> None:
        index.put(documents)
        index.commit()

    return put_and_commit


@pytest.fixture
def find(index: Index) -> Find:
    def as_public(text: str = "", **more: object) -> Results:
        return index.search(SearchQuery(text, **{"reader": PUBLIC, **more}))  # type: ignore[arg-type]

    return as_public


def ids(results: Results) -> list[str]:
    """In the order of the page."""
    return [hit.id for hit in results.hits]
