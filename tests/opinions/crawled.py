"""What the crawl needs of passing and ratings, by the names that its table gives them."""

from datetime import timedelta

from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.opinions.repository import list_own_opinions
from marketplace.domains.opinions.service import give_opinion
from marketplace.domains.ratings.model import Rating, key_of
from marketplace.domains.ratings.service import give_rating
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import new_id
from marketplace.kernel.parties import find_seat
from tests.site import TestSite


def touch_things(site: TestSite, readers: dict[str, Actor], ids: dict[str, str]) -> dict[str, str]:
    """The neighbour passes on the owner's work, for a need that everybody may read. The owner's studio was rated twice: once both have spoken."""
    neighbour = site.acting_as(readers["neighbour"])
    neighbour.change(give_opinion, ids["open need"], "achievement", ids["achievement"], "vague", tell=True)
    own = neighbour.read(list_own_opinions, readers["neighbour"].account_id, ids["open need"])
    neighbour.change(save_for_later, "achievement", ids["achievement"])
    both, one = new_id(), new_id()
    site.system.change(give_rating, _rating(site, ids, both, "seller"))
    rating = site.system.change(give_rating, _rating(site, ids, both, "buyer"))
    given = site.system.change(give_rating, _rating(site, ids, one, "buyer"))
    return {"opinion": own[ids["achievement"]].id, "rating": rating.id, "given rating": given.id, "watched work": ids["achievement"]}


def _rating(site: TestSite, ids: dict[str, str], contract_id: str, side: str) -> Rating:
    """Between the owner's studio, which sold, and an enterprise for which no reader acts."""
    sides = {"seller": ("studio", ids["studio"]), "buyer": ("enterprise", "01silentbuyer")}
    (by_kind, by), (kind, of) = sides[side], sides["seller" if side == "buyer" else "buyer"]
    now, units = site.clock.now(), site.system.read(find_seat, "studio", ids["studio"]).units
    return Rating(
        id=new_id(), key=key_of(contract_id, side), contract_id=contract_id, number="HT-2026-000001", side=side, rater_id=by, rater_kind=by_kind,
        rated_id=of, rated_kind=kind, units=units, quality=4, time=4, communication=5, words="wqrating", due_at=now + timedelta(days=30),
        created_at=now, updated_at=now,
    )  # fmt: skip
