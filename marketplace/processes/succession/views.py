"""One form to end a unit; the batches follow in transactions of their own."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.organisations.model import Organisation
from marketplace.domains.organisations.repository import find_organisation_named, get_organisation
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.processes.succession.forms import EndingForm
from marketplace.processes.succession.service import close_unit, merge_units, move_some
from marketplace.web.access import requires
from marketplace.web.door import change_each_time, read_for, show
from marketplace.web.links import url_of

room = Blueprint("succession", __name__)
MOST_BATCHES = 40
"""While the officer waits; the rest goes on with the day's work of the relay."""


@room.route("/organisations/<id>/end", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_END)
def end(id: str) -> ResponseReturnValue:
    unit = read_for(Permission.ORGANISATION_END, get_organisation, id)
    form = EndingForm(version=unit.version)
    if ended := form.save(_end, id, form.version.data, form.how.data, form.into.data, form.reason.data):
        flash(_("%(name)s has ended; %(n)s things stand under its successor now.", name=ended.name, n=_move(id)))
        return redirect(url_of("organisation", id))
    return show("succession/end.html", form=form, unit=unit)


def _move(id: str) -> int:
    moved = 0
    for _batch in range(MOST_BATCHES):
        some = change_each_time(move_some, id)
        moved += some
        if not some:
            break
    return moved


def _end(uow: UnitOfWork, id: str, version: int, how: str, into: str, reason: str) -> Organisation:
    if how == "close" and not into:
        return close_unit(uow, id, version, reason)
    found = find_organisation_named(uow.tx, into) if into else None
    if found is None:
        raise Invalid({"into": label("No unit of the union has this name; write it in full.")})
    return merge_units(uow, id, version, found, reason)
