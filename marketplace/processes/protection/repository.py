"""The relation between an achievement and its patents."""

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.parties import Named

LINK = """
MATCH (a:Achievement {id: $achievement}) MATCH (p:Patent {id: $patent})
MERGE (a)-[:PROTECTED_BY]->(p)
"""


def link(tx: Transaction, patent_id: str, achievement_id: str) -> None:
    tx.run(LINK, patent=patent_id, achievement=achievement_id)


UNLINK = """
MATCH (:Achievement {id: $achievement})-[old:PROTECTED_BY]->(:Patent {id: $patent}) DELETE old
"""


def unlink(tx: Transaction, patent_id: str, achievement_id: str) -> None:
    tx.run(UNLINK, patent=patent_id, achievement=achievement_id)


NUMBERED = """
MATCH (a:Achievement {number: $number}) WHERE any(token IN a.audience WHERE token IN $reader) RETURN a.id AS id, a.title AS name
"""


def find_achievement_numbered(tx: Transaction, number: str) -> Named | None:
    return tx.find(NUMBERED, reader(Named), number=number)
