"""The demonstration, loaded whole, months after its data were written."""

from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import pytest

from graph.records import value
from marketplace.cli.demo import load
from marketplace.cli.init import found
from tests.site import TestSite

TODAY = datetime(2027, 3, 15, 2, 0, tzinfo=UTC)
SOON = TODAY.date() + timedelta(days=60)
COUNTS = {
    "Enterprise": 60, "Worker": 400, "Studio": 40, "Association": 8, "Achievement": 300, "Patent": 120, "Listing": 200, "Need": 80, "Enquiry": 129,
    "Introduction": 5,
    "Registration": 3, "Invitation": 1, "OutboxEvent": 0,
}  # fmt: skip
COUNT = """
MATCH (n) WHERE $label IN labels(n) RETURN count(n) AS found
"""
OPEN = """
MATCH (r:Review {status: 'open'}) RETURN r.due_at < $now AS late
"""
STAGES = """
MATCH (r:Review {status: 'open'}) RETURN DISTINCT r.stage AS stage
"""
DEADLINES = """
MATCH (n:Need {status: 'published'}) RETURN n.deadline AS day
"""
EXPIRIES = """
MATCH (l:Listing {status: 'published'}) RETURN l.valid_until AS day
"""
TWICE = """
MATCH (v:Version {kind: 'achievement'}) WHERE v.status = 'published' AND v.ordinal = 2
MATCH (a:Achievement {id: v.entity_id}) WHERE a.status = 'published'
MATCH (a)<-[:EVIDENCE_OF]-(:StoredFile)
RETURN DISTINCT a.id AS id
"""
BEGUN = """
MATCH (a:Achievement {status: 'published'}) RETURN a.published_at AS day
"""


def asked(site: TestSite, statement: LiteralString, name: str, **parameters: object) -> list[Any]:
    return site.system.read(lambda tx: tx.all(statement, value(name), **parameters))


@pytest.mark.slow
def test_a_loaded_demonstration_is_whole_and_of_today(site: TestSite) -> None:
    site.clock.set(TODAY)
    found(site.site)
    load(site.site)

    assert {label: asked(site, COUNT, "found", label=label)[0] for label in COUNTS} == COUNTS
    late = asked(site, OPEN, "late", now=TODAY)
    assert (len(late), late.count(True)) == (30, 2)
    assert set(asked(site, STAGES, "stage")) >= {"submit", "hand_in", "revision"}
    deadlines = asked(site, DEADLINES, "day")
    assert min(deadlines) >= TODAY.date()
    assert 3 <= sum(day <= SOON for day in deadlines) <= 15
    assert sum(day < TODAY.date() for day in asked(site, EXPIRIES, "day")) == 7
    works = [site.find("achievement", id) for id in asked(site, TWICE, "id")]
    shown = [work for work in works if any(one.saving_fen for one in work.adoptions) and len(work.contributions) > 1]
    assert shown
    assert all(one.role for work in shown for one in work.contributions)
    assert min(asked(site, BEGUN, "day")) < datetime(2023, 1, 1, tzinfo=UTC) < datetime(2026, 11, 1, tzinfo=UTC) < max(asked(site, BEGUN, "day"))
