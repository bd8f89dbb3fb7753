"""Ratings in the graph: nodes found by contract, by who was rated; marks and words leave the store only for whoever stands inside."""

from collections.abc import Sequence
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.ratings.model import MARKS, Rating, Standing, Status
from marketplace.kernel.entity import node_properties
from marketplace.kernel.workflow import Change

read_rating = reader(Rating, "rating")
LATEST = 5
GET = """
UNWIND $ids AS id
MATCH (r:Rating {id: id}) WHERE any(token IN r.audience WHERE token IN $reader)
WITH r, any(token IN r.guarded_audience WHERE token IN $reader) AS inside
RETURN CASE WHEN inside THEN r {.*} ELSE r {.*, quality: 0, time: 0, communication: 0, words: ''} END AS rating
"""


def get_rating(tx: Transaction, id: str) -> Rating:
    """Raises NotFound. The side that is rated knows that there is one, and reads it when it is shown."""
    return tx.one(GET, read_rating, ids=[id])


def get_ratings(tx: Transaction, ids: list[str]) -> list[Rating]:
    return tx.all(GET, read_rating, ids=ids)


LIST_IDS = """
MATCH (r:Rating) WHERE r.id > $after RETURN r.id AS id ORDER BY id LIMIT $limit
"""


def list_rating_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


OF_CONTRACT = """
MATCH (r:Rating {contract_id: $contract}) WHERE any(token IN r.audience WHERE token IN $reader) RETURN r.id AS id ORDER BY id
"""


def list_of_contract(tx: Transaction, contract_id: str) -> list[Rating]:
    """Both sides', as far as the reader may see them."""
    return get_ratings(tx, tx.all(OF_CONTRACT, value("id"), contract=contract_id))


CREATE = """
CREATE (r:Rating) SET r = $properties
"""


def create_rating_node(tx: Transaction, rating: Rating) -> None:
    """The unique key lets each side have one."""
    tx.run(CREATE, properties=node_properties(rating))


SAVE = """
MATCH (r:Rating {id: $id})
SET r.lock = coalesce(r.lock, 0) + 1
WITH r WHERE r.version = $version
SET r += $properties, r.version = $version + 1
RETURN r.version AS version
"""


def save_rating(tx: Transaction, change: Change[Rating]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


DUE = """
MATCH (r:Rating {status: $given}) WHERE r.due_at <= $now RETURN r.id AS id ORDER BY id LIMIT $limit
"""


def list_due(tx: Transaction, now: datetime, limit: int) -> list[str]:
    """Of contracts of which the time for rating is over."""
    return tx.all(DUE, value("id"), given=Status.GIVEN, now=now, limit=limit)


STANDING = """
MATCH (r:Rating {rated_id: $id}) WHERE r.status = $shown AND any(token IN r.audience WHERE token IN $reader)
RETURN r.id AS id, r.quality AS quality, r.time AS time, r.communication AS communication ORDER BY r.shown_at DESC, id
"""


def standing_of(tx: Transaction, party_id: str, least: int) -> Standing:
    """The latest few, and the means of all from `least` ratings on."""
    found = tx.all(STANDING, lambda row: (str(row["id"]), tuple(int(row[name]) for name in MARKS)), id=party_id, shown=Status.SHOWN)
    by_mark = zip(*(marks for _id, marks in found), strict=True) if len(found) >= least else ()
    means = tuple(round(10 * sum(marks) / len(marks)) for marks in by_mark)
    return Standing(len(found), means, tuple(get_ratings(tx, [id for id, _marks in found[:LATEST]])))


FORGET = """
UNWIND $ids AS id MATCH (r:Rating {rater_id: id}) SET r += {words: ''}
"""
FORGET_ANSWERS = """
UNWIND $ids AS id MATCH (r:Rating {rated_id: id}) SET r += {answer: ''}
"""


def forget_words(tx: Transaction, workers: Sequence[str]) -> None:
    """Of people who are erased: what they wrote goes, the marks name nobody."""
    tx.run(FORGET, ids=list(workers))
    tx.run(FORGET_ANSWERS, ids=list(workers))
