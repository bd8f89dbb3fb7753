"""The offers of a conversation side by side, the next one, and what becomes of it; and the question of first refusal."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.contracts.model import Contract
from marketplace.domains.offers.forms import OfferForm
from marketplace.domains.offers.model import SIDE_LABELS, STATUS_LABELS
from marketplace.domains.offers.model import WORKFLOW as OFFERS
from marketplace.domains.offers.repository import get_offer, get_thread, list_offers
from marketplace.domains.offers.service import decline_offer, find_first_terms, propose_offer, withdraw_offer
from marketplace.kernel.errors import Refused
from marketplace.kernel.first_refusals import FirstRefusal
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.processes.deals.forms import TakeUpForm
from marketplace.processes.deals.model import ANSWER_LABELS
from marketplace.processes.deals.repository import get_first_refusal, list_first_refusals
from marketplace.processes.deals.service import accept_offer, take_up, waive_first_refusal
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.links import url_of
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.terms import compared, terms_of

room = Blueprint("deals", __name__)
first_refusals = Blueprint("first_refusals", __name__, url_prefix="/first-refusals")


@room.get("/enquiries/<id>/offers")
@requires(Permission.OFFER_READ)
def index(id: str) -> ResponseReturnValue:
    thread, actor = read(get_thread, id, _today()), current_actor()
    offers = read(list_offers, id)
    last = offers[-1] if offers else None
    return show(
        "deals/offers.html", thread=thread, offers=offers, last=last, rows=compared(offers), statuses=STATUS_LABELS, sides=SIDE_LABELS,
        mine=thread.side_of(actor.tokens), may_offer=actor.can(Permission.OFFER_MAKE, thread) and not thread.fault,
        steps=[one for one in OFFERS.open_to(actor.tokens, last) if one.name in STEPS] if last else [],
        asked=read(list_first_refusals, thread.contract_id), answers=ANSWER_LABELS, has_ended=bool(last and last.holds_until < _today()),
    )  # fmt: skip


@room.route("/enquiries/<id>/offers/new", methods=["GET", "POST"])
@requires(Permission.OFFER_MAKE)
def new(id: str) -> ResponseReturnValue:
    thread = read_for(Permission.OFFER_MAKE, get_thread, id, _today())
    if thread.fault:
        raise Refused(thread.fault)
    form = OfferForm.begun(read(find_first_terms, thread), thread.last, workdays_after(_today(), current_site().settings.offer_workdays))

    def propose(uow: UnitOfWork) -> int:
        return propose_offer(uow, id, form.last_seen, form.revision(), form.holds_until.data or _today(), form.note.data or "").ordinal

    if ordinal := form.save(propose):
        flash(_("Offer %(n)s is sent. You are told what the other side says.", n=ordinal))
        return redirect(url_for(".index", id=id))
    return show("deals/edit.html", form=form, thread=thread)


@room.get("/offers/<id>")
@requires(Permission.OFFER_READ)
def detail(id: str) -> ResponseReturnValue:
    """Where notices lead."""
    return redirect(url_for(".index", id=read(get_offer, id).enquiry_id))


def accept(uow: UnitOfWork, id: str, version: int) -> Contract:
    return accept_offer(uow, id, version, current_site().settings.first_refusal_workdays)


STEPS: dict[str, Callable[..., Any]] = {"accept": accept, "decline": decline_offer, "withdraw": withdraw_offer}


@room.post("/offers/<id>/steps/<verb>")
@requires(Permission.OFFER_READ)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("offer", STEPS, (OFFERS,), id, verb)


@first_refusals.route("/<id>", endpoint="detail", methods=["GET", "POST"])
@requires(Permission.FIRST_REFUSAL_READ)
def first_refusal(id: str) -> ResponseReturnValue:
    """Taken up here, waived below."""
    asked = read(get_first_refusal, id)
    form = TakeUpForm.of(version=asked.version)
    if enquiry := form.save(take_up, id, form.version.data or 0, form.words.data or ""):
        flash(_("Taken up. The deal with the other side is stopped; your conversation with the seller begins here."))
        return redirect(url_of("enquiry", enquiry.id))
    may_answer = current_actor().can(Permission.FIRST_REFUSAL_ANSWER, asked)
    return show("deals/first_refusal.html", asked=asked, form=form, terms=_terms(asked), answers=ANSWER_LABELS, may_answer=may_answer)


def _terms(asked: FirstRefusal) -> dict[str, str]:
    return terms_of(asked) | {_("Days of the free trial"): str(asked.trial_days or ""), _("Other terms"): asked.other}


@first_refusals.post("/<id>/waive")
@requires(Permission.FIRST_REFUSAL_ANSWER)
def waive(id: str) -> ResponseReturnValue:
    change(waive_first_refusal, id, sent_version())
    flash(_("Your answer is noted."))
    return redirect(url_of("first-refusal", id))


def _today() -> date:
    return local_day(current_site().clock.now())
