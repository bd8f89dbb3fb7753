"""The relay in a process of its own, where the web runs in several."""

import signal
from pathlib import Path
from threading import Event

import click

from marketplace.cli.options import data_option, settings_of
from marketplace.opening import open_site
from marketplace.web.logs import configure_logs


@click.command()
@data_option
def worker(data: Path | None) -> None:
    """Run the relay until it is stopped: index, notices, audit seals."""
    configure_logs(machine_readable=True)
    ended = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: ended.set())
    with open_site(settings_of(data)) as site:
        click.echo("The relay runs. Ctrl-C stops it.")
        site.relay.run(ended)
