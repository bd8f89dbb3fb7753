"""The clauses of article 845: what is missing is said, each is written by itself, and nothing that was confirmed is changed unseen."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from graph.errors import Stale
from marketplace.domains.contracts.repository import suggest_acceptance
from marketplace.domains.contracts.service import digest_of, write_clause
from marketplace.domains.needs.model import NeedText
from marketplace.domains.needs.service import create_need
from marketplace.kernel.contract_clauses import Clause, missing_clauses
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from tests.contracts.scenes import TEXT, Deal, agree
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


@pytest.mark.parametrize("clause", ["title", "scope", "delivery", "confidentiality", "ownership", "acceptance", "definitions"])
def test_each_clause_that_is_empty_is_named(clause: str) -> None:
    assert missing_clauses(replace(TEXT, **{clause: " "}), ()) == (Clause(clause),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "price",
    [
        {"price_mode": PriceMode.NEGOTIABLE}, {"total_fen": None}, {"price_mode": PriceMode.ROYALTY}, {"technology_fen": None},
        {"price_mode": PriceMode.TRIAL}, {"technology_fen": 28_600_001},
        {"stage_names": (), "stage_days": (), "stage_shares": (), "stage_proofs": ()}, {"stage_shares": (3_000, 4_000, 2_999)},
    ],
)  # fmt: skip
def test_a_price_that_binds_nobody_is_missing(price: dict[str, Any]) -> None:
    assert missing_clauses(replace(TEXT, **price), ()) == (Clause.PRICE,)


def test_a_contract_on_a_patent_names_the_patent() -> None:
    licence = replace(TEXT, contract_kind=ContractKind.LICENCE, sub_kind="patent_licence")
    assert missing_clauses(licence, ()) == (Clause.PATENT_NAMES, Clause.PATENT_DATES)


def test_nobody_confirms_while_a_clause_is_missing(site: TestSite, make: Make) -> None:
    deal = agree(site, make, replace(TEXT, acceptance=""))
    with pytest.raises(Refused):
        deal.says(deal.seller, deal.contract)
    page = site.client(deal.buyer).get(f"/contracts/{deal.contract.id}").text
    assert f"/contracts/{deal.contract.id}/clauses/acceptance" in page
    assert f"/contracts/{deal.contract.id}/confirm" not in page

    form = {"acceptance": "压差 ≤ 15 mV", "version": deal.contract.version}
    site.client(deal.buyer).post(f"/contracts/{deal.contract.id}/clauses/acceptance", data=form)

    written = site.find("contract", deal.contract.id)
    assert (written.acceptance, written.scope) == ("压差 ≤ 15 mV", TEXT.scope)
    assert deal.says(deal.seller, written).seller_at


def test_a_change_between_clears_the_word_that_was_given(site: TestSite, deal: Deal) -> None:
    sold = deal.says(deal.seller, deal.contract)
    other = replace(TEXT, definitions="“组”指两个电池柜", total_fen=1)
    changed = site.acting_as(deal.buyer).change(write_clause, sold.id, sold.version, Clause.DEFINITIONS, other)
    assert (changed.seller_at, changed.seller_by, changed.text_digest) == (None, "", "")
    assert changed.total_fen == TEXT.total_fen, "of another clause nothing is taken"
    with pytest.raises(Stale):
        deal.says(deal.buyer, sold)
    with pytest.raises(Stale):
        deal.says(deal.buyer, replace(sold, version=changed.version))
    assert digest_of(changed) != digest_of(sold)


def test_of_two_who_write_one_clause_the_second_sees_both_texts(site: TestSite, deal: Deal) -> None:
    way, first = f"/contracts/{deal.contract.id}/clauses/scope", deal.contract.version
    assert site.client(deal.seller).post(way, data={"scope": "改造 10 组", "version": first}).status_code == 302
    late = site.client(deal.buyer).post(way, data={"scope": "改造 14 组", "version": first})
    assert late.status_code == 409
    assert "改造 10 组" in late.text
    assert "改造 14 组" in late.text


@pytest.mark.parametrize("sent", ["-5", "1e999", "abc", "99999999999999999999", "12.345"])
def test_an_amount_that_is_none_is_told_at_its_field(site: TestSite, deal: Deal, sent: str) -> None:
    form = {"price_mode": "fixed", "total_fen": sent, "technology_fen": "1", "royalty_course": "level", "version": deal.contract.version}
    answer = site.client(deal.seller).post(f"/contracts/{deal.contract.id}/clauses/price", data=form)
    assert answer.status_code == 422
    assert 'id="total_fen-error"' in answer.text
    assert sent in answer.text
    assert site.find("contract", deal.contract.id).total_fen == TEXT.total_fen


def test_stages_are_whole_and_come_back_as_they_were_typed(site: TestSite, deal: Deal) -> None:
    form = {
        "price_mode": "instalments", "total_fen": "1,000.01", "technology_fen": "900", "royalty_course": "level", "version": deal.contract.version,
        "stages-0-name": "先", "stages-0-days": "5", "stages-0-share": "50", "stages-1-name": "后", "stages-1-days": "9", "stages-1-share": "49",
    }  # fmt: skip
    way = f"/contracts/{deal.contract.id}/clauses/price"
    assert site.client(deal.seller).post(way, data=form).status_code == 422
    assert site.client(deal.seller).post(way, data=form | {"stages-1-share": "50"}).status_code == 302
    assert [one.amount_fen for one in site.find("contract", deal.contract.id).stages] == [50_001, 50_000]


def test_a_patent_licence_without_a_patent_is_refused(site: TestSite, deal: Deal) -> None:
    text = replace(TEXT, contract_kind=ContractKind.LICENCE, sub_kind="patent_licence")
    with pytest.raises(Invalid):
        site.acting_as(deal.seller).change(write_clause, deal.contract.id, deal.contract.version, Clause.FRAME, text)


def test_a_stranger_finds_no_way_to_it(site: TestSite, make: Make, deal: Deal) -> None:
    client = site.client(make.enterprise_user())
    for way in ("", "/clauses/scope", "/paper", "/versions/1", "/registration"):
        assert client.get(f"/contracts/{deal.contract.id}{way}").status_code == 404
    for way in ("/confirm", "/steps/cancel", "/proposal/agree_end", "/end/declare_end"):
        assert client.post(f"/contracts/{deal.contract.id}{way}", data={"file": (BytesIO(b""), "")}).status_code == 404
    with pytest.raises(NotFound):
        site.acting_as(deal.officer).change(write_clause, deal.contract.id, 1, Clause.SCOPE, TEXT)


def test_acceptance_is_proposed_from_the_need_only_to_who_may_know_it(site: TestSite, make: Make) -> None:
    """The buyer meant it for a need that nobody else has heard of."""
    deal = agree(site, make)
    need = site.acting_as(deal.buyer).change(create_need, NeedText(title="压差测量", problem="测不准", indicators=("压差|≤ 9|mV",)), deal.firm.id)
    site.system.change(
        lambda uow: uow.tx.run("MATCH (c:Contract {id: $c}) MATCH (n:Need {id: $n}) CREATE (c)-[:SOLVES]->(n)", c=deal.contract.id, n=need.id)
    )
    assert "9" in site.acting_as(deal.buyer).read(suggest_acceptance, deal.contract.id)
    assert "9" not in site.acting_as(deal.seller).read(suggest_acceptance, deal.contract.id)
