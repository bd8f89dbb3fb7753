"""Things that the index followed, and that were taken from sight since: withdrawn, taken down, made private, hidden by their person."""

from dataclasses import dataclass, replace
from typing import Any

from graph.outbox import list_withheld
from marketplace.domains.achievements import service as works
from marketplace.domains.listings import service as offers
from marketplace.domains.listings.model import ListingText
from marketplace.domains.needs import service as needs
from marketplace.domains.needs.model import NeedText, Visibility
from marketplace.domains.workers.service import withdraw_consent
from marketplace.kernel.revisions import text_of
from tests.access.people import People, gather
from tests.access.things import Workshop
from tests.factories import Make
from tests.site import TestSite

STEM = "等静压模具夹紧装置"
PUBLIC = ("submit", "publish")
WITHDRAWN = {
    "withdrawn work": works.withdraw_achievement, "withdrawn listing": offers.withdraw_listing, "withdrawn need": needs.withdraw_need,
    "card": withdraw_consent,
}  # fmt: skip
TAKEN_DOWN = {
    "work taken down": works.take_down_achievement, "listing taken down": offers.take_down_listing, "need taken down": needs.take_down_need,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Still:
    """`gone` has no face for outsiders any more; `changed` has one that says less than the index still does."""

    site: TestSite
    people: People
    stays: dict[str, Any]
    gone: dict[str, Any]
    changed: dict[str, Any]

    @property
    def taken(self) -> set[str]:
        return {one.id for one in (*self.gone.values(), *self.changed.values())}

    @property
    def words(self) -> tuple[str, ...]:
        """None of these may stand on any page: the titles, the person, and the ids that an address would hold."""
        return ("wqgone", "wqsealedproblem", self.people.lead.name, *(one.id for one in self.gone.values()))

    def withheld(self) -> frozenset[str]:
        return self.site.system.read(list_withheld)

    def page(self, reader: str, path: str) -> str:
        """What is read there; where a guest is asked to sign in, nothing."""
        answer = self.site.client(self.people.readers[reader]).get(path)
        assert answer.status_code == (302 if answer.location and reader == "guest" else 200), path
        return answer.text if answer.status_code == 200 else ""


def stand_still(site: TestSite) -> Still:
    """The relay follows what is published, and never again."""
    people = gather(site, Make(site))
    shop = Workshop(site, people)
    stays = {
        "achievement": shop.work(f"{STEM} wqstays1", *PUBLIC), "listing": shop.offer(f"{STEM} wqstays2", *PUBLIC, price_fen=100),
        "need": shop.need(f"{STEM} wqstays3", *PUBLIC),
    }  # fmt: skip
    gone, changed = to_be_gone(shop), to_be_changed(shop)
    site.drain()
    take_away(shop, gone)
    make_private(shop, changed)
    return Still(site, people, stays, gone, changed)


def to_be_gone(shop: Workshop) -> dict[str, Any]:
    return {
        "withdrawn work": shop.work(f"{STEM} wqgone1", *PUBLIC), "work taken down": shop.work(f"{STEM} wqgone2", *PUBLIC),
        "withdrawn listing": shop.offer(f"{STEM} wqgone3", *PUBLIC, price_fen=100),
        "listing taken down": shop.offer(f"{STEM} wqgone4", *PUBLIC, price_fen=100),
        "withdrawn need": shop.need(f"{STEM} wqgone5", *PUBLIC), "need taken down": shop.need(f"{STEM} wqgone6", *PUBLIC),
        "card": shop.people.lead,
    }  # fmt: skip


def to_be_changed(shop: Workshop) -> dict[str, Any]:
    return {
        "sealed need": shop.need("wqsealed", *PUBLIC), "nameless need": shop.need("wqnamed", *PUBLIC, firm=shop.people.silent.id),
        "quiet listing": shop.offer("wqpriced", *PUBLIC, price_fen=100),
    }  # fmt: skip


def take_away(shop: Workshop, gone: dict[str, Any]) -> None:
    """The card last: its owner writes the rest."""
    for name, take_down in TAKEN_DOWN.items():
        shop.officer.change(take_down, gone[name].id, gone[name].version, "侵权")
    for name, withdraw in WITHDRAWN.items():
        shop.owner.change(withdraw, gone[name].id, gone[name].version)


def make_private(shop: Workshop, changed: dict[str, Any]) -> None:
    """A new version of each, reviewed."""
    for name, visibility in (("sealed need", Visibility.CONFIDENTIAL), ("nameless need", Visibility.ANONYMOUS)):
        need = changed[name]
        copy = shop.owner.change(needs.revise_need, need.id, need.version, replace(text_of(need, NeedText), visibility=visibility))
        sent = shop.owner.change(needs.submit_revision, need.id, copy.version)
        shop.officer.change(needs.publish_revision, need.id, sent.version)
    offer = changed["quiet listing"]
    quiet = replace(text_of(offer, ListingText), price_on_enquiry=True)
    revised = shop.owner.change(offers.revise_listing, offer.id, offer.version, quiet)
    waiting = shop.owner.change(offers.submit_revision, offer.id, revised.version)
    shop.officer.change(offers.publish_revision, offer.id, waiting.version)
