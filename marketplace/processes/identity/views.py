"""Compare two entries and merge them; look at a merge and separate it."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from graph.ontology import ONTOLOGY
from marketplace.domains.workers.model import STATUS_LABELS, Worker, masked
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.kernel.cards import list_titles
from marketplace.kernel.permission import Permission
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.kernel.workdays import local_day
from marketplace.processes.identity.forms import MergeForm, SplitForm
from marketplace.processes.identity.model import MergeStatus, Place
from marketplace.processes.identity.repository import list_merges
from marketplace.processes.identity.service import Plan, Return, merge_workers, plan_merge, plan_return, split_workers
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.words import translated, word

room = Blueprint("identity", __name__, url_prefix="/people")
SECRET = ("id_number", "phone", "bank_account")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is compared. `same` is None where one of the two says nothing."""

    name: str
    one: str
    other: str
    same: bool | None


@room.route("/merge/<one>/<other>", methods=["GET", "POST"])
@requires(Permission.WORKER_MERGE)
def merge(one: str, other: str) -> ResponseReturnValue:
    """Stale versions get the plain page: both entries are to be looked at again."""
    first, second = (read_for(Permission.WORKER_MERGE, get_clear_worker, id) for id in (one, other))
    form = MergeForm.of(one_version=first.version, other_version=second.version, keep=request.args.get("keep") or one)
    form.keep.choices = [(entry.id, f"{entry.name} {entry.number}") for entry in (first, second)]
    kept = other if form.keep.data == other else one
    gone = one if kept == other else other
    seen = {one: form.one_version.data or 0, other: form.other_version.data or 0}
    if "look" not in request.form and (done := form.save(merge_workers, kept, gone, seen)):
        flash(_("The two entries are one now."), "undo:" + url_for(".split", id=done.id))
        return redirect(url_of("worker", kept))
    plan = read(plan_merge, kept, gone, local_day(current_site().clock.now()))
    lines = lines_of(first, second)
    return show("people/merge.html", form=form, first=masked(first), second=masked(second), plan=plan, lines=lines, moves=moves_in(plan))


def lines_of(first: Worker, second: Worker) -> list[Line]:
    """Personal values masked; whether they are the same is said in words."""
    shown = masked(first), masked(second)
    plain = {
        _("Number"): [one.number for one in shown], _("Card"): [translated(STATUS_LABELS[one.status]) for one in shown],
        _("Skill level"): [translated(LEVEL_LABELS[one.level]) if one.level else "" for one in shown],
        _("Employer"): [one.enterprise_name for one in shown], _("Union"): [one.organisation_name for one in shown],
        _("Skills"): ["、".join(skill.skill for skill in one.skills) for one in shown],
    }  # fmt: skip
    lines = [Line(name, said[0], said[1], said[0] == said[1] if all(said) else None) for name, said in plain.items()]
    for name in SECRET:
        ours, theirs = getattr(first, name), getattr(second, name)
        words = word(ONTOLOGY.node("Worker").property(name).words)
        lines.append(Line(words, getattr(shown[0], name), getattr(shown[1], name), ours == theirs if ours and theirs else None))
    born = [one.born for one in (first, second)]
    return [*lines, Line(_("Date of birth"), born[0], born[1], first.born_on == second.born_on if all(born) else None)]


def moves_in(plan: Plan) -> list[tuple[str, int]]:
    """How many of each kind move."""
    counts: dict[str, int] = {}
    for move in plan.moves:
        counts[move.place.relation] = counts.get(move.place.relation, 0) + len(move.gone)
    return [(word(ONTOLOGY.edge(name).words), count) for name, count in sorted(counts.items())]


@room.get("/merges/<id>")
@requires(Permission.WORKER_MERGE)
def detail(id: str) -> ResponseReturnValue:
    plan = read(plan_return, id)
    form = SplitForm.of()
    return show("people/split.html", form=form, plan=plan, lost=read(name_places, plan.lost), is_done=plan.merge.status is MergeStatus.UNDONE)


def name_places(tx: Transaction, places: tuple[Place, ...]) -> list[tuple[str, str]]:
    """(relation, title of the thing, as far as the officer may see it)"""
    titles = list_titles(tx, [(place.label.lower(), place.other) for place in places])
    return [(word(ONTOLOGY.edge(place.relation).words), titles.get((place.label.lower(), place.other), "")) for place in places]


@room.post("/merges/<id>/split")
@requires(Permission.WORKER_MERGE)
def split(id: str) -> ResponseReturnValue:
    plan: Return = change(split_workers, id)
    if plan.lost:
        flash(_("They are two again; %(count)d links had changed since and stayed.", count=len(plan.lost)), "warning")
    else:
        flash(_("They are two again, each as before."))
    return redirect(url_for("identity.merge", one=plan.kept.id, other=plan.gone.id))


@room.get("/merges")
@requires(Permission.WORKER_MERGE)
def index() -> ResponseReturnValue:
    """What was merged into one person."""
    worker = read_for(Permission.WORKER_MERGE, get_worker, request.args.get("into", ""))
    return show("people/merges.html", worker=worker, merges=read(list_merges, worker.id), actor=current_actor())
