"""One bidder, for themselves and for the seller: the deposit is a record of both, the money goes from account to account."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from marketplace.domains.bids.model import BIDDER_LABELS, WORKFLOW, Bidder
from marketplace.domains.bids.repository import get_bidder
from marketplace.domains.bids.service import admit_bidder, decline_bidder, give_back_deposit
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.steps import take

room = Blueprint("bidders", __name__, url_prefix="/bidders")
STEPS: dict[str, Callable[..., Bidder]] = {"admit": admit_bidder, "decline": decline_bidder, "give_back": give_back_deposit}


@room.get("/<id>")
@requires(Permission.BIDDER_READ)
def detail(id: str) -> ResponseReturnValue:
    bidder = read(get_bidder, id)
    is_own = bidder.party_id in {party.id for party in current_actor().parties}
    return show("auctions/bidder.html", bidder=bidder, is_own=is_own, statuses=BIDDER_LABELS, steps=steps_of(bidder))


def steps_of(bidder: Bidder) -> list[Step]:
    """What the seller may do now: before the end about the application, afterwards about the deposit."""
    names = {"give_back"} if bidder.owes_deposit else set() if bidder.is_over else {"admit", "decline"}
    return [step for step in WORKFLOW.open_to(current_actor().tokens, bidder) if step.name in names]


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("bidder", STEPS, (WORKFLOW,), id, verb)
