"""The three pages of the talent network's structure, and what an officer may take from them."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_csv
from marketplace.kernel.workdays import local_day
from marketplace.pages.talent.capability import Capability, count_holders, told_of
from marketplace.pages.talent.repository import get_overview, list_own_areas
from marketplace.pages.talent.shortage import Line, list_shortage, quarters_until
from marketplace.pages.talent.show import area_name, cell_rows, grid_of, group_rows, level_choices, line_row, multiples_of, people_rows, what_of
from marketplace.pages.talent.state import Asked, asked_of
from marketplace.pages.talent.tiles import AREAS
from marketplace.processes.shortage.repository import find_rules
from marketplace.processes.talent.service import ask_analysis, note_export
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.taxonomies import field_choices, field_name, skill_choices, taxonomies
from marketplace.web.words import translated

room = Blueprint("talent", __name__, url_prefix="/talent")
MULTIPLES = 6
SMALL = "<5"
CSV = "text/csv"


@room.get("")
@requires(Permission.TALENT_READ)
def index() -> ResponseReturnValue:
    found = read(get_overview)
    run = found.standing.current
    rows = {name: people_rows(found.people, run, name) if run else [] for name in ("influence", "bridging")}
    return show("talent/index.html", standing=found.standing, run=run, key=rows["influence"], connectors=rows["bridging"], groups=group_rows(found))


@room.post("/analyse")
@requires(Permission.TALENT_ANALYSE)
def analyse() -> ResponseReturnValue:
    asked = change(ask_analysis)
    flash(_("It is asked for and begins in a moment; this page shows it when it is whole.") if asked else _("It was asked for already."))
    return redirect(url_for(".index"))


@room.get("/capability")
@requires(Permission.TALENT_READ)
def capability() -> ResponseReturnValue:
    asked, found = counted()
    own = read(list_own_areas, [one.id for one in current_actor().parties_of("organisation")])
    what = what_of(asked, field_name(asked.technology) if asked.technology and "field" not in asked.faults else "")
    return show(
        "talent/capability.html", 422 if asked.faults else 200, asked=asked, found=found, grid=grid_of(found, asked, own), what=what,
        skills=skill_choices(), fields=field_choices(), levels=level_choices(), now=current_site().clock.now(), query=request.query_string.decode(),
        **cell_rows(found, own, whole=asked.view == "table"),
    )  # fmt: skip


def counted() -> tuple[Asked, Capability]:
    known = taxonomies()
    asked = asked_of(request.args, known.skills, known.fields)
    return asked, told_of(read(count_holders, list(asked.skills), asked.level), AREAS)


@room.post("/capability.csv")
@requires(Permission.TALENT_EXPORT)
def export_capability() -> ResponseReturnValue:
    asked, found = counted()
    if asked.faults:
        return redirect(f"{url_for('.capability')}?{request.query_string.decode()}")
    change(note_export, "capability")
    head = (_("Sub-district"), _("People"), _("Senior technicians and above"))
    return download("capability.csv", head, [(area_name(one.area), told(one.holders), told(one.high)) for one in found.cells])


def told(value: int | None) -> int | str:
    return SMALL if value is None else value


def download(name: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Response:
    out = BytesIO()
    write_csv(out, head, rows)
    out.seek(0)
    return send_file(out, CSV, as_attachment=True, download_name=name)


@room.get("/shortage")
@requires(Permission.TALENT_READ)
def shortage() -> ResponseReturnValue:
    rules, lines = shortage_now()
    rows = [line_row(one) for one in lines]
    warned = [row for row in rows if row["is_warning"]]
    whole = request.args.get("show") == "all"
    now = current_site().clock.now()
    quarters = quarters_until(local_day(now))
    return show(
        "talent/shortage.html", rules=rules, rows=rows if whole else warned, whole=whole, all=len(rows), warned=len(warned),
        multiples=multiples_of((warned or rows)[:MULTIPLES]), quarters=quarters, now=now,
        quarter_heads=[(f"{year} Q{quarter}", "number", None) for year, quarter in quarters],
    )  # fmt: skip


def shortage_now() -> tuple[Any, list[Line]]:
    """Without rules nobody could say what is short."""
    rules = read(find_rules)
    return rules, read(list_shortage, rules, current_site().clock.now()) if rules else []


@room.post("/shortage.csv")
@requires(Permission.TALENT_EXPORT)
def export_shortage() -> ResponseReturnValue:
    _rules, lines = shortage_now()
    change(note_export, "shortage")
    head = (_("Skill"), _("Warning"), _("Open needs"), _("Needs, last 4 quarters"), _("Needs, 4 quarters before"), _("People"),
            _("Senior technicians and above"), _("Near retirement, about %"))  # fmt: skip
    return download("shortage.csv", head, [_line(line_row(one)) for one in lines])


def _line(row: dict[str, Any]) -> tuple[Any, ...]:
    plain = (row["skill"], translated(row["words"]), row["needs"], row["recent"], row["before"])
    return *plain, told(row["holders"]), told(row["high"]), told(row["near"])
