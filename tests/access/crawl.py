"""Goes every way of the site as every kind of reader, and says how each is received.

Every request is carried out by the real services on the real store and then taken back (`Rehearsing`): a cell never depends on the one before it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import session
from flask_wtf.csrf import generate_csrf

from graph.connection import Graph, Transaction
from marketplace.app import create_app
from marketplace.domains.achievements import service as works
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.announcements.model import AnnouncementText
from marketplace.domains.announcements.service import announce
from marketplace.domains.invitations.service import invite_by_code
from marketplace.domains.listings import service as offers
from marketplace.domains.listings.model import ListingText
from marketplace.domains.missed.model import id_of
from marketplace.domains.missed.service import count_miss
from marketplace.domains.needs import service as needs
from marketplace.domains.needs.model import NeedText
from marketplace.domains.registrations.model import Matter, RegistrationText
from marketplace.domains.reviews.repository import list_report_ids
from marketplace.domains.reviews.service import report_thing
from marketplace.domains.roles.repository import list_held
from marketplace.domains.saved_searches.model import SavedSearchText
from marketplace.domains.saved_searches.service import save_new_search
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.domains.views.model import SavedViewText
from marketplace.domains.views.service import create_view
from marketplace.domains.vocabulary.model import SynonymText
from marketplace.domains.vocabulary.service import create_synonym
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.ids import new_id
from marketplace.kernel.kinship import Kin
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.notices import Notice, write_notices
from marketplace.kernel.roles import Role
from marketplace.opening import build_site
from marketplace.processes.conflicts.service import declare_kin
from marketplace.processes.duplicates.service import keep_apart
from marketplace.processes.erasure.service import ask_erasure
from marketplace.processes.identity.service import merge_workers
from marketplace.processes.imports.service import open_batch
from marketplace.processes.joining.service import Door, register
from marketplace.processes.rights.service import propose_grant
from tests.access.contracts import sign_contracts
from tests.access.crawl_table import Cell
from tests.access.people import People, gather
from tests.access.sales import sold
from tests.access.things import Workshop, make_things
from tests.auctions.crawled import auction_things
from tests.challenges.crawled import challenge_things
from tests.factories import Make
from tests.opinions.crawled import touch_things
from tests.site import KnownTemplates, TestSite

T = TypeVar("T")
MISSING = "01missing0000000000000000"
ENTRY = "MATCH (e:AuditEntry) WHERE $officer IN e.audience AND e.kind = 'achievement' RETURN e.id AS id ORDER BY id LIMIT 1"
REVIEW = "MATCH (r:Review {entity_id: $id}) RETURN r.id AS id"


class Enough(Exception):
    """Ends a transaction that was to be taken back."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


class Rehearsing:
    """The same graph, where nothing that is written stays."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __getattr__(self, name: str) -> Any:
        return getattr(self._graph, name)

    def write(self, work: Callable[[Transaction], T], **options: Any) -> T:
        def tried(tx: Transaction) -> T:
            raise Enough(work(tx))

        try:
            return self._graph.write(tried, **options)
        except Enough as end:
            return end.result  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Received:
    """`word` is what a cell of the table promises; the status is for whoever reads a failure."""

    word: str
    status: int


def received(status: int, location: str) -> str:
    """Let in is whatever is neither hidden, nor forbidden, nor a fault of ours: 422, 409 and 302 are answers of the thing itself."""
    if status == 302 and location.startswith("/sign-in"):
        return "sign in"
    if status in (400, 405) or status >= 500:
        return "fault"
    return {403: "forbidden", 404: "absent"}.get(status, "in")


class Crawler:
    """The scene of `who sees what`, what the desk, the lists and the registers need besides, and a browser for each reader."""

    def __init__(self, site: TestSite) -> None:
        self.site, make = site, Make(site)
        self.people = gather(site, make)
        self.readers = self.people.readers | {"neighbour": _neighbour(site, make)}
        things, files = make_things(site, self.people)
        self.ids = {name: one.id for name, one in things.items()} | {
            "file": files["openfile"],
            "sent file": files["sentfile"],
            "lead": self.people.lead.id,
        }
        self.ids |= _more(site, make, self.people, things)
        self.ids |= touch_things(site, self.readers, self.ids)
        self.ids |= challenge_things(site, make, self.readers, self.people.firm.id)
        self.ids |= auction_things(site, self.people, self.readers)
        site.drain()
        rehearsed = build_site(site.site.settings, Rehearsing(site.graph), site.index, site.clock)  # type: ignore[arg-type]
        self.app = create_app(site=rehearsed)
        self.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
        self.app.jinja_env.bytecode_cache = KnownTemplates()
        self.browser = cache(self._browser)

    def _browser(self, reader: str) -> tuple[str, str]:
        """Signed in, with a token that the site accepts for unsafe methods."""
        signed_in = self.site.client(self.readers[reader])
        with signed_in.session_transaction() as kept:
            sid = kept.get("sid")
        client = self.app.test_client()
        with self.app.test_request_context():
            token = generate_csrf()
            raw = session["csrf_token"]
        with client.session_transaction() as kept:
            kept["csrf_token"] = raw
            if sid:
                kept["sid"] = sid
        cookie = client.get_cookie("session")
        assert cookie is not None
        return cookie.value, token

    def address(self, cell: Cell) -> str:
        """`{}` is the thing of the row; words in braces are things that go with it."""
        return cell.address.replace("{}", self.ids.get(cell.thing, MISSING)).format_map(self.ids)

    def ask(self, cell: Cell) -> Received:
        """As the reader's browser before it did anything else: signing out ends nothing for the cells that follow."""
        cookie, token = self.browser(cell.reader)
        client = self.app.test_client()
        client.set_cookie("session", cookie)
        path, _mark, said = self.address(cell).partition("?")
        fields = dict(parse_qsl(said))
        if cell.method == "POST":
            answer = client.post(path, data={"csrf_token": token, "key": new_id(), "version": "0"} | fields)
        else:
            answer = client.open(path, method=cell.method, query_string=fields)
        return Received(received(answer.status_code, answer.headers.get("Location", "")), answer.status_code)


def _neighbour(site: TestSite, make: Make) -> Actor:
    """Leads another studio, in another sub-district."""
    lead = make.worker()
    site.system.change(create_studio, StudioText(name="望京工作室"), make.enterprise().id, (Membership(lead.id, LEAD),))
    return make.person(lead)


def _more(site: TestSite, make: Make, people: People, things: dict[str, Any]) -> dict[str, str]:
    owner, officer = (site.acting_as(people.readers[name]) for name in ("owner", "officer"))
    administrator = site.acting_as(people.readers["administrator"])
    address = f"/network/worker/{people.lead.id}"
    site.acting_as(people.readers["worker"]).change(report_thing, things["achievement"], "wqreport")
    site.graph.write(lambda tx: count_miss(tx, "磁悬浮", 0, site.clock.now()))
    twins = [make.worker("司马双", at=people.firm) for _ in range(6)]
    officer.change(keep_apart, twins[4].id, twins[5].id)
    merged = officer.change(merge_workers, twins[2].id, twins[3].id, {one.id: one.version for one in twins[2:]})
    kin = owner.change(declare_kin, twins[0].number, next(iter(Kin)))
    notice = Notice(new_id(), people.readers["owner"].account_id, "achievement", things["achievement"].id, "publish", "wqnotice", site.clock.now())
    site.graph.write(lambda tx: write_notices(tx, [notice]))
    batch = officer.change(open_batch, "worker", "people.xlsx", "wqsource", rows=1, refused=0, publish=False, whole=False)
    return {
        "view": owner.change(create_view, SavedViewText(title="wqview", address=address)).id,
        "officer's view": officer.change(create_view, SavedViewText(title="wqview", address=address)).id,
        "synonym": administrator.change(create_synonym, SynonymText(words=("磨具", "砂轮片"))).id, "missed": id_of("磁悬浮"),
        "report": site.system.read(list_report_ids, "", 10)[0],
        "review": site.system.read(lambda tx: tx.one(REVIEW, lambda row: str(row["id"]), id=things["submitted work"].id)),
        "one": twins[0].id, "other": twins[1].id, "apart": twins[4].id, "other apart": twins[5].id, "merge": merged.id,
        "kin": kin.id, "notice": notice.id, "batch": batch.id,
        **_waiting(site, people), "street": people.studio.units[1], **_rights(site, make, people), **_revised(site, people),
        "account": people.readers["worker"].account_id, **sign_contracts(site, people, things["enquiry"]),
        **sold(site, people, things["enquiry"], things["achievement"]),
        "saved search": owner.change(save_new_search, SavedSearchText(title="wqsearch", words="wqwords"), 100).id,
    }  # fmt: skip


def _waiting(site: TestSite, people: People) -> dict[str, str]:
    """What waits for an answer: a registration, an invitation, a request to erase, an announcement; and an entry of the audit."""
    owner, officer = (site.acting_as(people.readers[name]) for name in ("owner", "officer"))
    street, firm = people.studio.units[1], people.firm
    sent = site.acting_as(GUEST).change(
        register,
        Matter.ENTERPRISE,
        RegistrationText(subject="新光精密", place=street, uscc="91110000600037341L", contact_name="司徒南", phone="13800138000"),
        Door("wqnewcomer", "!"),
    )
    today = site.clock.now().date()
    told = AnnouncementText(title="wqannouncement", text="wqtext", unit_id=street, shown_from=today, shown_until=today)
    entry = site.graph.read(lambda tx: tx.one(ENTRY, lambda row: str(row["id"]), officer=f"officer:{street}"), reader=("system",))
    return {
        "registration": sent.id, "invitation": owner.change(invite_by_code, firm, "wqguest", "ABCDEFGHJKLMNPQR", 14).id,
        "erasure": owner.change(ask_erasure, people.lead.id, "wqreason", people.lead.name).id,
        "announcement": officer.change(announce, told).id, "entry": entry,
    }  # fmt: skip


def _revised(site: TestSite, people: People) -> dict[str, str]:
    """Published, with a working copy that only those inside see."""
    shop = Workshop(site, people)
    work, offer = shop.work("wqrevised", "submit", "publish"), shop.offer("wqrevisedoffer", "submit", "publish", price_fen=100)
    need = shop.need("wqrevisedneed", "submit", "publish")
    for revise, one, text in (
        (works.revise_achievement, work, AchievementText), (offers.revise_listing, offer, ListingText), (needs.revise_need, need, NeedText),
    ):  # fmt: skip
        said = {name: getattr(one, name) for name in text.__dataclass_fields__}
        shop.owner.change(revise, one.id, one.version, text(**said | {"title": f"{one.title} wqagain"}))
    return {"revised work": work.id, "revised listing": offer.id, "revised need": need.id}


def _rights(site: TestSite, make: Make, people: People) -> dict[str, str]:
    """What the owner holds at the firm, and a change of an administrator's rights that another one proposed."""
    owner, now = people.readers["owner"].account_id, site.clock.now()
    held = [one for one in site.system.read(list_held, owner, now) if one.place_id == people.firm.id]
    boss, unit = make.administrator(), people.studio.units[1]
    asked = site.acting_as(boss).change(propose_grant, make.account().account_id, Role.ADMINISTRATOR, "organisation", unit, None, None, 7)
    return {"owner account": owner, "owner holding": held[0].id, "request": asked.id}
