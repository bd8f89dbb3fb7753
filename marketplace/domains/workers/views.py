"""Show, enter and edit workers. Pages get the guarded side masked, except the one that only the person may open."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.workers.forms import WorkerForm
from marketplace.domains.workers.model import LEVEL_LABELS, STATUS_LABELS, WORKFLOW, Worker
from marketplace.domains.workers.repository import get_clear_worker, get_worker
from marketplace.domains.workers.service import create_worker, edit_worker, give_consent, withdraw_consent
from marketplace.kernel.availability import OFFER_LABELS
from marketplace.kernel.errors import NotFound
from marketplace.kernel.parties import find_heir
from marketplace.kernel.permission import Permission
from marketplace.kernel.person_links import list_links
from marketplace.kernel.scouting import credit_on_card
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.steps import take
from marketplace.web.words import day

room = Blueprint("workers", __name__, url_prefix="/workers")
STEPS: dict[str, Callable[..., Worker]] = {"give_consent": give_consent, "withdraw_consent": withdraw_consent}


@room.get("/")
@requires(Permission.WORKER_READ)
def index() -> ResponseReturnValue:
    return redirect(url_for("people.index"))


@room.get("/<id>")
@requires(Permission.WORKER_READ)
def detail(id: str) -> ResponseReturnValue:
    try:
        worker = read(get_worker, id)
    except NotFound:
        if heir := read(find_heir, id):
            return redirect(url_of("worker", heir))
        raise
    return _page(worker, worker.born, is_masked=True)


@room.get("/<id>/own")
@requires(Permission.WORKER_OWN)
def own(id: str) -> ResponseReturnValue:
    """The person's own numbers in full: nobody else opens this, an officer neither."""
    worker = read_for(Permission.WORKER_OWN, get_clear_worker, id)
    return _page(worker, day(worker.born_on) if worker.born_on else "", is_masked=False)


def _page(worker: Worker, born: str, *, is_masked: bool) -> ResponseReturnValue:
    return show("workers/detail.html", worker=worker, born=born, is_masked=is_masked, levels=LEVEL_LABELS, statuses=STATUS_LABELS,
                offers=OFFER_LABELS, links=read(list_links, worker.id), credit=read(credit_on_card, worker.id))  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.WORKER_CREATE)
def new() -> ResponseReturnValue:
    form = WorkerForm.of()
    if worker := form.save(create_worker, form.revision(), form.details(), form.employer.data, form.joined_on.data):
        flash(_("%(name)s is in the register. The card is hidden until the person agrees to show it.", name=worker.name))
        return redirect(url_of("worker", worker.id) if current_actor().can(Permission.WORKER_READ, worker) else url_for(".new"))
    return show("workers/edit.html", form=form, worker=None)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.WORKER_EDIT)
def edit(id: str) -> ResponseReturnValue:
    worker = read_for(Permission.WORKER_EDIT, get_worker, id)
    form = WorkerForm.of(worker)
    del form.employer, form.joined_on
    if form.save(edit_worker, id, form.version.data, form.revision(), form.details(), reread=lambda: read(get_worker, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("workers/edit.html", form=form, worker=worker)


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("worker", STEPS, (WORKFLOW,), id, verb)
