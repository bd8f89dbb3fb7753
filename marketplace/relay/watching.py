"""Whoever watches a thing hears of what has changed, once: the message and what it told of are written in the transaction of the alerts."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from graph.connection import Transaction
from marketplace.domains.watches.model import GONE, Watch, changed
from marketplace.domains.watches.repository import FACTS_OF, facts_of, list_watching, note_seen
from marketplace.kernel.notices import Notice, Topic, write_notices
from marketplace.kernel.rooms import Ref
from marketplace.relay.changes import Changed
from marketplace.relay.readership import Readership, Seen, readership_of

KIND = "watch"


def tell_watchers(tx: Transaction, some: Iterable[Changed], things: Mapping[Ref, Seen], now: datetime) -> int:
    """Of things that changed. What a watcher may not see any more is gone for them, and named no more. Returns how many were told."""
    by_kind: dict[str, list[str]] = {}
    for one in some:
        by_kind.setdefault(one.kind, []).append(one.entity_id)
    known = {kind: ids for kind, ids in by_kind.items() if kind in FACTS_OF}
    watches = [watch for kind, ids in known.items() for watch in list_watching(tx, kind, ids)]
    if not watches:
        return 0
    facts = {(kind, id): said for kind, ids in known.items() for id, said in facts_of(tx, kind, ids).items()}
    readers = readership_of(tx, ((one.account_id, things[one.ref]) for one in watches if one.ref in things), now)
    moved = [(one, one.now(_seen(readers, one, things, facts))) for one in watches]
    note_seen(tx, (after for before, after in moved if before.seen != after.seen))
    told = [(after, verb) for before, after in moved if (verb := changed(before.seen, after.seen))]
    write_notices(tx, (_notice(watch, verb, things, now) for watch, verb in told))
    return len(told)


def _seen(readers: Readership, watch: Watch, things: Mapping[Ref, Seen], facts: Mapping[Ref, tuple[str, ...]]) -> tuple[str, ...]:
    thing = things.get(watch.ref)
    return facts.get(watch.ref, ()) if thing is not None and readers.face_for(watch.account_id, thing) is not None else ()


def _notice(watch: Watch, verb: str, things: Mapping[Ref, Seen], now: datetime) -> Notice:
    """One for each state that it came to."""
    id = hashlib.sha256(f"{watch.account_id}:{watch.thing_id}:{verb}:{'|'.join(watch.seen)}:{now.isoformat()}".encode()).hexdigest()[:26]
    entity = things[watch.ref].entity if verb != GONE else None
    title = str(getattr(entity, "title", "") or getattr(entity, "name", "")) if entity is not None else ""
    return Notice(id, watch.account_id, KIND, watch.thing_id, verb, title, now, topic=Topic.SEARCHES)
