"""Takes a register in from a file, and takes a batch back out."""

from pathlib import Path
from typing import Any

import click

from marketplace.app import create_app
from marketplace.cli.options import console, data_option, progress, settings_of
from marketplace.cli.settling import settle
from marketplace.domains.accounts.repository import actor_of_account, find_account
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.errors import Refused
from marketplace.kernel.importing import Checked, Intake
from marketplace.kernel.labels import label
from marketplace.kernel.permissions import SYSTEM
from marketplace.opening import open_site
from marketplace.processes.imports.forms import KINDS, Importable, check_file
from marketplace.processes.imports.model import ImportBatch
from marketplace.processes.imports.repository import find_batch
from marketplace.processes.imports.service import Conduct, open_batch, run_batch, undo_batch
from marketplace.web.site import Site
from marketplace.web.words import speaking

MOST_SHOWN = 50
as_option = click.option("--as", "login", help="Act as the account with this sign-in name (default: whoever owns the machine).")


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publish", is_flag=True, help="Make the rows public at once.")
@click.option("--source", help="Name of the register that the ids belong to (default: the file's name).")
@click.option("--dry-run", is_flag=True, help="Only check; nothing is written.")
@click.option("--all-or-nothing", "whole", is_flag=True, help="Import nothing when a single row is faulty.")
@as_option
@data_option
def import_file(**asked: Any) -> None:
    """Import FILE (csv, xlsx or jsonl) as things of KIND. Doing it twice changes nothing. Exit code 1 when rows were refused."""
    file: Path = asked["file"]
    with open_site(settings_of(asked["data"])) as site, create_app(site=site).test_request_context(), speaking("en"):
        actor, kind, source = actor_called(site, asked["login"]), KINDS[asked["kind"]], asked["source"] or file.stem
        checked = look_through(site, actor, kind, file, Intake(source, publish=asked["publish"]))
        show_faults(checked)
        refused = checked.refused
        if asked["dry_run"] or (asked["whole"] and refused):
            console.print(f"{len(checked.rows)} rows may come in, {refused} may not. Nothing was written.")
        else:
            batch = take_in(site, actor, kind, file, source, checked, publish=asked["publish"], whole=asked["whole"])
            console.print(f"{batch.number}: {batch.created} created, {batch.skipped} unchanged, {batch.refused} refused.", highlight=False)
            refused = batch.refused
    if refused:
        raise SystemExit(1)


def actor_called(site: Site, login: str | None) -> Actor:
    """Raises UsageError for a sign-in name that nobody has."""
    if not login:
        return SYSTEM_ACTOR
    account = site.graph.read(lambda tx: find_account(tx, login), reader=(SYSTEM,))
    if account is None:
        raise click.UsageError(f"Nobody signs in as {login}.")
    return site.graph.read(lambda tx: actor_of_account(tx, account.id, site.clock.now()), reader=(SYSTEM,))


def look_through(site: Site, actor: Actor, kind: Importable, file: Path, intake: Intake) -> Checked:
    with progress() as bar:
        task = bar.add_task("Checking", total=None)
        conduct = Conduct(site.graph, site.clock, actor, lambda done, every: bar.update(task, completed=done, total=every))
        return check_file(conduct, kind, file.name, file.read_bytes(), intake)


def show_faults(checked: Checked) -> None:
    for header in checked.ignored:
        console.print(f"column {header}: not known, left out", highlight=False, markup=False)
    for fault in checked.faults[:MOST_SHOWN]:
        console.print(f"line {fault.line}, {fault.column}: {fault.message}", highlight=False, markup=False)
    if len(checked.faults) > MOST_SHOWN:
        console.print(f"… and {len(checked.faults) - MOST_SHOWN} more")


def take_in(site: Site, actor: Actor, kind: Importable, file: Path, source: str, checked: Checked, *, publish: bool, whole: bool) -> ImportBatch:
    with progress() as bar:
        task = bar.add_task("Importing", total=len(checked.rows))
        conduct = Conduct(site.graph, site.clock, actor, lambda done, _all: bar.update(task, completed=done))
        batch = conduct.change(
            lambda uow: open_batch(uow, kind.kind, file.name, source, rows=checked.total, refused=checked.refused, publish=publish, whole=whole)
        )
        batch = conduct.change(lambda uow: run_batch(uow, batch.id, batch.version))
        batch = conduct.run(batch, kind.verb, checked.rows, site.rooms[kind.kind])
    settle(site)
    return batch


@click.command("undo-import")
@click.argument("number")
@as_option
@data_option
def undo_import(number: str, login: str | None, data: Path | None) -> None:
    """Remove what the batch NUMBER brought. What was edited since stays and is listed; the exit code is then 1."""
    with open_site(settings_of(data)) as site:
        actor = actor_called(site, login)
        found = site.graph.read(lambda tx: find_batch(tx, number), reader=actor.reader)
        if found is None:
            raise Refused(label("There is no such batch: %(number)s"), number=number)
        with progress() as bar:
            task = bar.add_task("Undoing", total=found.created)
            conduct = Conduct(site.graph, site.clock, actor, lambda done, _all: bar.update(task, completed=done))
            batch = conduct.change(lambda uow: undo_batch(uow, found.id, found.version))
            batch = conduct.undo(batch, site.rooms[batch.kind])
        settle(site)
    console.print(f"{number}: {batch.created - batch.kept} removed, {batch.kept} kept because they were edited since.", highlight=False)
    if batch.kept:
        raise SystemExit(1)
