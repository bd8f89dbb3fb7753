"""Makes the index anew from the graph, while the site runs: the relay, here or in the process that leads, fills one beside it and shows it."""

from pathlib import Path
from time import monotonic, sleep

import click

from graph.outbox import write_events
from marketplace.cli.options import console, data_option, settings_of
from marketplace.cli.settling import PAUSE, Stuck, settle_or_tell
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Room, walk
from marketplace.opening import open_site
from marketplace.relay.dependents import reindex_events
from marketplace.relay.rebuild import SHOWN, Rebuild, ask_rebuild, find_rebuild
from marketplace.rooms import ROOMS
from marketplace.web.site import Site

PATIENCE = 30.0
"""Seconds in which nothing moves; then nobody leads, or the relay is stuck."""


@click.command()
@click.option("--kind", type=click.Choice(sorted(ROOMS)), help="Write only things of this kind anew, into the index that stands.")
@data_option
def reindex(kind: str | None, data: Path | None) -> None:
    """Make the index anew from the graph; searching and writing go on meanwhile. What is killed can be run again."""
    with open_site(settings_of(data)) as site:
        written = index_kind_anew(site, ROOMS[kind]) if kind else index_anew(site)
    console.print(f"{written} things are indexed anew.")


def index_anew(site: Site, patience: float = PATIENCE) -> int:
    """Returns how many things were written. Raises ClickException when it failed, or the relay does not get on."""
    ended = wait_for(site, site.graph.write(ask_rebuild, patience=15), patience)
    if ended.outcome != SHOWN:
        raise click.ClickException(f"The index was not made anew, the old one is still in use: {ended.outcome}.")
    return ended.written


def wait_for(site: Site, asked: Rebuild, patience: float) -> Rebuild:
    """Until this very one has ended."""
    deadline, before = monotonic() + patience, asked
    while not before.outcome:
        site.relay.rebuild()
        now = site.graph.read(find_rebuild, reader=(SYSTEM,))
        if now is None or now.id != asked.id or (now == before and monotonic() > deadline):
            raise Stuck
        if now != before:
            deadline, before = monotonic() + patience, now
        elif not now.outcome:
            sleep(PAUSE)
    return before


def index_kind_anew(site: Site, room: Room) -> int:
    """By events, as changes are followed. Returns how many. Raises ClickException when the relay does not get on."""
    asked = 0
    for ids in walk(site.graph, room):
        events = reindex_events(((room.kind, id) for id in ids), site.clock.now())
        site.graph.write(lambda tx, events=events: write_events(tx, events), patience=15)  # type: ignore[misc]
        asked += len(events)
    settle_or_tell(site)
    return asked
