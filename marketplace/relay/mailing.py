"""Letters, sent after the commit by whoever leads: at least once, and under the same number where a killed sender left it open.

Who takes a letter in hand claims its postbox; the notices that it tells of are bound to it before it leaves, and done with after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from graph.connection import Graph, Transaction
from graph.records import reader, value
from marketplace.config import Settings
from marketplace.domains.postbox.model import CONFIRM, WORKFLOW, Status
from marketplace.domains.postbox.repository import find_postbox, save_postbox
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import Clock
from marketplace.kernel.emails import read_emails
from marketplace.kernel.ids import new_id
from marketplace.kernel.notices import ASIDE, DUE, Notice
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Room
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.mail import AddressRefused, MailAway, send
from marketplace.relay.letters import Letter, Letters

log = structlog.get_logger()
AS_SYSTEM = (SYSTEM,)
CLAIMED_FOR = timedelta(minutes=2)
"""A killed sender's letter is taken up by another after that."""
PAUSE = timedelta(seconds=30)
MOST_TRIES = 3
MOST_TOLD = 500
"""Notices in one letter; the rest makes another."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter in hand. `notices` is empty for one that asks to confirm the address."""

    account: str
    id: str
    language: str
    email: str
    asked_at: datetime | None = None
    notices: tuple[Notice, ...] = ()


class Mailing:
    def __init__(self, graph: Graph, settings: Settings, rooms: Mapping[str, Room], clock: Clock) -> None:
        self._graph = graph
        self._settings = settings
        self._letters = Letters(settings, rooms)
        self._clock = clock
        self._not_before: datetime | None = None

    def is_due(self) -> bool:
        now = self._clock.now()
        return (self._not_before is None or now >= self._not_before) and bool(self._graph.read(lambda tx: list_waiting(tx, now), reader=AS_SYSTEM))

    def carry_out(self) -> int:
        """Until nothing waits, or the server is away: then all waits a while. Returns how many letters left."""
        sent = 0
        try:
            while accounts := self._graph.read(lambda tx: list_waiting(tx, self._clock.now()), reader=AS_SYSTEM, patience=15):
                sent += sum(self._serve(account) for account in accounts)
        except MailAway as away:
            self._not_before = self._clock.now() + PAUSE
            log.warning("mail waits", problem=str(away))
        return sent

    def _serve(self, account: str) -> bool:
        """Whether a letter left. Raises MailAway, having let go of it."""
        parcel = self._graph.write(lambda tx: take_parcel(tx, account, self._clock.now()), patience=15)
        if parcel is None:
            return False
        words = self._worded(parcel)
        try:
            send(self._settings, parcel.email, words.subject, words.text, words.html, words.headers)
        except AddressRefused as refused:
            self._count(account, str(refused))
            return False
        except MailAway:
            self._graph.write(lambda tx: tx.run(LET_GO, account=account), patience=15)
            raise
        self._graph.write(lambda tx: note_sent(tx, parcel, self._clock.now()), patience=15)
        return True

    def _worded(self, parcel: Parcel) -> Letter:
        if parcel.asked_at is not None:
            return self._letters.to_confirm(parcel.account, parcel.language, parcel.asked_at)
        return self._letters.of_notices(parcel.id, parcel.account, parcel.language, parcel.notices)

    def _count(self, account: str, problem: str) -> None:
        now = self._clock.now()
        change(self._graph, SYSTEM_ACTOR, now, lambda uow: count_refusal(uow, account, problem), patience=15)


WAITING = """
CALL () {
  MATCH (n:Notice {delivery: $due}) WITH n LIMIT 500 RETURN DISTINCT n.account_id AS account
  UNION
  MATCH (p:Postbox {letter: $confirm}) WITH p LIMIT 500 RETURN p.id AS account
}
MATCH (p:Postbox {id: account})
WHERE p.claimed_until IS NULL OR p.claimed_until <= $now
RETURN DISTINCT account LIMIT 500
"""


def list_waiting(tx: Transaction, now: datetime) -> list[str]:
    """Accounts for which a letter is to be written and nobody has it in hand."""
    return tx.all(WAITING, value("account"), due=DUE, confirm=CONFIRM, now=now)


CLAIM = """
MATCH (p:Postbox {id: $account})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.claimed_until IS NULL OR p.claimed_until <= $now
SET p.claimed_until = $until
RETURN p.id AS account, p.language AS language, p.status AS status, p.letter AS letter, p.asked_at AS asked_at
"""
BIND = """
MATCH (n:Notice {account_id: $account}) WHERE n.delivery = $due
WITH n ORDER BY n.letter IS NULL, n.letter, n.created_at, n.id LIMIT $most
WITH collect(n) AS all, head(collect(n.letter)) AS begun
UNWIND all AS n
WITH n, begun WHERE begun IS NULL OR n.letter = begun
SET n.letter = coalesce(n.letter, $id)
RETURN n {.*} AS notice, n.letter AS letter
"""
HOPELESS = """
MATCH (n:Notice {account_id: $account}) WHERE n.delivery = $due SET n.delivery = null, n.letter = null
"""


def take_parcel(tx: Transaction, account: str, now: datetime) -> Parcel | None:
    """None where somebody else has it, or there is nothing to send or nowhere to send it."""
    claimed = tx.find(CLAIM, dict, account=account, now=now, until=now + CLAIMED_FOR)
    if claimed is None:
        return None
    email, language = read_emails(tx, [account]).get(account, ""), str(claimed["language"] or "zh")
    if claimed["letter"] == CONFIRM and email:
        return Parcel(account, new_id(), language, email, value("asked_at")(claimed))  # type: ignore[arg-type]
    if claimed["status"] != Status.OPEN or not email:
        tx.run(HOPELESS, account=account, due=DUE)
        tx.run(LET_GO, account=account)
        return None
    bound = tx.all(BIND, lambda row: (read_notice(row), str(row["letter"])), account=account, due=DUE, most=MOST_TOLD, id=new_id())
    if not bound:
        tx.run(LET_GO, account=account)
        return None
    return Parcel(account, bound[0][1], language, email, notices=tuple(notice for notice, _ in bound))


read_notice = reader(Notice, "notice")
LET_GO = """
MATCH (p:Postbox {id: $account}) SET p.claimed_until = null
"""
SENT_NOTICES = """
UNWIND $ids AS id MATCH (n:Notice {id: id}) SET n += $sent
"""
SENT = """
MATCH (p:Postbox {id: $account})
SET p.claimed_until = null, p.tries = 0, p.problem = '', p.letter = CASE WHEN p.asked_at = $asked_at THEN null ELSE p.letter END
"""


def note_sent(tx: Transaction, parcel: Parcel, now: datetime) -> None:
    """From here on nobody sends it again."""
    tx.run(SENT_NOTICES, ids=[one.id for one in parcel.notices], sent={"mailed_at": now, "delivery": None})
    tx.run(SENT, account=parcel.account, asked_at=parcel.asked_at)


REFUSED = """
MATCH (p:Postbox {id: $account})
SET p.tries = coalesce(p.tries, 0) + 1, p.problem = $problem, p.claimed_until = $until
RETURN p.tries AS tries
"""
KEEP_BACK = """
MATCH (n:Notice {account_id: $account}) WHERE n.delivery = $due SET n.delivery = $aside
"""


def count_refusal(uow: UnitOfWork, account: str, problem: str) -> None:
    """After the third the postbox is set aside, with what waits for it; nobody else is held up."""
    until = uow.now + PAUSE
    tries = int(uow.tx.one(REFUSED, value("tries"), account=account, problem=problem, until=until))
    postbox = find_postbox(uow.tx, account)
    if tries < MOST_TRIES or postbox is None or postbox.is_aside:
        return
    step = WORKFLOW.step("put_aside", postbox, postbox.version, at=uow.now, letter="")
    save_postbox(uow.tx, step)
    uow.record(step)
    uow.tx.run(KEEP_BACK, account=account, due=DUE, aside=ASIDE)
