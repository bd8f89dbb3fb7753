"""Somebody with every number the site keeps, the officer above, and what lies in the store of them."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.copying.walking import walk
from graph.ontology import ONTOLOGY
from marketplace.domains.enterprises.model import Enterprise
from marketplace.domains.organisations.model import Kind
from marketplace.domains.workers.model import Certificate, Level, SkillHeld, Worker, WorkerDetails
from marketplace.kernel.actor import Actor
from marketplace.kernel.taxonomy import Term, write_occupations, write_skills
from tests.factories import Make
from tests.site import TestSite
from tests.worlds import remembered

IDENTITY, PHONE, BANK, NUMBER = "110105197603059613", "13600004075", "6222020200112233445", "1011000042132773"
CONTACT = "13900009091"
SECRETS = (IDENTITY, PHONE, BANK, NUMBER, CONTACT, "1976-03-05")
TURNER = "6-18-01-01"
DETAILS = WorkerDetails(
    id_number=IDENTITY, phone=PHONE, bank_account=BANK, certificates=(Certificate(NUMBER, TURNER, Level.SENIOR, date(2010, 7, 2)),)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    site: TestSite
    make: Make
    firm: Enterprise
    zhou: Worker
    officer: Actor
    stranger: Actor

    def another(self, name: str, **details: Any) -> Worker:
        return self.make.worker(name, at=self.firm, details=WorkerDetails(**details))


@remembered
def some_people(site: TestSite, make: Make) -> People:
    site.graph.write(lambda tx: write_skills(tx, [Term("weld", "焊接", "Welding", "0601")]))
    site.graph.write(lambda tx: write_occupations(tx, [Term(TURNER, "车工", "Turner")]))
    street = make.organisation("酒仙桥街道")
    firm = make.enterprise("沃岭储能", under=make.organisation("沃岭储能工会", kind=Kind.BASE, under=street), contact_phone=CONTACT)
    zhou = make.worker("周立成", at=firm, skills=(SkillHeld("焊接", Level.SENIOR, certificate=NUMBER),), occupation=TURNER, details=DETAILS)
    return People(site, make, firm, zhou, make.officer(of=street), make.officer(of="望京街道"))


def dump(site: TestSite) -> str:
    """Every property of every node and relation, as a thief of the store would read them."""
    rows: list[Any] = []
    for node in ONTOLOGY.nodes:
        for nodes, relations in walk(site.graph, node):
            rows += [one.properties for one in nodes] + [one.properties for one in relations]
    return json.dumps(rows, ensure_ascii=False, default=str)


def indexed(site: TestSite) -> str:
    """All that the index holds."""
    return "\n".join(repr(one) for one in site.index.documents())
