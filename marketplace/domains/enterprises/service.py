"""What may be done with enterprises. Each call is one transaction, retried as a whole."""

from collections.abc import Sequence
from dataclasses import replace

from marketplace.domains.enterprises.model import Enterprise, EnterpriseText, faults_of, missing_of, without_phone
from marketplace.domains.enterprises.repository import create_enterprise_nodes, get_enterprise, ids_of_source, ids_of_usccs, save_enterprise
from marketplace.kernel.errors import Invalid
from marketplace.kernel.importing import Intake, Row, Taken, find_unit, fresh, keys_of, take_turn
from marketplace.kernel.labels import label
from marketplace.kernel.numbers import next_number, next_numbers
from marketplace.kernel.parties import Union, find_unions, tidy_uscc
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of, keep_version, text_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created, edited

UNKNOWN_UNION = label("No union organisation has this name; write it in full.")
TAKEN_USCC = label("An enterprise with this code is in the register already.")


def create_enterprise(uow: UnitOfWork, text: EnterpriseText) -> Enterprise:
    """By an officer above its union, or an administrator. Everybody sees its page from now on."""
    text = _checked(uow, text)
    enterprise = _new(uow, text, _union(uow, text), next_number(uow.tx, "QY", uow.now))
    uow.actor.require(Permission.ENTERPRISE_CREATE, enterprise)
    create_enterprise_nodes(uow.tx, [enterprise])
    keep_version(uow, enterprise, without_phone(text))
    uow.record(created(enterprise, at=uow.now))
    return enterprise


def edit_enterprise(uow: UnitOfWork, id: str, version: int, text: EnterpriseText) -> Enterprise:
    """At once, without review; each state is kept. Only an officer above the new union moves it there."""
    before = get_enterprise(uow.tx, id)
    uow.actor.require(Permission.ENTERPRISE_EDIT, before)
    text = _checked(uow, replace(text, union_name=text.union_name or before.union_name), id)
    change = edited(before, version, at=uow.now, **content_of(text), field=_first(text.fields), missing=missing_of(text))
    if text.union_name != before.union_name:
        union = _union(uow, text)
        change = replace(change, after=replace(change.after, organisation_id=union.id, units=union.units, area=union.area))
        uow.actor.require(Permission.ENTERPRISE_CREATE, change.after)
    save_enterprise(uow.tx, change)
    keep_version(uow, change.after, without_phone(text_of(change.after, EnterpriseText)))
    uow.record(change)
    return change.after


def import_enterprises(uow: UnitOfWork, rows: Sequence[Row[EnterpriseText]], intake: Intake) -> Taken:
    """At most 1,000 rows in one transaction; rows that are here already are left alone. Raises Invalid, naming the row."""
    take_turn(uow.tx, Enterprise.KIND)
    new = fresh(rows, ids_of_source(uow.tx, keys_of(rows)))
    made = _imported(uow, [replace(row, text=replace(row.text, uscc=tidy_uscc(row.text.uscc) or None)) for row in new], intake)
    for one in made:
        uow.actor.require(Permission.ENTERPRISE_CREATE, one)
    if made:
        create_enterprise_nodes(uow.tx, made)
        uow.record(*(created(one, at=uow.now, verb="import") for one in made))
    return Taken(tuple(one.id for one in made), len(rows) - len(made))


def _imported(uow: UnitOfWork, rows: list[Row[EnterpriseText]], intake: Intake) -> list[Enterprise]:
    """A row without a union comes in under the unit that imports."""
    unit = find_unit(uow, intake.unit_id)
    home = Union(unit.id, unit.name, unit.units, unit.area)
    unions = find_unions(uow.tx, [row.text.union_name for row in rows if row.text.union_name])
    _refuse_faults(uow, rows, unions)
    numbers = next_numbers(uow.tx, "QY", uow.now, len(rows)) if rows else []
    return [
        replace(
            _new(uow, row.text, unions.get(row.text.union_name, home), number),
            source=intake.source,
            source_key=row.source_key,
            batch_id=intake.batch_id,
        )
        for row, number in zip(rows, numbers, strict=True)
    ]


def _refuse_faults(uow: UnitOfWork, rows: list[Row[EnterpriseText]], unions: dict[str, Union]) -> None:
    codes = [row.text.uscc for row in rows if row.text.uscc]
    taken = set(ids_of_usccs(uow.tx, codes)) | {code for code in codes if codes.count(code) > 1}
    for row in rows:
        faults = faults_of(row.text)
        if row.text.uscc in taken:
            faults["uscc"] = TAKEN_USCC
        if row.text.union_name and row.text.union_name not in unions:
            faults["union_name"] = UNKNOWN_UNION
        if faults:
            raise Invalid(faults, row=row.source_key)


def _checked(uow: UnitOfWork, text: EnterpriseText, own: str = "") -> EnterpriseText:
    """Raises Invalid at the field: wrong forms, and a code that another enterprise has."""
    text = replace(text, uscc=tidy_uscc(text.uscc) or None)
    faults = faults_of(text)
    if text.uscc and ids_of_usccs(uow.tx, [text.uscc]).get(text.uscc, own) != own:
        faults.setdefault("uscc", TAKEN_USCC)
    if faults:
        raise Invalid(faults)
    return text


def _union(uow: UnitOfWork, text: EnterpriseText) -> Union:
    found = find_unions(uow.tx, [text.union_name]).get(text.union_name)
    if found is None:
        raise Invalid({"union_name": UNKNOWN_UNION})
    return found


def _new(uow: UnitOfWork, text: EnterpriseText, union: Union, number: str) -> Enterprise:
    content = content_of(text) | {"union_name": union.name}
    return Enterprise(
        **content, id=uow.new_id(), number=number, field=_first(text.fields), entered_by=uow.actor.account_id, missing=missing_of(text),
        organisation_id=union.id, units=union.units, area=union.area, created_at=uow.now, updated_at=uow.now, published_at=uow.now,
    )  # fmt: skip


def _first(fields: tuple[str, ...]) -> str:
    return fields[0] if fields else ""
