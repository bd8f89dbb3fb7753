"""Small random worlds, written straight to the store: what is counted of them must be what a plain recount finds."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

from hypothesis import strategies as st

from graph.connection import Graph

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STREETS = ("酒仙桥街道", "望京街道")
Thing = tuple[datetime, str, str, str]
"""Published, field, street, status."""
moments = st.integers(0, 1_400).map(lambda days: NOW - timedelta(days=days, hours=days % 7))
statuses = st.sampled_from(["drafted", "in-force", "fulfilled", "terminated", "cancelled"])


@dataclass(frozen=True, slots=True)
class World:
    """`contracts`: about a work, a listing or a need; which; status; signed so many days ago. `offers`: each in which enquiry.
    `introductions`: to which need; None while no conversation came of it; else the statuses of the contracts that did."""

    works: list[Thing]
    listings: list[int]
    enquiries: list[tuple[str, int, datetime]]
    contracts: list[tuple[str, int, str, int]]
    uses: list[tuple[int, bool]]
    needs: list[Thing]
    offers: list[int]
    introductions: list[tuple[int, list[str] | None]] = field(default_factory=list)


def things(*states: str) -> st.SearchStrategy[list[Thing]]:
    fields = st.sampled_from(["0101", "0601", ""])
    return st.lists(st.tuples(moments, fields, st.sampled_from([*STREETS, ""]), st.sampled_from(states)), max_size=9)


which = st.integers(0, 8)
worlds = st.builds(
    World, works=things("published", "published", "published", "withdrawn"), listings=st.lists(which, max_size=4),
    enquiries=st.lists(st.tuples(st.sampled_from(["work", "listing", "need"]), which, moments), max_size=10),
    contracts=st.lists(st.tuples(st.sampled_from(["work", "listing", "need"]), which, statuses, st.integers(0, 600)), max_size=12),
    uses=st.lists(st.tuples(which, st.booleans()), max_size=6), needs=things("published", "closed", "draft"),
    offers=st.lists(st.integers(0, 9), max_size=8),
    introductions=st.lists(st.tuples(which, st.none() | st.lists(statuses, max_size=2)), max_size=8),
)  # fmt: skip

UNITS = """
UNWIND $rows AS street
CREATE (s:Organisation {id: street, name: street, area: street, lineage: [street, 'district'], audience: ['public']})
CREATE (b:Organisation {id: street + '-base', name: street + '工会', area: street, lineage: [street + '-base', street, 'district']})
CREATE (a:Account {id: 'officer-' + street}) CREATE (a)-[:HOLDS {id: street, role: 'union-officer'}]->(s)
"""
WORKS = """
UNWIND $rows AS row CREATE (n:Achievement {id: row.id, title: row.id, published_at: row.at, field: row.field, status: row.status,
  audience: CASE WHEN row.status = 'published' THEN ['public'] ELSE ['system'] END})
WITH n, row MATCH (o:Organisation {id: row.street + '-base'}) CREATE (n)-[:UNDER]->(o)
"""
NEEDS = """
UNWIND $rows AS row CREATE (n:Need {id: row.id, title: row.id, field: row.field, status: row.status, audience: ['public']})
SET n.published_at = CASE WHEN row.status = 'draft' THEN null ELSE row.at END
WITH n, row MATCH (o:Organisation {id: row.street + '-base'}) CREATE (n)-[:UNDER]->(o)
"""
LISTINGS = "UNWIND $rows AS row MATCH (a:Achievement {id: row.work}) CREATE (:Listing {id: row.id})-[:OFFERS]->(a)"
ASK = " CREATE (:Enquiry {id: row.id, created_at: row.at})-[:ABOUT]->(n)"
ENQUIRIES: dict[str, LiteralString] = {
    "work": "UNWIND $rows AS row MATCH (n:Achievement {id: row.about})" + ASK,
    "listing": "UNWIND $rows AS row MATCH (n:Listing {id: row.about})" + ASK,
    "need": "UNWIND $rows AS row MATCH (n:Need {id: row.about})" + ASK,
}
AGREE = " CREATE (c:Contract {id: row.id, status: row.status}) SET c.signed_on = row.day "
CONTRACTS: dict[str, LiteralString] = {
    "work": "UNWIND $rows AS row MATCH (n:Achievement {id: row.about})" + AGREE + "CREATE (c)-[:CONCERNS]->(n)",
    "listing": "UNWIND $rows AS row MATCH (n:Listing {id: row.about})" + AGREE + "CREATE (c)-[:SELLS]->(n)",
    "need": "UNWIND $rows AS row MATCH (n:Need {id: row.about})" + AGREE + "CREATE (c)-[:SOLVES]->(n)",
}
OFFERS = "UNWIND $rows AS row MATCH (q:Enquiry {id: row.enquiry}) CREATE (:Offer {id: row.id})-[:OFFERED_IN]->(q)"
USES = """
UNWIND $rows AS row MATCH (a:Achievement {id: row.work}) CREATE (e:Enterprise {id: row.id})
CREATE (a)-[:ADOPTED_BY {id: row.id, confirmed: row.yes}]->(e)
"""
INTRODUCE = "UNWIND $rows AS row MATCH (n:Need {id: row.need}) CREATE (:Introduction {id: row.id})-[:INTRODUCED_TO]->(n)"
SPEAK = "UNWIND $rows AS row MATCH (i:Introduction {id: row.of}) CREATE (i)-[:LED_TO]->(:Enquiry {id: row.id})"
SIGN = "UNWIND $rows AS row MATCH (q:Enquiry {id: row.of}) CREATE (:Contract {id: row.id, status: row.status})-[:CAME_FROM]->(q)"
PREFIX = {"work": "w", "listing": "l", "need": "n"}


def build(graph: Graph, world: World) -> None:
    """Into an empty store."""

    def write(statement: LiteralString, rows: list[object]) -> None:
        graph.write(lambda tx: tx.run(statement, rows=rows))

    write(UNITS, list(STREETS))
    write(WORKS, [_thing(f"w{at}", one) for at, one in enumerate(world.works)])
    write(NEEDS, [_thing(f"n{at}", one) for at, one in enumerate(world.needs)])
    write(LISTINGS, [{"id": f"l{at}", "work": f"w{work}"} for at, work in enumerate(world.listings)])
    for at, (kind, about, moment) in enumerate(world.enquiries):
        write(ENQUIRIES[kind], [{"id": f"q{at}", "about": f"{PREFIX[kind]}{about}", "at": moment}])
    write(OFFERS, [{"id": f"o{at}", "enquiry": f"q{enquiry}"} for at, enquiry in enumerate(world.offers)])
    for at, (kind, about, status, days) in enumerate(world.contracts):
        day: date | None = None if status in ("drafted", "cancelled") else NOW.date() - timedelta(days=days)
        write(CONTRACTS[kind], [{"id": f"c{at}", "about": f"{PREFIX[kind]}{about}", "status": status, "day": day}])
    for at, (need, statuses_after) in enumerate(world.introductions):
        write(INTRODUCE, [{"id": f"i{at}", "need": f"n{need}"}])
        write(SPEAK, [{"id": f"iq{at}", "of": f"i{at}"}] if statuses_after is not None else [])
        write(SIGN, [{"id": f"ic{at}-{n}", "of": f"iq{at}", "status": status} for n, status in enumerate(statuses_after or ())])
    write(USES, [{"id": f"u{at}", "work": f"w{work}", "yes": yes} for at, (work, yes) in enumerate(world.uses)])


def _thing(id: str, thing: Thing) -> dict[str, object]:
    return dict(zip(("id", "at", "field", "street", "status"), (id, *thing), strict=True))
