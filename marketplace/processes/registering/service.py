"""Fill the sheet, enter the number that the register gave."""

from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contract
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.registration_codes import DISTRICT, codes, is_region
from marketplace.kernel.revisions import content_of
from marketplace.kernel.taxonomy import list_fields
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited
from marketplace.processes.registering.document import missing_of
from marketplace.processes.registering.model import WORKFLOW, Registration, SheetText
from marketplace.processes.registering.repository import create_registration_node, field_and_patents, find_registration, save_registration

IP_OF_PATENTS = {"1": "invention", "8": "invention", "2": "utility_model", "9": "utility_model", "3": "design"}
KINDS = {"enterprise": "enterprise", "studio": "enterprise", "association": "society", "worker": "person"}
LONGEST_NUMBER = 40


def begin_sheet(uow: UnitOfWork, contract_id: str) -> Registration:
    """With what the site knows already: the field, the patents' kind, both parties. Once for a contract; a second begin finds the first."""
    contract = get_contract(uow.tx, contract_id)
    uow.actor.require(Permission.REGISTRATION_SHEET_EDIT, contract)
    if found := find_registration(uow.tx, contract_id):
        return found
    sheet = Registration(
        id=uow.new_id(), contract_id=contract_id, created_at=uow.now, updated_at=uow.now, seller_id=contract.seller.id,
        **content_of(proposed(*field_and_patents(uow.tx, contract_id), contract)),
    )  # fmt: skip
    create_registration_node(uow.tx, sheet)
    uow.record(created(sheet, at=uow.now, verb="begin-sheet"))
    return sheet


def proposed(field: str, types: list[str], contract: Contract) -> SheetText:
    """A first guess that the seller looks over: the kind of right from the patents, the field from the work, both in this district."""
    ip = next((IP_OF_PATENTS[one] for one in types if one in IP_OF_PATENTS), "know_how" if contract.sub_kind == "know_how" else "")
    return SheetText(
        ip_kind=ip, tech_field=field[:2], seller_kind=KINDS.get(contract.seller.kind, ""), buyer_kind=KINDS.get(contract.buyer.kind, ""),
        seller_region=DISTRICT, buyer_region=DISTRICT,
    )  # fmt: skip


def fill_sheet(uow: UnitOfWork, contract_id: str, version: int, text: SheetText) -> Registration:
    """By the seller, until the number is entered."""
    sheet = _own(uow, contract_id)
    if sheet.is_registered:
        raise Refused(label("It is registered; what was registered stays."))
    if faults := faults_of(text):
        raise Invalid(faults)
    change = edited(sheet, version, at=uow.now, verb="fill-sheet", **content_of(text))
    save_registration(uow.tx, change)
    uow.record(change)
    return change.after


def enter_number(uow: UnitOfWork, contract_id: str, version: int, number: str) -> Registration:
    """Once, after registering. Raises Refused while anything is missing."""
    sheet, contract = _own(uow, contract_id), get_contract(uow.tx, contract_id)
    if not number.strip() or len(number) > LONGEST_NUMBER or not number.strip().isalnum():
        raise Invalid({"registration_number": label("Letters and digits, as the register gave it.")})
    if not contract.is_bound or missing_of(contract, sheet, {term.code: term for term in list_fields(uow.tx)}):
        raise Refused(label("Something that the register asks for is still missing."))
    change = WORKFLOW.step("register", sheet, version, at=uow.now, registration_number=number.strip(), registered_on=local_day(uow.now))
    save_registration(uow.tx, change)
    uow.record(change)
    return change.after


def _own(uow: UnitOfWork, contract_id: str) -> Registration:
    uow.actor.require(Permission.REGISTRATION_SHEET_EDIT, get_contract(uow.tx, contract_id))
    sheet = find_registration(uow.tx, contract_id)
    if sheet is None:
        raise NotFound(contract_id)
    return sheet


def faults_of(text: SheetText) -> dict[str, Label]:
    """What cannot be so; what is empty is only missing."""
    faults: dict[str, Label] = {}
    for name, kind in (("ip_kind", "ip_kind"), ("goal", "goal"), ("seller_kind", "party"), ("buyer_kind", "party")):
        if (said := getattr(text, name)) and said not in codes()[kind]:
            faults[name] = label("Choose one of the list.")
    for name in ("seller_region", "buyer_region"):
        if (said := getattr(text, name)) and not is_region(said):
            faults[name] = label("Six digits of a district or county, such as 110105.")
    return faults
