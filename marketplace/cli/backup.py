"""A copy of everything in one folder, made while the site goes on; `restore` puts it into an empty place of either engine."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

import click
from obstore.store import LocalStore

from graph.copying.copy import Copy
from graph.copying.following import Journal
from graph.copying.lines import Lines, sum_of, writing
from graph.copying.manifest import FILES, FORMAT, MANIFEST, NODES, RELATIONS, Manifest, digest_of_map, write_manifest
from graph.copying.proving import Proof
from graph.copying.rows import CopiedNode, NodeKey
from graph.copying.store import list_keys
from graph.dialect import engine_of
from graph.ontology import ONTOLOGY
from marketplace.cli.check import foreign_words
from marketplace.cli.options import console, data_option, progress, settings_of
from marketplace.kernel.files import FileStore
from marketplace.kernel.ids import earliest_id
from marketplace.kernel.permissions import SYSTEM
from marketplace.opening import open_site
from marketplace.relay.keeping import JOURNAL, Kept, Standing, all_of, kept, standing_now
from marketplace.web.site import Site

SPOOL = "spool"
MADE = {NODES, RELATIONS, FILES, MANIFEST, SPOOL}
LATEST_COMMIT = timedelta(minutes=10)
"""An id is made before its change is committed, and clocks of several machines differ; nothing is later than this."""
Told = Callable[[int], None]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@data_option
def backup(folder: Path, data: Path | None) -> None:
    """Copy graph and files into a new FOLDER while the site goes on. It holds personal data and password hashes: keep it safe.

    Every change acknowledged before the backup began is in it as a whole; a change made during it is in it as a whole or not at all.
    Not in it: sign-ins, keys of forms that were sent, the search index, secret_key and settings.
    """
    if folder.exists():
        raise click.UsageError(f"{folder} is there already; name a new folder.")
    with open_site(settings_of(data)) as site:
        faults = list(foreign_words(site))
        with progress() as bar:
            made, damaged = make_backup(site, folder, partial(bar.advance, bar.add_task("Copying", total=None)))
    console.print(f"{made.nodes} nodes, {made.relations} relations and {made.files} files are in {folder}.")
    faults += [f"file: {place} is not what was stored, and was left out" for place in damaged]
    for fault in faults:
        console.print(fault, highlight=False, markup=False)
    if faults:
        raise SystemExit(1)


def make_backup(site: Site, folder: Path, told: Told) -> tuple[Manifest, list[str]]:
    """Under its final name only when all of it is there and was read again. Returns also the files that were damaged. Raises TooBusy."""
    unfinished = begun(folder.absolute().with_name(folder.name + ".tmp"))
    try:
        made, damaged = fill(site, unfinished, told)
        Proof(unfinished, made, ONTOLOGY).hold()
        write_manifest(unfinished, made)
        shut(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    return made, damaged


def begun(unfinished: Path) -> Path:
    """What a killed backup left there is ours to remove; anything else is not. Raises UsageError."""
    if unfinished.exists():
        if {one.name for one in unfinished.iterdir()} - MADE:
            raise click.UsageError(f"{unfinished} is in the way.")
        shutil.rmtree(unfinished)
    (unfinished / SPOOL).mkdir(parents=True)
    unfinished.chmod(0o700)
    return unfinished


def fill(site: Site, folder: Path, told: Told) -> tuple[Manifest, list[str]]:
    """The guards after all else, and files last: they are stored before the graph tells of them."""
    copy, standing = begin(site, folder / SPOOL)
    copy.read_once(told)
    copy.catch_up()
    return pack(site, kept(copy, standing), folder)


def pack(site: Site, found: Kept, folder: Path) -> tuple[Manifest, list[str]]:
    now = site.clock.now()
    with writing(folder / NODES) as nodes, writing(folder / RELATIONS) as relations:
        left_out = write_rows(found, all_of(site.graph, "Guard"), nodes, relations)
    shutil.rmtree(folder / SPOOL)
    files, damaged = copy_files(site.files, folder / FILES)
    sums = {name: sum_of(folder / name) for name in (NODES, RELATIONS)}
    engine = str(engine_of(site.graph))
    return Manifest(FORMAT, now, engine, digest_of_map(ONTOLOGY), nodes.count, relations.count, left_out, files, sums), damaged


def begin(site: Site, spool: Path) -> tuple[Copy, Standing]:
    """The journal is read before anything else: whatever it holds then is in what is read afterwards. `earliest_id` goes by
    the clock that makes ids."""
    node, after = ONTOLOGY.node(JOURNAL), earliest_id(datetime.now(UTC) - LATEST_COMMIT)
    before = site.graph.read(lambda tx: list_keys(tx, node), reader=(SYSTEM,), patience=15)
    standing = standing_now(site.graph)
    return Copy(site.graph, Journal(ONTOLOGY, JOURNAL, after, frozenset(before)), spool), standing


def write_rows(found: Kept, guards: list[CopiedNode], nodes: Lines, relations: Lines) -> int:
    """Returns how many relations were left out because what they lead to came only after the moment of the copy."""
    written, left_out = set[NodeKey](), 0
    of_labels = chain.from_iterable(found.nodes(label.name) for label in found.copy.labels)
    for node in chain(of_labels, found.running(guards)):
        nodes.write(node)
        written.add(node.place)
    for relation in chain.from_iterable(found.copy.relations(label.name) for label in found.copy.labels):
        if written.issuperset(relation.ends):
            relations.write(relation)
        else:
            left_out += 1
    return left_out


def copy_files(files: FileStore, folder: Path) -> tuple[int, list[str]]:
    """Returns how many, and those that are not what they should be."""
    folder.mkdir()
    there = FileStore(LocalStore(str(folder)))
    places = list(files.list_places())
    damaged = [place for place in places if not files.copy(place, there)]
    return len(places) - len(damaged), damaged


def shut(folder: Path) -> None:
    """Only its owner reads it, and it survives a loss of power from here on."""
    for place in folder.rglob("*"):
        place.chmod(0o700 if place.is_dir() else 0o600)
    os.sync()
