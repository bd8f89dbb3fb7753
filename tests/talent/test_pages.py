"""The three pages: who may open them, what is told of small cells, what warns, and what goes out as a file."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.domains.needs.model import Visibility
from marketplace.domains.workers.model import Level, SkillHeld
from marketplace.kernel.actor import GUEST, Actor
from marketplace.pages.talent.capability import Counted, told_of
from marketplace.pages.talent.shortage import HELD, Alert, list_shortage, quarters_until, warning_of
from marketplace.pages.talent.tiles import AREAS
from tests.factories import Make
from tests.site import TestSite
from tests.talent.scenes import SKILLS, District, a_district

PAGES = ("/talent", "/talent/capability", "/talent/shortage")
POSTS = ("/talent/capability.csv", "/talent/shortage.csv")
EXPORTED = "MATCH (e:AuditEntry {verb: 'export'}) RETURN e.kind AS kind, e.account_id AS account, e.fields AS fields"


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


@pytest.fixture
def officer(make: Make) -> Actor:
    return make.officer(of="酒仙桥街道")


def test_who_may_open_what(site: TestSite, make: Make, district: District, officer: Actor) -> None:
    """Guests sign in, workers and enterprise users are told no, officers and administrators read; rules and runs are the administrators'."""
    district.rules()
    readers = {
        "guest": GUEST,
        "worker": make.person(make.worker()),
        "firm": make.enterprise_user(),
        "officer": officer,
        "admin": make.administrator(),
    }
    expected = {
        "guest": (302, 302, 302, 302),
        "worker": (403,) * 4,
        "firm": (403,) * 4,
        "officer": (200, 200, 403, 403),
        "admin": (200, 200, 200, 302),
    }
    for name, reader in readers.items():
        browser = site.client(reader)
        read, export, rules, run = expected[name]
        assert [browser.get(page).status_code for page in PAGES] == [read] * 3, name
        assert [browser.post(page).status_code for page in POSTS] == [export] * 2, name
        assert browser.get("/talent/rules").status_code == rules, name
        assert browser.post("/talent/analyse").status_code == run, name


def test_empty_site_says_how_to_begin(site: TestSite, make: Make, officer: Actor) -> None:
    reader, administrator = site.client(officer), site.client(make.administrator())
    assert "marketplace analyse" in reader.get("/talent").text
    assert "开始分析" not in reader.get("/talent").text
    assert "开始分析" in administrator.get("/talent").text
    assert "预警规则还没有设定" in reader.get("/talent/shortage").text
    assert reader.get("/talent/capability").status_code == 200


def test_small_cells_are_withheld_and_the_total_is_told(site: TestSite, district: District, officer: Actor) -> None:
    for street, people in (("酒仙桥街道", 6), ("望京街道", 8), ("东坝地区", 3)):
        district.people(district.firm(street), people)
    page = site.client(officer).get("/talent/capability?" + urlencode({"skill": SKILLS[0]})).text
    tiles = dict(re.findall(r'<li class="tile tile-\w+(?: tile-own)?" title="([^"]+)"><span>[^<]+</span><b>([^<]+)</b>', page))
    assert len(tiles) == 43
    assert tiles["望京街道"] == "8"
    assert tiles["东坝地区"] == tiles["酒仙桥街道"] == "不足 5", "three would follow from 17 and the two others"
    assert "17 人" in page


def test_hidden_cards_are_counted_nowhere(site: TestSite, make: Make, district: District, officer: Actor) -> None:
    firm = district.firm("酒仙桥街道")
    district.people(firm, 6)
    before = site.client(officer).get("/talent/capability?view=table").text
    district.people(firm, 3, shown=False)
    after = site.client(officer).get("/talent/capability?view=table").text
    assert figures_in(before) == figures_in(after)
    district.people(firm, 3)
    assert figures_in(before) != figures_in(site.client(officer).get("/talent/capability?view=table").text)


def figures_in(page: str) -> list[str]:
    return re.findall(r'<td class="number"[^>]*>([^<]*)', page)


def test_another_officer_sees_the_same_figures(site: TestSite, make: Make, district: District, officer: Actor) -> None:
    """Though the one above the hidden ones could read them."""
    firm = district.firm("酒仙桥街道")
    district.people(firm, 6)
    district.people(firm, 6, shown=False)
    stranger = make.officer(of="望京街道")
    pages = [site.client(one).get("/talent/capability?view=table").text for one in (officer, stranger)]
    assert figures_in(pages[0]) == figures_in(pages[1]) != []


def test_person_counts_once_for_two_skills_of_a_field(site: TestSite, make: Make, district: District, officer: Actor) -> None:
    firm = district.firm("酒仙桥街道")
    for _ in range(5):
        make.worker(at=firm, skills=(SkillHeld(SKILLS[1], Level.SENIOR), SkillHeld(SKILLS[2], Level.CHIEF_TECHNICIAN)))
    page = site.client(officer).get("/talent/capability?field=03").text
    assert "全区 5 人" in page
    assert "不足 5 人" in site.client(officer).get("/talent/capability?field=06").text


def test_level_asked_for_may_not_be_the_difference_of_two_cells() -> None:
    """12 hold it, 10 of them on the level: that would tell of the two others."""
    found = told_of([Counted("a", 12, 10, 0), Counted("b", 20, 20, 0), Counted("c", 9, 9, 0)], ["a", "b", "c"])
    assert {one.area: one.holders for one in found.cells} == {"a": None, "b": 20, "c": None}


AREA_COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12)


@given(AREA_COUNTS)
def test_no_small_cell_follows_from_a_whole_table(rows: list[tuple[int, int, int]]) -> None:
    counted = [Counted(f"area-{at}", high + low + below, high + low, high) for at, (high, low, below) in enumerate(rows)]
    found = told_of(counted, AREAS)
    known = {one.area: one for one in counted}
    assert found.rest == 0 or found.rest >= 5 or found.total is None
    for cell in found.cells:
        true = known.get(cell.area, Counted(cell.area, 0, 0, 0))
        if cell.holders is not None:
            assert cell.holders == true.holders >= 5
            assert not 0 < true.everybody - true.holders < 5
        if cell.high is not None:
            assert cell.high == true.high
            assert true.high >= 5
            assert true.holders - true.high == 0 or true.holders - true.high >= 5
    silent = [known[one.area].high for one in found.cells if one.high is None and one.area in known]
    assert sum(silent) == 0 or sum(silent) >= 5 or all(one.high is None for one in found.cells)


def test_bad_address_is_said_at_its_field(site: TestSite, district: District, officer: Actor) -> None:
    browser = site.client(officer)
    for name in ("skill", "field", "level", "measure", "view"):
        page = browser.get(f"/talent/capability?{name}=nothing")
        assert page.status_code == 422
        assert name in ("measure", "view") or f'id="map-{name}-error"' in page.text
    assert browser.post("/talent/capability.csv?skill=nothing").status_code == 302


def test_export_is_the_table_without_small_cells_and_stands_in_the_audit(site: TestSite, district: District, officer: Actor) -> None:
    district.people(district.firm("望京街道"), 8)
    district.people(district.firm("东坝地区"), 3)
    sent = site.client(officer).post("/talent/capability.csv?view=map")
    assert sent.mimetype == "text/csv"
    lines = sent.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 44
    assert not [line for line in lines if line.split(",")[1] in ("1", "2", "3", "4")]
    [entry] = site.system.read(lambda tx: tx.all(EXPORTED, lambda row: row.data()))
    assert (entry["kind"], entry["account"], entry["fields"]) == ("talent-export", officer.account_id, ["view"])
    assert site.drain() >= 0


def test_needs_against_people_and_when_that_warns(site: TestSite, make: Make, district: District) -> None:
    rules = district.rules(few_holders=5)
    firm = district.firm("酒仙桥街道")
    district.people(firm, 6, SKILLS[0], level=Level.CHIEF_TECHNICIAN)
    district.people(firm, 2, SKILLS[1])
    for skill in (SKILLS[0], SKILLS[0], SKILLS[1]):
        make.need(skills=(skill,))
    make.need(skills=(SKILLS[2],), visibility=Visibility.CONFIDENTIAL)
    make.need(skills=(SKILLS[2],), public=False)
    lines = {one.skill: one for one in site.system.read(lambda tx: list_shortage(tx, rules, site.clock.now()))}
    assert lines.keys() == {SKILLS[0], SKILLS[1]}, "what a confidential need or a draft asks for is told nobody"
    assert (lines[SKILLS[0]].needs, lines[SKILLS[0]].holders, lines[SKILLS[0]].high) == (2, 6, 6)
    assert lines[SKILLS[0]].trend == (0, 0, 0, 0, 0, 0, 0, 2)
    assert lines[SKILLS[0]].alert is Alert.RISING
    assert (lines[SKILLS[1]].holders, lines[SKILLS[1]].alert) == (None, Alert.FEW)


@pytest.mark.parametrize(
    ("sex", "born", "near"),
    [
        ("man", date(1964, 12, 31), True), ("man", date(1971, 1, 1), False), ("man", date(1969, 6, 15), True), ("man", date(1975, 1, 1), False),
        ("woman", date(1974, 12, 1), True), ("woman", date(1979, 1, 1), True), ("woman", date(1980, 6, 1), False), ("woman", date(1984, 1, 1), False),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_who_retires_within_five_years_by_the_rules(site: TestSite, district: District, sex: str, born: date, near: bool) -> None:
    """Six of the asked-for birth and eight who surely don't (or do): the share says on which side the six stand."""
    rules = district.rules()
    firm = district.firm("酒仙桥街道")
    district.aged(firm, born, sex, 6)
    district.aged(firm, date(1998, 3, 3), "man", 8)
    district.aged(firm, date(1958, 3, 3), "man", 8)
    district.make.need(skills=(SKILLS[0],))
    [line] = site.system.read(lambda tx: list_shortage(tx, rules, site.clock.now()))
    assert line.near_percent == (15 if near else 10) * 100 // 20, "22 known, 14 or 8 near, each rounded to fives"


def test_few_near_retirement_or_few_others_leave_no_trace(site: TestSite, district: District) -> None:
    rules = district.rules()
    firm = district.firm("酒仙桥街道")
    district.aged(firm, date(1998, 3, 3), "man", 8)
    district.aged(firm, date(1958, 3, 3), "man", 4)
    district.make.need(skills=(SKILLS[0],))
    [line] = site.system.read(lambda tx: list_shortage(tx, rules, site.clock.now()))
    assert line.near_percent is None
    assert line.alert is Alert.ENOUGH
    assert "born_on" not in HELD.rsplit("RETURN", 1)[1]


def test_warnings_by_their_words(district: District) -> None:
    rules = district.rules()
    assert warning_of(1, 0, 9, None, rules) is Alert.FEW
    assert warning_of(1, 0, 9, 30, rules) is Alert.FEW_AND_RETIRING
    assert warning_of(0, 9, 9, None, rules) is Alert.ENOUGH
    assert warning_of(1, 2, 10, None, rules) is Alert.RISING
    assert warning_of(1, 1, 10, 30, rules) is Alert.RETIRING
    assert warning_of(5, 1, 10, 29, rules) is Alert.ENOUGH
    assert quarters_until(date(2026, 11, 23))[0] == (2025, 1)
    assert quarters_until(date(2026, 11, 23))[-1] == (2026, 4)


def test_administrator_edits_the_rules_and_two_do_not_overwrite_each_other(site: TestSite, make: Make, district: District, officer: Actor) -> None:
    rules = district.rules()
    browser = site.client(make.administrator())
    form = {name: str(getattr(rules, name)) for name in rules.__dataclass_fields__ if name not in ("id", "created_at", "updated_at")}
    assert browser.post("/talent/rules", data=form | {"key": "a", "men_latest": "50"}).status_code == 422
    assert browser.post("/talent/rules", data=form | {"key": "b", "horizon_years": "x"}).status_code == 422
    assert browser.post("/talent/rules", data=form | {"key": "c", "horizon_years": "8", "source": "本区口径"}).status_code == 302
    assert browser.post("/talent/rules", data=form | {"key": "d", "horizon_years": "3"}).status_code == 409
    make.need(skills=(SKILLS[0],))
    page = site.client(officer).get("/talent/shortage").text
    assert "本区口径" in page
    assert "8 年内退休" in page


FIELDS = ("skill", "field", "level", "measure", "view", "show", "page", "q")
ANY = st.dictionaries(
    st.sampled_from(FIELDS), st.one_of(st.text(max_size=60), st.sampled_from((*SKILLS, "06", "senior", "high", "table", "all"))), max_size=6
)
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def asked_anything(site: TestSite, officer: Actor, args: dict[str, str], path: str) -> None:
    query = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in args.items()})
    answer = site.client(officer).open(f"{path}?{query}", method="POST" if path.endswith(".csv") else "GET")
    assert answer.status_code < 500
    assert len(answer.data) < 300_000


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(args=ANY, path=st.sampled_from((*PAGES, *POSTS)))
def test_no_address_breaks_a_page(site: TestSite, district: District, officer: Actor, args: dict[str, str], path: str) -> None:
    asked_anything(site, officer, args, path)


@pytest.mark.fuzz
@settings(max_examples=5_000, deadline=None, suppress_health_check=RELAXED)
@given(args=ANY, path=st.sampled_from((*PAGES, *POSTS)))
def test_no_address_of_thousands_breaks_a_page(site: TestSite, district: District, officer: Actor, args: dict[str, str], path: str) -> None:
    district.site.clock.set(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    asked_anything(site, officer, args, path)
