"""The site as elsewhere, with a post office of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.connection import Graph
from marketplace.config import Settings
from tests.engines import empty_index
from tests.notices.post import Post, post_office
from tests.notices.scenes import Told
from tests.site import TestSite, make_site


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as office:
        yield office


@pytest.fixture
def site(graph: Graph, tmp_path: Path, post: Post) -> Iterator[TestSite]:
    settings = Settings(
        data_dir=tmp_path / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0, smtp_url=SecretStr(post.url),
        public_url="https://union.example", mail_from="site@union.example",
    )  # fmt: skip
    with empty_index(tmp_path / "index") as index:
        yield make_site(graph, index, settings)


@pytest.fixture
def told(site: TestSite, post: Post) -> Told:
    return Told(site, post)
