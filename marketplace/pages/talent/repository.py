"""What a run found, named as its reader may see it: whoever is hidden since is not there."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.cards import list_titles
from marketplace.processes.talent.repository import Standing, get_standing


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody among the first. `influence` adds up to 1 over the network, `bridging` is a share of its shortest paths."""

    id: str
    name: str
    level: str = ""
    enterprise: str = ""
    area: str = ""
    influence: float = 0.0
    bridging: float = 0.0
    reach: int = 0
    links: int = 0


LISTED = """
MATCH (f:Figure {listed: $run})
MATCH (w:Worker {id: f.entity_id}) WHERE any(token IN w.audience WHERE token IN $reader)
RETURN w.id AS id, w.name AS name, w.level AS level, f.influence AS influence, f.bridging AS bridging, f.reach AS reach, f.links AS links,
  head([(w)-[m:EMPLOYED_BY]->(e:Enterprise) WHERE m.until IS NULL AND any(token IN e.audience WHERE token IN $reader) | e.name]) AS enterprise,
  head([(w)-[:UNDER]->(o:Organisation) | o.area]) AS area
"""


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    ordinal: int
    size: int
    people: int
    skills: tuple[str, ...] = ()
    enterprise_id: str = ""
    area: str = ""
    leader_ids: tuple[str, ...] = ()


GROUPS = """
MATCH (g:TalentGroup {run_id: $run}) RETURN g {.*} AS found ORDER BY g.ordinal LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """`names` are those of enterprises and key people of the groups, by kind and id."""

    standing: Standing
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    names: dict[tuple[str, str], str] | None = None


def get_overview(tx: Transaction) -> Overview:
    standing = get_standing(tx)
    if standing.current is None:
        return Overview(standing)
    groups = tuple(tx.all(GROUPS, reader(Group, "found"), run=standing.current.id))
    wanted = [("enterprise", one.enterprise_id) for one in groups if one.enterprise_id]
    wanted += [("worker", id) for one in groups for id in one.leader_ids]
    people = tuple(tx.all(LISTED, reader(Person), run=standing.current.id))
    return Overview(standing, people, groups, list_titles(tx, wanted))


OWN_AREAS = """
UNWIND $units AS unit MATCH (o:Organisation {id: unit}) WHERE o.area <> '' RETURN DISTINCT o.area AS area
"""


def list_own_areas(tx: Transaction, units: list[str]) -> list[str]:
    """The sub-districts of the reader's own units, for the outline on the map."""
    return tx.all(OWN_AREAS, lambda row: str(row["area"]), units=units)
