"""The demonstration: fictional people and works, loaded once into an empty site."""

from pathlib import Path

import click
from rich.status import Status

from graph.connection import Transaction
from graph.records import value
from marketplace.cli.analyse import analyse_now
from marketplace.cli.init import found
from marketplace.cli.options import console, data_option, settings_of
from marketplace.demo.accounts import read_old_notices
from marketplace.demo.load import load_demo
from marketplace.opening import open_site
from marketplace.processes.talent.model import Parameters
from marketplace.web.site import Site

COUNT = """
MATCH (e:Enterprise) RETURN count(e) AS enterprises
"""


@click.command()
@data_option
def demo(data: Path | None) -> None:
    """Load the demonstration into an empty site; prints its accounts."""
    settings = settings_of(data)
    with open_site(settings) as site:
        found(site)
        if not is_empty(site):
            raise click.UsageError("This site has enterprises already; the demonstration is for an empty one.")
        load(site)
    console.print((settings.data / "demo-accounts.txt").read_text("utf-8"), highlight=False)


def is_empty(site: Site) -> bool:
    def count(tx: Transaction) -> int:
        return int(tx.one(COUNT, value("enterprises")))

    return site.graph.read(count, patience=15) == 0


def load(site: Site) -> None:
    """With a line for each part; everything is in the index when it returns."""
    with Status("Loading the demonstration", console=console) as status:
        load_demo(site, lambda part: status.update(f"Loading the demonstration: {part}"))
        status.update("Computing the structure of the talent network")
        analyse_now(site, Parameters())
        status.update("Filling the index")
        site.relay.drain()
        read_old_notices(site)
