"""Counting is one transaction over one state of the records, so that every number fits every other."""

from datetime import datetime, timedelta

from graph.connection import Transaction
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created
from marketplace.processes.figures import repository as store
from marketplace.processes.figures.model import ALL, EVERYBODY, Asked, Brought, Export, Sheet, Tables, Work, cut_off, tables_of, withheld

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def count_figures(uow: UnitOfWork, months: int, age: timedelta) -> int:
    """By whoever is first, where the last counting is older than `age`. Returns how many sheets were written."""
    last = store.hold_counting(uow.tx, ALL)
    if last is not None and uow.now - last < age:
        return 0
    sheets = list_sheets(uow.tx, uow.now, months)
    store.write_sheets(uow.tx, sheets, uow.now)
    return len(sheets)


def count_of_the_day(uow: UnitOfWork, months: int) -> int:
    """What the calendar asks: once, whoever comes by. A page that is looked at asks more often."""
    count_figures(uow, months, HOUR)
    return 0


def list_sheets(tx: Transaction, now: datetime, months: int) -> list[Sheet]:
    """The whole district, as it is and as everybody sees it, then each unit that somebody has a role at."""
    works, asked = list_counted_works(tx, now, months), list_counted_needs(tx)
    whole = tables_of(works, asked)
    sheets = [Sheet(ALL, now, months, whole), Sheet(EVERYBODY, now, months, withheld(whole))]
    return sheets + [Sheet(id, now, months, tables_below(id, works, asked), lineage) for id, lineage in store.list_scopes(tx, now).items()]


def tables_below(unit: str, works: list[Work], asked: list[Asked]) -> Tables:
    """Of what stands under this unit, however far below."""
    return tables_of([one for one in works if unit in one.units], [one for one in asked if unit in one.units])


def list_counted_works(tx: Transaction, now: datetime, months: int) -> list[Work]:
    """Each public achievement with what has become of it by now."""
    enquired, offered, concluded = store.ids_enquired(tx), store.ids_offered(tx), store.ids_concluded(tx)
    fulfilled, adopted, last = store.ids_fulfilled(tx), store.ids_adopted(tx), cut_off(local_day(now), months)
    return [
        Work(one.id, one.units, one.area, one.field, local_day(one.published_at).year, local_day(one.published_at) <= last, one.id in enquired,
             one.id in offered, one.id in concluded, one.id in fulfilled, one.id in adopted)
        for one in store.list_works(tx)
    ]  # fmt: skip


def list_counted_needs(tx: Transaction) -> list[Asked]:
    """Each published need with how long it waited, and what was introduced to it."""
    answers, contracts, brought = store.first_answers(tx), store.first_contracts(tx), store.introductions_to(tx)
    return [
        Asked(one.id, one.units, one.area, one.field, local_day(one.published_at).year,
              (answers[one.id] - one.published_at) / HOUR if one.id in answers else None,
              (contracts[one.id] - local_day(one.published_at)) / DAY if one.id in contracts else None,
              brought.get(one.id, Brought(one.id)))
        for one in store.list_needs(tx)
    ]  # fmt: skip


def note_export(uow: UnitOfWork, scope: str, format: str) -> None:
    """Who took which figures out, and when. Raises Forbidden."""
    uow.actor.require(Permission.FIGURES_EXPORT, None)
    uow.record(created(Export(id=uow.new_id(), scope=scope), at=uow.now, verb=f"export-{format}"))
