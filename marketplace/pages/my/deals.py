"""What waits for me in the market: words in conversations, offers, questions of first refusal."""

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.enquiries.model import Side as Speaker
from marketplace.domains.enquiries.model import Status as ThreadStatus
from marketplace.domains.offers.repository import get_offers
from marketplace.kernel.actor import Actor
from marketplace.kernel.guards import OPEN_OFFER
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.processes.deals.model import Answer


@dataclass(frozen=True, slots=True)
class Word:
    """A conversation in which the other side spoke last."""

    id: str
    number: str
    title: str
    at: datetime


WORDS = """
MATCH (q:Enquiry {status: $answered}) WHERE any(token IN q.audience WHERE token IN $own)
OPTIONAL MATCH (q)-[:ASKED_FOR]->(p)
WITH q, EXISTS { MATCH (q)-[:ASKED_BY]->(:Account {id: $account}) } OR coalesce($maker + p.id IN $own, false) AS asks
WHERE (asks AND q.spoke = $makers) OR (NOT asks AND q.spoke = $asker)
RETURN q.id AS id, q.number AS number, q.about_title AS title, q.spoke_at AS at ORDER BY at LIMIT $limit
"""


def list_words(tx: Transaction, actor: Actor, own: tuple[str, ...], limit: int) -> list[Word]:
    """The longest silence first; a question that waits for its first answer stands elsewhere."""
    sides = {"makers": Speaker.MAKERS, "asker": Speaker.ASKER}
    return tx.all(WORDS, reader(Word), own=own, account=actor.account_id, maker=MAKER, answered=ThreadStatus.ANSWERED, limit=limit, **sides)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer or a question of first refusal that waits for my word."""

    id: str
    title: str
    number: str
    until: date
    total_fen: int | None = None


OFFERS = """
MATCH (f:Offer {status: $open})-[:OFFERED_IN]->(q:Enquiry) WHERE any(token IN q.audience WHERE token IN $own) AND f.holds_until >= $today
RETURN f.id AS id ORDER BY f.holds_until LIMIT $limit
"""


def list_offers_to(tx: Transaction, actor: Actor, own: tuple[str, ...], today: date, limit: int) -> list[Waiting]:
    """Made to a side that I may bind, the next to run out first."""
    found = get_offers(tx, tx.all(OFFERS, value("id"), own=own, open=OPEN_OFFER, today=today, limit=limit))
    asked = [one for one in found if actor.can(Permission.OFFER_ANSWER, one)]
    return [Waiting(one.id, one.title, "", one.holds_until, one.total_fen) for one in asked]


FIRST_REFUSALS = """
MATCH (w:Worker {id: $worker})<-[r:OFFERED_FIRST_TO]-(k:Contract) WHERE r.answer = $asked AND k.status = $drafted
RETURN k.id + '.' + w.id AS id, k.title AS title, k.number AS number, r.due_on AS until ORDER BY until
"""


def list_asked_first(tx: Transaction, worker_id: str) -> list[Waiting]:
    """What I made and may take myself before it is transferred."""
    said = {"asked": Answer.ASKED, "drafted": ContractStatus.DRAFTED}
    return tx.all(FIRST_REFUSALS, reader(Waiting), worker=worker_id, **said) if worker_id else []
