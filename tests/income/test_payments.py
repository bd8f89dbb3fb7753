"""A payment is a record: the buyer says it was paid, the seller that it arrived; and in that moment it is shared out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.contracts.model import Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import draft_contract
from marketplace.domains.ledger.model import Act, faults_of
from marketplace.domains.ledger.repository import list_postings
from marketplace.domains.ledger.service import correct_posting
from marketplace.domains.payments.model import Kind, PaymentText, Status
from marketplace.domains.payments.repository import get_payment
from marketplace.domains.roles.service import grant_role
from marketplace.domains.share_rules.service import confirm_rule, propose_rule
from marketplace.kernel.contributions import Answer
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.kernel.income import AccountKind
from marketplace.kernel.roles import Role
from marketplace.kernel.taxonomy import list_fields
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.kernel.workdays import local_day
from marketplace.processes.income.service import confirm_payment, counter_payment, dispute_payment, record_payment, share_all_waiting, share_waiting
from marketplace.processes.registering.document import missing_of
from marketplace.processes.registering.service import begin_sheet
from marketplace.processes.shares.service import answer_share
from tests.contracts.scenes import TEXT, agree
from tests.factories import Make
from tests.income.scenes import ROYALTIES, RULE, Till, open_till, set_rule
from tests.site import TestSite


@pytest.fixture
def till(site: TestSite, make: Make) -> Till:
    return open_till(site, make)


def test_what_arrived_is_shared_out_in_the_same_moment(till: Till) -> None:
    """96.00 yuan with 6 % tax within: 90.56 to share, 5.44 tax; of 36.22 for the makers 60 % and 40 %."""
    paid = till.pay(9_600)

    assert (paid.status, paid.posted_at) == (Status.CONFIRMED, till.site.clock.now())
    assert till.sums() == {
        "received": -9_600, "tax": 544, "unit": 4_529, "studio": 905, till.deal.seller.worker_id: 2_174, till.deal.colleague.worker_id: 1_448,
    }  # fmt: skip
    assert faults_of(till.entries()) == []


def test_nobody_confirms_for_the_other_side(till: Till, make: Make) -> None:
    recorded = till.record(1_000)
    for one in (till.deal.buyer, till.deal.colleague):
        with pytest.raises(Forbidden):
            till.site.acting_as(one).change(confirm_payment, recorded.id, recorded.version)
    for stranger in (till.deal.officer, make.account(), make.enterprise_user(), make.administrator()):
        with pytest.raises(NotFound):
            till.site.acting_as(stranger).change(confirm_payment, recorded.id, recorded.version)
    with pytest.raises(Forbidden):
        till.site.acting_as(till.deal.seller).change(record_payment, till.contract.id, _text(till))
    assert till.entries() == []


def _text(till: Till, **other: object) -> PaymentText:
    return replace(PaymentText(kind=Kind.INSTALMENT, amount_fen=100, paid_on=till.today), **other)  # type: ignore[arg-type]


def test_the_enterprise_behind_the_studio_confirms_too(till: Till) -> None:
    recorded = till.record(1_000)
    assert till.site.acting_as(till.clerk).change(confirm_payment, recorded.id, recorded.version).status is Status.CONFIRMED


def test_a_second_confirmation_changes_nothing(till: Till) -> None:
    recorded = till.record(9_600)
    till.confirm(recorded)
    with pytest.raises((Stale, Refused)):
        till.confirm(recorded)
    assert till.sums()["received"] == -9_600


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount_fen": 0}, "amount_fen"), ({"amount_fen": -5}, "amount_fen"), ({"amount_fen": 28_600_001}, "amount_fen"),
        ({"amount_fen": 10**15}, "amount_fen"),
        ({"kind": Kind.ROYALTY}, "kind"), ({"kind": Kind.ENTRY_FEE}, "kind"), ({"stage": 4}, "stage"), ({"stage": -1}, "stage"),
        ({"kind": Kind.REFUND}, "refunds_id"), ({"kind": Kind.REFUND, "refunds_id": "nobody"}, "refunds_id"),
    ],
)  # fmt: skip
def test_bad_records_are_refused_at_their_field(till: Till, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        till.site.acting_as(till.deal.buyer).change(record_payment, till.contract.id, _text(till, **wrong))
    assert list(problem.value.fields) == [field]


@pytest.mark.parametrize("days", [1, -400])
def test_a_payment_has_a_day_between_the_contract_and_today(till: Till, days: int) -> None:
    with pytest.raises(Invalid) as problem:
        till.site.acting_as(till.deal.buyer).change(record_payment, till.contract.id, _text(till, paid_on=till.today + timedelta(days=days)))
    assert list(problem.value.fields) == ["paid_on"]


def test_all_of_a_lump_sum_and_not_a_fen_more(till: Till) -> None:
    till.pay(28_000_000)
    with pytest.raises(Invalid):
        till.record(600_001)
    till.pay(600_000)
    assert till.sums()["received"] == -28_600_000


def test_royalties_have_no_bound(site: TestSite, make: Make) -> None:
    till = open_till(site, make, ROYALTIES)
    till.pay(6_000_000, Kind.ENTRY_FEE)
    till.pay(90_000_000, Kind.ROYALTY)
    with pytest.raises(Invalid):
        till.record(1, Kind.ENTRY_FEE)
    assert till.sums()["received"] == -96_000_000


def test_the_seller_objects_and_the_buyer_cancels_it_out(till: Till) -> None:
    recorded = till.record(28_600_000)
    disputed = till.site.acting_as(till.deal.seller).change(dispute_payment, recorded.id, recorded.version, "没有到账")
    assert (disputed.status, disputed.reason) == (Status.DISPUTED, "没有到账")

    against = till.site.acting_as(till.deal.buyer).change(counter_payment, recorded.id, disputed.version, "户名写错")

    assert (against.amount_fen, against.counters_id, against.status) == (-28_600_000, recorded.id, Status.COUNTERED)
    assert till.site.system.read(get_payment, recorded.id).status is Status.COUNTERED
    assert till.entries() == []
    till.pay(28_600_000)


def test_what_had_arrived_is_cancelled_out_with_the_sellers_word(till: Till) -> None:
    wrong = till.pay(9_600)
    against = till.site.acting_as(till.deal.buyer).change(counter_payment, wrong.id, wrong.version, "金额登错")
    assert against.status is Status.RECORDED
    with pytest.raises(Refused):
        till.site.acting_as(till.deal.buyer).change(counter_payment, wrong.id, wrong.version, "再来一次")

    till.confirm(against)

    assert set(till.sums().values()) == {0}
    assert [one.act for one in till.entries()] == [Act.POST] * 6 + [Act.REVERSE] * 6
    assert faults_of(till.entries()) == []


def test_a_refund_goes_by_the_same_shares_and_leaves_nothing(till: Till) -> None:
    paid = till.pay(9_601)
    for part in (1, 4_799, 4_801):
        till.pay(part, Kind.REFUND, of=paid)
    assert set(till.sums().values()) == {0}
    with pytest.raises(Invalid):
        till.record(1, Kind.REFUND, of=paid)


def test_without_a_rule_the_money_waits_until_there_is_one(site: TestSite, make: Make) -> None:
    till = open_till(site, make, ruled=False)
    waiting = till.pay(9_600)
    assert (waiting.status, waiting.posted_at, till.entries()) == (Status.CONFIRMED, None, [])
    with pytest.raises(Refused):
        site.acting_as(till.clerk).change(share_waiting, waiting.id, waiting.version)

    set_rule(site, till.clerk, till.contract.seller.enterprise_id)

    assert site.system.change(share_all_waiting) == 1
    assert site.system.change(share_all_waiting) == 0
    assert till.sums()["received"] == -9_600


def test_the_leader_proposes_a_rule_and_the_enterprise_sets_it(site: TestSite, make: Make) -> None:
    till = open_till(site, make, ruled=False)
    home = till.contract.seller.enterprise_id
    with pytest.raises(Forbidden):
        site.acting_as(till.deal.colleague).change(propose_rule, home, RULE)
    proposed = site.acting_as(till.deal.seller).change(propose_rule, home, RULE)
    assert proposed.confirmed_at is None
    with pytest.raises(Forbidden):
        site.acting_as(till.deal.seller).change(confirm_rule, proposed.id, proposed.version)
    assert site.acting_as(till.clerk).change(confirm_rule, proposed.id, proposed.version).confirmed_at is not None


def test_a_payment_goes_by_the_rule_of_its_day(till: Till) -> None:
    later = replace(RULE, unit_bp=2_000, studio_bp=0, contributors_bp=8_000, vat_bp=0, effective_from=till.today + timedelta(days=1))
    with pytest.raises(Invalid):
        set_rule(till.site, till.clerk, till.contract.seller.enterprise_id, replace(later, effective_from=RULE.effective_from))
    set_rule(till.site, till.clerk, till.contract.seller.enterprise_id, later)
    till.pay(10_000)
    assert till.sums()["tax"] == 567
    till.site.clock.forward(days=1)
    till.pay(10_000)
    assert (till.sums()["tax"], till.sums()["unit"]) == (567, 4_717 + 2_000)


def test_a_share_that_does_not_count_yet_is_held_back(site: TestSite, make: Make) -> None:
    till = open_till(site, make, agreed=False)
    till.pay(9_600)
    assert {one.held for one in till.entries() if one.account_kind is AccountKind.WORKER} == {True}
    site.clock.forward(days=16)
    till.pay(9_600)
    assert [one.held for one in till.entries() if one.account_kind is AccountKind.WORKER] == [True, True, False, False]


def test_no_payment_under_a_draft(site: TestSite, make: Make) -> None:
    draft = agree(site, make)
    text = PaymentText(kind=Kind.INSTALMENT, amount_fen=100, paid_on=local_day(site.clock.now()))
    with pytest.raises(Refused):
        site.acting_as(draft.buyer).change(record_payment, draft.contract.id, text)


def test_nobody_corrects_money_towards_themselves_or_towards_nobody(site: TestSite, make: Make) -> None:
    till = open_till(site, make)
    till.pay(8_580_000, stage=1)
    [posting] = site.system.read(list_postings, till.contract.id)
    lead, greedy = till.deal.seller.worker_id, make.worker("旁人", at=site.find("enterprise", till.contract.seller.enterprise_id))
    keeper = make.account("旁人", greedy.id)
    site.system.change(grant_role, keeper.account_id, 1, Role.ENTERPRISE_USER, "enterprise", till.contract.seller.enterprise_id)
    keeper = site.system.read(actor_of_account, keeper.account_id, site.clock.now())
    before = till.sums()
    with pytest.raises(Refused):
        site.acting_as(keeper).change(correct_posting, posting.id, ((lead, 5_000), (greedy.id, 5_000)), "重分")
    for nobody in (greedy.id, "nobody"):
        with pytest.raises(Invalid):
            site.acting_as(till.clerk).change(correct_posting, posting.id, ((lead, 5_000), (nobody, 5_000)), "重分")
    assert till.sums() == before


def test_a_person_who_made_it_buys_it_pays_and_has_their_share_all_the_same(site: TestSite, make: Make) -> None:
    """Whoever took up the first refusal: a natural person, who has no credit code and keeps no books."""
    deal = agree(site, make)
    for one in (deal.seller, deal.colleague):
        site.acting_as(one).change(answer_share, deal.work.id, Answer.CONFIRMED)
    sides = site.system.read(get_side, "studio", deal.studio.id), site.system.read(get_side, "worker", deal.colleague.worker_id)
    text = replace(TEXT, contract_kind=ContractKind.TRANSFER, sub_kind="know_how")
    drafted = site.system.change(draft_contract, text, *sides, Origin(kind="enquiry", id=deal.contract.origin_id, achievement_id=deal.work.id))
    deal = replace(deal, buyer=deal.colleague, contract=drafted)
    contract = deal.in_force()
    host = site.find("enterprise", contract.seller.enterprise_id)
    clerk = make.enterprise_user(host)
    till = Till(site, deal, contract, clerk, set_rule(site, clerk, host.id))
    assert till.pay(106_000).status is Status.CONFIRMED
    sums = till.sums()
    assert (sum(sums.values()), sums["received"]) == (0, -106_000)
    assert sums[deal.colleague.worker_id] > 0
    sheet = site.acting_as(deal.seller).change(begin_sheet, contract.id)
    fields = {one.code: one for one in site.system.read(list_fields)}
    assert sheet.buyer_kind == "person"
    assert "buyer_uscc" not in {one.name for one in missing_of(contract, sheet, fields)}
    page = site.client(deal.colleague).get(f"/contracts/{contract.id}/money")
    assert page.status_code == 200
