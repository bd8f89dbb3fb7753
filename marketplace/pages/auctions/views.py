"""The list of auctions, the room of each, and what is done there by whoever sells or bids."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.auctions.forms import AuctionForm
from marketplace.domains.auctions.model import OUTCOME_LABELS, PHASE_LABELS, STATUS_LABELS, WORKFLOW, Auction, Phase, Status
from marketplace.domains.auctions.repository import PHASES, count_auctions, get_auction, list_auctions
from marketplace.domains.auctions.service import approve_auction, return_auction, revise_auction, submit_auction, withdraw_auction
from marketplace.domains.bids.model import BIDDER_LABELS, WAY_LABELS
from marketplace.domains.bids.repository import list_bids
from marketplace.domains.bids.scoring import line_of, moment_words
from marketplace.domains.listings.repository import get_listing
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.pages.auctions.room import Room, look_in
from marketplace.processes.auctions.forms import ApplyForm
from marketplace.processes.auctions.service import apply_to_bid, draft_auction
from marketplace.processes.awarding.service import conclude_auction, fail_auction, pass_on_auction
from marketplace.processes.bidding.forms import BidForm
from marketplace.processes.bidding.service import Answer, call_off_auction, place_bid
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.links import page_number
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.words import money

room = Blueprint("auctions", __name__, url_prefix="/auctions")


def conclude(uow: UnitOfWork, id: str, version: int) -> Auction:
    return conclude_auction(uow, id, version, current_site().settings.first_refusal_workdays)


STEPS: dict[str, Callable[..., Auction]] = {
    "submit": submit_auction, "approve": approve_auction, "return": return_auction, "withdraw": withdraw_auction, "call_off": call_off_auction,
    "conclude": conclude, "pass_on": pass_on_auction, "fail": fail_auction,
}  # fmt: skip
WORDS: dict[str, Any] = {
    "statuses": STATUS_LABELS, "phases": PHASE_LABELS, "outcomes": OUTCOME_LABELS, "bidder_statuses": BIDDER_LABELS, "ways": WAY_LABELS,
}  # fmt: skip
TABS = (Phase.AHEAD, Phase.RUNNING, Phase.OVER)
TONES = {
    Status.DRAFTED: "neutral", Status.SUBMITTED: "due", Status.RETURNED: "error", Status.ANNOUNCED: "info", Status.ENDED: "due",
    Status.CONCLUDED: "ok", Status.FAILED: "neutral", Status.WITHDRAWN: "neutral",
    Phase.AHEAD: "info", Phase.RUNNING: "ok", Phase.CLOSING: "due",
}  # fmt: skip


@room.get("")
@requires(Permission.AUCTION_READ)
def index() -> ResponseReturnValue:
    """Open ones first; by what the clock says of them."""
    now, asked = current_site().clock.now(), request.args.get("phase", "")
    chosen = asked if asked in PHASES.values() else ""
    page, counted = read(list_auctions, page_number(), now, chosen), read(count_auctions, now)
    return show("auctions/list.html", page=page, counted=counted, chosen=chosen, tabs=TABS, now=now, tones=TONES, **WORDS)


@room.get("/<id>")
@requires(Permission.AUCTION_READ)
def detail(id: str) -> ResponseReturnValue:
    seen = look(id)
    return shown(seen, bid_form(seen))


def look(id: str) -> Room:
    return read(look_in, id, current_actor(), current_site().clock.now(), whole=request.args.get("all") == "1")


def bid_form(seen: Room) -> BidForm | None:
    """With the least that would be accepted, for whoever may bid now."""
    return BidForm.of(amount_fen=seen.least_fen) if seen.may_bid else None


def shown(seen: Room, form: BidForm | None) -> ResponseReturnValue:
    return show("auctions/detail.html", room=seen, auction=seen.auction, form=form, tones=TONES, **WORDS)


@room.get("/<id>/live")
@requires(Permission.AUCTION_READ)
def live(id: str) -> ResponseReturnValue:
    """What moves, alone: what somebody types stands outside of it."""
    seen = look(id)
    return show("auctions/live.html", room=seen, auction=seen.auction, tones=TONES, apart=True, **WORDS)


@room.route("/new/<listing_id>", methods=["GET", "POST"])
@requires(Permission.AUCTION_CREATE)
def new(listing_id: str) -> ResponseReturnValue:
    """Of one's own listing, with the days and minutes that the union proposes."""
    listing = read_for(Permission.AUCTION_CREATE, get_listing, listing_id)
    form = AuctionForm.of(**_proposed())
    if auction := form.save(draft_auction, listing_id, form.revision()):
        flash(_("Draft %(number)s is saved.", number=auction.number))
        return redirect(url_for(".detail", id=auction.id))
    return show("auctions/edit.html", form=form, auction=None, listing=listing)


def _proposed() -> dict[str, int]:
    set_here = current_site().settings
    return {name: getattr(set_here, f"auction_{name}") for name in ("late_minutes", "extend_minutes", "sign_workdays", "return_workdays")}


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.AUCTION_EDIT)
def edit(id: str) -> ResponseReturnValue:
    auction = read_for(Permission.AUCTION_EDIT, get_auction, id)
    form = AuctionForm.of(auction, version=auction.version)
    if form.save(revise_auction, id, form.version.data, form.revision(), reread=lambda: read(get_auction, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show("auctions/edit.html", form=form, auction=auction, listing=read(get_listing, auction.listing_id))


@room.route("/<id>/apply", methods=["GET", "POST"])
@requires(Permission.AUCTION_BID)
def apply(id: str) -> ResponseReturnValue:
    auction = read_for(Permission.AUCTION_BID, get_auction, id)
    form = ApplyForm.of()
    form.offer(current_actor().parties_of("enterprise", "association"))
    if bidder := form.save(apply_to_bid, id, *form.chosen()):
        flash(_("You are bidder %(number)s.", number=f"{bidder.ordinal:02d}"))
        return redirect(url_for(".detail", id=id))
    return show("auctions/apply.html", form=form, auction=auction)


@room.route("/<id>/bid", methods=["GET", "POST"])
@requires(Permission.AUCTION_BID)
def bid(id: str) -> ResponseReturnValue:
    """The room again where it is not accepted, with what was typed; whoever may not bid now sees there why."""
    seen = look(id)
    current_actor().require(Permission.AUCTION_BID, seen.auction)
    form = BidForm.of(amount_fen=seen.least_fen)
    if answer := form.save(place_bid, id, *form.offer(), current_site().clock):
        flash(said_of(answer), "warning" if answer.is_late or not answer.leads else "message")
        return redirect(url_for(".detail", id=id))
    return shown(look(id), form) if seen.may_bid else redirect(url_for(".detail", id=id))


def said_of(answer: Answer) -> str:
    if answer.is_late:
        return str(_("The end had passed: this bid does not count."))
    if not answer.leads:
        return str(_("Accepted, but the maximum of another bidder is higher."))
    if not answer.bids:
        return str(_("Your maximum is changed; you lead as before."))
    return str(_("You lead with %(amount)s.", amount=money(answer.auction.highest_fen)))


@room.get("/<id>/record.json")
@requires(Permission.AUCTION_READ)
def record(id: str) -> ResponseReturnValue:
    """Numbers, no names: each line as its digest is reckoned over it, in SHA-256."""
    auction = read(get_auction, id)
    lines = [{"line": line_of(one, auction.number), "digest": one.digest, "at": moment_words(one.at)} for one in read(list_bids, id, auction.bids)]
    return jsonify(auction=auction.number, address=url_for(".detail", id=id), bids=auction.bids, head=auction.head, lines=lines)


@room.get("/<id>/record.csv")
@requires(Permission.AUCTION_READ)
def record_table(id: str) -> ResponseReturnValue:
    """The same for a spreadsheet; nothing in it was typed by anybody."""
    auction, file = read(get_auction, id), StringIO()
    rows = csv.writer(file)
    rows.writerow(("sequence", "bidder", "amount_fen", "at", "way", "extends_to", "previous", "digest", "line"))
    for one in read(list_bids, id, auction.bids):
        moved = moment_words(one.extends_to) if one.extends_to else ""
        rows.writerow((one.sequence, f"{one.ordinal:02d}", one.amount_fen, moment_words(one.at), one.way, moved, one.previous, one.digest,
                       line_of(one, auction.number)))  # fmt: skip
    name = {"Content-Disposition": f'attachment; filename="{auction.number}.csv"'}
    return Response("\ufeff" + file.getvalue(), mimetype="text/csv", headers=name)


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("auction", STEPS, (WORKFLOW,), id, verb)
