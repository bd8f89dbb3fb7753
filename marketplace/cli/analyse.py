"""Computes groups, key people and connectors of the talent network now; the site goes on meanwhile."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import click

from marketplace.cli.options import console, data_option, settings_of
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.unit_of_work import change
from marketplace.opening import open_site
from marketplace.processes.talent.model import Analysis, Parameters
from marketplace.processes.talent.service import analyse, ask_analysis, claim_analysis
from marketplace.web.site import Site


@click.command("analyse")
@click.option("--seed", type=click.IntRange(0, 2**31), default=Parameters().seed, show_default=True, help="The same seed gives the same figures.")
@click.option("--resolution", type=click.FloatRange(0.01, 100), default=Parameters().resolution, show_default=True, help="Higher: smaller groups.")
@click.option(
    "--pivots",
    type=click.IntRange(1, 100_000),
    default=Parameters().most_pivots,
    show_default=True,
    help="At most so many starting points of shortest paths.",
)
@data_option
def analyse_network(seed: int, resolution: float, pivots: int, data: Path | None) -> None:
    """Compute the structure of the talent network into the graph. Readers see the run before it until this one is whole."""
    with open_site(settings_of(data)) as site:
        run = analyse_now(site, Parameters(seed=seed, resolution=resolution, most_pivots=pivots), note=steps())
    console.print(f"{run.nodes} nodes, {run.relations} links, {run.groups} groups of at least five people, modularity {run.modularity:.3f}.")


def analyse_now(site: Site, parameters: Parameters, note: Callable[[str], None] = lambda step: None) -> Analysis:
    """Raises ClickException while another process computes it."""
    change(site.graph, SYSTEM_ACTOR, site.clock.now(), ask_analysis, patience=15)
    attempt = claim_analysis(site.graph, site.clock)
    if attempt is None:
        raise click.ClickException("Another process computes it at this moment.")
    return analyse(attempt, parameters, note)


def steps() -> Callable[[str], None]:
    """Says how long each step took."""
    before: list[tuple[str, float]] = []

    def note(step: str) -> None:
        if before:
            console.print(f"{before[-1][0]:8} {monotonic() - before[-1][1]:6.1f} s")
        before.append((step, monotonic()))

    return note
