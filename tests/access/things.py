"""One of everything in every state that the table names; what is distinctive of each begins with wq."""

from dataclasses import replace
from datetime import date
from typing import Any

from marketplace.domains.achievements import service as works
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.enquiries.service import ask_enquiry
from marketplace.domains.listings import service as offers
from marketplace.domains.listings.model import Listing, ListingText
from marketplace.domains.needs import service as needs
from marketplace.domains.needs.model import Indicator, Need, NeedText, Visibility
from marketplace.domains.offers.service import propose_offer
from marketplace.domains.patents.model import Inventor, Patent, PatentText
from marketplace.domains.patents.service import create_patent
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.files import checked_file
from marketplace.kernel.first_refusals import id_of
from marketplace.kernel.stored_file import Access
from marketplace.kernel.technology_contracts import ContractKind, PriceMode, Terms
from marketplace.processes.adoption.model import UseText
from marketplace.processes.adoption.service import report_use
from marketplace.processes.conversation.repository import list_messages
from marketplace.processes.conversation.service import write_message
from marketplace.processes.deals.repository import get_first_refusal
from marketplace.processes.deals.service import accept_offer
from marketplace.processes.evidence.service import add_evidence
from tests.access.people import People
from tests.site import Acting, TestSite


class Workshop:
    """The owner writes, the officer above decides."""

    def __init__(self, site: TestSite, people: People) -> None:
        self.site, self.people = site, people
        self.owner, self.officer = site.acting_as(people.readers["owner"]), site.acting_as(people.readers["officer"])

    def work(self, word: str, *steps: str) -> Achievement:
        people = (Contribution(self.people.lead.id, 6_000), Contribution(self.people.hidden.id, 4_000))
        text = AchievementText(title=f"成果 {word}", benefit="省工", field="06", summary=f"{word}summary", contributions=people)
        done: Achievement = self._taken(works, "achievement", self.owner.change(works.create_achievement, text, self.people.studio.id), steps)
        return done

    def offer(self, word: str, *steps: str, **more: Any) -> Listing:
        text = ListingText(
            title=f"供给 {word}",
            benefit="省工",
            summary=f"{word}summary",
            field="06",
            price_mode=PriceMode.FIXED,
            valid_until=date(2027, 5, 31),
            **more,
        )
        done: Listing = self._taken(offers, "listing", self.owner.change(offers.create_listing, text, "worker", self.people.lead.id), steps)
        return done

    def need(self, word: str, *steps: str, firm: str = "", visibility: Visibility = Visibility.OPEN, **more: Any) -> Need:
        text = NeedText(title=f"难题 {word}", abstract=f"{word}abstract", problem=f"{word}problem", field="06", visibility=visibility, **more)
        done: Need = self._taken(needs, "need", self.owner.change(needs.create_need, text, firm or self.people.firm.id), steps)
        return done

    def _taken(self, verbs: Any, kind: str, made: Any, steps: tuple[str, ...]) -> Any:
        for step in steps:
            door: Acting = self.officer if step in ("publish", "return") else self.owner
            reason = ("wqreason",) if step == "return" else ()
            made = door.change(getattr(verbs, f"{step}_{kind}"), made.id, made.version, *reason)
        return made

    def evidence(self, work: Achievement, name: str, access: Access) -> str:
        checked = checked_file(name, name.encode())
        return self.owner.change(add_evidence, work.id, checked, self.site.site.files.keep(checked), access).id

    def patent(self) -> Patent:
        inventors = (Inventor("发明人甲", self.people.lead.id), Inventor("发明人乙", self.people.hidden.id))
        text = PatentText(title="一种夹具", patent_number="201710601862.3", summary="wqpatentsummary", inventors=inventors)
        return self.owner.change(create_patent, text, self.people.firm.id)


def make_things(site: TestSite, people: People) -> tuple[dict[str, Any], dict[str, str]]:
    """Each by the name it has in the table, and the ids of the evidence."""
    shop = Workshop(site, people)
    public, on_offer = ("submit", "publish"), {"price_fen": 13_579_000}
    work = shop.work("wqpublic", *public)
    files = {name: shop.evidence(work, f"wq{name}.txt", Access(access)) for name, access in EVIDENCE}
    things: dict[str, Any] = {
        "achievement": site.find("achievement", work.id), "draft work": shop.work("wqdraftwork"),
        "submitted work": shop.work("wqsubmittedwork", "submit"),
        "returned work": shop.work("wqreturnedwork", "submit", "return"), "withdrawn work": shop.work("wqwithdrawnwork", *public, "withdraw"),
        "listing": shop.offer("wqlisting", *public, **on_offer), "draft listing": shop.offer("wqdraftlisting", **on_offer),
        "submitted listing": shop.offer("wqsubmittedlisting", "submit", **on_offer),
        "quiet listing": shop.offer("wqquiet", *public, price_fen=98_765_400, price_note="wqterms", price_on_enquiry=True),
        "open need": shop.need("wqopen", *public), "draft need": shop.need("wqdraftneed"), "submitted need": shop.need("wqsubmittedneed", "submit"),
        "returned need": shop.need("wqreturnedneed", "submit", "return"), "withdrawn need": shop.need("wqwithdrawnneed", *public, "withdraw"),
        "confidential need": shop.need(
            "wqsecret", *public, visibility=Visibility.CONFIDENTIAL, skills=("磁控溅射",), indicators=(str(Indicator("wqyield", "80", "95", "%")),),
            budget_low_fen=12_345_600, budget_high_fen=23_456_700,
        ),
        "anonymous need": shop.need("wqnameless", *public, firm=people.silent.id, visibility=Visibility.ANONYMOUS),
        "patent": shop.patent(), "studio": people.studio, "association": people.association, "enterprise": people.firm,
        "silent enterprise": people.silent, "card": people.lead, "hidden person": people.hidden,
    }  # fmt: skip
    asked = site.acting_as(people.asker).change(ask_enquiry, "achievement", work.id, "wqquestion")
    use = shop.owner.change(report_use, work.id, people.firm.id, UseText(place="wquse", saving_fen=1_000_000, method="wqmethod"))
    mine = {"enquiry": asked, "own enquiry": asked, "use": use}
    return things | mine | _deals(shop, asked), files | {"sentfile": _sent_file(shop, asked)}


def _deals(shop: Workshop, asked: Enquiry) -> dict[str, Any]:
    """An offer in the conversation; and one of a transfer that was accepted, of which its contributors are asked first."""
    terms, until, asker = Terms(total_fen=13_579_000, scope="wqscope"), date(2026, 12, 7), shop.site.acting_as(shop.people.asker)
    offer = shop.owner.change(propose_offer, asked.id, 0, terms, until)
    work = shop.work("wqtransferred", "submit", "publish")
    thread = asker.change(ask_enquiry, "achievement", work.id, "wqtransfer")
    transfer = replace(terms, contract_kind=ContractKind.TRANSFER, sub_kind="know_how")
    made = shop.owner.change(propose_offer, thread.id, 0, transfer, until)
    contract = asker.change(accept_offer, made.id, made.version, 15)
    refusal = shop.site.system.read(get_first_refusal, id_of(contract.id, shop.people.lead.id))
    return {"offer": offer, "first refusal": refusal}


def _sent_file(shop: Workshop, asked: Enquiry) -> str:
    checked = checked_file("wqdrawing.txt", b"wqdrawing")
    files = [(checked, shop.site.site.files.keep(checked))]
    message = shop.site.acting_as(shop.people.asker).change(write_message, asked.id, "wqmessage", files)
    said = shop.site.system.read(list_messages, asked.id)
    return next(one.files[0].id for one in said if one.id == message.id)


EVIDENCE = (("openfile", "signed-in"), ("firmsfile", "enterprises"), ("makersfile", "makers"))
