"""Those who miss words, and those who want one for their group, each with a connection of their own."""

from graph.connection import Graph
from graph.records import value
from marketplace.domains.missed.model import id_of
from marketplace.domains.missed.service import count_miss
from marketplace.domains.vocabulary.model import SynonymText
from marketplace.domains.vocabulary.service import create_synonym
from marketplace.kernel.errors import AlreadyDone, Invalid
from marketplace.kernel.form_keys import FormKey
from tests.races.contenders import NOW, PATIENCE, change


def miss(graph: Graph, number: int, about: str) -> str:
    for _ in range(10):
        graph.write(lambda tx: count_miss(tx, about, 0, NOW), patience=PATIENCE)
    return "counted"


MAKE = "MERGE (d:MissedDay {id: 'naive'}) ON CREATE SET d.words_id = $words, d.zero = 0 RETURN d.zero AS zero"
WRITE = "MATCH (d:MissedDay {id: 'naive'}) SET d.zero = $zero"


def miss_without_lock(graph: Graph, number: int, about: str) -> str:
    """Read in one transaction, written in the next."""
    for _ in range(10):
        seen = int(graph.write(lambda tx: tx.one(MAKE, value("zero"), words=id_of(about)), patience=PATIENCE))
        graph.write(lambda tx, zero=seen + 1: tx.run(WRITE, zero=zero), patience=PATIENCE)  # type: ignore[misc]
    return "counted"


def take_word(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: create_synonym(uow, SynonymText(words=(about, f"机器手{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"))))
    except Invalid:
        return "refused"
    return "made"


def send_group(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: create_synonym(uow, SynonymText(words=("机械臂", "机械手"))), key=FormKey(about, "the same body"))
    except AlreadyDone:
        return "known"
    except Invalid:
        return "refused"
    return "done"
