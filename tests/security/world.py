"""One of everything that an address can name, and readers of every kind: what all tests of this folder knock at."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.connection import Graph
from graph.dialect import wipe
from marketplace.config import Settings
from marketplace.domains.missed.service import count_miss
from marketplace.domains.saved_searches.model import SavedSearchText
from marketplace.domains.saved_searches.service import save_new_search
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.views.model import SavedViewText
from marketplace.domains.views.service import create_view
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.kinship import Kin
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.processes.conflicts.service import declare_kin
from tests.access.contracts import sign_contracts
from tests.access.people import People, gather
from tests.access.sales import sold
from tests.access.things import make_things
from tests.challenges.crawled import challenge_things
from tests.conftest import Engine, turn
from tests.engines import empty_index
from tests.factories import Make
from tests.site import TestSite, make_site
from tests.vocabulary.scenes import group

READERS = ("guest", "worker", "firm", "owner", "officer", "technician", "administrator", "neighbour")
REGISTER = "id,标题,成果类型,成熟度\n1,登记的成果,process,5\n2,,,\n"
IDS = """
MATCH (n) WHERE n.id IS NOT NULL RETURN labels(n)[0] AS label, collect(n.id) AS ids
"""


TRIES, PAUSE = 6, 3.0


def patiently(ask: Callable[[], TestResponse]) -> TestResponse:
    """A busy machine's store is refused for a moment (503, come back later), as readers are told. What says so each time is a fault."""
    for _ in range(TRIES):
        answer = ask()
        if answer.status_code != 503:
            break
        sleep(PAUSE)
    return answer


@dataclass(slots=True)
class World:
    """`ids` by label of the map, as they were when it was made."""

    site: TestSite
    people: People
    things: dict[str, Any]
    files: dict[str, str]
    readers: dict[str, Actor]
    ids: dict[str, list[str]]
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, reader: str) -> FlaskClient:
        """Signed in since the first time it was asked for."""
        if reader not in self._clients:
            self._clients[reader] = self.site.client(self.readers[reader])
        return self._clients[reader]

    def forget(self, reader: str) -> None:
        """What was asked last ended the sign-in: the next time it is a new one."""
        self._clients.pop(reader, None)


def build_world(site: TestSite) -> World:
    make = Make(site)
    people = gather(site, make)
    things, files = make_things(site, people)
    readers = people.readers | {"guest": GUEST, "neighbour": leader_elsewhere(site, make)}
    open_stalls(site, make, people, things, readers)
    site.acting_as(readers["officer"]).change(create_view, SavedViewText(title="我的问题", address="/network/questions/path?a=x&b=y"))
    group(site, readers["administrator"], "机械臂", "机械手")
    site.graph.write(lambda tx: count_miss(tx, "焊缝咬边检测", 0, site.clock.now()))
    site.acting_as(readers["owner"]).change(declare_kin, make.worker("欧阳克俭").name, Kin.SIBLING)
    browser = site.client(readers["officer"])
    sent = {"kind": "achievement", "file": (io.BytesIO(REGISTER.encode()), "成果.csv"), "mode": "valid", "source": "register"}
    assert browser.post("/imports", data=sent).status_code == 302
    work = things["achievement"]
    reported = site.client(readers["firm"]).post(f"/reviews/report?kind=achievement&id={work.id}", data={"text": "图纸是客户的"})
    assert reported.status_code == 302
    twin = make.worker(people.lead.name, at=people.firm)
    site.drain()
    world = World(site, people, things | {"twin": twin}, files, readers, ids_of(site.graph))
    for reader in READERS:
        world.client(reader)
    return world


def leader_elsewhere(site: TestSite, make: Make) -> Actor:
    """Of another studio, which may apply where the owner's firm asks."""
    lead = make.worker()
    site.system.change(create_studio, StudioText(name="望京工作室"), make.enterprise().id, (Membership(lead.id, LEAD),))
    return make.person(lead)


def open_stalls(site: TestSite, make: Make, people: People, things: dict[str, Any], readers: dict[str, Actor]) -> None:
    """What the market has besides listings: contracts at each stage, money, a challenge with its teams."""
    sign_contracts(site, people, things["enquiry"])
    sold(site, people, things["enquiry"], things["achievement"])
    challenge_things(site, make, readers, people.firm.id)
    site.acting_as(readers["owner"]).change(save_new_search, SavedSearchText(title="焊缝", words="焊缝 检测"), 100)


def ids_of(graph: Graph) -> dict[str, list[str]]:
    return dict(graph.read(lambda tx: tx.all(IDS, lambda row: (str(row["label"]), sorted(map(str, row["ids"])))), reader=("system",)))


@contextmanager
def standing_world(engine: Engine, store: Graph, folder: Path, **settings: Any) -> Iterator[World]:
    """For all tests of a file; nobody is counted or kept out by limits."""
    unlimited = Settings(**{"data_dir": folder / "data", "guest_per_minute": 0, "user_per_minute": 0, "search_per_minute": 0} | settings)
    with empty_index(folder / "index") as index, turn(engine):
        wipe(store)
        yield build_world(make_site(store, index, unlimited))
