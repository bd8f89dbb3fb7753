"""The person decides what the card says, and looks at it with other people's eyes first."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.workers.document import as_shown
from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.repository import get_worker
from marketplace.kernel.availability import OFFER_LABELS
from marketplace.kernel.consent import PART_NOTES, RECORDED, USE_LABELS, USE_NOTES, Part, concealed_of, list_consents, parts_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.person_links import Link, list_links
from marketplace.kernel.scouting import credit_of
from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.processes.consent.forms import ConsentForm
from marketplace.processes.consent.service import agree
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of

room = Blueprint("consent", __name__, url_prefix="/workers")


@room.route("/<id>/consent", methods=["GET", "POST"])
@requires(Permission.WORKER_OWN)
def edit(id: str) -> ResponseReturnValue:
    worker = read_for(Permission.WORKER_OWN, get_worker, id)
    form = ConsentForm.of(version=worker.version, shown=worker.has_consent, parts=parts_of(worker.concealed), uses=worker.agreed_uses)
    looks = "look" in request.form and form.validate_on_submit()
    if _kept := None if looks else form.save(agree, id, form.version.data, form.shown.data, form.chosen(), form.agreed()):
        flash(_("Kept. It holds from now on, everywhere."))
        return redirect(url_for(".edit", id=id))
    return _page(form, worker, looks)


def _page(form: ConsentForm, worker: Worker, looks: bool) -> ResponseReturnValue:
    """`looks`: the card as it would be, nothing kept yet."""
    parts = form.chosen() if looks else parts_of(worker.concealed)
    is_shown = bool(form.shown.data) if looks else worker.has_consent
    card = as_shown(replace(worker, concealed=concealed_of(parts)))
    links = read(list_public_links, worker.id, parts)
    return show(
        "workers/consent.html", form=form, worker=worker, card=card, links=links, is_shown=is_shown, looks=looks, parts=parts, notes=PART_NOTES,
        use_notes=USE_NOTES, use_labels=USE_LABELS, credit=read(credit_of, current_actor().account_id),
        labels=RECORDED, levels=LEVEL_LABELS, offers=OFFER_LABELS, consents=read(list_consents, worker.id), back=url_of("worker", worker.id),
    )  # fmt: skip


def list_public_links(tx: Transaction, id: str, parts: tuple[Part, ...]) -> list[Link]:
    """Works and circles as the card would name them."""
    kept_back = concealed_of(parts)
    return [link for link in list_links(tx, id) if link.relation not in kept_back]
