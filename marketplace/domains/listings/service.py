"""What may be done with listings. Each call is one transaction, retried as a whole."""

from datetime import timedelta
from typing import Any

from marketplace.domains.listings.model import REVISION, WORKFLOW, Listing, ListingText, Offerer, Status
from marketplace.domains.listings.repository import create_listing_node, find_offered, get_listing, list_due, list_ending, save_listing
from marketplace.kernel import publishing
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.parties import find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelf
from marketplace.kernel.revisions import content_of
from marketplace.kernel.technology_contracts import AMOUNT_NEEDED, OF_A_PATENT, RATE_NEEDED, SUB_KINDS, PriceMode
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, months_after
from marketplace.kernel.workflow import created


def create_listing(uow: UnitOfWork, text: ListingText, kind: str, party_id: str, achievement_id: str = "") -> Listing:
    """A draft of whoever the actor acts for. Raises Forbidden for others, Invalid where contract, price and object do not fit."""
    if not {f"maker:{party_id}", "system"} & uow.actor.tokens:
        raise Forbidden(label("You can offer only for whom you act."))
    seat = find_seat(uow.tx, kind, party_id)
    if not seat.units:
        raise NotFound(party_id)
    title, patented, makers = find_offered(uow.tx, achievement_id) if achievement_id else ("", False, ())
    if achievement_id and party_id not in makers and "system" not in uow.actor.tokens:
        raise Invalid({"achievement_id": label("Only those who made it can offer it.")})
    _require_fit(text, patented)
    listing = Listing(
        **content_of(text), id=uow.new_id(), number=uow.next_number("GP"), entered_by=uow.actor.account_id, created_at=uow.now,
        updated_at=uow.now, organisation_id=seat.organisation_id, organisation_name=seat.organisation_name, units=seat.units, area=seat.area,
        offerer=Offerer(kind, party_id, seat.party_name), achievement_id=achievement_id, achievement_title=title, has_patent=patented,
    )  # fmt: skip
    create_listing_node(uow.tx, listing)
    uow.record(created(listing, at=uow.now))
    return listing


def _require_fit(text: ListingText, patented: bool) -> None:
    """Contract and object, price mode and amounts, beginning and end belong together."""
    faults: dict[str, Label] = {}
    if text.sub_kind and text.sub_kind not in SUB_KINDS[text.contract_kind]:
        faults["sub_kind"] = label("This sub-kind belongs to another contract kind.")
    elif text.sub_kind in OF_A_PATENT and not patented:
        faults["sub_kind"] = label("A contract on a patent needs an achievement that a patent protects.")
    if text.valid_from and text.valid_until and text.valid_until < text.valid_from:
        faults["valid_until"] = label("The end lies before the beginning.")
    if text.price_mode in AMOUNT_NEEDED and text.price_fen is None:
        faults["price_fen"] = label("This way of paying needs an amount.")
    if text.price_mode in RATE_NEEDED and text.royalty_bp is None and not (text.price_mode is PriceMode.ENTRY_ROYALTY and text.price_note):
        faults["royalty_bp"] = label("A royalty needs its rate, or with an entry fee its amount a piece in the terms of payment.")
    if text.price_mode is PriceMode.TRIAL and not text.trial_days:
        faults["trial_days"] = label("Say for how many days it can be tried.")
    if faults:
        raise Invalid(faults)


def revise_listing(uow: UnitOfWork, id: str, version: int, text: ListingText) -> Listing:
    """Before the first publication the draft itself changes; afterwards a working copy, which the public does not see."""
    before = get_listing(uow.tx, id)
    uow.actor.require(Permission.LISTING_EDIT, before)
    _require_fit(text, before.has_patent)
    if before.status is Status.PUBLISHED:
        return publishing.revise(uow, SHELF, before, version, text)
    if before.status not in (Status.DRAFT, Status.RETURNED):
        raise Refused(label("It is in review; ask the reviewer to return it, then change it."))
    return publishing.rewrite(uow, SHELF, before, version, text)


def faults_of(listing: Listing) -> dict[str, Label]:
    """What review needs."""
    faults = {
        name: label("Review needs this; fill it in first.") for name in ("title", "benefit", "field", "valid_until") if not getattr(listing, name)
    }
    if listing.valid_until and listing.submitted_at and listing.valid_until < local_day(listing.submitted_at):
        faults["valid_until"] = label("This day has passed.")
    return faults


def follows_from(text: ListingText) -> dict[str, Any]:
    """Nothing follows: a listing says all itself."""
    return {}


def offerer_name(listing: Listing) -> str:
    """Where it comes from, as the desk says it."""
    return listing.offerer.name


SHELF = Shelf(ListingText, get_listing, save_listing, WORKFLOW, REVISION, faults_of, follows_from, offerer_name)


def submit_listing(uow: UnitOfWork, id: str, version: int) -> Listing:
    """To the sub-district or industry above the offerer's base union."""
    return publishing.send(uow, SHELF, id, version)


def publish_listing(uow: UnitOfWork, id: str, version: int) -> Listing:
    """On offer from now on."""
    return publishing.publish(uow, SHELF, id, version)


def return_listing(uow: UnitOfWork, id: str, version: int, reason: str) -> Listing:
    """Back to the offerer, with what is to be mended."""
    return publishing.give_back(uow, SHELF, id, version, reason)


def renew_listing(uow: UnitOfWork, id: str, version: int, months: int = 12) -> Listing:
    """So many months from today, or from its present end where that lies later."""
    listing = get_listing(uow.tx, id)
    start = max(local_day(uow.now), listing.valid_until or local_day(uow.now))
    return publishing.move(uow, SHELF, id, version, "renew", valid_until=months_after(start, months))


def remind_listings(uow: UnitOfWork, days: int) -> int:
    """Whoever offers it is told once, so many days before its end; renewed, it has another end. Returns how many; a batch at a time."""
    due = list_ending(uow.tx, local_day(uow.now), local_day(uow.now) + timedelta(days=days))
    for id in due:
        listing = get_listing(uow.tx, id)
        publishing.move(uow, SHELF, id, listing.version, "remind", reminded_for=listing.valid_until)
    return len(due)


def expire_listings(uow: UnitOfWork) -> int:
    """Those whose last day has passed; by the schedule of the site, never by a person. Returns how many."""
    due = list_due(uow.tx, local_day(uow.now))
    for id in due:
        publishing.move(uow, SHELF, id, get_listing(uow.tx, id).version, "expire")
    return len(due)


def withdraw_listing(uow: UnitOfWork, id: str, version: int) -> Listing:
    """Gone at once from every list, path, picture and count; the offerer keeps it."""
    return publishing.end(uow, SHELF, id, version, "withdraw")


def take_down_listing(uow: UnitOfWork, id: str, version: int, reason: str) -> Listing:
    """An officer above removes it and says why."""
    return publishing.end(uow, SHELF, id, version, "take_down", reason)


def submit_revision(uow: UnitOfWork, id: str, version: int) -> Listing:
    """The reviewer sees the new version beside the public one."""
    return publishing.submit_revision(uow, SHELF, id, version)


def publish_revision(uow: UnitOfWork, id: str, version: int) -> Listing:
    """The working copy becomes what everybody sees."""
    return publishing.publish_revision(uow, SHELF, id, version)


def return_revision(uow: UnitOfWork, id: str, version: int, reason: str) -> Listing:
    """The public one stays."""
    return publishing.return_revision(uow, SHELF, id, version, reason)


def discard_revision(uow: UnitOfWork, id: str, version: int) -> Listing:
    """The public one simply stays."""
    return publishing.discard_revision(uow, SHELF, id, version)
