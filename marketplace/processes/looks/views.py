"""Say what for, then see it; find a person by a number; and the person's own page of who saw what."""

import json
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, make_response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from marketplace.domains.workers.model import LEVEL_LABELS, Worker
from marketplace.domains.workers.repository import get_worker
from marketplace.kernel.errors import AlreadyDone, NotFound
from marketplace.kernel.permission import Permission
from marketplace.processes.looks.forms import CopyForm, NumberForm, PurposeForm
from marketplace.processes.looks.model import KIND_LABELS, PURPOSE_LABELS, Copy, LookKind, Purpose, figures_of
from marketplace.processes.looks.repository import list_looks
from marketplace.processes.looks.service import search_by_number, show_personal, take_copy
from marketplace.web.access import recently_proved, requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.words import day

room = Blueprint("looks", __name__)


@room.errorhandler(AlreadyDone)
def done(_done: AlreadyDone) -> ResponseReturnValue:
    """The page was loaded again: what it showed is not kept, so the question stands there anew."""
    return redirect(request.path)


@room.route("/workers/<id>/shown", methods=["GET", "POST"])
@requires(Permission.PERSONAL_SHOW)
@recently_proved
def reveal(id: str) -> ResponseReturnValue:
    """Each showing is a look of its own: nothing stays open, and what is seen again is asked again."""
    worker = read_for(Permission.PERSONAL_SHOW, get_worker, id)
    form = PurposeForm.of()
    if clear := form.save(show_personal, id, form.purpose.data, form.note.data):
        return _unkept(show("privacy/shown.html", worker=clear, born=day(clear.born_on) if clear.born_on else "", levels=LEVEL_LABELS))
    return show("privacy/reveal.html", form=form, worker=worker)


@room.route("/people/by-number", methods=["GET", "POST"])
@requires(Permission.PERSONAL_FIND)
def search() -> ResponseReturnValue:
    form = NumberForm.of()
    found = form.save(search_by_number, form.number.data, form.purpose.data, form.note.data)
    return _unkept(show("privacy/by_number.html", form=form, found=found))


def _unkept(answer: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


@room.route("/workers/<id>/copy", methods=["GET", "POST"])
@requires(Permission.PERSONAL_COPY)
@recently_proved
def copy(id: str) -> ResponseReturnValue:
    worker = read_for(Permission.PERSONAL_COPY, get_worker, id)
    form = CopyForm.of()
    if taken := form.save(take_copy, id, Purpose.REQUEST, form.note.data):
        return _unkept(send_file(_packed(taken), "application/zip", as_attachment=True, download_name=f"{taken.number}.zip"))
    return show("privacy/copy.html", form=form, worker=worker, is_own=_is_own(worker))


def _packed(taken: Copy) -> BytesIO:
    """The data as JSON, the person's own files beside it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("data.json", json.dumps(taken.content, ensure_ascii=False, indent=1))
        for at, file in enumerate(taken.files, start=1):
            packed.writestr(f"files/{at:03d}-{PurePath(file.name).name}", current_site().files.fetch(file.path))
    out.seek(0)
    return out


@room.get("/my/looks")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Who saw mine. Accounts that are no person of the register have nothing that could be seen."""
    own = current_actor().worker_id
    return redirect(url_for(".of", id=own)) if own else show("privacy/looks.html", worker=None)


@room.get("/workers/<id>/looks")
@requires(Permission.LOOK_READ)
def of(id: str) -> ResponseReturnValue:
    worker = read_for(Permission.WORKER_GUARDED, get_worker, id)
    looks, chosen = read(list_looks, id), request.args.get("kind", "")
    if chosen and chosen not in list(LookKind):
        raise NotFound(chosen)
    return show(
        "privacy/looks.html", worker=worker, looks=[one for one in looks if chosen in ("", one.kind)], chosen=chosen, kinds=KIND_LABELS,
        counts={kind: sum(one.kind == kind for one in looks) for kind in KIND_LABELS}, purposes=PURPOSE_LABELS,
        figures=figures_of(looks, current_site().clock.now()), is_own=_is_own(worker),
    )  # fmt: skip


def _is_own(worker: Worker) -> bool:
    return current_actor().worker_id == worker.id
