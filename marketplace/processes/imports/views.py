"""Template, upload, check, import, result, undo: the officer's way through an older register."""

import json
from collections.abc import Callable
from io import BytesIO
from threading import Thread
from typing import Any, cast

import structlog
from flask import Blueprint, Flask, Response, current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.errors import GraphError
from graph.person_keys import find_keys, keys_for
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import NotFound, Problem
from marketplace.kernel.files import Checked as KeptFile
from marketplace.kernel.ids import new_id
from marketplace.kernel.importing import Checked, Fault
from marketplace.kernel.paging import Page
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.tables import read_table, write_xlsx
from marketplace.processes.imports.forms import KINDS, UploadForm, check_table
from marketplace.processes.imports.model import STATUS_LABELS, WORKFLOW, ImportBatch, Status
from marketplace.processes.imports.repository import get_batch, list_batches, list_kept
from marketplace.processes.imports.service import Conduct, discard_batch, open_batch, run_batch, undo_batch
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.rows import Column, columns_of
from marketplace.web.site import Site, current_site
from marketplace.web.steps import take

room = Blueprint("imports", __name__, url_prefix="/imports")
log = structlog.get_logger()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_SIZE = 20
MOST_SHOWN = 200
SILENT_SECONDS = 60
MOST_HINTS = 12
STEPS: dict[str, Callable[..., ImportBatch]] = {"run": run_batch, "discard": discard_batch, "undo": undo_batch}


@room.route("", methods=["GET", "POST"])
@requires(Permission.IMPORT)
def index() -> ResponseReturnValue:
    form = UploadForm.of()
    if form.validate_on_submit() and (batch := _opened(form)):
        flash(_("The file has been checked; nothing is imported yet."))
        return redirect(url_for(".detail", id=batch.id))
    number = min(max(request.args.get("page", 1, int), 1), 500)
    found, total = read(list_batches, (number - 1) * PAGE_SIZE, PAGE_SIZE)
    return show("imports/index.html", form=form, batches=Page(tuple(found), total, number, PAGE_SIZE), kinds=KINDS, statuses=STATUS_LABELS)


def _opened(form: UploadForm) -> ImportBatch | None:
    site = current_site()
    content = form.file.data.read()
    checked = form.checked(Conduct(site.graph, site.clock, current_actor()), content)
    if checked is None:
        return None
    name = str(form.file.data.filename)[:120]
    return change(
        open_batch, form.kind.data, name, form.register, rows=checked.total, refused=checked.refused, publish=form.publish.data,
        whole=form.mode.data == "whole", place=_keep_upload(site, name, content), report=_keep_report(site, checked),
    )  # fmt: skip


def _keep_upload(site: Site, name: str, content: bytes) -> str:
    """Registers are full of numbers: sealed under a key of the file's own, which goes when the file is not needed any more."""
    owner = new_id()
    keys = site.graph.write(lambda tx: keys_for(tx, [owner]), reader=(SYSTEM,))
    return f"{owner}:{site.files.keep(KeptFile(name, '', keys[owner].seal_content(content)))}"


def _fetch_upload(site: Site, place: str) -> bytes:
    """Raises NotFound where its time is over. What was uploaded before there were keys lies there as it came."""
    owner, _, where = place.rpartition(":")
    content = site.files.fetch(where)
    if not owner:
        return content
    keys = site.graph.read(lambda tx: find_keys(tx, [owner]), reader=(SYSTEM,))
    if owner not in keys:
        raise NotFound(place)
    return keys[owner].open_content(content)


def _keep_report(site: Site, checked: Checked) -> str:
    faults = [[one.line, one.column, one.message] for one in checked.faults]
    text = json.dumps({"faults": faults, "ignored": checked.ignored}, ensure_ascii=False)
    return site.files.keep(KeptFile("report.json", "application/json", text.encode()))


def _report(site: Site, batch: ImportBatch) -> tuple[list[Fault], list[str]]:
    if not batch.report:
        return [], []
    kept = json.loads(site.files.fetch(batch.report))
    return [Fault(*one) for one in kept["faults"]], kept["ignored"]


@room.get("/<id>")
@requires(Permission.IMPORT)
def detail(id: str) -> ResponseReturnValue:
    batch = read(get_batch, id)
    faults, ignored = _report(current_site(), batch)
    kept = read(list_kept, id)[:MOST_SHOWN] if batch.status is Status.UNDONE and batch.kept else []
    silent = (current_site().clock.now() - batch.updated_at).total_seconds() > SILENT_SECONDS
    steps = {one.name: one for one in WORKFLOW.open_to(current_actor().tokens, batch) if one.name in STEPS}
    return show("imports/detail.html", batch=batch, faults=faults[:MOST_SHOWN], more=len(faults) - MOST_SHOWN, ignored=ignored, kept=kept,
                steps=steps, works=batch.status in (Status.RUNNING, Status.UNDOING), silent=silent, kinds=KINDS, statuses=STATUS_LABELS)  # fmt: skip


@room.post("/<id>/steps/<verb>")
@requires(Permission.IMPORT)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    answer = take("batch", STEPS, (WORKFLOW,), id, verb)
    _go_on(read(get_batch, id))
    return answer


@room.post("/<id>/continue")
@requires(Permission.IMPORT)
def go_on(id: str) -> ResponseReturnValue:
    """After a restart of the site: the rows that are here already are left as they are."""
    _go_on(read_for(Permission.BATCH_RUN, get_batch, id))
    return redirect(url_for(".detail", id=id))


def _go_on(batch: ImportBatch) -> None:
    """In a thread of its own: 100,000 rows take minutes. One for each batch."""
    app = cast(Any, current_app)._get_current_object()
    at_work: set[str] = app.extensions.setdefault("imports", set())
    if batch.status in WORK and batch.id not in at_work:
        at_work.add(batch.id)
        Thread(target=_work, args=(app, current_actor(), batch, at_work), name=f"import {batch.number}", daemon=True).start()


def _work(app: Flask, actor: Actor, batch: ImportBatch, at_work: set[str]) -> None:
    with app.test_request_context():
        site = current_site()
        try:
            WORK[batch.status](site, Conduct(site.graph, site.clock, actor, lambda *_: site.relay.wake()), batch)
        except (GraphError, Problem, OSError) as error:
            log.error("import interrupted", batch=batch.number, error=type(error).__name__)
        finally:
            at_work.discard(batch.id)
            site.relay.wake()


def _run(site: Site, conduct: Conduct, batch: ImportBatch) -> None:
    """What the dry run refused stays out, whatever has changed since."""
    refused = {fault.line for fault in _report(site, batch)[0]}
    kind = KINDS[batch.kind]
    checked = check_table(kind, read_table(batch.file_name, _fetch_upload(site, batch.place)), batch.source)
    rows = [row for row in checked.rows if checked.lines[row.source_key] not in refused]
    conduct.run(batch, kind.verb, rows, site.rooms[batch.kind])


def _undo(site: Site, conduct: Conduct, batch: ImportBatch) -> None:
    conduct.undo(batch, site.rooms[batch.kind])


WORK: dict[Status, Callable[[Site, Conduct, ImportBatch], None]] = {Status.RUNNING: _run, Status.UNDOING: _undo}


@room.get("/templates/<kind>.xlsx")
@requires(Permission.IMPORT)
def template(kind: str) -> ResponseReturnValue:
    """Headers and one row that says what belongs there; rows that begin with # are left out."""
    if kind not in KINDS:
        raise NotFound(kind)
    columns = columns_of(KINDS[kind].shape)
    help_row = ["# " + _("the source's own id; delete this row or leave it"), *(_hint(one) for one in columns.values())]
    out = BytesIO()
    write_xlsx(out, ["id", *(one.words[0] for one in columns.values())], [help_row])
    return _download(out, f"{kind}.xlsx")


def _hint(column: Column) -> str:
    """What belongs there: the words of a short list, or that it may stay empty."""
    known = list(dict.fromkeys(column.choices.values()))
    words = "、".join(known) if len(known) <= MOST_HINTS else _("a code or a name of the list")
    need = _("needed") if column.needed else _("may stay empty")
    return f"{need}: {words}" if known else need


@room.get("/<id>/faults.xlsx")
@requires(Permission.IMPORT)
def annotated(id: str) -> ResponseReturnValue:
    """The rows that were refused, each faulty cell marked, the reasons at the end."""
    batch = read(get_batch, id)
    faults, _ignored = _report(current_site(), batch)
    if not faults:
        raise NotFound(id)
    table = read_table(batch.file_name, _fetch_upload(current_site(), batch.place))
    by_line: dict[int, dict[str, str]] = {}
    for one in faults:
        by_line.setdefault(one.line, {})[one.column] = one.message
    rows = [(cells, by_line[line]) for line, cells in table.rows if line in by_line]
    marks = {(at, table.header.index(name)): said for at, (_cells, bad) in enumerate(rows) for name, said in bad.items() if name in table.header}
    out = BytesIO()
    lines = ([*(cells.get(name, "") for name in table.header), "；".join(f"{name}: {said}" for name, said in bad.items())] for cells, bad in rows)
    write_xlsx(out, [*table.header, _("What is wrong")], lines, marks)
    return _download(out, f"{batch.number}-faults.xlsx")


def _download(out: BytesIO, name: str) -> Response:
    out.seek(0)
    return send_file(out, XLSX, as_attachment=True, download_name=name)
