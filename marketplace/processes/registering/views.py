"""A seller's contracts for the register: what is missing of each, the sheet, the number, the list as a file."""

from io import BytesIO

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.contracts.repository import get_contract
from marketplace.kernel.audit import record_act
from marketplace.kernel.errors import NotFound, Problem
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.tables import write_csv, write_xlsx
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.processes.registering.document import COLUMNS, cells_of, missing_of
from marketplace.processes.registering.forms import NumberForm, SheetForm
from marketplace.processes.registering.repository import find_registration, list_sold
from marketplace.processes.registering.service import begin_sheet, enter_number, fill_sheet
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.taxonomies import taxonomies

room = Blueprint("registering", __name__, url_prefix="/contracts")
WRITERS = {"csv": (write_csv, "text/csv"), "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}


def own_tokens() -> list[str]:
    return [token for token in current_actor().reader if token.startswith(MAKER)]


@room.get("/registration")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    fields = taxonomies().fields
    rows = [(one, sheet, missing_of(one, sheet, fields)) for one, sheet in read(list_sold, own_tokens())]
    return show("contracts/registration_list.html", rows=rows, ready=sum(not missing for _one, _sheet, missing in rows))


@room.post("/registration")
@requires(Permission.SIGNED_IN)
def take_out() -> ResponseReturnValue:
    """Recorded before it is sent: no link and no reload takes anything out. What is missing stands empty."""
    format = request.form.get("format", "")
    if format not in WRITERS:
        raise Problem(label("Choose a format: xlsx or csv."))
    rows = [cells_of(one, sheet, taxonomies().fields) for one, sheet in read(list_sold, own_tokens())]
    change_each_time(record_list, format)
    write, media = WRITERS[format]
    file = BytesIO()
    write(file, [column.head for column in COLUMNS], rows)
    file.seek(0)
    day = local_day(current_site().clock.now()).isoformat()
    return send_file(file, media, as_attachment=True, download_name=f"技术合同登记-{day}.{format}")


def record_list(uow: UnitOfWork, format: str) -> None:
    """That it was taken out, by whom and when."""
    record_act(uow, f"export-registration-{format}")


@room.post("/<id>/registration/begin")
@requires(Permission.REGISTRATION_SHEET_EDIT)
def begin(id: str) -> ResponseReturnValue:
    change(begin_sheet, id)
    return redirect(url_for(".sheet", id=id))


@room.route("/<id>/registration", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_SHEET_EDIT)
def sheet(id: str) -> ResponseReturnValue:
    contract = read_for(Permission.REGISTRATION_SHEET_EDIT, get_contract, id)
    found = read(find_registration, id)
    if found is None:
        raise NotFound(id)
    form = SheetForm.of(found, version=found.version)
    if form.save(fill_sheet, id, form.version.data, form.revision(), reread=lambda: read(find_registration, id)):
        flash(_("Saved."))
        return redirect(url_for(".sheet", id=id))
    missing = missing_of(contract, found, taxonomies().fields)
    return show("contracts/registration.html", form=form, contract=contract, sheet=found, missing=missing, number=NumberForm(formdata=None))


@room.post("/<id>/registration/number")
@requires(Permission.REGISTRATION_SHEET_EDIT)
def number(id: str) -> ResponseReturnValue:
    contract = read_for(Permission.REGISTRATION_SHEET_EDIT, get_contract, id)
    found = read(find_registration, id)
    if found is None:
        raise NotFound(id)
    form = NumberForm.of(version=found.version)
    if form.save(enter_number, id, form.version.data, form.registration_number.data or ""):
        flash(_("The registration number is entered."))
        return redirect(url_for(".sheet", id=id))
    missing = missing_of(contract, found, taxonomies().fields)
    return show("contracts/registration_number.html", form=form, contract=contract, sheet=found, missing=missing)
