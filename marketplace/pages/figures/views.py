"""The figures, the list behind each, and what is taken out of them."""

from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.errors import Problem, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.paging import Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_csv, write_xlsx
from marketplace.kernel.workdays import local_day
from marketplace.pages.figures import show as said
from marketplace.pages.figures.repository import list_behind
from marketplace.pages.figures.state import Scope, cell_of, scope_of, scopes_of
from marketplace.processes.figures.model import COUNTS, DIMENSIONS, Sheet
from marketplace.processes.figures.repository import find_sheet
from marketplace.processes.figures.service import count_figures, note_export
from marketplace.web.access import requires
from marketplace.web.door import change_each_time, read, show
from marketplace.web.identity import after_answer, current_actor
from marketplace.web.links import page_number, url_of
from marketplace.web.site import current_site

room = Blueprint("figures", __name__, url_prefix="/figures")
IN_MEMORY = 1 << 20
WRITERS = {"csv": (write_csv, "text/csv"), "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}


@room.get("")
@requires(Permission.FIGURES_READ)
def index() -> ResponseReturnValue:
    scopes = scopes_of(current_actor())
    scope = scope_of(request.args.get("scope", ""), scopes)
    sheet = _sheet(scope)
    by = request.args.get("by", "area")
    by = by if by in DIMENSIONS else "area"
    rows = said.rows_of(sheet, by) if sheet else []
    return show("figures/index.html", scopes=scopes, scope=scope, sheet=sheet, by=by, dimensions=DIMENSIONS, rows=rows, said=said)


def _sheet(scope: Scope) -> Sheet | None:
    """As it was counted last; where that is a while ago, it is counted anew once this answer has left."""
    site = current_site()
    now, months, age = site.clock.now(), site.settings.figures_months, timedelta(minutes=site.settings.figures_minutes)
    sheet = read(find_sheet, scope.id)
    if sheet is None or now - sheet.counted_at >= age:
        again = timedelta() if sheet is None else age

        def count_anew() -> None:
            unit_of_work.change(site.graph, SYSTEM_ACTOR, now, lambda uow: count_figures(uow, months, again), patience=15)

        after_answer(count_anew)
    return sheet


@room.get("/list")
@requires(Permission.FIGURES_READ)
def behind() -> ResponseReturnValue:
    site = current_site()
    scope = scope_of(request.args.get("scope", ""), scopes_of(current_actor()))
    cell = cell_of(request.args, scope, COUNTS, site.clock.now(), site.settings.figures_months)
    page = read(list_behind, cell, page_number()) if cell.is_listed else Page((), 0)
    chips = [said.key_words(name, "" if value == "-" else value) for name, value in cell.chips]
    return show("figures/list.html", scope=scope, cell=cell, page=page, chips=chips, words=said.WORDS[cell.what], said=said, url_of=url_of)


@room.post("/export")
@requires(Permission.FIGURES_EXPORT)
def take_out() -> ResponseReturnValue:
    """A POST, since it leaves a record."""
    scope = scope_of(request.form.get("scope", ""), scopes_of(current_actor()))
    format, sheet = request.form.get("format", ""), read(find_sheet, scope.id)
    if format not in WRITERS:
        raise Problem(label("Choose a format: xlsx or csv."))
    if sheet is None:
        raise Refused(label("Nothing has been counted yet."))
    write, media = WRITERS[format]
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  sent and closed by the answer
    write(file, said.header(), said.lines_of(sheet))
    change_each_time(note_export, scope.id, format)
    file.seek(0)
    return send_file(file, media, as_attachment=True, download_name=f"{_('figures')}-{local_day(sheet.counted_at).isoformat()}.{format}")
