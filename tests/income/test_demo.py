"""The demo pays the contracts that it finds, and does nothing where there are none."""

from dataclasses import replace

from marketplace.demo.income import load_income
from marketplace.demo.stage import Stage
from marketplace.domains.ledger.model import faults_of
from marketplace.kernel.technology_contracts import PriceMode
from tests.factories import Make
from tests.income.scenes import TEXT, open_till
from tests.site import TestSite


def test_the_demo_pays_what_is_in_force(site: TestSite, make: Make) -> None:
    plain = replace(TEXT, price_mode=PriceMode.FIXED, stage_names=(), stage_days=(), stage_shares=(), stage_proofs=())
    till = open_till(site, make, plain, ruled=False)
    stage = Stage(site.site)
    load_income(stage)
    assert till.entries() == []

    stage.ids["contract:1"] = till.contract.id
    load_income(stage)

    assert till.sums()["received"] == -28_600_000
    assert faults_of(till.entries()) == []
