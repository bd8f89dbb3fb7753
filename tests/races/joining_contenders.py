"""Two officers at one registration, many at one code; with the guard, and as it would be without."""

from graph.connection import Graph, Transaction
from graph.errors import Stale
from graph.records import value
from marketplace.domains.registrations.model import Matter, Registration, RegistrationText
from marketplace.kernel.actor import GUEST, SYSTEM_ACTOR
from marketplace.kernel.errors import Refused
from marketplace.processes.inviting.service import NewAccount, accept_by_code
from marketplace.processes.joining.service import Door, approve, register
from tests.races.contenders import PATIENCE, change, officer


def verify(graph: Graph, number: int, about: str) -> str:
    """`about` is the unit and the registration, seen in its first version."""
    unit, registration = about.split()
    try:
        change(graph, lambda uow: approve(uow, registration, 1), officer(number, unit))
    except (Stale, Refused):
        return "late"
    return "verified"


def use_code(graph: Graph, number: int, about: str) -> str:
    try:
        change(graph, lambda uow: accept_by_code(uow, about, NewAccount(f"客人{number}", f"guest-{number}", "!")), GUEST)
    except (Stale, Refused):
        return "gone"
    return "in"


def at_the_door(graph: Graph, employer: str) -> Registration:
    """A worker, whose card no constraint would keep from being made twice."""
    text = RegistrationText(subject="宋海燕", place=employer, phone="13900009091")
    made = change(graph, lambda uow: register(uow, Matter.WORKER, text, Door("", "!")), GUEST)
    assert isinstance(made, Registration)
    return made


OPEN = "MATCH (i:Invitation {digest: $digest}) WHERE i.status = 'open' RETURN i.id AS id"
USE = """
MATCH (i:Invitation {digest: $digest}) MATCH (a:Account {id: $account}) MATCH (e:Enterprise {id: i.party_id})
SET i.status = 'accepted' CREATE (a)-[:HOLDS {role: 'enterprise-user'}]->(e)
"""
ACCOUNT = "CREATE (:Account {id: $id, login: $id})"
HOLDERS = "MATCH (:Account)-[h:HOLDS {role: 'enterprise-user'}]->(:Enterprise {id: $id}) RETURN count(h) AS count"
CARDS = "MATCH (w:Worker {name: $name}) RETURN count(w) AS count"


def use_code_without_guard(graph: Graph, number: int, about: str) -> str:
    """What the lock is for: look in one transaction, take it up in a later one."""
    digest, account = about, f"naive-{number}-{about[:8]}"
    graph.write(lambda tx: tx.run(ACCOUNT, id=account), patience=PATIENCE)
    if not graph.read(lambda tx: tx.all(OPEN, value("id"), digest=digest), reader=SYSTEM_ACTOR.reader):
        return "gone"
    graph.write(lambda tx: tx.run(USE, digest=digest, account=account), patience=PATIENCE)
    return "in"


def verify_without_guard(graph: Graph, number: int, about: str) -> str:
    """The same for two officers: both see that it waits, and both enter a card."""
    seen = graph.read(lambda tx: tx.one(WAITS, value("status"), id=about), reader=SYSTEM_ACTOR.reader)
    if seen != "registered":
        return "late"
    graph.write(lambda tx: tx.run(ENTER, id=about, card=f"card-{number}-{about}"), patience=PATIENCE)
    return "verified"


WAITS = "MATCH (r:Registration {id: $id}) RETURN r.status AS status"
ENTER = "MATCH (r:Registration {id: $id}) SET r.status = 'verified' CREATE (:Worker {id: $card, name: r.subject})"


def count_cards(tx: Transaction, name: str) -> int:
    return int(tx.one(CARDS, value("count"), name=name))


def count_holders(tx: Transaction, enterprise: str) -> int:
    return int(tx.one(HOLDERS, value("count"), id=enterprise))
