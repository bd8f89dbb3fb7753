"""Write, show, review and renew listings."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.listings.forms import ListingForm
from marketplace.domains.listings.model import REVISION, STATUS_LABELS, WORKFLOW, Listing, ListingText
from marketplace.domains.listings.repository import get_listing, list_put_up
from marketplace.domains.listings.service import (
    create_listing,
    discard_revision,
    publish_listing,
    publish_revision,
    renew_listing,
    return_listing,
    return_revision,
    revise_listing,
    submit_listing,
    submit_revision,
    take_down_listing,
    withdraw_listing,
)
from marketplace.kernel.attention import list_attention
from marketplace.kernel.hints import Written, hints_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import find_working_copy, list_versions, read_text
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, COURSE_LABELS, PRICE_LABELS, SUB_KIND_LABELS
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, months_after
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.versions import show_copy, show_version
from marketplace.web.viewing import note_view

room = Blueprint("listings", __name__, url_prefix="/listings")


def renew_for_a_term(uow: UnitOfWork, id: str, version: int) -> Listing:
    """As long as the site's settings say."""
    return renew_listing(uow, id, version, current_site().settings.listing_months)


STEPS: dict[str, Callable[..., Listing]] = {
    "submit": submit_listing, "publish": publish_listing, "return": return_listing, "renew": renew_for_a_term, "withdraw": withdraw_listing,
    "take_down": take_down_listing, "submit_revision": submit_revision, "publish_revision": publish_revision, "return_revision": return_revision,
    "discard_revision": discard_revision,
}  # fmt: skip
WORDS: dict[str, Any] = {
    "statuses": STATUS_LABELS,
    "contracts": CONTRACT_LABELS,
    "sub_kinds": SUB_KIND_LABELS,
    "prices": PRICE_LABELS,
    "courses": COURSE_LABELS,
}


@room.get("/<id>")
@requires(Permission.LISTING_READ)
def detail(id: str) -> ResponseReturnValue:
    listing = read(get_listing, id)
    own = current_actor().can(Permission.LISTING_EDIT, listing)
    note_view(id, own=own or not listing.is_public)
    attention = read(list_attention, id, current_site().clock.now()) if own and listing.published_at else None
    return show(
        "listings/detail.html", listing=listing, versions=read(list_versions, id), copy=read(find_working_copy, id), attention=attention,
        auctions=read(list_put_up, id), **WORDS,
    )  # fmt: skip


@room.post("/hints")
@requires(Permission.LISTING_CREATE)
def hints() -> ResponseReturnValue:
    """What the text in the form still lacks, asked while it is written."""
    return show("partials/hints.html", hints=hints_of(_written(ListingForm())), hints_url=url_for(".hints"))


def _written(form: ListingForm) -> Written:
    price = bool(form.price_fen.data or form.royalty_bp.data or form.price_note.data)
    return Written(benefit=form.benefit.data or "", summary=form.summary.data or "", price=price)


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.LISTING_CREATE)
def new() -> ResponseReturnValue:
    """For one of the parties that the writer acts for; `achievement` is what is offered, where there is one."""
    offerers = [party for party in current_actor().parties if party.kind in ("studio", "enterprise", "association")]
    chosen = next((party for party in offerers if party.id == request.values.get("offerer")), offerers[0] if offerers else None)
    kind, id = (chosen.kind, chosen.id) if chosen else ("worker", current_actor().worker_id)
    form = ListingForm.of(valid_until=months_after(local_day(current_site().clock.now()), current_site().settings.listing_months))
    if listing := form.save(create_listing, *_revised(form), kind, id, request.values.get("achievement", "")):
        flash(_("Draft %(number)s is saved.", number=listing.number))
        return redirect(url_for(".detail", id=listing.id))
    return show(
        "listings/edit.html", hints=hints_of(_written(form)), hints_url=url_for(".hints"), form=form, listing=None, offerers=offerers, chosen=chosen
    )


def _revised(form: ListingForm) -> tuple[ListingText, ...]:
    return (form.revision(),) if form.is_submitted() and form.validate() else (ListingText(title=""),)


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def edit(id: str) -> ResponseReturnValue:
    listing = read_for(Permission.LISTING_EDIT, get_listing, id)
    copy = read(find_working_copy, id)
    form = ListingForm.of(read_text(copy, ListingText) if copy else listing, version=listing.version)
    if form.save(revise_listing, id, form.version.data, *_revised(form), reread=lambda: read(get_listing, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show(
        "listings/edit.html", hints=hints_of(_written(form)), hints_url=url_for(".hints"), form=form, listing=listing, offerers=[], chosen=None
    )


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("listing", STEPS, (WORKFLOW, REVISION), id, verb)


@room.get("/<id>/copy")
@requires(Permission.LISTING_HISTORY)
def copy(id: str) -> ResponseReturnValue:
    """For its makers and the reviewer."""
    return show_copy(read_for(Permission.LISTING_HISTORY, get_listing, id), ListingForm)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.LISTING_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.LISTING_HISTORY, get_listing, id), ListingForm, ordinal)
