"""Enterprises in the graph, and what belongs to them as the reader may see it."""

from dataclasses import dataclass
from typing import Any

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.domains.enterprises.model import Enterprise
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.entity import node_properties
from marketplace.kernel.permissions import PUBLIC
from marketplace.kernel.rooms import Ref
from marketplace.kernel.sealing import Keys, keys_of, opening
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import Change

read_enterprise = reader(Enterprise, "enterprise")
ANSWERABLE = "published"
"""How the graph says that a need still waits for answers: a closed one stays public, too."""

GET = """
UNWIND $ids AS id
MATCH (e:Enterprise {id: id}) WHERE any(token IN e.audience WHERE token IN $reader)
OPTIONAL MATCH (e)-[:UNDER]->(o:Organisation)
OPTIONAL MATCH (k:PersonKey {id: id})
WITH e, o, k, any(token IN e.guarded_audience WHERE token IN $reader) AS inside
RETURN e {.*, contact_name: CASE WHEN inside THEN e.contact_name END, contact_phone: CASE WHEN inside THEN e.contact_phone END} AS enterprise,
  CASE WHEN inside THEN k.wrapped END AS wrapped, CASE WHEN inside THEN k.master END AS master,
  o.id AS organisation_id, o.name AS union_name, o.lineage AS units, o.area AS area
"""


def get_enterprise(tx: Transaction, id: str) -> Enterprise:
    """Raises NotFound. Contacts are empty for whoever may not see them."""
    return tx.one(GET, opening(tx, read_enterprise, "enterprise", "Enterprise"), ids=[id])


def get_enterprises(tx: Transaction, ids: list[str]) -> list[Enterprise]:
    """Many at once, for the relay."""
    return tx.all(GET, opening(tx, read_enterprise, "enterprise", "Enterprise"), ids=ids)


CREATE = """
UNWIND $rows AS row
CREATE (e:Enterprise) SET e = row.properties
WITH e, row
MATCH (o:Organisation {id: row.organisation_id})
CREATE (e)-[:UNDER]->(o)
"""


def create_enterprise_nodes(tx: Transaction, enterprises: list[Enterprise]) -> None:
    keys = keys_of(tx, [one.id for one in enterprises if one.contact_phone])
    tx.run(CREATE, rows=[{"properties": _sealed(keys, one)} | properties(one, "organisation_id") for one in enterprises])
    _write_fields(tx, enterprises)


def _sealed(keys: Keys, enterprise: Enterprise, *names: str) -> dict[str, Any]:
    """The phone is a person's, under the key of the enterprise that named it."""
    given = node_properties(enterprise)
    wanted = {name: given[name] for name in names or given}
    return wanted | keys.sealed(enterprise.id, "Enterprise", {"contact_phone": enterprise.contact_phone})


SAVE = """
MATCH (e:Enterprise {id: $id})
SET e.lock = coalesce(e.lock, 0) + 1
WITH e WHERE e.version = $version
SET e += $properties, e.version = $version + 1
RETURN e.version AS version
"""
MOVE = """
MATCH (e:Enterprise {id: $id})-[old:UNDER]->(p:Organisation)
CREATE (e)-[:WAS_UNDER {since: old.since, until: $today}]->(p)
DELETE old
WITH e MATCH (o:Organisation {id: $organisation})
CREATE (e)-[:UNDER {since: $today}]->(o)
"""
CLEAR_FIELDS = """
MATCH (:Enterprise {id: $id})-[old:IN_FIELD]->(:TechnologyField) DELETE old
"""


def save_enterprise(tx: Transaction, change: Change[Enterprise]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    keys = keys_of(tx, [change.id] if change.after.contact_phone else [])
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties | _sealed(keys, change.after, "contact_phone"))
    if change.touches("organisation_id"):
        tx.run(MOVE, id=change.id, organisation=change.after.organisation_id, today=local_day(change.at))
    if change.touches("fields"):
        tx.run(CLEAR_FIELDS, id=change.id)
        _write_fields(tx, [change.after])


WRITE_FIELDS = """
UNWIND $rows AS row
MATCH (e:Enterprise {id: row.id}) MATCH (f:TechnologyField {code: row.field})
CREATE (e)-[:IN_FIELD]->(f)
"""


def _write_fields(tx: Transaction, enterprises: list[Enterprise]) -> None:
    if rows := [{"id": one.id, "field": field} for one in enterprises for field in one.fields]:
        tx.run(WRITE_FIELDS, rows=rows)


FIND_USCCS = """
UNWIND $codes AS code MATCH (e:Enterprise {uscc: code}) RETURN code, e.id AS id
"""


def ids_of_usccs(tx: Transaction, codes: list[str]) -> dict[str, str]:
    """Which credit codes are taken, whoever asks: a code stands for one enterprise."""
    return dict(tx.all(FIND_USCCS, lambda row: (str(row["code"]), str(row["id"])), codes=codes))


SOURCE_IDS = """
UNWIND $keys AS key MATCH (e:Enterprise {source_key: key}) RETURN key, e.id AS id
"""


def ids_of_source(tx: Transaction, keys: list[str]) -> dict[str, str]:
    """Which rows of an older register are here already."""
    return dict(tx.all(SOURCE_IDS, lambda row: (str(row["key"]), str(row["id"])), keys=keys))


RENEW = """
MATCH (e:Enterprise {id: $id}) SET e.audience = $audience, e.guarded_audience = $guarded
"""


def renew_audience(tx: Transaction, enterprise: Enterprise) -> None:
    """Its union moved in the tree: the tokens follow."""
    now = node_properties(enterprise)
    tx.run(RENEW, id=enterprise.id, audience=now["audience"], guarded=now["guarded_audience"])


HANGS = """
UNWIND $ids AS id
MATCH (:Enterprise {id: id})<-[r:EMPLOYED_BY|HOSTED_BY|PRODUCED_BY|OFFERED_BY|POSTED_BY]-(n) WHERE r.until IS NULL
RETURN DISTINCT toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Whatever names it as employer, host, maker, provider or poster."""
    return tx.all(HANGS, lambda row: (str(row["kind"]), str(row["id"])), ids=ids)


LIST_IDS = """
MATCH (e:Enterprise) WHERE e.id > $after RETURN e.id AS id ORDER BY id LIMIT $limit
"""


def list_enterprise_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that points at an enterprise, and how."""

    kind: str
    relation: str
    id: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """What its page shows, each part as the reader may see it."""

    studios: tuple[Card, ...] = ()
    made: tuple[Card, ...] = ()
    used: tuple[Card, ...] = ()
    listings: tuple[Card, ...] = ()
    needs: tuple[Card, ...] = ()


BELONGINGS = """
MATCH (:Enterprise {id: $id})<-[r:HOSTED_BY|PRODUCED_BY|ADOPTED_BY|OFFERED_BY|POSTED_BY]-(n)
WHERE any(token IN n.audience WHERE token IN $reader) AND $everybody IN n.audience
  AND (type(r) <> 'POSTED_BY' OR n.status = $answerable)
  AND (type(r) <> 'POSTED_BY' OR n.visibility <> 'anonymous' OR any(token IN n.guarded_audience WHERE token IN $reader))
RETURN toLower(head(labels(n))) AS kind, type(r) AS relation, n.id AS id ORDER BY n.published_at DESC, n.id LIMIT 300
"""


def list_belongings(tx: Transaction, id: str) -> Belongings:
    """Published things only, needs while they are open. A need posted without a name is linked for those who may know whose it is."""
    found = tx.all(BELONGINGS, reader(Belonging), id=id, everybody=PUBLIC, answerable=ANSWERABLE)
    cards = {card.id: card for card in list_cards(tx, dict.fromkeys((one.kind, one.id) for one in found))}

    def of(relation: str) -> tuple[Card, ...]:
        return tuple(cards[one.id] for one in found if one.relation == relation and one.id in cards)

    return Belongings(of("HOSTED_BY"), of("PRODUCED_BY"), of("ADOPTED_BY"), of("OFFERED_BY"), of("POSTED_BY"))
