"""How fast an older register of people comes in: the batch verb of the import, a thousand rows a transaction, with identity numbers and phones.

`python -m benchmarks.importing [--rows 10000]`: on an embedded engine of its own.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from stdnum.cn import ric

from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.workers.model import WorkerEntry
from marketplace.domains.workers.service import import_workers
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.importing import MOST_ROWS, Intake, Row
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.opening import open_site
from marketplace.web.site import Site

TARGET = 500
"""Rows a second, with all rules (ASSURANCE, speed)."""


def identity(number: int) -> str:
    """A valid one, different for each number, of nobody in particular."""
    born = date(1960, 1, 1) + timedelta(days=number % 14_000)
    first = f"110105{born:%Y%m%d}{number // 14_000 % 1000:03d}"
    return first + str(ric.calc_check_digit(first + "0"))


def entries(count: int) -> Iterator[WorkerEntry]:
    for number in range(count):
        yield WorkerEntry(name=f"职工{number}", employer="造数企业", skills=("数控车削",), id_number=identity(number), phone=f"138{number:08d}")


def employer(uow: UnitOfWork) -> None:
    union = create_organisation(uow, OrganisationText(name="造数企业工会", kind=Kind.BASE))
    create_enterprise(uow, EnterpriseText(name="造数企业", union_name=union.name))


def load(site: Site, count: int) -> float:
    """Seconds that the rows took; the employer is there before."""
    change(site.graph, SYSTEM_ACTOR, site.clock.now(), employer)
    rows = [Row(f"made-up:{number}", entry) for number, entry in enumerate(entries(count))]
    began = perf_counter()
    for at in range(0, count, MOST_ROWS):
        some = rows[at : at + MOST_ROWS]
        change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow, some=some: import_workers(uow, some, Intake("made-up")), patience=15)  # type: ignore[misc]
    return perf_counter() - began


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    count = asked.parse_args().rows
    with TemporaryDirectory() as folder, open_site(Settings(data_dir=Path(folder))) as site:
        found(site)
        seconds = load(site, count)
    print(json.dumps({"rows": count, "seconds": round(seconds, 2), "rows_per_second": round(count / seconds), "target": TARGET}))


if __name__ == "__main__":
    main()
