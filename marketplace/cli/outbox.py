"""What the relay set aside: list it, have it tried again."""

from pathlib import Path

import click
from rich.table import Table

from graph.connection import Transaction
from graph.outbox import Event, list_aside, retry_all_events, retry_event
from marketplace.cli.options import console, data_option, settings_of
from marketplace.cli.settling import settle_or_tell
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workdays import SHANGHAI
from marketplace.opening import open_site
from marketplace.web.site import Site


@click.command()
@click.option("--retry", "id", metavar="ID", help="Try this event again.")
@click.option("--all", "every", is_flag=True, help="Try all again.")
@data_option
def outbox(id: str | None, every: bool, data: Path | None) -> None:
    """List the events that failed three times and were set aside. Exit code 1 while there are any."""
    if id and every:
        raise click.UsageError("Either one or all.")
    with open_site(settings_of(data)) as site:
        if id or every:
            try_again(site, id or "")
        waiting = site.graph.read(list_aside, reader=(SYSTEM,))
    if waiting:
        console.print(table_of(waiting))
        raise SystemExit(1)
    console.print("Nothing is set aside.")


def try_again(site: Site, id: str) -> None:
    """Returns when the relay, here or in the process that leads, has looked at it. Raises UsageError for an id that is not set aside."""

    def retry(tx: Transaction) -> int:
        return retry_event(tx, id) if id else retry_all_events(tx)

    if not site.graph.write(retry, patience=15) and id:
        raise click.UsageError(f"No event {id} is set aside.")
    settle_or_tell(site)


def table_of(events: list[Event]) -> Table:
    """Ids only: a title may be nobody's business who stands at this terminal."""
    table = Table("Event", "Thing", "Verb", "Since", "Tries", "Problem", title=f"{len(events)} set aside")
    for event in events:
        since = event.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        table.add_row(event.id, f"{event.kind} {event.entity_id}", event.verb, since, str(event.tries), event.problem)
    return table
