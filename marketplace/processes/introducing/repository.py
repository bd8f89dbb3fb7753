"""What came of an introduction; whether the two speak already; and a thing by the number that people know it by."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.enquiries.model import Status
from marketplace.domains.enquiries.repository import get_subject
from marketplace.domains.introductions.model import THINGS, Pair
from marketplace.kernel.errors import NotFound
from marketplace.kernel.roles import HELD
from marketplace.processes.introducing.model import Outcome


def get_pair(tx: Transaction, need_id: str, thing_kind: str, thing_id: str) -> Pair:
    """Raises NotFound for what is not public: nobody is introduced to a draft."""
    if thing_kind not in THINGS:
        raise NotFound(thing_id)
    need, thing = get_subject(tx, "need", need_id), get_subject(tx, thing_kind, thing_id)
    return Pair(
        need_id=need.id, need_title=need.title, thing_kind=thing.kind, thing_id=thing.id, thing_title=thing.title, needing=need.makers,
        providing=thing.makers,
    )  # fmt: skip


OUTCOME = """
MATCH (i:Introduction {id: $id}) WHERE any(token IN i.audience WHERE token IN $reader)
OPTIONAL MATCH (i)-[:LED_TO]->(q:Enquiry)
OPTIONAL MATCH (q)<-[:CAME_FROM]-(c:Contract) WHERE c.signed_on IS NOT NULL
WITH q, c, any(token IN q.audience WHERE token IN $reader) AS speaks, any(token IN c.audience WHERE token IN $reader) AS signs
ORDER BY c.signed_on LIMIT 1
RETURN CASE WHEN speaks THEN q.id END AS enquiry_id, c IS NOT NULL AS signed, CASE WHEN signs THEN c.id END AS contract_id,
  CASE WHEN signs THEN c.number END AS contract_number
"""


def get_outcome(tx: Transaction, id: str) -> Outcome:
    """The scout learns that there is a contract, its parties which one."""
    return tx.one(OUTCOME, reader(Outcome), id=id)


SPEAKING = """
MATCH (:Need {id: $need})<-[:MEANT_FOR]-(q:Enquiry)-[:ABOUT]->(t) WHERE t.id = $thing AND q.status <> $closed
RETURN q.id AS id LIMIT 1
"""


def are_speaking(tx: Transaction, need_id: str, thing_id: str) -> bool:
    """Whether somebody asks about the thing for this need: then there is nothing left to introduce."""
    return tx.find(SPEAKING, value("id"), need=need_id, thing=thing_id, closed=Status.CLOSED) is not None


ACTS_FOR = (
    """
MATCH (:Account {id: $account})-[h:HOLDS]->(e:Enterprise) WHERE e.id IN $parties AND """
    + HELD
    + """
RETURN e.id AS id LIMIT 1
"""
)


def acts_for(tx: Transaction, account: str, parties: Sequence[str], now: datetime) -> bool:
    """Still: whoever has left since begins no conversation."""
    return tx.find(ACTS_FOR, value("id"), account=account, parties=list(parties), now=now) is not None


NEED_NUMBERED = "MATCH (n:Need {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'need' AS kind, n.id AS id"
WORK_NUMBERED = (
    "MATCH (n:Achievement {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'achievement' AS kind, n.id AS id"
)
OFFER_NUMBERED = "MATCH (n:Listing {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'listing' AS kind, n.id AS id"
NUMBERED: tuple[LiteralString, ...] = (NEED_NUMBERED, WORK_NUMBERED, OFFER_NUMBERED)


def find_numbered(tx: Transaction, number: str) -> tuple[str, str] | None:
    """A need, an achievement or a listing that the reader may see, as (kind, id)."""
    found = (tx.find(asked, lambda row: (str(row["kind"]), str(row["id"])), number=number) for asked in NUMBERED)
    return next((one for one in found if one is not None), None)
