"""What becomes public is shown to the saved searches that look for it; whoever may see it is told, once for each search and thing.

At least once within, under ids that follow from search and thing, so that a killed relay's successor tells nobody twice."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from graph.connection import Graph, Transaction
from graph.errors import Unavailable
from marketplace.domains.saved_searches.model import Alerts, Finding, SavedSearch, finding_id
from marketplace.domains.saved_searches.repository import forget_findings, list_findings_of, write_findings
from marketplace.kernel.clock import Clock
from marketplace.kernel.notices import Notice, Topic, write_notices
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room
from marketplace.kernel.vocabulary import Vocabulary
from marketplace.kernel.workdays import local_day
from marketplace.relay.changes import Changed, forget_changed, is_any_changed, list_changed
from marketplace.relay.faults import problem_of
from marketplace.relay.following import many_of
from marketplace.relay.readership import Readership, Seen, readership_of
from marketplace.relay.searchbook import SearchBook
from marketplace.relay.watching import tell_watchers
from search.document import Document
from search.standing import Waiting, Written, words_held, written

log = structlog.get_logger()
AS_SYSTEM = (SYSTEM,)
BATCH = 100
"""Things of one transaction. An import publishes hundreds within a minute, and what is read of people is read once for all of them; with five times
as many the embedded engine takes as long to commit as to write."""
VERB = "find"


@dataclass(frozen=True, slots=True)
class Hit:
    """A search that stands for one face of a thing."""

    search: SavedSearch
    waiting: Waiting
    seen: Seen
    face: Document
    text: Written

    def is_for(self, readers: Readership) -> bool:
        """Where this is the face that its owner is shown, and the thing is not their own."""
        owner = self.search.owner_id
        return readers.face_for(owner, self.seen) is self.face and not readers.owns(owner, self.seen)

    def finding(self, id: str, first: str, now: datetime) -> Finding:
        """With the words and filters that hit; `first`: the finding that its search's message is of."""
        search, face = self.search, self.face
        filters = tuple(one for one in search.filters if one.partition("=")[2] in face.facets.get(one.partition("=")[0], (face.kind,)))
        told = notice_id(search, first, now) if search.tells else ""
        return Finding(id, search.id, search.owner_id, face.kind, face.id, words_held(self.waiting, self.text), filters, now, told)


def notice_id(search: SavedSearch, finding: str, now: datetime) -> str:
    """One for all that were found together, whose first it follows from; or one for those of a day or week."""
    span = finding
    if search.alerts in (Alerts.DAILY, Alerts.WEEKLY):
        day = local_day(now)
        span = (day - timedelta(days=day.weekday() if search.alerts is Alerts.WEEKLY else 0)).isoformat()
    return hashlib.sha256(f"{search.id}:{span}:{VERB}".encode()).hexdigest()[:26]


def notice_of(search: SavedSearch, finding: Finding) -> Notice:
    """It names the search, never the thing: what that is called is told by the page, to whoever may see it then."""
    return Notice(
        id=finding.notice_id, account_id=search.owner_id, kind=search.KIND, entity_id=search.id, verb=VERB, title=search.title,
        created_at=finding.created_at, topic=Topic.SEARCHES, delivery=search.alerts,
    )  # fmt: skip


def list_fresh(hits: Iterable[Hit], readers: Readership, known: Collection[str], now: datetime) -> list[Finding]:
    """Of the `known` ones each stays as it is."""
    fresh, first = dict[str, Finding](), dict[str, str]()
    for hit in hits:
        if hit.is_for(readers) and (id := finding_id(hit.search.id, hit.face.id)) not in known and id not in fresh:
            fresh[id] = hit.finding(id, first.setdefault(hit.search.id, id), now)
    return list(fresh.values())


class Alerting:
    """Only whoever leads; the things that changed stand in the graph until they have been told."""

    def __init__(self, graph: Graph, rooms: Mapping[str, Room], vocabulary: Vocabulary, clock: Clock) -> None:
        self._graph = graph
        self._rooms = rooms
        self._vocabulary = vocabulary
        self._clock = clock
        self.book = SearchBook()

    def is_due(self) -> bool:
        return self._graph.read(is_any_changed, reader=AS_SYSTEM)

    def carry_out(self) -> int:
        """Returns how many findings were new."""
        found = 0
        while changed := self._graph.read(lambda tx: list_changed(tx, BATCH), reader=AS_SYSTEM, patience=15):
            found += self._serve(changed)
        return found

    def _serve(self, changed: list[Changed]) -> int:
        """All at once; one by one when that fails in a way nobody foresaw. What can't be told is let go: it stands in the index all the same."""
        try:
            return self._graph.write(lambda tx: self._tell(tx, changed), patience=15)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  any fault of one thing must stay its own
            if len(changed) > 1:
                return sum(self._serve([one]) for one in changed)
            log.error("nobody was told", kind=changed[0].kind, id=changed[0].entity_id, problem=problem_of("alert", error))
            self._graph.write(lambda tx: forget_changed(tx, changed), patience=15)
            return 0

    def _tell(self, tx: Transaction, changed: list[Changed]) -> int:
        self.book.renew(tx, self._vocabulary.synonyms())
        things, now = self._things(tx, changed), self._clock.now()
        earlier = list_findings_of(tx, [one.entity_id for one in changed])
        hits = [hit for seen in things.values() for face in seen.faces for hit in self._hits(seen, face)]
        asked = [(hit.search.owner_id, hit.seen) for hit in hits] + [(one.account_id, things[one.ref]) for one in earlier if one.ref in things]
        readers = readership_of(tx, asked, now)
        forget_findings(tx, [one.id for one in earlier if one.ref not in things or readers.face_for(one.account_id, things[one.ref]) is None])
        fresh = list_fresh(hits, readers, {one.id for one in earlier}, now)
        write_findings(tx, fresh, now)
        told = {one.notice_id: one for one in fresh if one.notice_id}
        write_notices(tx, (notice_of(self.book.kept[one.search_id], one) for one in told.values()))
        tell_watchers(tx, changed, things, now)
        forget_changed(tx, changed)
        return len(fresh)

    def _hits(self, seen: Seen, face: Document) -> list[Hit]:
        text = written(face)
        return [Hit(search, waiting, seen, face, text) for search, waiting in self.book.found_by(face)]

    def _things(self, tx: Transaction, changed: Iterable[Changed]) -> dict[Ref, Seen]:
        by_kind: dict[str, list[str]] = {}
        for one in changed:
            by_kind.setdefault(one.kind, []).append(one.entity_id)
        found = ((self._rooms[kind], many_of(tx, self._rooms[kind], ids)) for kind, ids in by_kind.items())
        return {(room.kind, one.id): Seen(one, tuple(room.documents(one))) for room, some in found for one in some}
