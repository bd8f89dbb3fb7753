"""The register's list: every field valid or named as missing, taken out as text, by the seller alone."""

import csv
import io

import pytest
from python_calamine import load_workbook

from graph.records import value
from marketplace.cli.init import found
from marketplace.demo.load import load_demo
from marketplace.domains.contracts.repository import get_contracts, list_contract_ids
from marketplace.kernel.errors import Forbidden, Refused
from marketplace.kernel.registration_codes import is_region
from marketplace.kernel.taxonomy import list_fields
from marketplace.processes.registering.document import COLUMNS, missing_of
from marketplace.processes.registering.model import SheetText
from marketplace.processes.registering.repository import find_registration
from marketplace.processes.registering.service import begin_sheet, enter_number, fill_sheet
from tests.contracts.scenes import Deal, agree
from tests.factories import Make
from tests.site import TestSite

WHOLE = SheetText(ip_kind="invention", tech_field="06", goal="energy", seller_kind="enterprise", seller_region="110105", buyer_kind="enterprise",
                  buyer_region="110105")  # fmt: skip


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


def test_the_sheet_begins_with_what_the_site_knows_and_once(site: TestSite, deal: Deal) -> None:
    seller = site.acting_as(deal.seller)
    sheet = seller.change(begin_sheet, deal.contract.id)
    assert (sheet.tech_field, sheet.seller_region, sheet.buyer_kind) == ("06", "110105", "enterprise")
    assert seller.change(begin_sheet, deal.contract.id).id == sheet.id
    with pytest.raises(Forbidden):
        site.acting_as(deal.buyer).change(begin_sheet, deal.contract.id)


def test_no_number_is_entered_while_something_is_missing(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    seller = site.acting_as(deal.seller)
    sheet = seller.change(fill_sheet, bound.id, seller.change(begin_sheet, bound.id).version, WHOLE)
    fields = {one.code: one for one in site.system.read(list_fields)}
    names = {one.name for one in missing_of(bound, sheet, fields)}
    assert {"valid_until", "seller_uscc"} <= names, "the studio's enterprise has no code, the contract no end"
    with pytest.raises(Refused):
        seller.change(enter_number, bound.id, sheet.version, "2026110105")


@pytest.mark.parametrize("code", ["", "11010", "1101051", "999999", "110100", "11010X", "１１０１０５"])
def test_what_is_no_region(code: str) -> None:
    assert is_region("110105")
    assert not is_region(code)


def test_a_region_that_is_none_is_told_at_its_field(site: TestSite, deal: Deal) -> None:
    sheet = site.acting_as(deal.seller).change(begin_sheet, deal.contract.id)
    answer = site.client(deal.seller).post(f"/contracts/{deal.contract.id}/registration", data={"seller_region": "999999", "version": sheet.version})
    assert answer.status_code == 422
    assert 'id="seller_region-error"' in answer.text


def test_the_list_is_text_without_formulas_in_both_formats(site: TestSite, deal: Deal) -> None:
    deal.in_force()
    client = site.client(deal.seller)
    rows = list(csv.reader(io.StringIO(client.post("/contracts/registration", data={"format": "csv"}).data.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(client.post("/contracts/registration", data={"format": "xlsx"}).data)).get_sheet_by_index(0).to_python()
    assert rows[0] == [column.head for column in COLUMNS] == book[0]
    assert len(rows) == len(book) == 2
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert (cells["合同类别"], cells["合同细类"], cells["成交总额（元）"], cells["技术交易额（元）"]) == (
        "技术服务",
        "一般技术服务",
        "286000.00",
        "252000.00",
    )
    assert all(isinstance(cell, str) for cell in book[1])
    assert len(list(csv.reader(io.StringIO(site.client(deal.buyer).post("/contracts/registration", data={"format": "csv"}).text)))) == 1


INTRODUCED = "MATCH (:Introduction)-[:LED_TO]->(:Enquiry)<-[:CAME_FROM]-(c:Contract) RETURN c.id AS id"
"""Signed after a scout's introduction, and not registered yet."""


@pytest.mark.slow
def test_the_demonstrations_sixty_contracts_are_valid_in_every_field(site: TestSite) -> None:
    found(site.site)
    load_demo(site.site, lambda _part: None)
    fields = {one.code: one for one in site.system.read(list_fields)}
    signed = [one for one in site.system.read(get_contracts, site.system.read(list_contract_ids, "", 5_000)) if one.signed_on]
    introduced = site.system.read(lambda tx: tx.all(INTRODUCED, value("id")))
    rows = [(one, site.system.read(find_registration, one.id)) for one in signed if one.origin_kind == "enquiry" and one.id not in introduced]
    assert len(rows) == 60
    assert {one.number: [column.name for column in missing_of(one, sheet, fields)] for one, sheet in rows if missing_of(one, sheet, fields)} == {}
    assert {one.contract_kind for one, _sheet in rows} == {"development", "transfer", "licence", "consulting", "service"}
    assert {one.status for one, _sheet in rows} == {"in-force", "fulfilled", "terminated"}
