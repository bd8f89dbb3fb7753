"""What the crawl needs of passing, ratings and introductions, by the names that its table gives them."""

from datetime import timedelta

from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.needs.model import Need, NeedText
from marketplace.domains.needs.service import create_need, publish_need, submit_need
from marketplace.domains.opinions.repository import list_own_opinions
from marketplace.domains.opinions.service import give_opinion
from marketplace.domains.ratings.model import Rating, key_of
from marketplace.domains.ratings.service import give_rating
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import new_id
from marketplace.kernel.parties import find_seat
from marketplace.processes.introducing.model import Bounds
from marketplace.processes.introducing.service import introduce
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
    need, bounds = _need_of(site, readers["firm"]), Bounds(least=1, most=600, a_day=10)
    introduced = site.acting_as(readers["stranger"]).change(introduce, need.id, "achievement", ids["achievement"], "wqwhy", bounds)
    return {
        "opinion": own[ids["achievement"]].id,
        "rating": rating.id,
        "given rating": given.id,
        "introduction": introduced.id,
        "watched work": ids["achievement"],
    }


def _need_of(site: TestSite, firm: Actor) -> Need:
    """To which the stranger introduces the owner's work."""
    own = site.acting_as(firm)
    draft = own.change(create_need, NeedText(title="难题 wqintroduced", problem="wqproblem"), firm.parties_of("enterprise")[0].id)
    sent = own.change(submit_need, draft.id, draft.version)
    return site.system.change(publish_need, sent.id, sent.version)


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
