"""Puts a backup into an empty place: the same engine, another one, another machine. Then the index is made anew."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from obstore.store import LocalStore

from graph.connection import Graph
from graph.constraints import apply_constraints
from graph.copying.manifest import FILES, Damaged, Manifest, read_manifest
from graph.copying.proving import Proof
from graph.copying.putting import put_nodes, put_relations
from graph.copying.rows import CopiedNode
from graph.copying.store import is_empty
from graph.ontology import ONTOLOGY
from marketplace.cli.options import console, data_option, progress, settings_of
from marketplace.cli.reindex import index_anew
from marketplace.cli.settling import settle_or_tell
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.files import FileStore
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import change
from marketplace.opening import open_files, open_site, open_store
from marketplace.processes.erasure.service import erase_again, read_list

NEVER = frozenset({"Session", "FormKey", "PasswordReset"})
Told = Callable[[int], None]


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@data_option
def restore(folder: Path, data: Path | None) -> None:
    """Put the backup in FOLDER into the empty store that the settings name, its files into the data folder, and fill the index.

    Whoever stands in the list of erased people (ERASED_FILE) is erased again. Everybody signs in anew.
    What broke off in the middle leaves a store that is not empty: empty it, and begin again.
    """
    settings = settings_of(data)
    try:
        proof = looked_at(folder)
    except Damaged as damaged:
        raise click.ClickException(f"Nothing was restored: {damaged}.") from damaged
    with open_store(settings) as graph, progress() as bar:
        fill(graph, proof, open_files(settings), lambda words, total: partial(bar.advance, bar.add_task(words, total=total)))
    with open_site(settings) as site:
        again = change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: erase_again(uow, read_list(settings.erased_list)), patience=60)
        indexed = index_anew(site)
        settle_or_tell(site)
    if again:
        console.print(f"{len(again)} people who were erased after this backup was made are erased again.")
    console.print(
        f"{proof.manifest.nodes} nodes, {proof.manifest.relations} relations and {proof.manifest.files} files are restored, {indexed} things indexed."
    )


def looked_at(folder: Path) -> Proof:
    """All of it, before anything is written. Raises Damaged."""
    proof = Proof(folder, read_manifest(folder), ONTOLOGY)
    proof.hold(refuse_passing)
    compare_files(folder, proof.manifest)
    return proof


def refuse_passing(node: CopiedNode) -> None:
    if node.label in NEVER:
        raise Damaged(f"a {node.label} has no place in a backup")


def compare_files(folder: Path, manifest: Manifest) -> None:
    """Raises Damaged for one that is missing, too many, or not what its name says."""
    files = files_of(folder)
    places = list(files.list_places())
    if len(places) != manifest.files:
        raise Damaged(f"{len(places)} files, {manifest.files} were written")
    for place in places:
        if files.find_sound(place) is None:
            raise Damaged(f"the file {place} is not what was written")


def fill(graph: Graph, proof: Proof, files: FileStore, bar: Callable[[str, int], Told]) -> None:
    """Files first, as in a change; then constraints, for relations find their ends by them. Raises ClickException for a place that is not empty."""
    if not graph.read(is_empty, reader=(SYSTEM,), patience=15):
        raise click.ClickException("The store is not empty: a backup is restored into an empty one only. Nothing was changed.")
    copy_back(files_of(proof.folder), files, bar("Files", proof.manifest.files))
    apply_constraints(graph, ONTOLOGY)
    put_nodes(graph, ONTOLOGY, proof.nodes(), bar("Nodes", proof.manifest.nodes))
    put_relations(graph, ONTOLOGY, proof.relations(), bar("Relations", proof.manifest.relations))


def files_of(folder: Path) -> FileStore:
    return FileStore(LocalStore(str(folder / FILES)))


def copy_back(kept: FileStore, files: FileStore, told: Told) -> None:
    """One that is there already is the same: its place says its content."""
    for place in kept.list_places():
        kept.copy(place, files)
        told(1)
