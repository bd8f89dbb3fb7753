"""What a party shows of how it deals: what its works do where they are used, by confirmed uses alone, and how quickly it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.pace import Pace, pace_of


@dataclass(frozen=True, slots=True)
class Replication:
    """One work: who uses it, and what that saves them a year."""

    achievement_id: str
    title: str
    adopters: tuple[str, ...]
    saving_fen: int


USES = """(a:Achievement) WHERE 'public' IN a.audience
WITH DISTINCT a
MATCH (a)-[u:ADOPTED_BY]->(e:Enterprise) WHERE u.confirmed AND any(token IN e.audience WHERE token IN $reader)
WITH a, collect(DISTINCT e.id) AS adopters, sum(coalesce(u.saving_fen, 0)) AS saving_fen
RETURN a.id AS achievement_id, a.title AS title, adopters, saving_fen ORDER BY saving_fen DESC, a.id LIMIT 200
"""
OF_STUDIO = "MATCH (:Studio {id: $id})<-[:PRODUCED_BY]-" + USES
OF_ENTERPRISE = "MATCH (:Enterprise {id: $id})<-[:HOSTED_BY|PRODUCED_BY*1..2]-" + USES
OF_ASSOCIATION = "MATCH (:Association {id: $id})<-[:OFFERED_BY]-(:Listing)-[:OFFERS]->" + USES
OF: dict[str, LiteralString] = {"studio": OF_STUDIO, "enterprise": OF_ENTERPRISE, "association": OF_ASSOCIATION}


@dataclass(frozen=True, slots=True)
class Storefront:
    """An enterprise that uses several of the works is one."""

    works: tuple[Replication, ...]
    pace: Pace

    @property
    def adopters(self) -> int:
        return len({adopter for work in self.works for adopter in work.adopters})

    @property
    def saving_fen(self) -> int:
        return sum(work.saving_fen for work in self.works)


def get_storefront(tx: Transaction, kind: str, id: str) -> Storefront:
    """Of a party that the reader may see."""
    found: Iterable[Replication] = tx.all(OF[kind], reader(Replication), id=id)
    return Storefront(tuple(found), pace_of(tx, [id]))
