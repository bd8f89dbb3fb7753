"""What waits for me in the market: words in conversations, offers, questions of first refusal, introductions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.model import Status as ContractStatus
from marketplace.domains.contracts.repository import get_contracts
from marketplace.domains.enquiries.model import Side as Speaker
from marketplace.domains.enquiries.model import Status as ThreadStatus
from marketplace.domains.introductions.model import Introduction
from marketplace.domains.introductions.model import Status as IntroductionStatus
from marketplace.domains.introductions.repository import get_introductions
from marketplace.domains.offers.model import Offer
from marketplace.domains.offers.repository import get_offers
from marketplace.kernel.actor import Actor
from marketplace.kernel.first_refusals import Answer, FirstRefusal
from marketplace.kernel.guards import OPEN_OFFER
from marketplace.kernel.money import yuan_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.processes.deals.repository import PENDING, get_first_refusals
from marketplace.processes.rating.service import ends_at, side_of
from marketplace.web.site import current_site

MOST, MOST_WORDS = 12, 100


@dataclass(frozen=True, slots=True)
class Deal:
    """One thing that waits: a conversation in which the other side spoke last, an offer, a question of first refusal.

    `due` is its last day where it `has_end`, else since when it waits."""

    kind: str
    id: str
    matter: str
    title: str
    note: str
    act: str
    due: datetime
    has_end: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """The last one of a conversation. `question`: what nobody has answered yet."""

    id: str
    number: str
    title: str
    at: datetime
    question: str = ""


WORDS = """
MATCH (q:Enquiry) WHERE q.status IN [$waits, $answered] AND any(token IN q.audience WHERE token IN $own)
OPTIONAL MATCH (q)-[:ASKED_FOR]->(p)
WITH q, EXISTS { MATCH (q)-[:ASKED_BY]->(:Account {id: $account}) } OR coalesce($maker + p.id IN $own, false) AS asks
WHERE (asks AND q.spoke = $makers) OR (NOT asks AND coalesce(q.spoke, $asker) = $asker)
RETURN q.id AS id, q.number AS number, q.about_title AS title, coalesce(q.spoke_at, q.created_at) AS at,
  CASE WHEN q.status = $waits THEN q.text ELSE '' END AS question
ORDER BY at LIMIT $limit
"""


def list_words(tx: Transaction, actor: Actor, own: tuple[str, ...], limit: int) -> list[Word]:
    """In which the other side spoke last, the longest silence first."""
    sides = {"makers": Speaker.MAKERS, "asker": Speaker.ASKER}
    states = {"waits": ThreadStatus.ASKED, "answered": ThreadStatus.ANSWERED}
    return tx.all(WORDS, reader(Word), own=own, account=actor.account_id, maker=MAKER, limit=limit, **sides, **states)


OFFERS = """
MATCH (f:Offer {status: $open})-[:OFFERED_IN]->(q:Enquiry) WHERE any(token IN q.audience WHERE token IN $own) AND f.holds_until >= $today
RETURN f.id AS id ORDER BY f.holds_until LIMIT $limit
"""


def list_offers_to(tx: Transaction, actor: Actor, own: tuple[str, ...], today: date, limit: int) -> list[Offer]:
    """Made to a side that I may bind, the next to run out first."""
    found = get_offers(tx, tx.all(OFFERS, value("id"), own=own, open=OPEN_OFFER, today=today, limit=10 * limit))
    return [one for one in found if actor.can(Permission.OFFER_ANSWER, one)][:limit]


FIRST_REFUSALS = """
MATCH (w:Worker {id: $worker})<-[r:OFFERED_FIRST_TO]-(k:Contract {status: $drafted, contract_kind: $transfer})
WHERE r.answer = $asked AND 'maker:' + w.id IN $reader
RETURN k.id + '.' + w.id AS id ORDER BY r.due_on LIMIT 50
"""


def list_asked_first(tx: Transaction, worker_id: str) -> list[FirstRefusal]:
    """What I made and may take myself before it is transferred."""
    ids = tx.all(FIRST_REFUSALS, value("id"), worker=worker_id, asked=Answer.ASKED, **PENDING) if worker_id else []
    return get_first_refusals(tx, ids)


FULFILLED = """
MATCH (c:Contract {status: $fulfilled}) WHERE c.ended_at > $since AND any(token IN c.audience WHERE token IN $own)
WITH c ORDER BY c.ended_at LIMIT $limit
OPTIONAL MATCH (r:Rating {contract_id: c.id})
RETURN c.id AS id, collect(r.side) AS said
"""


def list_to_rate(tx: Transaction, actor: Actor, own: tuple[str, ...], now: datetime, limit: int) -> list[Contract]:
    """Fulfilled not long ago, and my side has not rated the other: the next whose time is over first."""
    since = now - timedelta(days=current_site().settings.rating_days)
    found = tx.all(FULFILLED, lambda row: (str(row["id"]), list(row["said"])), fulfilled=ContractStatus.FULFILLED, own=own, since=since, limit=limit)
    said = dict(found)
    contracts = get_contracts(tx, list(said))
    return [one for one in contracts if (side := side_of(actor, one)) and side not in said[one.id]]


INTRODUCED = """
MATCH (i:Introduction {status: $proposed}) WHERE any(token IN i.audience WHERE token IN $own)
RETURN i.id AS id ORDER BY i.created_at, id LIMIT $limit
"""


def list_introduced(tx: Transaction, actor: Actor, own: tuple[str, ...], limit: int) -> list[Introduction]:
    """To my side, which has not answered yet: the oldest first."""
    ids = tx.all(INTRODUCED, value("id"), proposed=IntroductionStatus.PROPOSED, own=own, limit=limit)
    found = [(one, one.sides_of(actor.tokens)) for one in get_introductions(tx, ids)]
    return [one for one, sides in found if actor.can(Permission.INTRODUCTION_ANSWER, one) and len(sides) == 1 and not one.accepted_at(sides[0])]


def waiting_deals(tx: Transaction, actor: Actor, now: datetime) -> list[Deal]:
    own = actor.own
    words = (_word(one) for one in list_words(tx, actor, own, MOST_WORDS))
    offers = (
        Deal("offer", one.id, _("Offer to answer"), one.title, _price(one), _("Answer"), _end_of(one.holds_until))
        for one in list_offers_to(tx, actor, own, local_day(now), MOST)
    )
    asked = (
        Deal("first-refusal", one.id, _("First refusal"), one.title, one.number, _("Answer"), _end_of(one.due_on))
        for one in list_asked_first(tx, actor.worker_id)
    )
    days = current_site().settings.rating_days
    rated = (
        Deal("rating-due", one.id, _("To rate"), one.title or one.number, one.number, _("Rate"), ends_at(one, days) or now)
        for one in list_to_rate(tx, actor, own, now, MOST)
    )
    introduced = (
        Deal(
            "introduction",
            one.id,
            _("Introduction"),
            one.thing_title,
            _("by %(name)s", name=one.scout_name),
            _("Answer"),
            one.created_at,
            has_end=False,
        )
        for one in list_introduced(tx, actor, own, MOST_WORDS)
    )
    return [*words, *offers, *asked, *rated, *introduced]


def _word(one: Word) -> Deal:
    if one.question:
        title, note, act = _("A question about “%(title)s”", title=one.title), one.question[:80], _("Answer")
    else:
        title, note, act = _("A message about “%(title)s”", title=one.title), one.number, _("Read it")
    return Deal("enquiry", one.id, _("To answer"), title, note, act, one.at, has_end=False)


def _price(offer: Offer) -> str:
    return str(_("%(yuan)s yuan", yuan=yuan_of(offer.total_fen))) if offer.total_fen else ""


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
