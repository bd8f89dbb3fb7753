"""The ledger in the graph. Entries and postings are created and read; no statement changes or deletes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from neo4j import Record
from pydantic import TypeAdapter

from graph.connection import Transaction
from graph.records import reader, rows, value
from marketplace.domains.ledger.model import Book, Edition, LedgerEntry, Posting, Rule
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.entity import node_properties
from marketplace.kernel.income import AccountKind
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.revisions import VersionStatus
from marketplace.kernel.workdays import local_day

BOOK = """
MATCH (c:Contract {id: $id})-[s:SOLD_BY]->(seller)
WHERE any(token IN c.audience WHERE token IN $reader) OR 'maker:' + coalesce(s.enterprise_id, '') IN $reader
OPTIONAL MATCH (c)-[:CONCERNS]->(a:Achievement)
OPTIONAL MATCH (a)-[:PRODUCED_BY]->(behind:Studio)
OPTIONAL MATCH (seller)-[:UNDER]->(o:Organisation)
WITH c, s, seller, a, o, CASE WHEN seller:Studio THEN seller ELSE behind END AS studio
RETURN c.id AS contract_id, c.number AS number, c.title AS title, toLower(head(labels(seller))) AS seller_kind, seller.id AS seller_id,
  seller.name AS seller_name, s.enterprise_id AS enterprise_id, s.enterprise_name AS enterprise_name, studio.id AS studio_id,
  studio.name AS studio_name, a.id AS achievement_id, a.title AS achievement_title, o.lineage AS units
"""


def get_book(tx: Transaction, contract_id: str) -> Book:
    """Raises NotFound for whoever is neither a party nor acts for the legal person behind the seller."""
    return tx.one(BOOK, reader(Book), id=contract_id)


RULE = """
MATCH (r:ShareRule {enterprise_id: $enterprise})
WHERE r.confirmed_at IS NOT NULL AND r.effective_from <= $day AND (r.effective_until IS NULL OR r.effective_until > $day)
RETURN r {.*} AS rule ORDER BY r.effective_from DESC LIMIT 1
"""


def find_rule(tx: Transaction, enterprise_id: str, day: date) -> Rule | None:
    """The rule that held on that day, whoever asks: what is entered goes by it."""
    return tx.find(RULE, reader(Rule, "rule"), enterprise=enterprise_id, day=day) if enterprise_id else None


VERSIONS = """
MATCH (v:Version {entity_id: $id}) WHERE v.status = $published RETURN v.created_at AS at, v.body AS body ORDER BY v.ordinal
"""
NOW = """
MATCH (a:Achievement {id: $id})<-[c:CONTRIBUTED_TO]-(w:Worker)
RETURN w.id AS worker_id, c.share AS share, c.answer AS answer, c.asked_at AS asked_at, c.answered_at AS answered_at ORDER BY c.position
"""
GONE = """
UNWIND $ids AS id MATCH (:Worker {id: id})-[:MERGED_INTO]->(w:Worker) RETURN id, w.id AS kept
"""


@dataclass(frozen=True, slots=True)
class _Body:
    contributions: tuple[Contribution, ...] = ()


_BODY = TypeAdapter(_Body)


def list_editions(tx: Transaction, achievement_id: str) -> list[Edition]:
    """The published versions of an achievement with the shares of each, from its day on. What somebody answered since is known of a share that
    still stands; a person who was entered twice is one."""
    now = tx.all(NOW, reader(Contribution), id=achievement_id)
    answered = {(one.worker_id, one.share): one for one in now}
    kept = tx.all(
        VERSIONS,
        lambda row: (local_day(value("at")(row)), _BODY.validate_json(row["body"]).contributions),
        id=achievement_id,
        published=VersionStatus.PUBLISHED,
    )
    merged = dict(tx.all(GONE, _id_and_kept, ids=sorted({one.worker_id for _day, people in kept for one in people})))
    editions = [
        Edition(since, tuple(answered.get((merged.get(one.worker_id, one.worker_id), one.share), one) for one in people)) for since, people in kept
    ]
    changed = [edition for before, edition in zip([None, *editions], editions, strict=False) if before is None or _shares(before) != _shares(edition)]
    return changed or ([Edition(date.min, tuple(now))] if now else [])


def _id_and_kept(row: Record) -> tuple[str, str]:
    return str(row["id"]), str(row["kept"])


def _shares(edition: Edition) -> set[tuple[str, int]]:
    return {(one.worker_id, one.share) for one in edition.people}


def edition_on(editions: Sequence[Edition], day: date) -> Edition | None:
    """The one that held on that day; of a day before the first, the first."""
    held = [one for one in editions if one.since <= day]
    return held[-1] if held else next(iter(editions), None)


HOLD = """
MERGE (g:Guard {id: $guard}) SET g.lock = coalesce(g.lock, 0) + 1
RETURN coalesce(g.sequence, 0) AS sequence, coalesce(g.seal, '') AS seal
"""
MOVE = """
MATCH (g:Guard {id: $guard}) SET g.sequence = $sequence, g.seal = $seal RETURN g.id AS id
"""


def hold_chain(tx: Transaction, contract_id: str) -> tuple[int, str]:
    """Running number and seal of the last entry; whoever posts under this contract takes their turn."""
    return tx.one(HOLD, lambda row: (int(row["sequence"]), str(row["seal"])), guard=f"ledger:{contract_id}")


WRITE_POSTING = """
CREATE (p:Posting) SET p = $properties RETURN p.id AS id
"""
WRITE_ENTRIES = """
UNWIND $rows AS row CREATE (e:LedgerEntry) SET e = row RETURN e.id AS id
"""


def write_posting(tx: Transaction, posting: Posting, entries: Sequence[LedgerEntry]) -> None:
    """The posting, its entries, and the chain's new end, in one transaction."""
    tx.one(WRITE_POSTING, value("id"), properties={name: one for name, one in node_properties(posting).items() if name != "version"})
    tx.all(WRITE_ENTRIES, value("id"), rows=rows(entries))
    tx.changed(MOVE, guard=f"ledger:{posting.contract_id}", sequence=entries[-1].sequence, seal=entries[-1].seal)


POSTING = """
MATCH (p:Posting {id: $id}) WHERE any(token IN p.audience WHERE token IN $reader)
OPTIONAL MATCH (c:Contract {id: p.contract_id})-[s:SOLD_BY]->(seller)
OPTIONAL MATCH (e:LedgerEntry {posting_id: $id}) WHERE e.account_kind = $worker
WITH p, c, s, seller, collect(DISTINCT e.account_id) AS payees
RETURN p {.*} AS posting, c.title AS title, payees,
  CASE WHEN seller:Studio OR seller:Association THEN ['lead:' + seller.id] ELSE ['maker:' + seller.id] END
  + CASE WHEN coalesce(s.enterprise_id, '') = '' THEN [] ELSE ['maker:' + s.enterprise_id] END AS keepers
"""


def get_posting(tx: Transaction, id: str) -> Posting:
    """Raises NotFound for whoever neither keeps the books nor has a line in it."""
    return tx.one(POSTING, reader(Posting, "posting"), id=id, worker=AccountKind.WORKER)


OF_CONTRACT = """
MATCH (p:Posting {contract_id: $id}) WHERE any(token IN p.audience WHERE token IN $reader) RETURN p {.*} AS posting ORDER BY p.id
"""


def list_postings(tx: Transaction, contract_id: str) -> list[Posting]:
    return tx.all(OF_CONTRACT, reader(Posting, "posting"), id=contract_id)


ENTRIES = """
MATCH (e:LedgerEntry {contract_id: $id}) WHERE any(token IN e.audience WHERE token IN $reader)
RETURN e {.*} AS entry ORDER BY e.sequence
"""


def list_entries(tx: Transaction, contract_id: str) -> list[LedgerEntry]:
    """As far as the reader may see them: keepers all of it, a contributor their own."""
    return tx.all(ENTRIES, reader(LedgerEntry, "entry"), id=contract_id)


def list_all_entries(tx: Transaction, contract_id: str) -> list[LedgerEntry]:
    """For what reckons on: a posting by somebody who is no contributor still rests on all lines."""
    return list_entries(tx.seen_by((SYSTEM,)), contract_id)


ENTRY = """
MATCH (e:LedgerEntry {id: $id}) WHERE any(token IN e.audience WHERE token IN $reader) RETURN e {.*} AS entry
"""


def get_entry(tx: Transaction, id: str) -> LedgerEntry:
    return tx.one(ENTRY, reader(LedgerEntry, "entry"), id=id)


LIST_IDS = """
MATCH (p:Posting) WHERE p.id > $after RETURN p.id AS id ORDER BY id LIMIT $limit
"""


def list_posting_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)
