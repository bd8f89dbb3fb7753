"""One town for the stories of a file that change nothing in it: building it takes seconds."""

from collections.abc import Iterator

import pytest

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.config import Settings
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.factories import Make
from tests.questions.scenes import Town, a_town
from tests.site import make_site


@pytest.fixture(scope="module")
def town(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    settings = Settings(data_dir=folder / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(open_store)
        site = make_site(open_store, index, settings)
        yield a_town(site, Make(site))
