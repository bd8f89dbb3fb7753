"""No cell that leaves the site begins a formula, in whichever export, whatever people have named their things."""

import csv
import io
from typing import Any

import pytest
import python_calamine
from werkzeug.test import TestResponse

from marketplace.kernel.tables import FORMULA, write_csv, write_xlsx
from tests.security.test_markup import index_anew, store_everywhere
from tests.security.world import World, build_world
from tests.site import TestSite

CELLS = (
    '=HYPERLINK("http://evil.example","x")', "=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", '=1+1";=1', "＝1+1", "＋1", "－1",
    "＠SUM(1)", "\n=1+1", " =1+1", "\u200b=1+1", "\ufeff=1+1",
)  # fmt: skip
WIDE = ("＝", "＋", "－", "＠")
"""Spreadsheets of Chinese readers take full-width signs for the plain ones."""
REGISTER = "id,标题,成果类型,成熟度\n{},{},wrong,99\n"


def begins_formula(cell: str) -> bool:
    """As a spreadsheet reads it: what can't be seen in front is dropped by some of them."""
    return cell.lstrip(" \u200b\ufeff\n").startswith((*FORMULA, *WIDE)) and not is_figure(cell)


def is_figure(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def cells_of(answer: TestResponse) -> list[str]:
    """Every cell of the file; a formula of an xlsx by its own mark."""
    if "csv" in answer.mimetype:
        return [cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")) for cell in row]
    book = python_calamine.load_workbook(io.BytesIO(answer.data))
    return [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]


def exports(world: World) -> dict[str, TestResponse]:
    """Every address of the site that answers with a table."""
    officer, administrator = world.client("officer"), world.client("administrator")
    work, lead = world.things["achievement"].id, world.people.lead.id
    found: dict[str, TestResponse] = {}
    for format in ("csv", "xlsx"):
        for query in ("", "SUM", "HYPERLINK"):
            found[f"search {query} {format}"] = world.client("owner").post("/search/export", data={"format": format, "q": query})
    for kind, id in (("worker", lead), ("achievement", work)):
        found[f"network {kind}"] = officer.post("/network/export", data={"format": "csv", "address": f"/network/{kind}/{id}"})
    for name in ("capability", "shortage"):
        found[f"talent {name}"] = administrator.post(f"/talent/{name}.csv")
    for kind in ("achievement", "need", "enterprise", "worker", "studio", "patent"):
        found[f"template {kind}"] = officer.get(f"/imports/templates/{kind}.xlsx")
    for at, cell in enumerate(CELLS):
        quoted = '"' + cell.replace('"', '""') + '"'
        sent = {
            "kind": "achievement",
            "file": (io.BytesIO(REGISTER.format(quoted, quoted).encode()), f"{at}.csv"),
            "mode": "valid",
            "source": f"r{at}",
        }
        batch = officer.post("/imports", data=sent).location
        found[f"faults {at}"] = officer.get(f"{batch}/faults.xlsx")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["=1+1", *CELLS[2:5], CELLS[8]])
def test_no_export_holds_a_formula(site: TestSite, cell: str) -> None:
    world = build_world(site)
    store_everywhere(world, cell)
    index_anew(world, 1)
    answers = {name: answer for name, answer in exports(world).items() if answer.status_code == 200 and answer.mimetype != "text/html"}
    wrong = {name: [one for one in cells_of(answer) if begins_formula(one)][:3] for name, answer in answers.items()}
    print(f"{len(answers)} tables, {sum(len(cells_of(answer)) for answer in answers.values())} cells")
    assert {name.partition(" ")[0] for name in answers} == {"search", "network", "talent", "template", "faults"}
    assert {name: some for name, some in wrong.items() if some} == {}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_no_writer_of_tables_begins_a_formula(cell: str, write: Any) -> None:
    out = io.BytesIO()
    write(out, [cell, "b"], [[cell, 1], [f"a{cell}", -1]])
    text = out.getvalue().decode("utf-8-sig") if write is write_csv else ""
    found = [one for row in csv.reader(io.StringIO(text, newline="")) for one in row]
    if write is write_xlsx:
        found = [str(one) for row in python_calamine.load_workbook(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python() for one in row]
    assert len(found) == 6
    assert not [one for one in found if begins_formula(one)]


def test_control_a_cell_written_as_it_is_begins_one() -> None:
    out = io.StringIO()
    csv.writer(out).writerow(CELLS)
    assert all(begins_formula(one) for one in next(csv.reader(io.StringIO(out.getvalue(), newline=""))))
