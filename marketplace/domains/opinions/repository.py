"""Opinions in the graph: given by an account, on a need and on a thing. Whose they are never leaves the store but for themselves."""

from collections.abc import Iterable, Sequence
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.opinions.model import FEWEST, MarkStatus, MatchOpinion, Pair, Repairable, RepairMark, Said, Status, Sum, Verdict
from marketplace.kernel.entity import node_properties
from marketplace.kernel.revisions import CopyStatus, VersionStatus
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


REVISED = """
WHERE any(token IN t.audience WHERE token IN $reader)
OPTIONAL MATCH (v:Version {entity_id: $id}) WHERE v.status = $published
WITH t, coalesce(max(v.ordinal), 0) AS ordinal
RETURN $kind AS kind, t.id AS thing_id, ordinal, t.revision <> $none AS has_copy,
  [token IN t.guarded_audience WHERE token STARTS WITH 'maker:' OR token STARTS WITH 'account:'] AS owners
"""
REVISED_ACHIEVEMENT = "MATCH (t:Achievement {id: $id})" + REVISED
REVISED_LISTING = "MATCH (t:Listing {id: $id})" + REVISED
REVISED_ONES: dict[str, LiteralString] = {"achievement": REVISED_ACHIEVEMENT, "listing": REVISED_LISTING}


def get_repairable(tx: Transaction, kind: str, id: str) -> Repairable:
    """Raises NotFound for what the reader may not see."""
    return tx.one(REVISED_ONES[kind], reader(Repairable), id=id, kind=kind, published=VersionStatus.PUBLISHED, none=CopyStatus.NONE)


HOLD_MARK = """
MATCH (m:RepairMark {key: $key}) SET m.lock = coalesce(m.lock, 0) + 1 RETURN m {.*} AS mark
"""
FIND_MARK = """
MATCH (m:RepairMark {key: $key}) WHERE any(token IN m.audience WHERE token IN $reader) RETURN m {.*} AS mark
"""
read_mark = reader(RepairMark, "mark")


def mark_key(thing_id: str, ordinal: int) -> str:
    return f"{thing_id}:{ordinal}"


def hold_mark(tx: Transaction, key: str) -> RepairMark | None:
    """Locked, so that a word of the publisher and the telling stand in a row."""
    return tx.find(HOLD_MARK, read_mark, key=key)


def find_mark(tx: Transaction, thing: Repairable) -> RepairMark | None:
    """What its publisher said of the version that they would speak of now."""
    return tx.find(FIND_MARK, read_mark, key=mark_key(thing.thing_id, thing.answering))


CREATE_MARK = """
CREATE (m:RepairMark) SET m = $properties
"""


def create_mark_node(tx: Transaction, mark: RepairMark) -> None:
    """The unique key makes a second, simultaneous one lose; its retry then finds this."""
    tx.run(CREATE_MARK, properties=node_properties(mark))


SAVE_MARK = """
MATCH (m:RepairMark {id: $id})
SET m.lock = coalesce(m.lock, 0) + 1
WITH m WHERE m.version = $version
SET m += $properties, m.version = $version + 1
RETURN m.version AS version
"""


def save_mark(tx: Transaction, change: Change[RepairMark]) -> None:
    tx.changed(SAVE_MARK, id=change.id, version=change.version, properties=change.properties)


DUE = """
MATCH (m:RepairMark {status: $marked})
OPTIONAL MATCH (v:Version {entity_id: m.thing_id}) WHERE v.status = $published
WITH m, coalesce(max(v.ordinal), 0) AS ordinal
OPTIONAL MATCH (c:Version {entity_id: m.thing_id}) WHERE c.status = $working
WITH m, ordinal, count(c) AS copies WHERE ordinal >= m.ordinal OR copies = 0
RETURN m.key AS key, ordinal >= m.ordinal AS public ORDER BY key LIMIT $limit
"""


def list_due_marks(tx: Transaction, limit: int) -> list[tuple[str, bool]]:
    """Keys of marks whose version is public, and of those whose version was given up: there is nothing to wait for."""
    row = {"marked": MarkStatus.MARKED, "published": VersionStatus.PUBLISHED, "working": VersionStatus.WORKING}
    return tx.all(DUE, lambda one: (str(one["key"]), bool(one["public"])), limit=limit, **row)


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


def hold_agreed(tx: Transaction, mark: RepairMark) -> list[MatchOpinion]:
    """Who passed on an earlier version for one of these reasons and wants to hear of it; locked, then read once more."""
    return tx.all(
        AGREED_ON[mark.thing_kind], reader(MatchOpinion, "opinion"), id=mark.thing_id, given=Status.GIVEN, ordinal=mark.ordinal,
        reasons=[str(one) for one in mark.reasons],
    )  # fmt: skip


FORGET = """
UNWIND $ids AS id MATCH (:Account {id: id})-[:GAVE]->(o:MatchOpinion) WHERE o.tell SET o.tell = false
"""


def forget_agreements(tx: Transaction, accounts: Sequence[str]) -> None:
    """Of people who are erased: nobody is told any more. What they said stays in the sum, of which it never said whose it was."""
    tx.run(FORGET, ids=list(accounts))
