"""Takes data out: one kind as a table, or the whole store as JSON lines."""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import xlsxwriter
from pydantic import TypeAdapter

from graph.ontology import ONTOLOGY
from marketplace.cli.digest import list_nodes, list_relations
from marketplace.cli.options import console, data_option, settings_of
from marketplace.cli.reindex import walk
from marketplace.kernel.permissions import SYSTEM
from marketplace.opening import open_site
from marketplace.relay.following import many_of
from marketplace.rooms import ROOMS
from marketplace.web.site import Site

AS_SYSTEM = (SYSTEM,)
HIDDEN = {"lock", "audience", "guarded_audience"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


@click.command()
@click.argument("kind", required=False, type=click.Choice(sorted(ROOMS)))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write; only its owner may read it.")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "jsonl"]), default="jsonl", show_default=True)
@data_option
def export(kind: str | None, out: Path, form: str, data: Path | None) -> None:
    """Write all things of KIND as a table without personal fields, or everything as JSON lines (a full copy: keep it safe)."""
    if kind is None and form != "jsonl":
        raise click.UsageError("Everything can only be written as jsonl; name a KIND for a table.")
    with open_site(settings_of(data)) as site:
        rows = everything(site) if kind is None else things(site, kind)
        count = WRITERS[form](out, rows)
    console.print(f"{count} rows in {out}")


def everything(site: Site) -> Iterator[Row]:
    yield from site.graph.read(lambda tx: list(list_nodes(tx)), reader=AS_SYSTEM, patience=15)
    yield from site.graph.read(lambda tx: list(list_relations(tx)), reader=AS_SYSTEM, patience=15)


def things(site: Site, kind: str) -> Iterator[Row]:
    """Fields that the ontology calls personal stay inside."""
    room = site.rooms[kind]
    for ids in walk(site, room):
        entities = site.graph.read(lambda tx, ids=ids: many_of(tx, room, ids), reader=AS_SYSTEM, patience=15)  # type: ignore[misc]
        yield from (row_of(kind, one) for one in entities)


def row_of(kind: str, entity: Any) -> Row:
    personal = {one.name for one in ONTOLOGY.node(kind.capitalize()).properties if one.personal}
    whole: Row = TypeAdapter(type(entity)).dump_python(entity, mode="json")
    return {one.name: whole[one.name] for one in fields(entity) if one.name not in personal | HIDDEN}


def opened(out: Path) -> int:
    return os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def write_jsonl(out: Path, rows: Iterator[Row]) -> int:
    count = 0
    with os.fdopen(opened(out), "w", encoding="utf-8") as file:
        for count, row in enumerate(rows, 1):  # noqa: B007  the count of the last row is the answer
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def write_csv(out: Path, rows: Iterator[Row]) -> int:
    """With a byte-order mark: the spreadsheet programs of its readers ask for one."""
    count, writer = 0, None
    with os.fdopen(opened(out), "w", encoding="utf-8-sig", newline="") as file:
        for count, row in enumerate(rows, 1):  # noqa: B007  as above
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow({name: cell(value) for name, value in row.items()})
    return count


def write_xlsx(out: Path, rows: Iterator[Row]) -> int:
    count = 0
    os.close(opened(out))
    with xlsxwriter.Workbook(str(out), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for count, row in enumerate(rows, 1):
            if count == 1:
                sheet.write_row(0, 0, list(row))
            sheet.write_row(count, 0, [cell(value) for value in row.values()])
    return count


def cell(value: Any) -> Any:
    """No cell may begin a formula; what is no primitive is written as JSON."""
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.startswith(FORMULA) else text


WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "xlsx": write_xlsx}
