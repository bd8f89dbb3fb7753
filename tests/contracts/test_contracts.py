"""A contract is read by its two parties, confirmed by each for itself, and in force when both have said so."""

import pytest

from marketplace.domains.contracts.model import Status
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.contracts.service import cancel_contract, confirm_contract
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tests.contracts.scenes import Deal, agree
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


def test_both_confirm_and_it_is_in_force(site: TestSite, deal: Deal) -> None:
    sold = site.acting_as(deal.seller).change(confirm_contract, deal.contract.id, deal.contract.version)
    assert sold.status is Status.DRAFTED
    with pytest.raises(Refused):
        site.acting_as(deal.seller).change(confirm_contract, sold.id, sold.version)

    bought = site.acting_as(deal.buyer).change(confirm_contract, sold.id, sold.version)

    assert bought.status is Status.IN_FORCE
    assert bought.signed_on is not None
    assert bought.seller_by == deal.seller.account_id != bought.buyer_by


def test_only_the_two_parties_read_it(site: TestSite, make: Make, deal: Deal) -> None:
    for party in (deal.seller, deal.buyer):
        found = site.acting_as(party).read(get_contract, deal.contract.id)
        assert (found.seller.name, found.buyer.name) == (deal.contract.seller.name, deal.contract.buyer.name)
        assert [stage.amount_fen for stage in found.stages] == [8_580_000, 11_440_000, 8_580_000]
    for stranger in (deal.officer, make.enterprise_user(), make.account(), make.administrator()):
        with pytest.raises(NotFound):
            site.acting_as(stranger).read(get_contract, deal.contract.id)


def test_either_steps_back_before_it_is_in_force_and_says_why(site: TestSite, deal: Deal) -> None:
    with pytest.raises(Invalid):
        site.acting_as(deal.buyer).change(cancel_contract, deal.contract.id, deal.contract.version, " ")
    ended = site.acting_as(deal.buyer).change(cancel_contract, deal.contract.id, deal.contract.version, "预算取消")
    assert (ended.status, ended.reason) == (Status.CANCELLED, "预算取消")
    with pytest.raises((Refused, Forbidden)):
        site.acting_as(deal.seller).change(confirm_contract, ended.id, ended.version)


def test_a_contract_in_force_is_not_cancelled(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    with pytest.raises((Refused, Forbidden)):
        site.acting_as(deal.buyer).change(cancel_contract, bound.id, bound.version, "后悔")
