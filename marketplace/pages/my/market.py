"""What the market owes a reader: uses to answer, and the money of what is theirs."""

from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader
from marketplace.domains.achievements.model import Status as Work
from marketplace.domains.contracts.model import Status as Contract
from marketplace.kernel.actor import Actor
from marketplace.pages.my.repository import MOST


@dataclass(frozen=True, slots=True)
class Sums:
    """Of what is mine: contracts in force or fulfilled with their prices, and what adopters say that my public works save them a year."""

    contracts: int = 0
    contract_fen: int = 0
    works_used: int = 0
    saving_fen: int = 0
    open_needs: int = 0
    budget_fen: int = 0


SUMS = """
CALL () {
  MATCH (c:Contract) WHERE c.status IN $concluded AND any(token IN c.audience WHERE token IN $own)
  RETURN count(c) AS contracts, coalesce(sum(c.total_fen), 0) AS contract_fen
}
CALL () {
  MATCH (a:Achievement {status: $published})-[u:ADOPTED_BY]->(:Enterprise) WHERE u.confirmed AND any(token IN a.audience WHERE token IN $own)
  RETURN count(DISTINCT a) AS works_used, coalesce(sum(u.saving_fen), 0) AS saving_fen
}
CALL () {
  MATCH (n:Need {status: $published}) WHERE any(token IN n.audience WHERE token IN $own)
  RETURN count(n) AS open_needs, coalesce(sum(coalesce(n.budget_high_fen, n.budget_low_fen, 0)), 0) AS budget_fen
}
RETURN contracts, contract_fen, works_used, saving_fen, open_needs, budget_fen
"""


def get_sums(tx: Transaction, actor: Actor) -> Sums:
    concluded = [Contract.IN_FORCE, Contract.FULFILLED]
    return tx.one(SUMS, reader(Sums), own=actor.own, concluded=concluded, published=Work.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Use:
    """A work that the reader's enterprise is said to use, or may have come to use under a contract that was fulfilled."""

    achievement_id: str
    title: str
    number: str
    enterprise_name: str
    id: str = ""
    asked_at: datetime | None = None


USES_ASKED = """
MATCH (e:Enterprise)<-[u:ADOPTED_BY]-(a:Achievement)
WHERE e.id IN $enterprises AND u.id IS NOT NULL AND u.answered_at IS NULL AND any(token IN a.audience WHERE token IN $reader)
RETURN a.id AS achievement_id, a.title AS title, a.number AS number, e.name AS enterprise_name, u.id AS id, u.asked_at AS asked_at
ORDER BY u.asked_at, a.id, u.id LIMIT $limit
"""
USES_SUGGESTED = """
MATCH (e:Enterprise)<-[:BOUGHT_BY]-(c:Contract {status: $fulfilled})-[:CONCERNS]->(a:Achievement)
WHERE e.id IN $enterprises AND any(token IN c.audience WHERE token IN $reader) AND 'public' IN a.audience
  AND NOT EXISTS { MATCH (a)-[:ADOPTED_BY]->(e) }
RETURN DISTINCT a.id AS achievement_id, a.title AS title, a.number AS number, e.name AS enterprise_name ORDER BY a.id LIMIT $limit
"""


def list_uses_asked(tx: Transaction, actor: Actor) -> list[Use]:
    """What makers say that the reader's enterprises use, the oldest first, as far as they may read of it."""
    enterprises = [party.id for party in actor.parties_of("enterprise")]
    return tx.all(USES_ASKED, reader(Use), enterprises=enterprises, limit=MOST) if enterprises else []


def list_uses_suggested(tx: Transaction, actor: Actor) -> list[Use]:
    """Bought and accepted, and nobody has said yet whether it is used."""
    enterprises = [party.id for party in actor.parties_of("enterprise")]
    return tx.all(USES_SUGGESTED, reader(Use), enterprises=enterprises, fulfilled=Contract.FULFILLED, limit=MOST) if enterprises else []
