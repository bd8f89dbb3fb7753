"""What readers say of a match: a strip under it, with a script and without."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.opinions.repository import get_opinion, list_own_opinions
from marketplace.domains.opinions.service import give_opinion, take_opinion_back
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import AlreadyDone
from marketplace.kernel.permission import Permission
from marketplace.kernel.verdicts import REASONS, VERDICT_LABELS
from marketplace.web.access import requires
from marketplace.web.door import change, read, show
from marketplace.web.identity import current_actor

room = Blueprint("opinions", __name__)


@room.errorhandler(AlreadyDone)
def done(_done: AlreadyDone) -> ResponseReturnValue:
    """The form was sent twice: what the first send said stands."""
    return _answer(**(request.view_args or {}))


@room.post("/needs/<id>/matches/<kind>/<thing>/opinion")
@requires(Permission.OPINION_GIVE)
def give(id: str, kind: str, thing: str) -> ResponseReturnValue:
    before = change(give_opinion, id, kind, thing, request.form.get("verdict", "")[:40], request.form.get("tell") == "yes")
    if not _is_fragment():
        way_back = url_for(".undo", id=id, kind=kind, thing=thing, to=before and before.verdict, tell="yes" if before and before.tell else None)
        flash(_("Noted. The publisher sees only sums, never who said it."), f"undo:{way_back}")
    return _answer(id, kind, thing)


@room.post("/needs/<id>/matches/<kind>/<thing>/opinion/undo")
@requires(Permission.OPINION_GIVE)
def undo(id: str, kind: str, thing: str) -> ResponseReturnValue:
    """Back to what was said before (`to`, and whether to be told), or to nothing."""
    before = request.args.get("to", "")[:40]
    if before:
        change(give_opinion, id, kind, thing, before, request.args.get("tell") == "yes")
    else:
        change(take_opinion_back, id, kind, thing)
    return _answer(id, kind, thing)


def _is_fragment() -> bool:
    return request.headers.get("HX-Request") == "true"


def _answer(id: str, kind: str, thing: str) -> ResponseReturnValue:
    """The strip under the match for a script; the page of matches, at this one, without."""
    if not _is_fragment():
        return redirect(url_for("matching.matches", id=id, kind=request.form.get("tab", "")[:20] or None, _anchor=f"match-{thing}"))
    own = read(list_own_opinions, current_actor().account_id, id)
    return show(
        "matching/opinion.html", need_id=id, kind=kind, thing_id=thing, mine=own.get(thing), verdicts=VERDICT_LABELS, reasons=REASONS,
        tab=request.form.get("tab", "")[:20], fresh=True,
    )  # fmt: skip


@room.get("/opinions/<id>")
@requires(Permission.SIGNED_IN)
def detail(id: str) -> ResponseReturnValue:
    """Where a message about a repair leads: what one said, the thing as it is now, and the word once more."""
    said = read(get_opinion, id)
    thing, need = read(list_cards, [(said.thing_kind, said.thing_id), ("need", said.need_id)])
    return show(
        "opinions/detail.html", said=said, thing=thing, need=need, need_id=need.id, kind=thing.kind, thing_id=thing.id,
        mine=read(list_own_opinions, current_actor().account_id, need.id).get(thing.id), verdicts=VERDICT_LABELS, reasons=REASONS, fresh=False,
        tab="",
    )  # fmt: skip
