"""Officers search the audit of their subtree, administrators that of their own; a look at personal data stands there, and its person sees it."""

import io

import pytest

from marketplace.domains.organisations.model import Kind
from marketplace.domains.workers.model import WorkerDetails, WorkerText
from marketplace.domains.workers.service import create_worker
from marketplace.kernel.actor import Actor
from marketplace.kernel.audit import ADMINISTRATION, AuditEntry, list_entries, record_look
from marketplace.kernel.errors import NotFound
from marketplace.kernel.tables import read_table
from marketplace.pages.audit import repository
from marketplace.pages.audit.repository import Wanted, get_link, list_audit
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered


class District:
    """A district with two streets, each with a base union and an enterprise; their officers, and one look at one worker."""

    def __init__(self, site: TestSite, make: Make) -> None:
        self.site = site
        self.top = make.organisation("区总工会", kind=Kind.DISTRICT)
        self.here, self.there = (make.organisation(name, under=self.top) for name in ("酒仙桥街道", "黑庄户地区"))
        self.base = make.organisation("沃岭工会", kind=Kind.BASE, under=self.here)
        self.firm = make.enterprise("沃岭", under=self.base)
        self.worker = make.worker("周立成", at=self.firm)
        self.person = make.person(self.worker)
        self.elsewhere = make.worker("冯晓", at=make.enterprise("京朔", under=make.organisation("京朔工会", kind=Kind.BASE, under=self.there)))
        self.officer, self.base_officer, self.stranger = (make.officer(of=unit) for unit in (self.here, self.base, self.there))
        self.above, self.keeper = make.officer(of=self.top), make.administrator()

    def looks(self, actor: Actor, purpose: str = "review") -> AuditEntry:
        found = self.site.acting_as(actor).change(record_look, "worker", self.worker.id, ("phone", "bank_account"), purpose)
        self.site.drain()
        return found

    def sees(self, actor: Actor, **wanted: object) -> list[AuditEntry]:
        self.site.drain()
        found = self.site.acting_as(actor).read(list_audit, Wanted(**wanted), 500, actor.account_id)  # type: ignore[arg-type]
        return [link.entry for link in found.links]


@pytest.fixture
@remembered
def district(site: TestSite, make: Make) -> District:
    return District(site, make)


def test_officers_see_their_subtree_and_nothing_of_another(district: District) -> None:
    own = {entry.entity_id for entry in district.sees(district.officer)}
    assert {district.worker.id, district.firm.id, district.base.id, district.here.id} <= own
    assert district.elsewhere.id not in own
    assert district.worker.id not in {entry.entity_id for entry in district.sees(district.stranger)}
    assert district.here.id not in {entry.entity_id for entry in district.sees(district.base_officer)}
    assert {district.worker.id, district.elsewhere.id} <= {entry.entity_id for entry in district.sees(district.above)}


def test_walking_finds_what_looking_up_finds(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ways to one answer: which is taken depends on the size of a subtree alone."""
    for actor in (district.officer, district.base_officer, district.stranger, district.above):
        looked_up = district.sees(actor)
        monkeypatch.setattr(repository, "MOST_UNITS", 0)
        walked = district.sees(actor)
        monkeypatch.undo()
        assert looked_up
        assert walked == looked_up


def test_administrators_see_administration_and_their_own_only(district: District, make: Make) -> None:
    opened = make.account()
    entries = district.sees(district.keeper)
    assert opened.account_id in {entry.entity_id for entry in entries}
    assert {entry.kind for entry in entries} <= {"account", "synonym", "missed", "download", "audit"}
    assert {entry.shelf for entry in entries} == {ADMINISTRATION}
    assert not [entry for entry in district.sees(district.officer) if entry.kind == "account"]


def test_a_look_is_sealed_and_read_by_the_person_the_officers_above_and_whoever_looked(district: District) -> None:
    look = district.looks(district.officer)
    for actor in (district.officer, district.base_officer, district.above, district.person):
        [found] = district.sees(actor, verb="look", of=(district.worker.id,))
        assert (found.id, found.fields, found.purpose) == (look.id, ("phone", "bank_account"), "review")
    assert district.sees(district.stranger, verb="look", of=(district.worker.id,)) == []
    assert look.shelf == district.base.id
    with pytest.raises(NotFound):
        district.site.acting_as(district.stranger).read(get_link, look.id)


def test_a_look_is_no_part_of_a_things_history(district: District) -> None:
    look = district.looks(district.officer)
    history = district.site.acting_as(district.above).read(list_entries, district.worker.id)
    assert history
    assert look.id not in {entry.id for entry in history}


def test_an_entry_holds_no_value(site: TestSite, district: District) -> None:
    """Neither names nor numbers, whatever was written."""
    site.system.change(create_worker, WorkerText(name="欧阳克勤"), WorkerDetails(phone="13812345678"), district.firm.id)
    whole = repr(district.sees(district.above))
    assert "phone" in whole
    assert [one for one in ("欧阳克勤", "13812345678", "周立成") if one in whole] == []


@pytest.mark.parametrize("wanted", [{"kind": "worker"}, {"verb": "create"}, {"kind": "enterprise", "verb": "create"}])
def test_filters_narrow(district: District, wanted: dict[str, str]) -> None:
    found = district.sees(district.officer, **wanted)
    assert found
    assert all(getattr(entry, name) == value for entry in found for name, value in wanted.items())
    assert len(found) < len(district.sees(district.officer))


def test_days_are_those_of_beijing(district: District, make: Make) -> None:
    """Half past midnight in Beijing is still yesterday in Greenwich."""
    district.site.drain()
    district.site.clock.forward(days=10, hours=14, minutes=30)
    late = make.enterprise(under=district.base)
    client = district.site.client(district.officer)
    district.site.drain()
    assert late.id in client.get("/audit?since=2026-12-04&until=2026-12-04").get_data(as_text=True)
    assert late.id not in client.get("/audit?until=2026-12-03").get_data(as_text=True)


def test_pages_follow_one_another_without_gap_or_double(district: District) -> None:
    everything = district.sees(district.above)
    pieces, before = list[AuditEntry](), 0
    for _page in range(len(everything)):
        found = district.site.acting_as(district.above).read(list_audit, Wanted(before=before), 3, district.above.account_id)
        pieces += [link.entry for link in found.links]
        if not (before := found.before):
            break
    assert pieces == everything


def test_a_walk_that_is_cut_short_says_how_far_it_looked_and_goes_on(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    district.site.drain()
    monkeypatch.setattr(repository, "MOST_UNITS", 0)
    monkeypatch.setattr(repository, "MOST_WALKED", 4)
    acting, before, found = district.site.acting_as(district.above), 0, list[str]()
    for _step in range(40):
        page = acting.read(list_audit, Wanted(kind="enterprise", verb="create", before=before), 50, district.above.account_id)
        found += [link.entry.entity_id for link in page.links]
        assert page.walked_to == page.before
        if not (before := page.before):
            break
    assert district.firm.id in found


PAGES = (("/audit", "list"), ("/audit?kind=worker&verb=create", "filtered"), ("/audit?what=nothing-such", "empty"))


@pytest.mark.parametrize(("path", "_what"), PAGES)
def test_who_may_see_the_audit(district: District, path: str, _what: str) -> None:
    site = district.site
    assert [site.client(who).get(path).status_code for who in (district.officer, district.keeper, district.person)] == [200, 200, 403]
    assert site.client().get(path).status_code == 302


def test_rows_say_who_did_what_to_which_thing(district: District) -> None:
    district.looks(district.officer)
    page = district.site.client(district.above).get("/audit?verb=look").get_data(as_text=True)
    for words in (district.officer.name, "周立成", "review", f"/workers/{district.worker.id}"):
        assert words in page


def test_a_wrong_day_is_told_at_its_field(district: District) -> None:
    answer = district.site.client(district.officer).get("/audit?since=yesterday")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert district.site.client(district.officer).get("/audit?since=2026-11-02&until=2026-11-01").status_code == 422


def test_the_page_of_an_entry_shows_its_seal_and_whether_it_holds(district: District) -> None:
    look = district.looks(district.officer)
    client = district.site.client(district.officer)
    assert "tag-error" not in client.get(f"/audit/{look.id}").get_data(as_text=True)
    good = client.get(f"/audit/{look.id}").get_data(as_text=True)
    district.site.graph.write(lambda tx: tx.run("MATCH (e:AuditEntry {id: $id}) SET e.purpose = 'other'", id=look.id))
    bad = client.get(f"/audit/{look.id}").get_data(as_text=True)
    assert ("state-ok" in good, "state-error" in good) == (True, False)
    assert ("state-ok" in bad, "state-error" in bad) == (False, True)
    assert district.site.client(district.stranger).get(f"/audit/{look.id}").status_code == 404
    assert client.get("/audit/nothing").status_code == 404


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_export_holds_what_the_page_shows_and_is_recorded(district: District, format: str) -> None:
    shown = {entry.entity_id for entry in district.sees(district.officer, kind="worker")}
    client = district.site.client(district.officer)
    answer = client.post("/audit/export", data={"format": format, "kind": "worker"})
    table = read_table(f"audit.{format}", io.BytesIO(answer.data).read())
    assert {row[table.header[5]] for _line, row in table.rows} == shown
    [record] = district.sees(district.officer, verb=f"export-{format}")
    assert (record.account_id, record.fields) == (district.officer.account_id, ("kind",))
    assert district.site.client(district.person).post("/audit/export", data={"format": format}).status_code == 403
    assert client.post("/audit/export", data={"format": "exe"}).status_code == 400


def test_only_administrators_have_it_verified(district: District) -> None:
    site = district.site
    assert site.client(district.officer).post("/audit/checks").status_code == 403
    assert site.client(district.officer).get("/audit/checks").status_code == 403
    keeper = site.client(district.keeper)
    assert keeper.post("/audit/checks").status_code == 302
    assert "state-due" in keeper.get("/audit/checks").get_data(as_text=True)
    site.drain()
    site.site.relay.beside["audit"].carry_out()
    assert "state-ok" in keeper.get("/audit/checks").get_data(as_text=True)
