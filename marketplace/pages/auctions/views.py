"""The list of auctions, and the record of each for whoever wants to check it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, url_for
from flask.typing import ResponseReturnValue

from marketplace.domains.auctions.model import OUTCOME_LABELS, PHASE_LABELS, STATUS_LABELS, WORKFLOW, Auction
from marketplace.domains.auctions.repository import get_auction, list_auctions
from marketplace.domains.auctions.service import approve_auction, return_auction, submit_auction, withdraw_auction
from marketplace.domains.bids.repository import count_bidders, list_bids
from marketplace.domains.bids.scoring import first_fault, line_of, moment_words
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.processes.awarding.service import conclude_auction, fail_auction, pass_on_auction
from marketplace.processes.bidding.service import call_off_auction
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.links import page_number
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("auctions", __name__, url_prefix="/auctions")


def conclude(uow: UnitOfWork, id: str, version: int) -> Auction:
    return conclude_auction(uow, id, version, current_site().settings.first_refusal_workdays)


STEPS: dict[str, Callable[..., Auction]] = {
    "submit": submit_auction, "approve": approve_auction, "return": return_auction, "withdraw": withdraw_auction, "call_off": call_off_auction,
    "conclude": conclude, "pass_on": pass_on_auction, "fail": fail_auction,
}  # fmt: skip
WORDS: dict[str, Any] = {"statuses": STATUS_LABELS, "phases": PHASE_LABELS, "outcomes": OUTCOME_LABELS}


@room.get("")
@requires(Permission.AUCTION_READ)
def index() -> ResponseReturnValue:
    """Open ones first."""
    return show("auctions/list.html", page=read(list_auctions, page_number()), now=current_site().clock.now(), **WORDS)


@room.get("/<id>")
@requires(Permission.AUCTION_READ)
def detail(id: str) -> ResponseReturnValue:
    auction, bids = read(get_auction, id), read(list_bids, id)
    fault = first_fault(bids, auction.number, auction.bids, auction.head)
    return show("auctions/detail.html", auction=auction, bids=bids[::-1], fault=fault, bidders=read(count_bidders, id),
                now=current_site().clock.now(), **WORDS)  # fmt: skip


@room.get("/<id>/record.json")
@requires(Permission.AUCTION_READ)
def record(id: str) -> ResponseReturnValue:
    """Numbers, no names: each line as its digest is reckoned over it, in SHA-256."""
    auction = read(get_auction, id)
    lines = [{"line": line_of(one, auction.number), "digest": one.digest, "at": moment_words(one.at)} for one in read(list_bids, id)]
    return jsonify(auction=auction.number, address=url_for(".detail", id=id), bids=auction.bids, head=auction.head, lines=lines)


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("auction", STEPS, (WORKFLOW,), id, verb)
