"""How quickly a party answers what it is asked: one figure, shown where somebody is about to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from neo4j import Record

from graph.connection import Transaction
from graph.records import loaded
from marketplace.kernel.suppression import LEAST


@dataclass(frozen=True, slots=True)
class Pace:
    """The median in hours over what was answered; None where that is too little to say."""

    answered: int = 0
    hours: int | None = None


PACE = """
UNWIND $ids AS id
CALL (id) {
  MATCH (:Studio {id: id})<-[:PRODUCED_BY]-(n:Achievement) RETURN n UNION MATCH (:Worker {id: id})-[:CONTRIBUTED_TO]->(n:Achievement) RETURN n
  UNION MATCH (:Studio {id: id})<-[:OFFERED_BY]-(n:Listing) RETURN n UNION MATCH (:Enterprise {id: id})<-[:OFFERED_BY]-(n:Listing) RETURN n
  UNION MATCH (:Association {id: id})<-[:OFFERED_BY]-(n:Listing) RETURN n UNION MATCH (:Worker {id: id})<-[:OFFERED_BY]-(n:Listing) RETURN n
  UNION MATCH (:Enterprise {id: id})<-[:POSTED_BY]-(n:Need) RETURN n UNION MATCH (n:Worker {id: id}) RETURN n
}
MATCH (n)<-[:ABOUT]-(q:Enquiry) WHERE q.answered_at IS NOT NULL
RETURN DISTINCT q.id AS id, q.created_at AS asked, q.answered_at AS answered
"""


def pace_of(tx: Transaction, parties: Sequence[str]) -> Pace:
    """Of the first of them, who is the studio where there is one. A figure over everybody's questions, so few of them say nothing."""
    waited = tx.all(PACE, _hours, ids=list(parties[:1]))
    return Pace(len(waited), max(1, round(median(waited)))) if len(waited) >= LEAST else Pace()


def _hours(row: Record) -> float:
    begun, ended = loaded(row["asked"]), loaded(row["answered"])
    return float((ended - begun).total_seconds() / 3600)  # type: ignore[operator]
