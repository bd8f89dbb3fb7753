"""The words of search: list, add, change with a preview, retire with undo."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.vocabulary.forms import BETWEEN, SynonymForm
from marketplace.domains.vocabulary.model import KIND_LABELS, LANGUAGE_LABELS, MOST_WORDS, STATUS_LABELS, Effect, Kind, Language, Status, Synonym
from marketplace.domains.vocabulary.repository import Wanted, get_synonym, list_synonyms
from marketplace.domains.vocabulary.service import create_synonym, edit_synonym, preview_synonym, restore_synonym, retire_synonym
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import PUBLIC
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.forms import one_line
from marketplace.web.links import page_number
from marketplace.web.site import current_site
from search.errors import SearchUnavailable

room = Blueprint("vocabulary", __name__, url_prefix="/vocabulary")
Chosen = type[StrEnum]


@room.get("")
@requires(Permission.VOCABULARY_READ)
def index() -> ResponseReturnValue:
    status = _chosen("status", Status) or Status.ACTIVE
    wanted = Wanted(one_line(request.args.get("q"))[:60], _chosen("kind", Kind), _chosen("language", Language), status)
    return show(
        "vocabulary/list.html", page=read(list_synonyms, wanted, page_number()), wanted=wanted, kinds=KIND_LABELS, languages=LANGUAGE_LABELS,
        statuses=STATUS_LABELS,
    )  # fmt: skip


def _chosen(name: str, among: Chosen) -> str:
    """What is no choice narrows nothing."""
    sent = request.args.get(name, "")
    return sent if sent in {one.value for one in among} else ""


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def new() -> ResponseReturnValue:
    words = tuple(word for one in BETWEEN.split(request.args.get("words", "")[:200]) if (word := one_line(one)[:40]))[:MOST_WORDS]
    form = SynonymForm.of(words=words)
    if "preview" in request.form:
        return _preview(form, None)
    if made := form.save(create_synonym, form.revision()):
        return _saved(made)
    return show("vocabulary/edit.html", form=form, synonym=None)


@room.get("/<id>")
@requires(Permission.VOCABULARY_READ)
def detail(id: str) -> ResponseReturnValue:
    """A group is read where it is written."""
    return redirect(url_for(".edit", id=read(get_synonym, id).id))


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def edit(id: str) -> ResponseReturnValue:
    synonym: Synonym = read_for(Permission.VOCABULARY_EDIT, get_synonym, id)
    form = SynonymForm.of(synonym)
    if "preview" in request.form:
        return _preview(form, synonym)
    if saved := form.save(edit_synonym, id, form.version.data, form.revision(), reread=lambda: read(get_synonym, id)):
        return _saved(saved)
    return show("vocabulary/edit.html", form=form, synonym=synonym)


def _saved(synonym: Synonym) -> ResponseReturnValue:
    current_site().vocabulary.look_again()
    flash(_("Saved. Every search knows it within two seconds: %(words)s", words=synonym.title), "success")
    return redirect(url_for(".index"))


def _preview(form: SynonymForm, synonym: Synonym | None) -> ResponseReturnValue:
    """Saves nothing. A script asks for the fragment alone; without one it is the same page."""
    found: dict[str, Any] = {"effects": None, "away": False}
    if form.valid_words():
        try:
            found["effects"] = _effects(form, synonym)
        except SearchUnavailable:
            found["away"] = True
    if request.headers.get("HX-Request"):
        return show("vocabulary/effects.html", faults=form.errors, **found)
    return show("vocabulary/edit.html", form=form, synonym=synonym, **found)


def _effects(form: SynonymForm, synonym: Synonym | None) -> list[Effect]:
    """With a guest's eyes: titles that are not everybody's take no part."""
    site, id = current_site(), synonym.id if synonym else ""
    return site.graph.read(lambda tx: preview_synonym(tx, site.index, form.revision(), id), reader=(PUBLIC,))


@room.post("/<id>/retire")
@requires(Permission.VOCABULARY_EDIT)
def retire(id: str) -> ResponseReturnValue:
    gone = change(retire_synonym, id)
    current_site().vocabulary.look_again()
    flash(_("Retired: %(words)s", words=gone.title), f"undo:{url_for('.restore', id=id)}")
    return redirect(url_for(".index"))


@room.post("/<id>/restore")
@requires(Permission.VOCABULARY_EDIT)
def restore(id: str) -> ResponseReturnValue:
    back = change(restore_synonym, id)
    current_site().vocabulary.look_again()
    flash(_("In use again: %(words)s", words=back.title), "success")
    return redirect(url_for(".index"))
