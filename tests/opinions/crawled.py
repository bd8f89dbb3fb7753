"""What the crawl needs of passing, ratings and introductions, by the names that its table gives them."""

from marketplace.domains.opinions.repository import list_own_opinions
from marketplace.domains.opinions.service import give_opinion
from marketplace.kernel.actor import Actor
from tests.site import TestSite


def touch_things(site: TestSite, readers: dict[str, Actor], ids: dict[str, str]) -> dict[str, str]:
    """The neighbour passes on the owner's work, for a need that everybody may read."""
    neighbour = site.acting_as(readers["neighbour"])
    neighbour.change(give_opinion, ids["open need"], "achievement", ids["achievement"], "vague", tell=True)
    own = neighbour.read(list_own_opinions, readers["neighbour"].account_id, ids["open need"])
    return {"opinion": own[ids["achievement"]].id}
