"""A run of the analysis: what it finds, what it must not see, and what readers see when it is cut off."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from click.testing import CliRunner

from graph.connection import Transaction
from graph.errors import Stale
from graph.records import value
from marketplace.cli import main
from marketplace.domains.workers.model import Worker
from marketplace.domains.workers.service import withdraw_consent
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden
from marketplace.pages.talent.repository import Overview, get_overview
from marketplace.processes.talent import repository as store
from marketplace.processes.talent import service
from marketplace.processes.talent.model import Figure, Findings, Network, Parameters, examine
from marketplace.processes.talent.service import HOLDS, analyse, ask_analysis, ask_nightly, claim_analysis, is_due, read_network
from marketplace.relay.analysing import Analysing
from tests.conftest import Engine
from tests.factories import Make
from tests.site import TestSite
from tests.talent.scenes import SKILLS, District, a_district

COUNT = "MATCH (f:Figure) RETURN count(f) AS found"
ALL = "MATCH (f:Figure) RETURN f {.*} AS found ORDER BY f.entity_id"
RUNS = "MATCH (r:Analysis) RETURN count(r) AS found"


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)


@pytest.fixture
def officer(make: Make) -> Actor:
    return make.officer(of="酒仙桥街道")


def populated(district: District) -> dict[str, list[Worker]]:
    """Two firms with a studio each, joined by one work that people of both made."""
    one, other = district.firm("酒仙桥街道", "沃岭储能"), district.firm("望京街道", "京朔物流")
    here, there = district.people(one, 6, SKILLS[0]), district.people(other, 7, SKILLS[1])
    mine, theirs = district.studio(one, *here[:4]), district.studio(other, *there[:4])
    district.work(mine, here[0], here[1])
    district.work(theirs, there[0], there[1])
    district.work(mine, here[0], there[0])
    return {"here": here, "there": there}


def seen_by(site: TestSite, reader: Actor) -> Overview:
    return site.acting_as(reader).read(get_overview)


def count(site: TestSite, statement: Any) -> int:
    return site.system.read(lambda tx: int(tx.one(statement, value("found"))))


def figures(site: TestSite) -> dict[str, tuple[Any, ...]]:
    """What a run says of each entity, without the run's own id."""
    rows = site.system.read(lambda tx: tx.all(ALL, value("found")))
    return {row["entity_id"]: (row["group_id"].rsplit(":")[-1], row["links"], row["influence"], row["bridging"], row["reach"]) for row in rows}


def groups(overview: Overview) -> list[tuple[Any, ...]]:
    return [(one.size, one.people, one.skills, one.enterprise_id, one.area, one.leader_ids) for one in overview.groups]


def test_groups_are_firms_and_whoever_worked_for_both_connects_them(site: TestSite, district: District, officer: Actor) -> None:
    people = populated(district)
    run = district.analysed()
    found = seen_by(site, officer)

    assert run.people == 13
    assert {(one.people, one.skills, one.area) for one in found.groups} == {(7, (SKILLS[1],), "望京街道"), (6, (SKILLS[0],), "酒仙桥街道")}
    first = max(found.people, key=lambda one: one.bridging)
    assert first.id in {people["here"][0].id, people["there"][0].id}
    assert first.reach == 1
    assert {one.name for one in found.people} == {one.name for one in (*people["here"], *people["there"])}


def test_same_seed_same_findings_in_a_run_of_its_own(site: TestSite, district: District) -> None:
    populated(district)
    first = district.analysed()
    before = figures(site)
    second = district.analysed()
    assert second.id != first.id
    assert figures(site) == before
    assert count(site, RUNS) == 1


def test_hidden_member_of_everything_changes_no_figure_at_all(site: TestSite, district: District, make: Make, officer: Actor) -> None:
    people = populated(district)
    firm = site.find("worker", people["here"][0].id).enterprise_id
    district.analysed()
    before, shown = figures(site), groups(seen_by(site, officer))

    hidden = make.worker("隐身人", at=site.find("enterprise", firm), shown=False)
    site.graph.write(lambda tx: bind_to_everything(tx, hidden.id))
    district.analysed()
    assert figures(site) == before
    assert groups(seen_by(site, officer)) == shown


BIND = """
MATCH (w:Worker {id: $id}) MATCH (a:Achievement) CREATE (w)-[:CONTRIBUTED_TO {share: 0}]->(a)
WITH DISTINCT w MATCH (s:Studio) CREATE (w)-[:MEMBER_OF {role: 'member'}]->(s)
"""


def bind_to_everything(tx: Transaction, id: str) -> None:
    tx.run(BIND, id=id)


def test_control_somebody_visible_in_their_place_would_change_it(site: TestSite, district: District, make: Make) -> None:
    people = populated(district)
    firm = site.find("worker", people["here"][0].id).enterprise_id
    district.analysed()
    before = figures(site)
    shown = make.worker("显身人", at=site.find("enterprise", firm))
    site.graph.write(lambda tx: bind_to_everything(tx, shown.id))
    district.analysed()
    assert figures(site) != before


def test_whoever_hides_after_the_run_is_named_nowhere_at_once(site: TestSite, district: District, make: Make, officer: Actor) -> None:
    people = populated(district)
    district.analysed()
    gone = people["there"][0]
    site.acting_as(make.person(gone)).change(withdraw_consent, gone.id, site.find("worker", gone.id).version)
    page = site.client(officer).get("/talent").text
    assert gone.name not in page
    assert people["there"][1].name in page


def test_past_memberships_and_those_to_come_take_no_part(site: TestSite, district: District) -> None:
    people = populated(district)
    day = site.clock.now().date()
    refs = [("MEMBER_OF", people["here"][0].id)]
    before = linked(district, site)
    site.graph.write(lambda tx: tx.run("MATCH (w:Worker {id: $id})-[m:MEMBER_OF]->(:Studio) SET m.until = $day", id=refs[0][1], day=day))
    assert len(before) - len(linked(district, site)) == 1
    site.graph.write(
        lambda tx: tx.run("MATCH (w:Worker {id: $id})-[m:MEMBER_OF]->(:Studio) SET m.until = $day", id=refs[0][1], day=day + timedelta(days=1))
    )
    assert linked(district, site) == before
    site.graph.write(
        lambda tx: tx.run("MATCH (w:Worker {id: $id})-[m:MEMBER_OF]->(:Studio) SET m.since = $day", id=refs[0][1], day=day + timedelta(days=1))
    )
    assert len(before) - len(linked(district, site)) == 1


def linked(district: District, site: TestSite) -> list[tuple[int, int]]:
    site.system.change(ask_analysis)
    attempt = claim_analysis(site.graph, site.clock)
    assert attempt is not None
    network = read_network(attempt, site.clock.now().date())
    attempt.settle(None)
    return sorted(network.links)


class Killed(BaseException):
    """As a process that is killed: nothing of ours runs after it."""


@pytest.mark.parametrize("step", ["read", "compute", "write", "half"])
def test_run_killed_midway_leaves_the_one_before(site: TestSite, district: District, officer: Actor, step: str) -> None:
    populated(district)
    old = district.analysed()
    shown = groups(seen_by(site, officer))
    site.clock.forward(days=1)

    with pytest.raises(Killed):
        cut_off(district, step)
    found = seen_by(site, officer)
    assert found.standing.current is not None
    assert found.standing.current.id == old.id
    assert groups(found) == shown
    assert found.standing.asked, "it is still awaited"

    assert claim_analysis(site.graph, site.clock) is None, "nobody knows yet that its holder is dead"
    site.clock.forward(seconds=HOLDS.total_seconds() + 1)
    attempt = claim_analysis(site.graph, site.clock)
    assert attempt is not None
    whole = analyse(attempt)
    assert seen_by(site, officer).standing.current == whole
    assert (count(site, RUNS), count(site, COUNT)) == (1, whole.nodes), "nothing is left of the killed one"


def cut_off(district: District, step: str) -> None:
    """`half` stops between two batches of figures, which lie in the store already."""
    district.site.system.change(ask_analysis)
    attempt = claim_analysis(district.site.graph, district.site.clock)
    assert attempt is not None
    written: list[int] = []

    class Mortal(service.Attempt):
        def write(self, work: Any) -> None:
            if len(written) == 4:
                raise Killed
            written.append(1)
            super().write(work)

    def note(now: str) -> None:
        if now == step:
            raise Killed

    mortal = Mortal(attempt.graph, attempt.clock, attempt.claim) if step == "half" else attempt
    analyse(mortal, Parameters(), note)


def test_holder_that_lost_its_claim_moves_no_pointer(site: TestSite, district: District, officer: Actor) -> None:
    populated(district)
    site.system.change(ask_analysis)
    slow = claim_analysis(site.graph, site.clock)
    site.clock.forward(seconds=HOLDS.total_seconds() + 1)
    fast = claim_analysis(site.graph, site.clock)
    assert slow is not None
    assert fast is not None
    whole = analyse(fast)
    with pytest.raises(Stale):
        analyse(slow)
    assert seen_by(site, officer).standing.current == whole


def test_fault_is_kept_with_the_run_and_nobody_tries_it_again(site: TestSite, district: District, officer: Actor) -> None:
    populated(district)
    old = district.analysed()
    site.system.change(ask_analysis)
    attempt = claim_analysis(site.graph, site.clock)
    assert attempt is not None
    with pytest.raises(ValueError, match="ParameterRange"):
        analyse(attempt, Parameters(resolution=-1.0))
    found = seen_by(site, officer).standing
    assert found.current == old
    assert found.latest is not None
    assert found.latest.problem
    assert not is_due(site.graph, site.clock)
    assert "没有成功" in site.client(officer).get("/talent").text


def test_whoever_leads_carries_out_what_an_administrator_asked_for(site: TestSite, district: District, make: Make, officer: Actor) -> None:
    populated(district)
    browser = site.client(make.administrator())
    assert browser.post("/talent/analyse").status_code == 302
    assert browser.post("/talent/analyse").status_code == 302, "asked twice it is one question"
    assert is_due(site.graph, site.clock)
    assert Analysing(site.graph, site.clock).carry_out()
    assert seen_by(site, officer).standing.current is not None
    assert not Analysing(site.graph, site.clock).carry_out()


def test_night_asks_once(site: TestSite, district: District) -> None:
    populated(district)
    site.clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert not site.system.change(ask_nightly)
    site.clock.set(datetime(2026, 11, 23, 19, 0, tzinfo=UTC))
    assert site.system.change(ask_nightly)
    assert Analysing(site.graph, site.clock).carry_out()
    assert not site.system.change(ask_nightly)
    site.clock.forward(days=1)
    assert site.system.change(ask_nightly)


def test_officer_may_not_start_it(site: TestSite, officer: Actor) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(officer).change(ask_analysis)


def test_command_says_what_it_found(engine: Engine, site: TestSite, district: District, tmp_path: Any) -> None:
    populated(district)
    store_of = {"NEO4J_URI": engine.url, "NEO4J_USER": engine.user, "NEO4J_PASSWORD": engine.password, "NEO4J_DATABASE": engine.database or ""}
    said = CliRunner().invoke(main, ["analyse", "--seed", "3", "--data", str(tmp_path / "command")], env=store_of)
    assert said.exit_code == 0, said.output
    assert "2 groups of at least five people" in said.stdout
    assert CliRunner().invoke(main, ["analyse", "--pivots", "0", "--data", str(tmp_path / "command")], env=store_of).exit_code == 2


def test_groups_of_four_and_what_three_can_do_are_not_told() -> None:
    people = tuple(("worker", f"w{at}") for at in range(9))
    links = (*combinations(range(4), 2), *combinations(range(4, 9), 2))
    found = examine(Network(people, links, skills={f"w{at}": ("x",) for at in range(4, 7)}), Parameters())
    assert [(one.people, one.skills) for one in found.groups] == [(5, ())]
    assert found.small_groups == 1


def test_only_people_are_listed() -> None:
    refs = (("studio", "s"), *(("worker", f"w{at}") for at in range(6)))
    found: Findings = examine(Network(refs, tuple((0, at) for at in range(1, 7))), Parameters())
    listed: list[Figure] = [one for one in found.figures if one.listed]
    assert {one.kind for one in listed} == {"worker"}
    assert store.group_id("run", 0) == "run:group:0"
