"""Opinions in the graph: given by an account, on a need and on a thing. Whose they are never leaves the store but for themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.opinions.model import FEWEST, MatchOpinion, Pair, Said, Status, Sum
from marketplace.kernel.entity import node_properties
from marketplace.kernel.revisions import VersionStatus
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.workflow import Change

SEEN = """
WHERE t.status = $published AND any(token IN t.audience WHERE token IN $reader)
OPTIONAL MATCH (v:Version {entity_id: $id}) WHERE v.status = $published
WITH n, t, coalesce(max(v.ordinal), 0) AS ordinal
RETURN n.id AS need_id, t.id AS thing_id, $kind AS kind, ordinal,
  [token IN t.guarded_audience WHERE token STARTS WITH 'maker:' OR token STARTS WITH 'account:'] AS owners
"""
ON_ACHIEVEMENT = """
(n:Need {id: $need}) WHERE any(token IN n.audience WHERE token IN $reader)
MATCH (t:Achievement {id: $id})
"""
ON_LISTING = """
(n:Need {id: $need}) WHERE any(token IN n.audience WHERE token IN $reader)
MATCH (t:Listing {id: $id})
"""
PAIR_ACHIEVEMENT = "MATCH " + ON_ACHIEVEMENT + SEEN
PAIR_LISTING = "MATCH " + ON_LISTING + SEEN
PAIRS: dict[str, LiteralString] = {"achievement": PAIR_ACHIEVEMENT, "listing": PAIR_LISTING}


def get_pair(tx: Transaction, need_id: str, kind: str, thing_id: str) -> Pair:
    """Raises NotFound unless the reader may see both and the thing is public."""
    return tx.one(PAIRS[kind], reader(Pair), need=need_id, id=thing_id, kind=kind, published=VersionStatus.PUBLISHED)


HOLD = """
MATCH (o:MatchOpinion {key: $key}) SET o.lock = coalesce(o.lock, 0) + 1
RETURN o {.*} AS opinion, head([(a:Account)-[:GAVE]->(o) | a.id]) AS account_id
"""


def hold_opinion(tx: Transaction, key: str) -> MatchOpinion | None:
    """Locked until the end of the transaction, so that two sends of one person stand in a row."""
    return tx.find(HOLD, reader(MatchOpinion, "opinion"), key=key)


NEW = """
MATCH (a:Account {id: $account})
CREATE (a)-[:GAVE]->(o:MatchOpinion)-[:ON_NEED]->(n) CREATE (o)-[:ON_THING]->(t) SET o = $properties
RETURN o.id AS id
"""
CREATE_ON_ACHIEVEMENT = "MATCH " + ON_ACHIEVEMENT + NEW
CREATE_ON_LISTING = "MATCH " + ON_LISTING + NEW
CREATES: dict[str, LiteralString] = {"achievement": CREATE_ON_ACHIEVEMENT, "listing": CREATE_ON_LISTING}


def create_opinion_node(tx: Transaction, opinion: MatchOpinion, pair: Pair) -> None:
    """The unique key makes a second, simultaneous one lose; its retry then finds this."""
    tx.one(CREATES[pair.kind], value("id"), account=opinion.account_id, need=pair.need_id, id=pair.thing_id, properties=node_properties(opinion))


SAVE = """
MATCH (o:MatchOpinion {id: $id})
SET o.lock = coalesce(o.lock, 0) + 1
WITH o WHERE o.version = $version
SET o += $properties, o.version = $version + 1
RETURN o.version AS version
"""


def save_opinion(tx: Transaction, change: Change[MatchOpinion]) -> None:
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


OWN = """
MATCH (:Account {id: $account})-[:GAVE]->(o:MatchOpinion)-[:ON_NEED]->(:Need {id: $need})
WHERE o.status = $given AND any(token IN o.audience WHERE token IN $reader)
MATCH (o)-[:ON_THING]->(t)
RETURN o {.*} AS opinion, $account AS account_id, t.id AS thing_id
"""


def list_own_opinions(tx: Transaction, account: str, need_id: str) -> dict[str, MatchOpinion]:
    """By thing: what this account says of the matches of one need."""
    found = tx.all(OWN, reader(MatchOpinion, "opinion"), account=account, need=need_id, given=Status.GIVEN) if account else []
    return {one.thing_id: one for one in found}


GET = """
MATCH (o:MatchOpinion {id: $id}) WHERE any(token IN o.audience WHERE token IN $reader)
MATCH (a:Account)-[:GAVE]->(o)-[:ON_NEED]->(n:Need) WHERE any(token IN n.audience WHERE token IN $reader)
MATCH (o)-[:ON_THING]->(t) WHERE any(token IN t.audience WHERE token IN $reader)
RETURN o {.*} AS opinion, a.id AS account_id, n.id AS need_id, t.id AS thing_id, toLower(head(labels(t))) AS thing_kind
"""


def get_opinion(tx: Transaction, id: str) -> MatchOpinion:
    """One's own. Raises NotFound, also where the need or the thing can't be seen any more."""
    return tx.one(GET, reader(MatchOpinion, "opinion"), id=id)


SAID = """
WHERE any(token IN t.guarded_audience WHERE token IN $reader)
OPTIONAL MATCH (v:Version {entity_id: $id}) WHERE v.status = $published
WITH t, coalesce(max(v.ordinal), 0) AS ordinal
OPTIONAL MATCH (t)<-[:ON_THING]-(o:MatchOpinion)-[:ON_NEED]->(n:Need)
WHERE o.status = $given AND o.ordinal = ordinal AND any(token IN n.audience WHERE token IN $reader)
OPTIONAL MATCH (a:Account)-[:GAVE]->(o)
WITH ordinal, o.verdict AS verdict, collect(DISTINCT a.id) AS people
RETURN ordinal, verdict, people
"""
SUM_ACHIEVEMENT = "MATCH (t:Achievement {id: $id})" + SAID
SUM_LISTING = "MATCH (t:Listing {id: $id})" + SAID
SUMS: dict[str, LiteralString] = {"achievement": SUM_ACHIEVEMENT, "listing": SUM_LISTING}


def sum_opinions(tx: Transaction, kind: str, id: str) -> Sum:
    """Of the version that is public now, over the needs that the reader may see. A person counts once, whatever they say of how many needs."""
    rows = tx.all(SUMS[kind], _said, id=id, given=Status.GIVEN, published=VersionStatus.PUBLISHED)
    people = {one for _ordinal, _verdict, some in rows for one in some}
    ordinal = rows[0][0] if rows else 0
    return Sum(ordinal, len(people), _counted(rows)) if len(people) >= FEWEST else Sum(ordinal)


def _said(row: Record) -> tuple[int, str, tuple[str, ...]]:
    return int(row["ordinal"]), str(row["verdict"] or ""), tuple(row["people"])


def _counted(rows: Iterable[tuple[int, str, tuple[str, ...]]]) -> tuple[Said, ...]:
    order = list(Verdict)
    said = [Said(Verdict(verdict), len(people)) for _ordinal, verdict, people in rows if verdict and people]
    return tuple(sorted(said, key=lambda one: (-one.people, order.index(one.verdict))))


AGREED = """
WHERE o.tell AND o.status = $given AND o.ordinal < $ordinal AND o.verdict IN $reasons
SET o.lock = coalesce(o.lock, 0) + 1
WITH o WHERE o.tell AND o.status = $given AND o.ordinal < $ordinal AND o.verdict IN $reasons
MATCH (a:Account)-[:GAVE]->(o)-[:ON_NEED]->(n:Need)
RETURN o {.*} AS opinion, a.id AS account_id, n.id AS need_id ORDER BY o.id
"""
AGREED_ON_ACHIEVEMENT = "MATCH (t:Achievement {id: $id})<-[:ON_THING]-(o:MatchOpinion)" + AGREED
AGREED_ON_LISTING = "MATCH (t:Listing {id: $id})<-[:ON_THING]-(o:MatchOpinion)" + AGREED
AGREED_ON: dict[str, LiteralString] = {"achievement": AGREED_ON_ACHIEVEMENT, "listing": AGREED_ON_LISTING}


def hold_agreed(tx: Transaction, kind: str, id: str, ordinal: int, reasons: Iterable[Verdict]) -> list[MatchOpinion]:
    """Who passed on a version before `ordinal` for one of these reasons and wants to hear of it; locked, then read once more."""
    found = tx.all(
        AGREED_ON[kind], reader(MatchOpinion, "opinion"), id=id, given=Status.GIVEN, ordinal=ordinal, reasons=[str(one) for one in reasons]
    )
    return [replace(one, thing_id=id, thing_kind=kind) for one in found]


FORGET = """
UNWIND $ids AS id MATCH (:Account {id: id})-[:GAVE]->(o:MatchOpinion) WHERE o.tell SET o.tell = false
"""


def forget_agreements(tx: Transaction, accounts: Sequence[str]) -> None:
    """Of people who are erased: nobody is told any more. What they said stays in the sum, of which it never said whose it was."""
    tx.run(FORGET, ids=list(accounts))
