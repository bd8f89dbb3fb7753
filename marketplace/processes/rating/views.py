"""Rate the other side of a contract; read what both said; answer once; the page of one rating; what is shown of a party."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ratings.model import MARK_LABELS, MARKS, STATUS_LABELS, WORKFLOW, Rating, RatingText
from marketplace.domains.ratings.repository import get_rating, list_of_contract, standing_of
from marketplace.domains.ratings.service import answer_rating, take_down_rating
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.processes.rating.forms import AnswerForm, RatingForm
from marketplace.processes.rating.service import ends_at, rate_contract, side_of
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("ratings", __name__)
PARTIES = ("studio", "association", "enterprise")
SAID: dict[str, Any] = {"marks": MARKS, "mark_labels": MARK_LABELS, "statuses": STATUS_LABELS}


@room.route("/contracts/<id>/rating", methods=["GET", "POST"])
@requires(Permission.CONTRACT_READ)
def rate(id: str) -> ResponseReturnValue:
    """For the two parties: what both said, as far as it is shown, and the form as long as one's own word is missing."""
    contract, form, days = read(get_contract, id), RatingForm(), current_site().settings.rating_days
    if form.save(rate_contract, id, _text(form), days):
        flash(_("Thank you. Both are shown when both have rated, or when the time is over."), "success")
        return redirect(url_for(".rate", id=id))
    side, ends = side_of(current_actor(), contract), ends_at(contract, days)
    given = {one.side: one for one in read(list_of_contract, id)}
    may = bool(side) and side not in given and ends is not None and current_site().clock.now() < ends
    return show("ratings/rate.html", form=form, contract=contract, side=side, given=given, ends=ends, may=may, answering=AnswerForm(), **SAID)


def _text(form: RatingForm) -> RatingText:
    """A mark that is missing is refused at its field before anybody reads this."""
    return RatingText(**{name: form[name].data or 0 for name in MARKS}, words=form.words.data or "")


@room.route("/ratings/<id>/answer", methods=["GET", "POST"])
@requires(Permission.RATING_ANSWER)
def answer(id: str) -> ResponseReturnValue:
    rating, form = read_for(Permission.RATING_ANSWER, get_rating, id), AnswerForm.of()
    if form.save(answer_rating, id, rating.version, form.answer.data or ""):
        flash(_("Your answer stands below the rating."), "success")
        return redirect(url_for(".rate", id=rating.contract_id))
    return show("ratings/answer.html", form=form, rating=rating, **SAID)


@room.get("/ratings/<id>")
@requires(Permission.RATING_READ)
def detail(id: str) -> ResponseReturnValue:
    """For the parties it stands beside the other one, on the contract's page."""
    rating: Rating = read(get_rating, id)
    if f"maker:{rating.rater_id}" in current_actor().tokens or f"maker:{rating.rated_id}" in current_actor().tokens:
        return redirect(url_for(".rate", id=rating.contract_id))
    party = next(iter(read(list_cards, [(rating.rated_kind, rating.rated_id)])), None)
    return show("ratings/detail.html", rating=rating, party=party, **SAID)


STEPS: dict[str, Callable[..., Rating]] = {"take_down": take_down_rating}


@room.post("/ratings/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb not in STEPS:
        raise NotFound(verb)
    return take("rating", STEPS, (WORKFLOW,), id, verb)


@room.get("/ratings/of/<kind>/<id>")
@requires(Permission.VISIT)
def of_party(kind: str, id: str) -> ResponseReturnValue:
    """What is shown of a studio, an association, an enterprise: a fragment of its page, and a page without script."""
    party = next(iter(read(list_cards, [(kind, id)])), None) if kind in PARTIES else None
    if party is None:
        raise NotFound(id)
    least = current_site().settings.rating_least
    template = "ratings/standing.html" if request.headers.get("HX-Request") == "true" else "ratings/party.html"
    return show(template, party=party, standing=read(standing_of, id, least), least=least, **SAID)
