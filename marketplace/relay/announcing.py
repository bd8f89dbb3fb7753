"""Announcements go out, and are taken back, in batches: nobody's list of people is held in memory, and a killed relay goes on where it was."""

from collections.abc import Iterator

from graph.connection import Graph, Transaction
from graph.records import value
from marketplace.domains.accounts.model import Status as AccountStatus
from marketplace.domains.announcements.model import Announcement, Status
from marketplace.domains.announcements.repository import count_reading, find_next, notice_id
from marketplace.domains.announcements.service import begin_telling, end_clearing, end_telling
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.errors import Refused, Stale
from marketplace.kernel.notices import Notice, Topic, write_notices
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.roles import HELD
from marketplace.kernel.unit_of_work import change
from search.batches import batched

AS_SYSTEM = (SYSTEM,)
UNITS_AT_ONCE = 50
PEOPLE_AT_ONCE = 1_000
VERB = "announce"


class Announcing:
    """Only whoever leads; the state of each announcement says what is to be done."""

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock

    def is_due(self) -> bool:
        return self._graph.read(lambda tx: any(find_next(tx, status, self._clock.now()) for status in IN_WORK), reader=AS_SYSTEM)

    def carry_out(self) -> None:
        """What is to be taken back comes first."""
        while (found := self._next()) is not None:
            try:
                self._go_on(found)
            except (Refused, Stale):
                continue

    def _next(self) -> Announcement | None:
        now = self._clock.now()
        return self._graph.read(lambda tx: next((one for status in IN_WORK if (one := find_next(tx, status, now))), None), reader=AS_SYSTEM)

    def _go_on(self, found: Announcement) -> None:
        """Raises Refused where it was taken back meanwhile: the next look clears it."""
        if found.status is Status.WITHDRAWN:
            while self._graph.write(lambda tx: clear_some(tx, found.id), patience=15):
                continue
            change(self._graph, SYSTEM_ACTOR, self._clock.now(), lambda uow: end_clearing(uow, found.id), patience=15)
            return
        if found.status is Status.WAITING:
            change(self._graph, SYSTEM_ACTOR, self._clock.now(), lambda uow: begin_telling(uow, found.id), patience=15)
        if self._tell(found):
            told, _opened = self._graph.read(lambda tx: count_reading(tx, found.id), reader=AS_SYSTEM, patience=15)
            change(self._graph, SYSTEM_ACTOR, self._clock.now(), lambda uow: end_telling(uow, found.id, told), patience=15)

    def _tell(self, announcement: Announcement) -> bool:
        """Unit by unit; false where it was taken back meanwhile."""
        where = {"unit": announcement.unit_id, "cursor": announcement.cursor}
        units = self._graph.read(lambda tx: tx.all(BELOW, value("id"), **where), reader=AS_SYSTEM, patience=30)
        for some in batched(units, UNITS_AT_ONCE):
            for accounts in self._people(list(some), announcement.by):
                if not self._graph.write(lambda tx, accounts=accounts: tell_some(tx, announcement, accounts), patience=15):  # type: ignore[misc]
                    return False
            self._graph.write(lambda tx, last=some[-1]: tx.run(MOVE_CURSOR, id=announcement.id, cursor=last), patience=15)  # type: ignore[misc]
        return True

    def _people(self, units: list[str], author: str) -> Iterator[list[str]]:
        asked = {"units": units, "active": AccountStatus.ACTIVE, "now": self._clock.now()}
        found = self._graph.read(lambda tx: tx.all(PEOPLE, value("account"), **asked), reader=AS_SYSTEM, patience=30)
        return (list(some) for some in batched([one for one in dict.fromkeys(found) if one != author], PEOPLE_AT_ONCE))


IN_WORK = (Status.WITHDRAWN, Status.TELLING, Status.WAITING)
BELOW = """
MATCH (o:Organisation) WHERE $unit IN o.lineage AND o.id > $cursor RETURN o.id AS id ORDER BY id
"""
PEOPLE = (
    """
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ AND a.status = $active RETURN a.id AS account
UNION
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:UNDER]-(:Enterprise)<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ AND a.status = $active RETURN a.id AS account
UNION
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:UNDER]-(:Association)<-[h:HOLDS]-(a:Account) WHERE """
    + HELD
    + """ AND a.status = $active RETURN a.id AS account
UNION
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:UNDER]-(:Enterprise)<-[e:EMPLOYED_BY]-(:Worker)<-[:IS_PERSON]-(a:Account)
WHERE e.until IS NULL AND a.status = $active RETURN a.id AS account
UNION
UNWIND $units AS unit
MATCH (:Organisation {id: unit})<-[:UNDER]-(:Worker)<-[:IS_PERSON]-(a:Account) WHERE a.status = $active RETURN a.id AS account
"""
)
MOVE_CURSOR = """
MATCH (a:Announcement {id: $id}) SET a.cursor = $cursor
"""
HOLD = """
MATCH (a:Announcement {id: $id})
SET a.lock = coalesce(a.lock, 0) + 1
WITH a WHERE a.status = $telling RETURN a.id AS id
"""


def tell_some(tx: Transaction, announcement: Announcement, accounts: list[str]) -> bool:
    """Locked first: what is taken back tells nobody any more. Telling somebody twice changes nothing."""
    if tx.find(HOLD, value("id"), id=announcement.id, telling=Status.TELLING) is None:
        return False
    write_notices(tx, (notice_of(announcement, account) for account in accounts))
    return True


def notice_of(announcement: Announcement, account: str) -> Notice:
    return Notice(
        notice_id(announcement.id, account), account, announcement.KIND, announcement.id, VERB, announcement.title, announcement.goes_out_at,
        topic=Topic.ANNOUNCEMENTS, until=announcement.ends_at,
    )  # fmt: skip


CLEAR = """
MATCH (n:Notice {entity_id: $id}) WITH n LIMIT $limit
DELETE n RETURN count(*) AS gone
"""


def clear_some(tx: Transaction, id: str) -> int:
    return int(tx.one(CLEAR, value("gone"), id=id, limit=PEOPLE_AT_ONCE))
