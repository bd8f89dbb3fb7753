"""Counters of missed searches: a node for each day and words, which never has a relation, so that many may count at once."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.missed.model import SHOWN_FROM, Missed, MissedWords, Status, id_of
from marketplace.kernel.entity import node_properties
from marketplace.kernel.guards import hold
from marketplace.kernel.paging import Page
from marketplace.kernel.workflow import Change

GUARD = "missed"
PAGE = 30
BATCH = 500
read_missed = reader(MissedWords, "missed")
GET = """
MATCH (m:MissedWords {id: $id}) WHERE any(token IN m.audience WHERE token IN $reader) RETURN m {.*} AS missed
"""


def get_missed(tx: Transaction, id: str) -> MissedWords:
    """Raises NotFound for whoever may not see what others did not find."""
    return tx.one(GET, read_missed, id=id)


LIST_IDS = """
MATCH (m:MissedWords) WHERE m.id > $after RETURN m.id AS id ORDER BY id LIMIT $limit
"""


def list_missed_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


COUNT_AGAIN = """
MATCH (d:MissedDay {id: $id})
SET d.lock = coalesce(d.lock, 0) + 1
WITH d
SET d.zero = d.zero + $zero, d.low = d.low + $low
RETURN d.id AS id
"""


def count_again(tx: Transaction, words: str, day: date, results: int) -> bool:
    """Whether these words were counted on that day before. The first write locks, so that none of many is lost."""
    zero = int(results == 0)
    return tx.find(COUNT_AGAIN, value("id"), id=_day_id(words, day), zero=zero, low=1 - zero) is not None


def _day_id(words: str, day: date) -> str:
    return f"{day.isoformat()}-{id_of(words)}"


def take_turn(tx: Transaction) -> None:
    """Before counters are made or forgotten."""
    hold(tx, GUARD)


KEPT = """
MATCH (d:MissedDay {day: $day}) RETURN count(d) AS kept
"""
IS_NAME = """
MATCH (w:Worker {name: $name}) RETURN w.id AS id LIMIT 1
"""


def count_kept(tx: Transaction, day: date) -> int:
    return int(tx.one(KEPT, value("kept"), day=day))


def is_name(tx: Transaction, words: str) -> bool:
    """Somebody's name: who looks for a person does not miss a word."""
    return tx.find(IS_NAME, value("id"), name=words.replace(" ", "")) is not None


BEGIN = """
MERGE (m:MissedWords {id: $id}) ON CREATE SET m += $properties
MERGE (d:MissedDay {id: $day_id}) ON CREATE SET d.words_id = $id, d.day = $day, d.zero = 0, d.low = 0
RETURN d.id AS id
"""


def begin_to_count(tx: Transaction, missed: MissedWords, day: date) -> None:
    """Counters at nothing, in one's turn; what was decided about the words stays."""
    properties = node_properties(missed)
    tx.one(BEGIN, value("id"), id=missed.id, day_id=_day_id(missed.words, day), day=day, properties=properties)


@dataclass(frozen=True, slots=True)
class Span:
    """Which counters a list sums up, and whose words it shows."""

    since: date
    zero: bool = True
    low: bool = True
    status: str = Status.OPEN


SUMMED = """
(d:MissedDay) WHERE d.day >= $since
WITH d.words_id AS id, sum(CASE WHEN $zero THEN d.zero ELSE 0 END) AS zero, sum(CASE WHEN $low THEN d.low ELSE 0 END) AS low,
  sum(d.zero + d.low) AS times, count(d) AS days, max(d.day) AS last
WHERE times >= $shown_from AND zero + low > 0
MATCH (m:MissedWords {id: id}) WHERE m.status = $status AND any(token IN m.audience WHERE token IN $reader)
"""
LIST = f"MATCH {SUMMED} RETURN m {{.*}} AS words, zero, low, days, last ORDER BY zero + low DESC, last DESC, m.words SKIP $skip LIMIT $limit"
COUNT = f"MATCH {SUMMED} RETURN count(m) AS total"


def list_missed(tx: Transaction, span: Span, page: int = 1) -> Page[Missed]:
    """The most often missed first. What was missed only once is nobody's to read."""
    asked = {"since": span.since, "zero": span.zero, "low": span.low, "status": span.status, "shown_from": SHOWN_FROM}
    rows = tx.all(LIST, reader(Missed), skip=(page - 1) * PAGE, limit=PAGE, **asked)
    return Page(tuple(rows), int(tx.one(COUNT, value("total"), **asked)), page, PAGE)


SAVE = """
MATCH (m:MissedWords {id: $id})
SET m.lock = coalesce(m.lock, 0) + 1
WITH m WHERE m.version = $version
SET m += $properties, m.version = $version + 1
RETURN m.version AS version
"""


def save_missed(tx: Transaction, change: Change[MissedWords]) -> None:
    """Raises Stale when somebody decided meanwhile."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


OLD_DAYS = """
MATCH (d:MissedDay) WHERE d.day < $before WITH d LIMIT $batch DELETE d RETURN count(d) AS gone
"""
LEFT_OVER = """
MATCH (m:MissedWords) WHERE NOT EXISTS { MATCH (d:MissedDay) WHERE d.words_id = m.id } WITH m LIMIT $batch DELETE m RETURN count(m) AS gone
"""


def forget_before(tx: Transaction, before: date) -> int:
    """A batch; how many nodes are gone. Words go with their last day, whatever was decided about them."""
    return sum(int(tx.one(statement, value("gone"), before=before, batch=BATCH)) for statement in (OLD_DAYS, LEFT_OVER))
