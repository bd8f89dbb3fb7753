"""The network as every officer sees it, and the runs of its analysis: figures are nodes of their own that name their entity by id,
so that no edit waits for them. Readers follow the pointer on a guard, which only the holder of the claim moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import LiteralString

from neo4j import Record

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.processes.talent.model import AUDIENCE, Analysis, Figure, Group

GUARD = "analysis:talent"

WORKERS = "MATCH (n:Worker) WHERE any(token IN n.audience WHERE token IN $reader) RETURN collect(n.id) AS ids"
STUDIOS = "MATCH (n:Studio) WHERE any(token IN n.audience WHERE token IN $reader) RETURN collect(n.id) AS ids"
ASSOCIATIONS = "MATCH (n:Association) WHERE any(token IN n.audience WHERE token IN $reader) RETURN collect(n.id) AS ids"
ENTERPRISES = "MATCH (n:Enterprise) WHERE any(token IN n.audience WHERE token IN $reader) RETURN collect(n.id) AS ids"
ACHIEVEMENTS = "MATCH (n:Achievement) WHERE any(token IN n.audience WHERE token IN $reader) RETURN collect(n.id) AS ids"
KINDS: dict[str, LiteralString] = {
    "worker": WORKERS, "studio": STUDIOS, "association": ASSOCIATIONS, "enterprise": ENTERPRISES, "achievement": ACHIEVEMENTS,
}  # fmt: skip


def list_visible(tx: Transaction, kind: str) -> list[str]:
    return sorted(tx.one(KINDS[kind], value("ids")))


SEEN = """
any(token IN a.audience WHERE token IN $reader) AND any(token IN b.audience WHERE token IN $reader) AND NOT type(r) IN coalesce(a.concealed, [])
"""
EVER = f"WHERE {SEEN} RETURN a.id AS one, b.id AS other"
NOW = f"WHERE (r.since IS NULL OR r.since <= $day) AND (r.until IS NULL OR r.until > $day) AND {SEEN} RETURN a.id AS one, b.id AS other"
EMPLOYED = f"MATCH (a:Worker)-[r:EMPLOYED_BY]->(b:Enterprise) {NOW}"
IN_STUDIO = f"MATCH (a:Worker)-[r:MEMBER_OF]->(b:Studio) {NOW}"
IN_ASSOCIATION = f"MATCH (a:Worker)-[r:MEMBER_OF]->(b:Association) {NOW}"
LEADS_STUDIO = f"MATCH (a:Worker)-[r:LEADS]->(b:Studio) {NOW}"
LEADS_ASSOCIATION = f"MATCH (a:Worker)-[r:LEADS]->(b:Association) {NOW}"
CONTRIBUTED = f"MATCH (a:Worker)-[r:CONTRIBUTED_TO]->(b:Achievement) {EVER}"
BY_STUDIO = f"MATCH (a:Achievement)-[r:PRODUCED_BY]->(b:Studio) {EVER}"
BY_ENTERPRISE = f"MATCH (a:Achievement)-[r:PRODUCED_BY]->(b:Enterprise) {EVER}"
ADOPTED = f"MATCH (a:Achievement)-[r:ADOPTED_BY]->(b:Enterprise) {NOW}"
HOSTED = f"MATCH (a:Studio)-[r:HOSTED_BY]->(b:Enterprise) {EVER}"
RELATIONS: tuple[LiteralString, ...] = (
    EMPLOYED, IN_STUDIO, IN_ASSOCIATION, LEADS_STUDIO, LEADS_ASSOCIATION, CONTRIBUTED, BY_STUDIO, BY_ENTERPRISE, ADOPTED, HOSTED,
)  # fmt: skip


def _pair(row: Record) -> tuple[str, str]:
    return row["one"], row["other"]


def list_pairs(tx: Transaction, statement: LiteralString, day: date) -> list[tuple[str, str]]:
    return tx.all(statement, _pair, day=day)


SKILLS = """
MATCH (w:Worker)-[:HAS_SKILL]->(s:Skill) WHERE any(token IN w.audience WHERE token IN $reader) AND NOT 'HAS_SKILL' IN coalesce(w.concealed, [])
RETURN w.id AS one, s.zh AS other
"""
AREAS = """
MATCH (w:Worker)-[:UNDER]->(o:Organisation) WHERE any(token IN w.audience WHERE token IN $reader) AND o.area <> ''
RETURN w.id AS one, o.area AS other
"""


def list_skills_held(tx: Transaction) -> list[tuple[str, str]]:
    return tx.all(SKILLS, _pair)


def list_areas(tx: Transaction) -> dict[str, str]:
    return dict(tx.all(AREAS, _pair))


ASK = """
MERGE (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE coalesce(g.holder, '') = ''
SET g.holder = $id, g.until = null
RETURN g.holder AS id
"""


def ask(tx: Transaction, id: str) -> bool:
    """False where one was asked for already."""
    return tx.find(ASK, value("id"), guard=GUARD, id=id) is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """`holder` is what was asked for; a new `term` begins with each attempt."""

    holder: str
    term: int


CLAIM = """
MATCH (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE coalesce(g.holder, '') <> '' AND (g.until IS NULL OR g.until <= $now)
SET g.until = $until, g.term = coalesce(g.term, 0) + 1
RETURN g.holder AS holder, g.term AS term
"""


def claim(tx: Transaction, now: datetime, until: datetime) -> Claim | None:
    """What was asked for and nobody else is at; a killed attempt is free again when its time is over."""
    return tx.find(CLAIM, reader(Claim), guard=GUARD, now=now, until=until)


RENEW = """
MATCH (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.holder = $holder AND g.term = $term
SET g.until = $until
RETURN g.term AS term
"""


def renew(tx: Transaction, held: Claim, until: datetime) -> None:
    """Raises Stale for whoever lost the claim."""
    tx.changed(RENEW, guard=GUARD, holder=held.holder, term=held.term, until=until)


SETTLE = """
MATCH (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
WITH g WHERE g.holder = $holder AND g.term = $term
SET g.holder = '', g.until = null, g.seal = coalesce($run, g.seal)
RETURN g.term AS term
"""


def settle(tx: Transaction, held: Claim, run: str | None) -> None:
    """The pointer moves to the run; None ends the attempt and leaves it where it is. Raises Stale as above."""
    tx.changed(SETTLE, guard=GUARD, holder=held.holder, term=held.term, run=run)


@dataclass(frozen=True, slots=True)
class Standing:
    """`current` is the run that is read; `asked` is true while another is awaited, `is_under_way` while somebody computes it."""

    current: Analysis | None = None
    latest: Analysis | None = None
    asked: str = ""
    until: datetime | None = None


STANDING = """
MATCH (g:Guard {id: $guard})
OPTIONAL MATCH (c:Analysis {id: g.seal}) WHERE any(token IN c.audience WHERE token IN $reader)
OPTIONAL MATCH (l:Analysis) WHERE any(token IN l.audience WHERE token IN $reader)
WITH g, c, l ORDER BY l.id DESC LIMIT 1
RETURN CASE WHEN c IS NULL THEN null ELSE c {.*} END AS current, CASE WHEN l IS NULL THEN null ELSE l {.*} END AS latest,
  coalesce(g.holder, '') AS asked, g.until AS until
"""


def get_standing(tx: Transaction) -> Standing:
    return tx.find(STANDING, reader(Standing), guard=GUARD) or Standing()


CREATE_RUN = "CREATE (r:Analysis) SET r = $properties"
UPDATE_RUN = "MATCH (r:Analysis {id: $id}) SET r += $properties"


def create_run(tx: Transaction, run: Analysis) -> None:
    tx.run(CREATE_RUN, properties=properties(run) | {"audience": AUDIENCE})


def update_run(tx: Transaction, run: str, /, **told: object) -> None:
    tx.run(UPDATE_RUN, id=run, properties=told)


WRITE_FIGURES = "UNWIND $rows AS row CREATE (f:Figure) SET f = row"
WRITE_GROUPS = "UNWIND $rows AS row CREATE (g:TalentGroup) SET g = row"


def write_figures(tx: Transaction, run: str, first: int, figures: Iterable[Figure]) -> None:
    """`first` numbers them on through the batches."""
    tx.run(WRITE_FIGURES, rows=[
        properties(one, exclude=("group", "listed"))
        | {"id": f"{run}:{number}", "group_id": group_id(run, one.group)} | ({"listed": run} if one.listed else {})
        for number, one in enumerate(figures, first)
    ])  # fmt: skip


def write_groups(tx: Transaction, run: str, groups: Iterable[Group]) -> None:
    tx.run(WRITE_GROUPS, rows=[properties(one) | {"id": group_id(run, one.ordinal), "run_id": run} for one in groups])


def group_id(run: str, number: int) -> str:
    return f"{run}:group:{number}"


PAST_RUNS = "MATCH (r:Analysis) WHERE r.id < $run RETURN r.id AS id, r.nodes AS nodes"
DROP_FIGURES = "UNWIND $ids AS id MATCH (f:Figure {id: id}) DELETE f"
DROP_GROUPS = "MATCH (g:TalentGroup {run_id: $run}) DELETE g"
DROP_RUN = "MATCH (r:Analysis {id: $run}) DELETE r"


def list_past_runs(tx: Transaction, run: str) -> dict[str, int]:
    """Those begun before it, and how many figures each may have written."""
    return dict(tx.all(PAST_RUNS, lambda row: (str(row["id"]), int(row["nodes"])), run=run))


def drop_figures(tx: Transaction, run: str, numbers: range) -> None:
    """By their ids: an index of runs, in which all have one value, would make deleting them slow."""
    tx.run(DROP_FIGURES, ids=[f"{run}:{number}" for number in numbers])


def drop_run(tx: Transaction, run: str) -> None:
    """With its groups; its figures have gone before."""
    tx.run(DROP_GROUPS, run=run)
    tx.run(DROP_RUN, run=run)
