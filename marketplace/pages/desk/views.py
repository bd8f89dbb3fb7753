"""The desk, claiming and declaring, and the reports of readers."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.reviews.forms import ReportForm
from marketplace.domains.reviews.model import HOLDING, REPORTING, Declaration, Report
from marketplace.domains.reviews.repository import get_report, get_review
from marketplace.domains.reviews.service import (
    claim_review,
    declare_relation,
    dismiss_report,
    release_review,
    report_thing,
    take_over_review,
    title_of,
)
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.reviewing import Review, list_reviews, shared_employers
from marketplace.kernel.workdays import local_day
from marketplace.pages.desk.repository import Counts, count_cases, list_cases, list_choices, list_open_reports
from marketplace.pages.desk.show import case_of, filters_of, report_case, report_row, row_of, tabs_of
from marketplace.pages.desk.state import PAGE_SIZE, DeskState, Tab, state_of, window_of
from marketplace.pages.desk.words import kind_words
from marketplace.processes.conflicts.model import Findings
from marketplace.processes.conflicts.service import conflicts_between
from marketplace.processes.conflicts.views import finding_row
from marketplace.web.access import requires
from marketplace.web.door import change, read, sent_version, show
from marketplace.web.forms import clean
from marketplace.web.identity import current_actor
from marketplace.web.links import inner_url, url_of
from marketplace.web.site import current_site
from marketplace.web.words import translated

room = Blueprint("reviews", __name__, url_prefix="/reviews")

HOLDS = {"claim": claim_review, "take_over": take_over_review, "release": release_review}


@room.get("")
@requires(Permission.REVIEW_DESK)
def index() -> ResponseReturnValue:
    state, actor, now = state_of(request.args), current_actor(), current_site().clock.now()
    counts = read(count_cases, actor.account_id, now)
    rows, total = _reported(state, counts) if state.tab is Tab.REPORTS else _waiting(state)
    state, case = _chosen(state, rows)
    marked = [row | {"selected": row["id"] == state.case} for row in rows]
    return show(
        "reviews/desk.html", intro=_("%(unit)s, today %(day)s", unit=actor.unit_name, day=local_day(now).isoformat()), on_time=_in_time(counts),
        tabs=tabs_of(state, counts), filters=filters_of(state, read(list_choices)), rows=marked, case=case, next_url=_next_url(state, rows),
        here_url=state.url(), page=state.page, pages=max(1, -(-total // PAGE_SIZE)), first=(state.page - 1) * PAGE_SIZE + 1,
        last=(state.page - 1) * PAGE_SIZE + len(rows), total=total, tab=state.tab,
    )  # fmt: skip


def _waiting(state: DeskState) -> tuple[list[dict[str, Any]], int]:
    actor, now = current_actor(), current_site().clock.now()
    found = read(list_cases, state, window_of(state.tab, actor.account_id, now))
    return [row_of(review, state, actor, now) for review in found.items], found.total


def _reported(state: DeskState, counts: Counts) -> tuple[list[dict[str, Any]], int]:
    reports = read(list_open_reports, state, current_actor().account_id)
    return [report_row(report, state) for report in reports], counts.reports


def _chosen(state: DeskState, rows: list[dict[str, Any]]) -> tuple[DeskState, dict[str, Any] | None]:
    """The case of the address, or the first that waits: after a decision the next one is simply there."""
    for id in dict.fromkeys((state.case, *(row["id"] for row in rows[:1]))):
        if id and (case := _case(state.tab, id)) is not None:
            return DeskState(state.tab, state.kind, state.unit, state.order, id, state.page), case
    return state, None


def _case(tab: Tab, id: str) -> dict[str, Any] | None:
    now, actor = current_site().clock.now(), current_actor()
    try:
        if tab is Tab.REPORTS:
            report: Report = read(get_report, id)
            return report_case(report, _entity(report.kind, report.entity_id), read(list_reviews, report.entity_id), _room(report.kind), now)
        review: Review = read(get_review, id)
    except NotFound:
        return None
    employers = read(shared_employers, actor.worker_id, review.makers)
    entity = _entity(review.kind, review.entity_id)
    case = case_of(review, entity, read(list_reviews, review.entity_id), _room(review.kind), employers, actor, now)
    return case | _relations(review, local_day(now)) if entity else case


def _relations(review: Review, today: date) -> dict[str, Any]:
    """How the officer is linked with those behind it, as far as their own eyes go."""
    me = current_actor().worker_id
    check_url = url_for("conflicts.index", a=me or None, b=review.entity_id)
    try:
        found = read(conflicts_between, ("worker", me), (review.kind, review.entity_id), today) if me else Findings()
    except NotFound:
        found = Findings()
    return {"relations": [finding_row(one) for one in found.counting], "check_url": check_url}


def _room(kind: str) -> Any:
    return current_site().rooms.get(kind)


def _entity(kind: str, id: str) -> Any:
    """None for what the officer may not read any more: it went back to its makers."""
    found = _room(kind)
    try:
        return read(found.get, id) if found else None
    except NotFound:
        return None


def _next_url(state: DeskState, rows: list[dict[str, Any]]) -> str:
    """Where the desk goes on once the chosen case is decided."""
    ids = [row["id"] for row in rows]
    after = ids.index(state.case) + 1 if state.case in ids else 0
    return state.url(case=ids[after] if after < len(ids) else "")


def _in_time(counts: Counts) -> str | None:
    return f"{counts.in_time / counts.done:.1%}" if counts.done else None


@room.post("/<id>/<any(claim, take_over, release):verb>")
@requires(Permission.REVIEW_DESK)
def hold(id: str, verb: str) -> ResponseReturnValue:
    review = change(HOLDS[verb], id)
    flash(_("%(done)s: %(number)s", done=translated(HOLDING.steps[verb].done), number=review.number), "success")
    return redirect(_back(url_for(".index", case=id)))


@room.post("/<id>/declare")
@requires(Permission.REVIEW_DESK)
def declare(id: str) -> ResponseReturnValue:
    said = request.form.get("declaration", "")
    if said not in tuple(Declaration):
        flash(_("Choose one of the two."), "error")
        return redirect(url_for(".index", case=id))
    change(declare_relation, id, Declaration(said))
    flash(_("Your declaration is on the record."), "success")
    return redirect(_back(url_for(".index", case=id)))


def _back(otherwise: str) -> str:
    return inner_url(request.form["back"]) if request.form.get("back") else otherwise


@room.route("/report", methods=["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def report() -> ResponseReturnValue:
    kind, id = request.values.get("kind", ""), request.values.get("id", "")
    entity = _entity(kind, id)
    if entity is None:
        raise NotFound(id)
    form = ReportForm()
    if form.save(report_thing, entity, clean(form.text.data)):
        flash(_("Thank you. An officer looks at it and you are told how it ends."), "success")
        return redirect(url_of(kind, id))
    return show("reviews/report.html", form=form, entity=entity, kind=kind, kind_words=kind_words(kind), title=title_of(entity))


@room.post("/reports/<id>/dismiss")
@requires(Permission.REVIEW_DESK)
def dismiss(id: str) -> ResponseReturnValue:
    change(dismiss_report, id, sent_version(), clean(request.form.get("reason"))[:1000])
    flash(translated(REPORTING.steps["dismiss"].done), "success")
    return redirect(_back(url_for(".index", tab=Tab.REPORTS)))
