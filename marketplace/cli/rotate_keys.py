"""Another master key for all data keys of personal values, while the site goes on: values themselves are not touched."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from graph.connection import Graph
from graph.person_keys import list_old, rewrap
from marketplace.cli.options import console, data_option, progress, settings_of
from marketplace.config import Settings, new_master_key
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.audit import record_act
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import change
from marketplace.opening import open_site

AT_ONCE = 1_000
Told = Callable[[int], None]


@click.command()
@click.option("--new-key", is_flag=True, help="First put a new key on top of the key file; earlier ones stay below it.")
@data_option
def rotate_keys(new_key: bool, data: Path | None) -> None:
    """Wrap every person's key with the present master key: with PERSONAL_KEY, or the first line of the key file.

    Readers go on: each key says which master key opens it. Keep earlier master keys as long as backups from their time are kept."""
    settings = settings_of(data)
    if new_key:
        put_new_key(settings)
    with open_site(settings) as site, progress() as bar:
        waiting = len(site.graph.read(list_old, reader=(SYSTEM,), patience=15))
        done = rotate(site.graph, partial(bar.advance, bar.add_task("Wrapping", total=waiting)))
        change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: record_act(uow, "rotate-key"), patience=15)
    console.print(f"{done} keys are under the present master key; {waiting} were not before.")


def put_new_key(settings: Settings) -> None:
    """In one step, so that no process ever reads half a file. Raises UsageError where the keys do not come from a file."""
    if settings.personal_key.get_secret_value():
        raise click.UsageError("PERSONAL_KEY is set: set a new one, the earlier one as PERSONAL_KEY_OLD, restart the site, and rotate then.")
    place = settings.master_key_file
    settings.master_keys()
    with NamedTemporaryFile("w", dir=place.parent, prefix=place.name, encoding="ascii", delete=False) as fresh:
        fresh.write("\n".join((new_master_key(), *place.read_text(encoding="ascii").split(), "")))
        fresh.flush()
        os.fsync(fresh.fileno())
    Path(fresh.name).replace(place)


def rotate(graph: Graph, told: Told = lambda _count: None) -> int:
    """Until none is left: processes that have not read the new key yet may still make some under the earlier one."""
    done = 0
    while old := graph.read(list_old, reader=(SYSTEM,), patience=15):
        for at in range(0, len(old), AT_ONCE):
            some = old[at : at + AT_ONCE]
            done += graph.write(lambda tx, some=some: rewrap(tx, some), reader=(SYSTEM,), patience=15)  # type: ignore[misc]
            told(len(some))
    return done
