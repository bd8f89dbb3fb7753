"""The whole story, in its order. Loading it twice is refused: it would be told twice."""

from collections.abc import Callable

from marketplace.demo.accounts import open_doors
from marketplace.demo.auctions import load_auctions
from marketplace.demo.challenges import load_challenges
from marketplace.demo.contracts import load_contracts
from marketplace.demo.deals import load_deals
from marketplace.demo.enquiries import load_enquiries
from marketplace.demo.figures import load_figures, load_uses
from marketplace.demo.income import load_income
from marketplace.demo.introductions import load_introductions
from marketplace.demo.joining import load_registrations
from marketplace.demo.market import load_market
from marketplace.demo.parties import load_parties
from marketplace.demo.stage import Stage
from marketplace.demo.touch import load_touch
from marketplace.demo.words import load_words
from marketplace.demo.works import load_works
from marketplace.web.site import Site

PARTS: tuple[tuple[str, Callable[[Stage], None]], ...] = (
    ("units, enterprises, people, studios, associations", load_parties),
    ("achievements", load_works),
    ("patents, listings, needs", load_market),
    ("enquiries", load_enquiries),
    ("offers", load_deals),
    ("contracts", load_contracts),
    ("payments and income", load_income),
    ("where works are used", load_uses),
    ("introductions", load_introductions),
    ("ratings, saved searches, watched things", load_touch),
    ("search words", load_words),
    ("registrations", load_registrations),
    ("challenges", load_challenges),
    ("auctions", load_auctions),
    ("figures", load_figures),
    ("accounts", open_doors),
)


def load_demo(site: Site, told: Callable[[str], None]) -> None:
    """`told` hears each part's name before it begins. The relay is not waited for."""
    stage = Stage(site)
    for name, load in PARTS:
        told(name)
        load(stage)
