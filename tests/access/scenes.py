"""The scene, built once, and how each cell of the table is looked at."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import NotFound
from marketplace.web.links import ROOMS
from tests.access.people import BANK, CERTIFICATE, IDENTITY, PHONE, SKILL, People, gather
from tests.access.things import make_things
from tests.factories import Make
from tests.site import TestSite

PATHS = {"enquiry": "enquiries"}
"""Of rooms whose pages lie under another name."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a field says: as it is read (a number is masked before it leaves its repository), as its page writes it, as the index is asked;
    `bare` must stand on no page.

    A name that is `elsewhere` is found through its person's own card, which not everybody who reads it here may see."""

    stored: str
    shown: str = ""
    indexed: bool = False
    elsewhere: bool = False
    bare: str = ""

    @property
    def on_page(self) -> str:
        return self.shown or self.stored


def word(text: str) -> Probe:
    return Probe(text, indexed=True)


def probes_of(people: People) -> dict[tuple[str, str], Probe]:
    lead, hidden = word(people.lead.name), Probe(people.hidden.name, indexed=True, elsewhere=True)
    return {
        ("achievement", "summary"): word("wqpublicsummary"), ("achievement", "contributor"): lead, ("achievement", "hidden contributor"): hidden,
        ("achievement", "open evidence"): Probe("wqopenfile"), ("achievement", "firms' evidence"): Probe("wqfirmsfile"),
        ("achievement", "makers' evidence"): Probe("wqmakersfile"), ("returned work", "reason"): Probe("wqreason"),
        ("listing", "price"): Probe("13579000", "135,790"), ("listing", "offerer"): lead, ("quiet listing", "summary"): word("wqquietsummary"),
        ("quiet listing", "price"): Probe("98765400", "987,654"), ("quiet listing", "terms"): Probe("wqterms"),
        ("patent", "summary"): word("wqpatentsummary"), ("patent", "inventor's card"): Probe(people.lead.id),
        ("patent", "hidden card"): Probe(people.hidden.id), ("studio", "summary"): word("wqstudiosummary"), ("studio", "lead"): lead,
        ("studio", "hidden member"): hidden, ("association", "summary"): word("wqassociationsummary"), ("association", "chair"): lead,
        ("association", "hidden member"): hidden, ("enterprise", "summary"): word("wqfirmsummary"), ("enterprise", "contact"): Probe("上官敬东"),
        ("enterprise", "phone"): Probe("13900009091"), ("card", "headline"): word("wqheadline"), ("card", "skill"): word(SKILL),
        ("card", "identity"): Probe("110105********9613", bare=IDENTITY), ("card", "phone"): Probe("136****4075", bare=PHONE),
        ("card", "bank"): Probe("***3445", bare=BANK), ("card", "birth"): Probe("birth_month=23714", "1976-**-**", bare="1976-03-05"),
        ("card", "certificate"): Probe("10**********2773", bare=CERTIFICATE), ("hidden person", "headline"): word("wqhiddenheadline"),
        ("open need", "problem"): word("wqopenproblem"), ("open need", "poster"): word(people.firm.name),
        ("confidential need", "abstract"): word("wqsecretabstract"), ("confidential need", "problem"): word("wqsecretproblem"),
        ("confidential need", "indicator"): word("wqyield"), ("confidential need", "skill"): word("磁控溅射"),
        ("confidential need", "budget"): Probe("12345600", "123,456"), ("anonymous need", "problem"): word("wqnamelessproblem"),
        ("anonymous need", "name"): Probe(people.silent.name), ("silent enterprise", "its need"): Probe("", "wqnameless"),
        ("enquiry", "question"): Probe("wqquestion"), ("own enquiry", "question"): Probe("wqquestion"),
    }  # fmt: skip


TITLES = {
    "draft work": "wqdraftwork", "submitted work": "wqsubmittedwork", "returned work": "wqreturnedwork", "withdrawn work": "wqwithdrawnwork",
    "draft listing": "wqdraftlisting", "submitted listing": "wqsubmittedlisting", "draft need": "wqdraftneed", "submitted need": "wqsubmittedneed",
    "returned need": "wqreturnedneed", "withdrawn need": "wqwithdrawnneed",
}  # fmt: skip


class Scene:
    """Looks once and remembers: nothing changes while the table is read."""

    def __init__(self, site: TestSite) -> None:
        self.site = site
        self.people = gather(site, Make(site))
        self.things, files = make_things(site, self.people)
        self.probes = probes_of(self.people) | {(thing, "title"): word(text) for thing, text in TITLES.items()}
        self.doors = {
            "/open file": f"/files/{files['openfile']}", "/firms' file": f"/files/{files['firmsfile']}", "/history": "/versions/1",
            "/makers' file": f"/files/{files['makersfile']}", "/own numbers": "/own",
        }  # fmt: skip
        site.drain()
        self.entity, self.page, self.picture = cache(self._entity), cache(self._page), cache(self._picture)

    def actor(self, reader: str, thing: str) -> Actor:
        """Some things have another owner, or are the reader's own."""
        own = {("owner", "hidden person"): self.people.hidden_self, ("firm", "own enquiry"): self.people.asker}
        return own.get((reader, thing), self.people.readers[reader])

    def _entity(self, reader: str, thing: str) -> str | None:
        """All that the store gives this reader; None where it gives nothing."""
        one = self.things[thing]
        try:
            return repr(self.site.acting_as(self.actor(reader, thing)).read(self.site.site.rooms[one.KIND].get, one.id))
        except NotFound:
            return None

    def address(self, thing: str, field: str = "page") -> str:
        one = self.things[thing]
        if field in ("/enquiry", "/answer"):
            return f"/enquiries/new/{one.KIND}/{one.id}"
        return f"/{PATHS.get(one.KIND, ROOMS[one.KIND])}/{one.id}{self.doors.get(field, '')}"

    def _page(self, reader: str, thing: str, field: str = "page") -> tuple[int, str]:
        answer = self.site.client(self.actor(reader, thing)).get(self.address(thing, field))
        return answer.status_code, answer.text

    def _picture(self, reader: str, thing: str) -> tuple[int, Any]:
        one = self.things[thing]
        answer = self.site.client(self.actor(reader, thing)).get(f"/network/{one.KIND}/{one.id}.json?steps=2&relation=all")
        return answer.status_code, str(answer.get_json(silent=True))
