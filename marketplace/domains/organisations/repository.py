"""The tree in the graph: PART_OF relations, and each unit's lineage kept on its node for quick rights."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.organisations.model import Kind, Organisation, Status
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.entity import node_properties
from marketplace.kernel.rooms import Ref
from marketplace.kernel.workflow import Change

read_organisation = reader(Organisation, "organisation")

GET = """
MATCH (o:Organisation {id: $id}) WHERE any(token IN o.audience WHERE token IN $reader)
RETURN o {.*} AS organisation, [(o)-[r:PART_OF]->(p:Organisation) WHERE r.until IS NULL | p.id] AS parent_ids
"""


def get_organisation(tx: Transaction, id: str) -> Organisation:
    """Raises NotFound."""
    return tx.one(GET, read_organisation, id=id)


LIST_CHILDREN = """
MATCH (:Organisation {id: $id})<-[r:PART_OF]-(c:Organisation) WHERE r.until IS NULL
RETURN c {.*} AS organisation, [] AS parent_ids ORDER BY c.code, c.name
"""


def list_children(tx: Transaction, id: str) -> list[Organisation]:
    return tx.all(LIST_CHILDREN, read_organisation, id=id)


LIST_ROOTS = """
MATCH (o:Organisation) WHERE o.kind = 'district' RETURN o {.*} AS organisation, [] AS parent_ids ORDER BY o.name
"""


def list_roots(tx: Transaction) -> list[Organisation]:
    return tx.all(LIST_ROOTS, read_organisation)


LIST_LINEAGE = """
MATCH (o:Organisation {id: $id}) WITH o.lineage AS lineage UNWIND lineage AS unit
MATCH (u:Organisation {id: unit}) WHERE any(token IN u.audience WHERE token IN $reader)
RETURN u {.*} AS organisation, [] AS parent_ids
"""


def list_lineage(tx: Transaction, id: str) -> list[Organisation]:
    """Itself first, then every unit above."""
    return tx.all(LIST_LINEAGE, read_organisation, id=id)


FIND_BY_SOURCE = """
MATCH (o:Organisation {source_key: $key}) RETURN o.id AS id
"""


def find_organisation_id(tx: Transaction, source_key: str) -> str | None:
    return tx.find(FIND_BY_SOURCE, value("id"), key=source_key)


FIND_BY_NAME = """
CALL () {
  MATCH (o:Organisation {name: $name}) RETURN o, 1 AS place
  UNION MATCH (o:Organisation {code: $name}) RETURN o, 2 AS place
  UNION MATCH (o:Organisation {short_name: $name}) RETURN o, 3 AS place
}
WITH o, place WHERE o.status = $active
RETURN o.id AS id ORDER BY place LIMIT 1
"""


def find_organisation_named(tx: Transaction, name: str) -> str | None:
    """One that is still in being, by its full name, its number or its short name."""
    return tx.find(FIND_BY_NAME, value("id"), name=name, active=Status.ACTIVE)


CREATE = """
CREATE (o:Organisation) SET o = $properties
"""
LINK_PARENTS = """
MATCH (o:Organisation {id: $id}) UNWIND $parents AS parent
MATCH (p:Organisation {id: parent})
CREATE (o)-[:PART_OF {since: $since}]->(p)
"""


def create_organisation_node(tx: Transaction, organisation: Organisation, since: date) -> None:
    tx.run(CREATE, properties=node_properties(organisation))
    tx.run(LINK_PARENTS, id=organisation.id, parents=organisation.parent_ids, since=since)


SAVE = """
MATCH (o:Organisation {id: $id})
SET o.lock = coalesce(o.lock, 0) + 1
WITH o WHERE o.version = $version
SET o += $properties, o.version = $version + 1
RETURN o.version AS version
"""
END_PARENTS = """
MATCH (:Organisation {id: $id})-[r:PART_OF]->(p:Organisation) WHERE r.until IS NULL AND NOT p.id IN $parents
SET r.until = $today
"""
ADD_PARENTS = """
MATCH (o:Organisation {id: $id}) UNWIND $parents AS parent
MATCH (p:Organisation {id: parent})
WHERE NOT EXISTS { MATCH (o)-[r:PART_OF]->(p) WHERE r.until IS NULL }
CREATE (o)-[:PART_OF {since: $today}]->(p)
"""


def save_organisation(tx: Transaction, change: Change[Organisation], today: date) -> None:
    """Past parents keep their dates."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
    if change.touches("parent_ids"):
        tx.run(END_PARENTS, id=change.id, parents=change.after.parent_ids, today=today)
        tx.run(ADD_PARENTS, id=change.id, parents=change.after.parent_ids, today=today)


HANGS = """
UNWIND $ids AS id MATCH (:Organisation {id: id})<-[r:PART_OF]-(c:Organisation) WHERE r.until IS NULL RETURN 'organisation' AS kind, c.id AS id
UNION
UNWIND $ids AS id MATCH (:Organisation {id: id})<-[:UNDER]-(n) RETURN toLower(head(labels(n))) AS kind, n.id AS id
"""


def list_hanging(tx: Transaction, ids: list[str]) -> list[Ref]:
    """Units directly below and everything under this one: their audience and their area follow from it."""
    return tx.all(HANGS, lambda row: (str(row["kind"]), str(row["id"])), ids=ids)


LIST_IDS = """
MATCH (o:Organisation) WHERE o.id > $after RETURN o.id AS id ORDER BY id LIMIT $limit
"""


def list_organisation_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


BRANCHES = """
MATCH (:Organisation {id: $id})<-[r:PART_OF]-(c:Organisation)
WHERE r.until IS NULL AND any(token IN c.audience WHERE token IN $reader)
RETURN c.id AS id, c.name AS name, c.kind AS kind,
  COUNT { (c)<-[p:PART_OF]-(:Organisation) WHERE p.until IS NULL } AS below,
  COUNT { (c)<-[:UNDER]-(e:Enterprise) WHERE any(token IN e.audience WHERE token IN $reader) }
    + COUNT { (c)<-[p:PART_OF]-(:Organisation)<-[:UNDER]-(e:Enterprise)
              WHERE p.until IS NULL AND any(token IN e.audience WHERE token IN $reader) } AS enterprises,
  COUNT { (c)<-[:UNDER]-(s:Studio) WHERE any(token IN s.audience WHERE token IN $reader) }
    + COUNT { (c)<-[p:PART_OF]-(:Organisation)<-[:UNDER]-(s:Studio)
              WHERE p.until IS NULL AND any(token IN s.audience WHERE token IN $reader) } AS studios
ORDER BY c.code, c.name SKIP $skip LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit below, and how much is directly under it or one step further down."""

    id: str
    name: str
    kind: str
    below: int = 0
    enterprises: int = 0
    studios: int = 0


def list_branches(tx: Transaction, id: str, skip: int = 0, limit: int = 100) -> list[Branch]:
    return tx.all(BRANCHES, reader(Branch), id=id, skip=skip, limit=limit)


UNDER = """
MATCH (:Organisation {id: $id})<-[:UNDER]-(n)
WHERE any(token IN n.audience WHERE token IN $reader) AND (n:Enterprise OR n:Studio OR n:Association)
RETURN toLower(head(labels(n))) AS kind, n.id AS id, n.name AS name ORDER BY kind, name LIMIT 300
"""


def list_under(tx: Transaction, id: str) -> list[Card]:
    """Enterprises, studios and associations directly under this unit."""
    return list_cards(tx, tx.all(UNDER, lambda row: (str(row["kind"]), str(row["id"])), id=id))


PARENTS = """
UNWIND $kinds AS kind
MATCH (o:Organisation {kind: kind}) WHERE o.status = $active AND any(token IN o.audience WHERE token IN $reader)
RETURN o {.*} AS organisation, [] AS parent_ids ORDER BY o.code, o.name
"""


def list_upper(tx: Transaction) -> list[Organisation]:
    """Every unit that others may stand under: a few dozen, found among tens of thousands by their kind."""
    return tx.all(PARENTS, read_organisation, kinds=[kind for kind in Kind if kind is not Kind.BASE], active=Status.ACTIVE)


ABSORBED = """
MATCH (o:Organisation {successor_id: $id}) WHERE any(token IN o.audience WHERE token IN $reader)
RETURN o {.*} AS organisation, [] AS parent_ids ORDER BY o.ended_on DESC, o.name LIMIT 100
"""


def list_absorbed(tx: Transaction, id: str) -> list[Organisation]:
    """Units whose place it took."""
    return tx.all(ABSORBED, read_organisation, id=id)
