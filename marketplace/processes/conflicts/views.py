"""Check two for relations, declare one's own kin, set the rule."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.conflicts import Finding
from marketplace.kernel.kinship import KIN_LABELS
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.processes.conflicts.forms import KinForm, RuleForm
from marketplace.processes.conflicts.model import APPLICATIONS, Findings
from marketplace.processes.conflicts.repository import get_rule, list_kin
from marketplace.processes.conflicts.service import conflicts_between, declare_kin, end_declaration, set_rule
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.picking import Picked, pick
from marketplace.web.site import current_site
from marketplace.web.ways import chain_of, sentence_of

room = Blueprint("conflicts", __name__, url_prefix="/conflicts")
ENDS = {"a": ("worker",), "b": ("worker", *APPLICATIONS)}
FIRST_DAY = date(1950, 1, 1)


@room.get("")
@requires(Permission.CONFLICT_CHECK)
def index() -> ResponseReturnValue:
    given = {name: one_line(request.args.get(name))[:120] for name in ENDS}
    picked = read(_picked, given)
    day, fault = _day(request.args.get("day", ""))
    faults = {name: fault for name, one in picked.items() if name in request.args and (fault := _fault(one))} if any(given.values()) else {}
    if fault:
        faults["day"] = fault
    things = {name: one.thing for name, one in picked.items() if one.thing}
    if len(things) == 2 and things["a"].node == things["b"].node:
        faults["b"] = label("Choose two different things.")
    found = None
    if len(things) == 2 and not faults:
        ends = [(things[name].node.kind, things[name].node.id) for name in ENDS]
        found = read(conflicts_between, ends[0], ends[1], day)
    status = 422 if any(not picked[name].offered for name in faults if name in picked) or "day" in faults else 200
    return show("conflicts/index.html", status, **_context(given, picked, faults, day, found))


def _picked(tx: Transaction, given: dict[str, str]) -> dict[str, Picked]:
    return {name: pick(tx, text, ENDS[name]) for name, text in given.items()}


def _fault(one: Picked) -> Label | None:
    if one.thing is not None:
        return None
    if not one.text:
        return label("Fill this in.")
    return label("Several fit: choose one.") if one.offered else label("Nothing of this name that you can see.")


def _day(text: str) -> tuple[date, Label | None]:
    today = local_day(current_site().clock.now())
    if not text:
        return today, None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, label("Write the day as 2026-11-28.")
    return (day, None) if FIRST_DAY <= day <= today else (today, label("A day from 1950 to today."))


def _context(given: dict[str, str], picked: dict[str, Picked], faults: dict[str, Label], day: date, found: Findings | None) -> dict[str, Any]:
    fields = [
        {"name": name, "value": one.thing.called if one.thing else given[name], "kinds": ",".join(ENDS[name]), "fault": faults.get(name, ""),
         "offered": [(thing.node.kind, thing.called, thing.note, _with(given, name, thing.node.id, day)) for thing in one.offered]}
        for name, one in picked.items()
    ]  # fmt: skip
    names = [one.thing.node.label for one in picked.values() if one.thing]
    return {
        "fields": fields, "day": day, "day_fault": faults.get("day", ""), "found": found, "names": names, "is_asked": any(given.values()),
        "counting": [finding_row(one) for one in found.counting] if found else [], "past": [finding_row(one) for one in found.past] if found else [],
    }  # fmt: skip


def _with(given: dict[str, str], name: str, id: str, day: date) -> str:
    told: dict[str, Any] = given | {name: id, "day": day.isoformat()}
    return url_for(".index", **told)


def finding_row(one: Finding) -> dict[str, Any]:
    """A way in words and as a chain."""
    return {"words": sentence_of(one.way), "chain": chain_of(one.way), "steps": one.way.steps, "is_apart": one.is_apart}


@room.route("/kin", methods=["GET", "POST"])
@requires(Permission.KIN_DECLARE)
def kin() -> ResponseReturnValue:
    form = KinForm.of()
    if form.save(declare_kin, form.who.data or "", form.kin.data):
        flash(_("Declared. Only you and the officers above you can see it."), "success")
        return redirect(url_for(".kin"))
    return show("conflicts/kin.html", form=form, declared=read(list_kin, current_actor().worker_id), labels=KIN_LABELS)


@room.post("/kin/<id>/end")
@requires(Permission.KIN_DECLARE)
def end(id: str) -> ResponseReturnValue:
    change(end_declaration, id)
    flash(_("Noted: this is no longer so."))
    return redirect(url_for(".kin"))


@room.route("/rule", methods=["GET", "POST"])
@requires(Permission.CONFLICT_RULE)
def rule() -> ResponseReturnValue:
    now = current_site().clock.now()
    present = read(get_rule, now)
    form = RuleForm.of(present)
    if form.save(set_rule, form.version.data, form.years.data):
        flash(_("Saved."))
        return redirect(url_for(".rule"))
    return show("conflicts/rule.html", form=form)
