"""The audit: search it, look at one entry with its seal, take it out, have it verified."""

from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.audit import record_act
from marketplace.kernel.checks import ask_check, list_checks
from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_csv, write_xlsx
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.pages.audit.people import list_names, list_units
from marketplace.pages.audit.repository import MOST_WALKED, get_link, list_audit
from marketplace.pages.audit.rows import MOST_ROWS, header, lines_of, wanted_of
from marketplace.pages.audit.show import check_lines, is_as_sealed, kind_choices, rows_of, verb_choices
from marketplace.pages.audit.state import PAGE_SIZE, AuditState, state_of
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("audit", __name__, url_prefix="/audit")
IN_MEMORY = 1 << 20
WRITERS = {
    "csv": (write_csv, "text/csv"), "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip


@room.get("")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    state, faults = state_of(request.args)
    found = {} if faults else read(_page, state)
    return show(
        "audit/list.html",
        422 if faults else 200,
        state=state,
        faults=faults,
        most_rows=MOST_ROWS,
        most_walked=MOST_WALKED,
        kinds=kind_choices(),
        verbs=verb_choices(),
        units=read(list_units),
        **found,
    )


def _page(tx: Transaction, state: AuditState) -> dict[str, Any]:
    found = list_audit(tx, wanted_of(tx, state), PAGE_SIZE, current_actor().account_id)
    return {"rows": rows_of(tx, found.links), "found": found}


@room.get("/checks")
@requires(Permission.AUDIT_VERIFY)
def checks() -> ResponseReturnValue:
    """What verifications found, the latest first."""
    return show("audit/checks.html", lines=read(_checks))


def _checks(tx: Transaction) -> list[dict[str, Any]]:
    found = list_checks(tx)
    return check_lines(found, list_names(tx, [one.by for one in found]))


@room.post("/checks")
@requires(Permission.AUDIT_VERIFY)
def verify() -> ResponseReturnValue:
    change(ask_check)
    flash(_("The audit is being verified; the result stands here."), "success")
    return redirect(url_for(".checks"))


@room.post("/export")
@requires(Permission.AUDIT_READ)
def take_out() -> ResponseReturnValue:
    """A POST, since it leaves an entry: recorded before the file is sent. Raises Problem (400) for what no page of ours sends."""
    format = request.form.get("format", "")
    state, faults = state_of(request.form)
    if format not in WRITERS or faults:
        raise Problem(label("Choose a format: xlsx or csv."))
    write, media = WRITERS[format]
    change_each_time(_record_export, format, state.used)
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  sent and closed by the answer
    write(file, header(), lines_of(state))
    file.seek(0)
    day = local_day(current_site().clock.now()).isoformat()
    return send_file(file, media, as_attachment=True, download_name=f"{_('audit')}-{day}.{format}")


def _record_export(uow: UnitOfWork, format: str, filters: tuple[str, ...]) -> None:
    record_act(uow, f"export-{format}", filters)


@room.get("/<id>")
@requires(Permission.AUDIT_READ)
def detail(id: str) -> ResponseReturnValue:
    return show("audit/detail.html", **read(_one, id))


def _one(tx: Transaction, id: str) -> dict[str, Any]:
    link = get_link(tx, id)
    return {"row": rows_of(tx, (link,))[0], "link": link, "is_as_sealed": is_as_sealed(link)}
