"""How many accounts one address may open."""

from pathlib import Path

from graph.connection import Graph
from marketplace.config import Settings
from tests.engines import empty_index
from tests.factories import Make
from tests.joining.scenes import set_scene
from tests.site import make_site


def test_after_so_many_an_hour_the_door_stays_shut_for_this_address(graph: Graph, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", guest_per_minute=0, user_per_minute=0, search_per_minute=0, registrations_per_hour=2)
    with empty_index(tmp_path / "index") as index:
        site = make_site(graph, index, settings)
        scene = set_scene(site, Make(site))
        send = lambda **other: site.client().post("/joining/worker", data=scene.worker_form(**other))  # noqa: E731
        assert [send(phone="1").status_code for _slip in range(4)] == [422] * 4
        assert [send().status_code for _try in range(3)] == [302, 302, 429]
        assert int(send().headers["Retry-After"]) > 0
        assert site.client().get("/joining/worker").status_code == 200
        assert site.client(scene.make.account()).post("/joining/worker", data=scene.worker_form()).status_code == 302
