"""揭榜挂帅 from the announcement to the public result: an enterprise, its officer, two teams, three experts, a guest."""

import time

import pytest

from marketplace.cli.init import found
from marketplace.domains.proposals.repository import list_proposals
from marketplace.kernel.actor import Actor
from marketplace.processes.challenges.repository import list_contracts
from tests.challenges.scenes import Stage, a_course, an_expert
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("market journeys")]
TITLE = "叉车电池过温不停机改造"
WINNER, LOSER = "周立成", "林晓峰"


def test_a_challenge_from_its_announcement_to_its_result(live: Live, visit: Visit) -> None:
    found(live.site.site)
    stage = a_course(live.site, live.make)
    linked = an_expert(live.site, live.make, "韩专家", stage.street, at=stage.houses[WINNER])

    buyer = visit("the enterprise", stage.buyer)
    address = announces(buyer)
    approves(visit("the officer", stage.officer), address)
    for name in (WINNER, LOSER):
        applies(visit(f"the studio of {name}", stage.leads[name]), address, name)
    nobody_learns_who_applied(visit("a guest"), visit("the curious enterprise", stage.buyer), address)

    closes(live, stage, address)
    officer = visit("the officer again", stage.officer)
    appoints(officer, stage, address, linked)
    for expert in stage.experts[:2]:
        judges(visit(f"the expert {expert.name}", expert), stage, address)
    chooses(officer, stage, address)
    guest = visit("a guest of the notice")
    guest.go(address)
    assert guest.sees(f"{WINNER}创新工作室")
    assert not guest.sees(LOSER)
    objects(visit("the loser", stage.leads[LOSER]), address)
    answers(officer, address)

    live.site.clock.forward(days=9)
    buyer = visit("the enterprise at the end", stage.buyer)
    concludes(buyer, live, address)
    guest.go(address)
    assert guest.sees("3.5")
    assert guest.sees("300,000")


def announces(buyer: Visitor) -> str:
    """With the keyboard from part to part; what is missing is said before it can be sent in."""
    buyer.go("/challenges")
    buyer.press(buyer.link(zh("Announce a challenge")))
    buyer.page.fill("main [name=title]", TITLE)
    buyer.page.fill("main [name=problem]", "38 台叉车夏季每周误停 11 次，库区不动火、不停机。")
    buyer.page.select_option("main [name=field]", "0601")
    for name, text in (("name", "最大温差"), ("now", "9"), ("target", "4"), ("unit", "℃")):
        buyer.page.fill(f"main [name=figures-0-{name}]", text)
    buyer.opens(zh("Who may apply"))
    for kind in ("studio", "worker"):
        buyer.page.check(f"main [name=open_to][value={kind}]")
    buyer.page.fill("main [name=apply_until]", "2026-12-07")
    buyer.opens(zh("Prize and escrow"))
    buyer.page.fill("main [name=prize_fen]", "-3")
    buyer.page.fill("main [name=escrow_place]", "区总工会监管账户")
    buyer.opens(zh("How it is judged"))
    buyer.page.fill("main [name=reviewers_least]", "2")
    buyer.opens(zh("Check and save"))
    buyer.press(buyer.main("form[method=post] button[data-save]"), status=422)
    assert buyer.page.input_value("main [name=title]") == TITLE
    buyer.opens(zh("Prize and escrow"))
    buyer.page.fill("main [name=prize_fen]", "300,000")
    buyer.page.fill("main [name=escrow_fen]", "300,000")
    buyer.opens(zh("Check and save"))
    buyer.press(buyer.main("form[method=post] button[data-save]"))
    address = buyer.page.url.partition("#")[0]
    buyer.press(buyer.button(zh("Submit for review")))
    assert buyer.sees(zh("In review"))
    return address


def approves(officer: Visitor, address: str) -> None:
    """At the desk, with its key."""
    officer.go("/reviews")
    officer.press(officer.link(TITLE).first)
    with officer.leaving():
        officer.page.keyboard.press("a")
    officer.arrive()
    officer.go(address)
    assert officer.sees(zh("Open for applications"))


def applies(lead: Visitor, address: str, name: str) -> None:
    """A name in the text is pointed out; without it the plan is sent."""
    lead.go(address)
    lead.press(lead.main().get_by_role("link", name=zh("Apply"), exact=True))
    parts = ((zh("What and how"), "approach", f"{name}带队，中部加测点并定向导热"), (zh("By when"), "schedule", "60 天内分三批"),
             (zh("Earlier solutions"), "experience", "做过两次同类改造"), (zh("Costs"), "costs", "材料与人工"))  # fmt: skip
    for at, (words, field, text) in enumerate(parts):
        if at:
            lead.opens(words)
        lead.page.fill(f"main [name={field}]", text)
    lead.opens(zh("Check and save"))
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.press(lead.button(zh("Submit the application")), status=422)
    assert lead.sees(name)
    lead.press(lead.main("a[href$='/edit']").first)
    lead.page.fill("main [name=approach]", "中部加测点并定向导热，每组加装温差判读")
    lead.opens(zh("Check and save"))
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.press(lead.button(zh("Submit the application")))
    assert lead.sees(zh("Submitted"))


def nobody_learns_who_applied(guest: Visitor, buyer: Visitor, address: str) -> None:
    for reader in (guest, buyer):
        for page in (address, "/challenges", f"/search?q={WINNER}创新工作室 {TITLE}"):
            reader.go(page)
            text = reader.main().inner_text()
            assert WINNER not in text.replace(f"{WINNER}创新工作室 {TITLE}", "") or "search" in page


def closes(live: Live, stage: Stage, address: str) -> None:
    """The relay's day does it."""
    live.site.clock.forward(days=16)
    live.site.site.relay.wake()
    id = address.rpartition("/")[2]
    for _again in range(60):
        if live.site.find("challenge", id).has_closed:
            return
        live.site.site.relay.wake()
        time.sleep(0.5)
    raise AssertionError("applications were not closed")


def appoints(officer: Visitor, stage: Stage, address: str, linked: Actor) -> None:
    """Whoever works with the winner is refused for that team, with the way shown and no name in it."""
    id = address.rpartition("/")[2]
    officer.go(address)
    officer.press(officer.link(zh("Judging and choice")))
    officer.press(officer.link(zh("Appoint experts")).first)
    barred = stage.number_of(stage.site.find("challenge", id), WINNER)
    for number in (1, 2):
        for expert in stage.experts[:2]:
            officer.go(f"{address}/teams/{number}/experts")
            row = officer.main("tbody tr", has_text=named(stage, expert))
            officer.press(row.get_by_role("button"))
        row = officer.main("tbody tr", has_text="韩专家")
        assert bool(row.get_by_role("button").count()) is (number != barred)
        assert WINNER not in officer.main().inner_text()
    officer.go(f"{address}/teams/{barred}/experts")
    assert officer.main("tbody tr", has_text="韩专家").locator(".chain").count()
    assert officer.sees(zh("Cannot be appointed"))


def named(stage: Stage, expert: Actor) -> str:
    return str(stage.site.find("worker", expert.worker_id).name)


def judges(expert: Visitor, stage: Stage, address: str) -> None:
    best = stage.number_of(stage.site.find("challenge", address.rpartition("/")[2]), WINNER)
    for number in (1, 2):
        expert.go("/judgements")
        expert.press(expert.main("tbody tr", has_text=zh("Team %(n)s", n=number)).get_by_role("link"))
        for name in (WINNER, LOSER, "沃岭", "朔芯"):
            assert not expert.sees(name)
        expert.press(expert.button(zh("I have no relation to any team I recognise")))
        expert.press(expert.button(zh("Give the scores")), status=422)
        for at in range(4):
            expert.page.fill(f"[name=marks-{at}-score]", "90" if number == best else "60")
            expert.page.fill(f"[name=marks-{at}-remark]", "做法清楚" if number == best else "依据不足")
        expert.press(expert.button(zh("Give the scores")))
    assert expert.sees(zh("Judged"))


def chooses(officer: Visitor, stage: Stage, address: str) -> None:
    officer.go(f"{address}/judging")
    assert officer.sees("90.00")
    officer.press(officer.button(zh("Confirm the choice")), status=422)
    best = stage.number_of(stage.site.find("challenge", address.rpartition("/")[2]), WINNER)
    officer.page.check(f"main [name=teams][value='{best}']")
    officer.page.fill("main [name=reason]", "指标和进度最可信")
    officer.press(officer.button(zh("Confirm the choice")))
    assert officer.sees(zh("Public notice of the choice"))


def objects(loser: Visitor, address: str) -> None:
    loser.go(address)
    loser.press(loser.link(zh("Our application")))
    assert loser.sees("60.00")
    assert loser.sees("指标和进度最可信")
    loser.go(address)
    loser.page.fill("main [name=words]", "中榜方案没有写明不停机的办法")
    loser.press(loser.button(zh("Object to the choice")))
    assert loser.sees(zh("Waits for a decision"))


def answers(officer: Visitor, address: str) -> None:
    officer.go(address)
    officer.page.fill("main [name=answer]", "方案第二条已写明夜班分批改造")
    officer.press(officer.button(zh("Do not uphold it")))
    assert officer.sees(zh("Not upheld"))


def concludes(buyer: Visitor, live: Live, address: str) -> None:
    """The contract is drafted on the announced terms; its acceptance belongs to the contract's own room."""
    id = address.rpartition("/")[2]
    buyer.go(address)
    buyer.press(buyer.button(zh("Draft the contracts")))
    assert buyer.sees(zh("Under contract"))
    (contract,) = live.site.system.read(list_contracts, id)
    assert buyer.sees(contract.number)
    live.site.graph.write(lambda tx: tx.run("MATCH (c:Contract {id: $id}) SET c.status = 'fulfilled'", id=contract.id))
    buyer.go(address)
    buyer.press(buyer.link(zh("Publish the result")))
    buyer.page.fill("main [name=result]", "38 台全部改造，误停由每周 11 次降到 1 次。")
    buyer.page.fill("main [name=reached-0]", "3.5")
    buyer.page.fill("main [name=paid_fen]", "300,000")
    buyer.page.fill("main [name=paid_on]", live.site.clock.now().date().isoformat())
    buyer.press(buyer.button(zh("Publish the result")))
    assert buyer.sees(zh("Concluded"))
    assert live.site.system.read(list_proposals, id)
