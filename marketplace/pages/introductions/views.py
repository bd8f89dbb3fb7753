"""Introduce, answer for one's side, take it back, and one's own list with what came of it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.introductions.model import STATUS_LABELS, THINGS, WORKFLOW, Introduction, Side, Status
from marketplace.domains.introductions.repository import get_introduction, list_introductions
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.scouting import credit_of
from marketplace.pages.matches.words import chain_of
from marketplace.processes.introducing.forms import AcceptForm, ChooseForm, IntroduceForm
from marketplace.processes.introducing.model import Bounds
from marketplace.processes.introducing.repository import find_numbered, get_outcome, get_pair
from marketplace.processes.introducing.service import accept_introduction, decline_introduction, introduce, withdraw_introduction
from marketplace.processes.matching.service import path_between
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import page_number, url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("introductions", __name__, url_prefix="/introductions")
NEED = "need"
TONES = {Status.PROPOSED: "due", Status.OPENED: "ok", Status.DECLINED: "neutral", Status.WITHDRAWN: "neutral"}


def _bounds() -> Bounds:
    settings = current_site().settings
    return Bounds(settings.introduction_least, settings.introduction_most, settings.introductions_a_day)


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """What I introduced, what was introduced to me, and my credit."""
    actor = current_actor()
    page, credit = read(list_introductions, actor.own, page_number()), read(credit_of, actor.account_id)
    return show("introductions/list.html", page=page, credit=credit, statuses=STATUS_LABELS, tones=TONES)


@room.route("/new/<need_id>/<kind>/<id>", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_MAKE)
def new(need_id: str, kind: str, id: str) -> ResponseReturnValue:
    pair, form, bounds = read_for(Permission.INTRODUCTION_MAKE, get_pair, need_id, kind, id), IntroduceForm.of(), _bounds()
    if made := form.save(introduce, need_id, kind, id, form.why.data or "", bounds):
        flash(_("Introduction %(number)s is sent to both sides. You are told what they say.", number=made.number))
        return redirect(url_of("introduction", made.id))
    cards = read(list_cards, [(NEED, pair.need_id), (pair.thing_kind, pair.thing_id)])
    chain = chain_of(read(path_between, need_id, kind, id))
    return show("introductions/edit.html", form=form, pair=pair, cards=cards, bounds=bounds, chain=chain)


@room.route("/with/<kind>/<id>", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_MAKE)
def choose(kind: str, id: str) -> ResponseReturnValue:
    """From the page of one of the two: which is the other? Its matches stand one link further."""
    card = next(iter(read(list_cards, [(kind, id)])), None) if kind in (NEED, *THINGS) else None
    if card is None:
        raise NotFound(id)
    form = ChooseForm()
    if form.validate_on_submit():
        found = read(find_numbered, form.number.data or "")
        if found and (found[0] == NEED) is not (kind == NEED):
            need_id, thing = (id, found) if kind == NEED else (found[1], (kind, id))
            return redirect(url_for(".new", need_id=need_id, kind=thing[0], id=thing[1]))
        wanted = _("No achievement or listing of this number is open to you.") if kind == NEED else _("No need of this number is open to you.")
        form.number.errors = (*form.number.errors, wanted)
    return show("introductions/choose.html", form=form, card=card)


@room.route("/<id>", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_READ)
def detail(id: str) -> ResponseReturnValue:
    """For the two sides and the scout; a side says yes here."""
    one = read(get_introduction, id)
    form = _answer_form(one)
    opening = form.opening.data or "" if "opening" in form else ""
    if request.method == "POST" and (done := form.save(accept_introduction, id, opening)):
        return _accepted(done)
    return _page(one, form)


def _answer_form(one: Introduction) -> AcceptForm:
    """Only the needing side is asked for its first words."""
    form = AcceptForm()
    if Side.NEEDING not in one.sides_of(current_actor().tokens):
        del form.opening
    return form


def _accepted(one: Introduction) -> ResponseReturnValue:
    outcome = read(get_outcome, one.id)
    if outcome.enquiry_id:
        flash(_("Both sides have accepted: your conversation begins here."), "success")
        return redirect(url_of("enquiry", outcome.enquiry_id))
    flash(_("Accepted. The conversation begins when the other side accepts, too."), "success")
    return redirect(url_of("introduction", one.id))


def _page(one: Introduction, form: AcceptForm) -> ResponseReturnValue:
    actor = current_actor()
    sides = one.sides_of(actor.tokens)
    may = actor.can(Permission.INTRODUCTION_ANSWER, one) and len(sides) == 1
    return show(
        "introductions/detail.html", form=form, introduction=one, statuses=STATUS_LABELS, tones=TONES, sides=sides, outcome=read(get_outcome, one.id),
        cards={card.kind: card for card in read(list_cards, [(NEED, one.need_id), (one.thing_kind, one.thing_id)])},
        accepting=may and one.accepted_at(sides[0]) is None, declining=WORKFLOW.steps["decline"] if may else None,
        withdrawing=WORKFLOW.steps["withdraw"] if actor.can(Permission.INTRODUCTION_WITHDRAW, one) else None,
        chain=chain_of(read(path_between, one.need_id, one.thing_kind, one.thing_id)),
    )  # fmt: skip


STEPS: dict[str, Callable[..., Introduction]] = {"decline": decline_introduction, "withdraw": withdraw_introduction}


@room.post("/<id>/steps/<verb>")
@requires(Permission.INTRODUCTION_READ)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("introduction", STEPS, (WORKFLOW,), id, verb)
