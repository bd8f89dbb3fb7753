"""Ask to be erased, see how it stands, decide."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.workers.repository import get_worker, get_workers
from marketplace.kernel.permission import Permission
from marketplace.processes.erasure.forms import ErasureForm
from marketplace.processes.erasure.model import STATUS_LABELS, WORKFLOW, Erasure
from marketplace.processes.erasure.repository import find_open_erasure, get_erasure, list_erasures
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure, keep_list, refuse_erasure, take_erasure_back
from marketplace.web.access import recently_proved, requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("erasures", __name__)
STEPS: dict[str, Callable[..., Erasure]] = {"erase": carry_out_erasure, "refuse": refuse_erasure, "take_back": take_erasure_back}


@room.route("/workers/<id>/erase", methods=["GET", "POST"])
@requires(Permission.ERASURE_ASK)
@recently_proved
def ask(id: str) -> ResponseReturnValue:
    worker = read_for(Permission.ERASURE_ASK, get_worker, id)
    if standing := read(find_open_erasure, id):
        return redirect(url_for(".detail", id=standing.id))
    form = ErasureForm.of()
    if erasure := form.save(ask_erasure, id, form.reason.data or "", form.name.data):
        flash(_("Asked for: %(number)s. An officer above your union decides.", number=erasure.number))
        return redirect(url_for(".detail", id=erasure.id))
    return show("privacy/erase.html", form=form, worker=worker)


@room.get("/erasures")
@requires(Permission.ERASURE_READ)
def index() -> ResponseReturnValue:
    return show("privacy/erasures.html", erasures=read(list_erasures), statuses=STATUS_LABELS)


@room.get("/erasures/<id>")
@requires(Permission.ERASURE_READ)
def detail(id: str) -> ResponseReturnValue:
    erasure = read(get_erasure, id)
    worker = next(iter(read(get_workers, [erasure.worker_id])), None)
    steps = WORKFLOW.open_to(current_actor().tokens, erasure)
    return show("privacy/erasure.html", erasure=erasure, worker=worker, statuses=STATUS_LABELS, steps=steps)


@room.post("/erasures/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
@recently_proved
def take_step(id: str, verb: str) -> ResponseReturnValue:
    answer = take("erasure", STEPS, (WORKFLOW,), id, verb)
    site = current_site()
    keep_list(site.graph, site.settings.erased_list)
    return answer
