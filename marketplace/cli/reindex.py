"""Writes the index anew from the graph, while the site runs: everything gets an event, and the relay does what it always does."""

from collections.abc import Iterator
from pathlib import Path

import click

from graph.outbox import Event, count_events, write_events
from marketplace.cli.options import console, data_option, progress, settings_of
from marketplace.cli.settling import settle
from marketplace.kernel.ids import new_id
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Ref, Room
from marketplace.opening import open_site
from marketplace.relay.dependents import REINDEX
from marketplace.rooms import ROOMS
from marketplace.web.site import Site
from search.document import GUARDED

CHUNK = 500


@click.command()
@click.option("--kind", type=click.Choice(sorted(ROOMS)), help="Only things of this kind.")
@data_option
def reindex(kind: str | None, data: Path | None) -> None:
    """Write the index anew from the graph; searching goes on meanwhile."""
    with open_site(settings_of(data)) as site:
        console.print(f"{index_anew(site, kind)} things are indexed anew.")


def index_anew(site: Site, kind: str | None = None) -> int:
    """Returns how many. Raises ClickException when the relay does not get on."""
    asked = sum(ask(site, chunk) for chunk in chunks(site, kind))
    if kind is None:
        asked += ask(site, strangers(site))
    if not follow(site, asked):
        raise click.ClickException("The relay does not get on; see its log.")
    return asked


def chunks(site: Site, kind: str | None) -> Iterator[list[Ref]]:
    for room in site.rooms.values():
        if kind in (None, room.kind):
            yield from ([(room.kind, id) for id in ids] for ids in walk(site, room))


def walk(site: Site, room: Room) -> Iterator[list[str]]:
    """All ids of a kind, in chunks."""
    after = ""
    while ids := site.graph.read(lambda tx, after=after: room.list_ids(tx, after, CHUNK), reader=(SYSTEM,)):  # type: ignore[misc]
        yield ids
        after = ids[-1]


def strangers(site: Site) -> list[Ref]:
    """Ids that the index knows and the graph does not; the relay looks, finds nothing, and forgets them."""
    known = {id for room in site.rooms.values() for ids in walk(site, room) for id in ids}
    kind = next(iter(site.rooms))
    return [(kind, id) for id in dict.fromkeys(key.removesuffix(GUARDED) for key, _ in site.index.versions()) if id not in known]


def ask(site: Site, refs: list[Ref]) -> int:
    events = [Event(new_id(), kind, id, REINDEX, False, site.clock.now(), "") for kind, id in refs]
    site.graph.write(lambda tx: write_events(tx, events), patience=15)
    return len(events)


def follow(site: Site, asked: int) -> bool:
    with progress() as bar:
        task = bar.add_task("Indexing", total=asked)
        site.relay.wake()
        good = settle(site)
        bar.update(task, completed=asked - site.graph.read(count_events, reader=(SYSTEM,)))
        return good
