"""What the register is told of a contract: one column after the other, each with what makes it valid. The register reads Chinese."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.domains.contracts.model import Contract, Side
from marketplace.kernel.labels import Label, label
from marketplace.kernel.registration_codes import chinese, is_credit_code, is_region
from marketplace.kernel.taxonomy import Term
from marketplace.kernel.technology_contracts import SUB_KINDS
from marketplace.processes.registering.model import Registration, SheetText

Sheet = Registration | SheetText
Fields = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Column:
    """`head` is the register's word; `says` the cell, `holds` whether it is valid for this contract."""

    name: str
    head: str
    words: Label
    says: Callable[[Contract, Sheet, Fields], str]
    holds: Callable[[Contract, str], bool]


def _given(_contract: Contract, value: str) -> bool:
    return bool(value)


def _has_sub_kind(contract: Contract, value: str) -> bool:
    """Consulting has none."""
    return bool(value) or not SUB_KINDS[contract.contract_kind]


def _is_region(_contract: Contract, value: str) -> bool:
    return is_region(value)


def _is_sellers_code(contract: Contract, value: str) -> bool:
    """A natural person has none."""
    return is_credit_code(value) if value else contract.seller.kind == "worker"


def _is_buyers_code(contract: Contract, value: str) -> bool:
    return is_credit_code(value) if value else contract.buyer.kind == "worker"


def _legal_name(side: Side) -> str:
    """Who signs: a studio by its enterprise."""
    return side.enterprise_name or side.name


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:.2f}"


def _number(sheet: Sheet) -> str:
    return sheet.registration_number if isinstance(sheet, Registration) else ""


def _field(fields: Fields, code: str) -> str:
    return fields[code].zh if code in fields else ""


def _from_contract(say: Callable[[Contract], str]) -> Callable[[Contract, Sheet, Fields], str]:
    return lambda contract, _sheet, _fields: say(contract)


def _from_sheet(say: Callable[[Sheet], str]) -> Callable[[Contract, Sheet, Fields], str]:
    return lambda _contract, sheet, _fields: say(sheet)


def _anything(_contract: Contract, _value: str) -> bool:
    return True


COLUMNS = (
    Column("registration_number", "合同登记编号", label("Registration number"), _from_sheet(_number), _anything),
    Column("title", "项目名称", label("Project name"), _from_contract(lambda one: one.title), _given),
    Column("contract_kind", "合同类别", label("Contract kind"), _from_contract(lambda one: chinese("kind", one.contract_kind)), _given),
    Column("sub_kind", "合同细类", label("Sub-kind"), _from_contract(lambda one: chinese("sub_kind", one.sub_kind)), _has_sub_kind),
    Column("signed_on", "签订日期", label("Signed on"), _from_contract(lambda one: _day(one.signed_on)), _given),
    Column("valid_from", "有效期起", label("Valid from"), _from_contract(lambda one: _day(one.valid_from or one.signed_on)), _given),
    Column("valid_until", "有效期止", label("Valid until"), _from_contract(lambda one: _day(one.valid_until)), _given),
    Column("seller", "卖方名称", label("Seller"), _from_contract(lambda one: _legal_name(one.seller)), _given),
    Column("seller_kind", "卖方类型", label("Kind of the seller"), _from_sheet(lambda one: chinese("party", one.seller_kind)), _given),
    Column("seller_region", "卖方地区代码", label("Region of the seller"), _from_sheet(lambda one: one.seller_region), _is_region),
    Column("seller_uscc", "卖方统一社会信用代码", label("Credit code of the seller"), _from_contract(lambda one: one.seller.uscc), _is_sellers_code),
    Column("buyer", "买方名称", label("Buyer"), _from_contract(lambda one: _legal_name(one.buyer)), _given),
    Column("buyer_kind", "买方类型", label("Kind of the buyer"), _from_sheet(lambda one: chinese("party", one.buyer_kind)), _given),
    Column("buyer_region", "买方地区代码", label("Region of the buyer"), _from_sheet(lambda one: one.buyer_region), _is_region),
    Column("buyer_uscc", "买方统一社会信用代码", label("Credit code of the buyer"), _from_contract(lambda one: one.buyer.uscc), _is_buyers_code),
    Column("total_fen", "成交总额（元）", label("Total price"), _from_contract(lambda one: _yuan(one.total_fen)), _given),
    Column("technology_fen", "技术交易额（元）", label("For the technology"), _from_contract(lambda one: _yuan(one.technology_fen)), _given),
    Column("ip_kind", "知识产权类别", label("Kind of intellectual property"), _from_sheet(lambda one: chinese("ip_kind", one.ip_kind)), _given),
    Column("tech_field", "技术领域", label("Technology field"), lambda _one, sheet, fields: _field(fields, sheet.tech_field), _given),
    Column("goal", "社会经济目标", label("Socio-economic goal"), _from_sheet(lambda one: chinese("goal", one.goal)), _given),
)  # fmt: skip


def cells_of(contract: Contract, sheet: Sheet | None, fields: Fields) -> list[str]:
    """One row of the list, in the order of COLUMNS."""
    return [column.says(contract, sheet or SheetText(), fields) for column in COLUMNS]


def missing_of(contract: Contract, sheet: Sheet | None, fields: Fields) -> tuple[Column, ...]:
    """What is empty or not valid; the number comes from the register and is never missing here."""
    rows: list[tuple[Column, Any]] = list(zip(COLUMNS, cells_of(contract, sheet, fields), strict=True))
    return tuple(column for column, cell in rows if not column.holds(contract, cell))
