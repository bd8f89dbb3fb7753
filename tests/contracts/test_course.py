"""Confirmed, carried out, changed by both, ended: each word by whoever may say it, and nobody for the other side."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from marketplace.domains.contracts.model import Contract, ContractText, EndKind, Status
from marketplace.domains.contracts.service import accept_contract, declare_end, keep_after_trial, step_back
from marketplace.domains.milestones.model import Milestone
from marketplace.domains.milestones.repository import list_milestones
from marketplace.domains.milestones.service import accept_milestone, remind_of_milestones, report_milestone, send_milestone_back
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.first_refusals import id_of
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.processes.contract_papers.service import agree_change, agree_end, content_of_contract, decline_proposal, propose_change, propose_end
from marketplace.processes.deals.service import waive_first_refusal
from tests.contracts.scenes import TEXT, Deal, agree
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


def stages(deal: Deal, contract: Contract) -> list[Milestone]:
    return deal.site.system.read(list_milestones, contract.id)


def done(deal: Deal, one: Milestone) -> Milestone:
    said = deal.site.acting_as(deal.seller).change(report_milestone, one.id, one.version, "做完了")
    return deal.site.acting_as(deal.buyer).change(accept_milestone, said.id, said.version)


def test_a_member_of_the_studio_does_not_bind_it(deal: Deal) -> None:
    with pytest.raises(Forbidden):
        deal.says(deal.colleague, deal.contract)


def test_nobody_confirms_for_the_other_side(site: TestSite, deal: Deal) -> None:
    sold = deal.says(deal.seller, deal.contract)
    with pytest.raises(Refused):
        deal.says(deal.seller, sold)
    assert site.find("contract", sold.id).buyer_at is None


def test_fifty_sends_of_one_confirmation_are_one(site: TestSite, deal: Deal) -> None:
    client, way = site.client(deal.seller), f"/contracts/{deal.contract.id}/confirm"
    form = {
        "version": deal.contract.version,
        "digest": site.client(deal.seller).get(f"/contracts/{deal.contract.id}").text.split('name="digest" value="')[1][:64],
        "key": "k" * 26,
    }
    assert {client.post(way, data=form).status_code for _ in range(50)} == {302}
    assert site.find("contract", deal.contract.id).version == deal.contract.version + 1


def test_stages_become_milestones_with_their_days_and_amounts(deal: Deal) -> None:
    bound = deal.in_force()
    made = stages(deal, bound)
    assert bound.signed_on
    assert [(one.name, one.amount_fen, (one.due_on - bound.signed_on).days) for one in made] == [
        ("签约", 8_580_000, 5), ("交付", 11_440_000, 60), ("验收", 8_580_000, 90)
    ]  # fmt: skip


def test_a_milestone_is_sent_back_with_a_reason_and_reported_again_with_a_proof(site: TestSite, deal: Deal) -> None:
    first = stages(deal, deal.in_force())[0]
    seller, buyer = site.client(deal.seller), site.client(deal.buyer)
    way = f"/milestones/{first.id}"
    said = {"words": "已签约", "version": first.version, "file": (BytesIO("签收单".encode()), "签收.txt")}
    assert buyer.post(f"{way}/report", data={"words": "替你说", "version": first.version}).status_code == 403
    assert seller.post(f"{way}/report", data=said).status_code == 302
    reported = site.find("milestone", first.id)
    with pytest.raises(Forbidden):
        site.acting_as(deal.seller).change(accept_milestone, first.id, reported.version)
    with pytest.raises(Invalid):
        site.acting_as(deal.buyer).change(send_milestone_back, first.id, reported.version, " ")
    back = site.acting_as(deal.buyer).change(send_milestone_back, first.id, reported.version, "缺盖章页")
    assert "缺盖章页" in seller.get(way).text
    assert buyer.get(f"{way}/files/{reported.files[0].id}").data.decode() == "签收单"
    assert done(deal, back).is_accepted


def test_a_proof_that_is_not_what_its_name_says_is_told_at_its_field(site: TestSite, deal: Deal) -> None:
    first = stages(deal, deal.in_force())[0]
    said = {"words": "已签约", "version": first.version, "file": (BytesIO(b"no pdf"), "a.pdf")}
    answer = site.client(deal.seller).post(f"/milestones/{first.id}/report", data=said)
    assert answer.status_code == 422
    assert "已签约" in answer.text
    assert not site.find("milestone", first.id).is_reported


def test_the_whole_is_accepted_when_each_milestone_is(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    made = stages(deal, bound)
    for one in made[:2]:
        done(deal, one)
    with pytest.raises(Refused):
        site.acting_as(deal.buyer).change(accept_contract, bound.id, bound.version, "合格")
    done(deal, made[2])
    with pytest.raises(Forbidden):
        site.acting_as(deal.seller).change(accept_contract, bound.id, bound.version, "合格")
    closed = site.acting_as(deal.buyer).change(accept_contract, bound.id, bound.version, "压差 12 mV，合格")
    assert (closed.status, closed.accepted_words) == (Status.FULFILLED, "压差 12 mV，合格")


def test_the_calendar_reminds_before_the_day_and_once_after(site: TestSite, deal: Deal) -> None:
    deal.in_force()
    assert site.system.change(remind_of_milestones, 0) == 0
    assert site.system.change(remind_of_milestones, 5) == 1
    assert site.system.change(remind_of_milestones, 5) == 0
    site.clock.forward(days=6)
    assert site.system.change(remind_of_milestones, 0) == 1
    assert site.system.change(remind_of_milestones, 0) == 0


def test_a_change_holds_when_the_other_side_agrees_and_what_was_accepted_stays(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    done(deal, stages(deal, bound)[0])
    seller, buyer = site.acting_as(deal.seller), site.acting_as(deal.buyer)
    text = ContractText(**content_of_contract(bound) | {"total_fen": 30_000_001, "stage_days": (5, 80, 120)})
    asked = seller.change(propose_change, bound.id, bound.version, text, "现场停电，延后 20 天")
    with pytest.raises(Forbidden):
        seller.change(agree_change, asked.id, asked.version)
    assert "80" in site.client(deal.buyer).get(f"/contracts/{bound.id}/proposal").text
    agreed = deal.fixed(buyer.change(agree_change, asked.id, asked.version))
    made = stages(deal, agreed)
    assert [one.is_accepted for one in made] == [True, False, False]
    assert sum(one.amount_fen for one in made) == 30_000_001
    assert made[0].amount_fen == 8_580_000
    assert agreed.signed_on
    assert made[1].due_on == agreed.signed_on + timedelta(days=80)
    assert agreed.paper_digest
    assert site.client(deal.buyer).get(f"/contracts/{bound.id}/versions/2").status_code == 200


def test_what_was_accepted_is_not_changed_behind_ones_back(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    done(deal, stages(deal, bound)[0])
    for other in ({"stage_names": ("定金", "交付", "验收")}, {"total_fen": 8_000_000, "technology_fen": 1}):
        with pytest.raises(Invalid):
            site.acting_as(deal.seller).change(propose_change, bound.id, bound.version, replace(TEXT, **other), "少付")  # type: ignore[arg-type]


def test_no_change_of_a_contract_goes_past_those_who_made_it(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    seller = site.acting_as(deal.seller)
    with pytest.raises(Invalid) as said:
        seller.change(propose_change, bound.id, bound.version, replace(TEXT, contract_kind=ContractKind.TRANSFER, sub_kind="know_how"), "改为转让")
    assert set(said.value.fields) == {"contract_kind"}
    assert seller.change(propose_change, bound.id, bound.version, replace(TEXT, total_fen=20_000_000, technology_fen=1), "少付").amendment_by


def test_a_transfer_is_not_made_cheaper_behind_their_backs(site: TestSite, make: Make) -> None:
    deal = agree(site, make, replace(TEXT, contract_kind=ContractKind.TRANSFER, sub_kind="know_how"))
    for worker in (deal.seller, deal.colleague):
        asked = id_of(deal.contract.id, worker.worker_id)
        site.acting_as(worker).change(waive_first_refusal, asked, 1)
    bound, seller = deal.in_force(), site.acting_as(deal.seller)
    cheap = ContractText(**content_of_contract(bound) | {"total_fen": 10_000_000, "technology_fen": 1})
    with pytest.raises(Invalid) as said:
        seller.change(propose_change, bound.id, bound.version, cheap, "降价")
    assert "total_fen" in said.value.fields
    later = ContractText(**content_of_contract(bound) | {"delivery": "120 天内"})
    assert seller.change(propose_change, bound.id, bound.version, later, "延期").amendment_by


def test_a_proposal_is_declined_with_a_reason_and_nothing_changes(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    asked = site.acting_as(deal.buyer).change(propose_change, bound.id, bound.version, replace(TEXT, scope="多改 2 组"), "新增")
    after = site.acting_as(deal.seller).change(decline_proposal, asked.id, asked.version, "没有料")
    assert (after.scope, after.amendment_by) == (TEXT.scope, "")


def test_both_end_it_or_one_declares_it_and_says_why(site: TestSite, make: Make, deal: Deal) -> None:
    bound = deal.in_force()
    asked = site.acting_as(deal.buyer).change(propose_end, bound.id, bound.version, "产线停了")
    ended = site.acting_as(deal.seller).change(agree_end, asked.id, asked.version)
    assert (ended.status, ended.end_kind, ended.reason) == (Status.TERMINATED, EndKind.AGREED, "产线停了")
    first = stages(deal, bound)[0]
    with pytest.raises(Forbidden):
        site.acting_as(deal.seller).change(report_milestone, first.id, first.version, "还想做")


def test_one_side_ends_it_by_its_own_word(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    with pytest.raises(Invalid):
        site.acting_as(deal.seller).change(declare_end, bound.id, bound.version, "")
    ended = site.acting_as(deal.seller).change(declare_end, bound.id, bound.version, "三次未付款")
    assert (ended.status, ended.end_kind) == (Status.TERMINATED, EndKind.DECLARED)
    site.drain()
    assert "三次未付款" in site.client(deal.buyer).get(f"/contracts/{bound.id}").text


def test_a_trial_is_kept_or_given_back(site: TestSite, make: Make) -> None:
    deal = agree(site, make, replace(TEXT, price_mode=PriceMode.TRIAL, trial_days=30))
    bound = deal.in_force()
    assert bound.signed_on
    assert bound.trial_until == bound.signed_on + timedelta(days=30)
    buyer = site.acting_as(deal.buyer)
    with pytest.raises(Refused):
        buyer.change(accept_contract, bound.id, bound.version, "合格")
    with pytest.raises(Forbidden):
        site.acting_as(deal.seller).change(keep_after_trial, bound.id, bound.version)
    kept = buyer.change(keep_after_trial, bound.id, bound.version)
    assert not kept.on_trial
    with pytest.raises(Refused):
        buyer.change(step_back, kept.id, kept.version, "不要了")


def test_the_lists_name_ones_own_contracts_and_nobody_elses(site: TestSite, make: Make, deal: Deal) -> None:
    bound, client = deal.in_force(), site.client(deal.seller)
    for way in ("/contracts", "/contracts?status=in-force", "/contracts/registration"):
        assert bound.number in client.get(way).text
        assert bound.number not in site.client(make.enterprise_user()).get(way).text
    assert bound.number not in client.get("/contracts?status=drafted").text
    assert client.get(f"/contracts/{bound.id}/change").status_code == 200
