"""Entries from before the audit could be searched are found like the others."""

from graph.migrations import file_older_entries, mark_days
from graph.records import value
from marketplace.kernel.workdays import local_day
from marketplace.pages.audit.repository import Wanted, list_audit
from marketplace.pages.audit.state import AuditState, moments_of
from tests.factories import Make
from tests.site import TestSite

AS_BEFORE = """
MATCH (e:AuditEntry)
SET e.shelf = null, e.act = null, e.audience = [token IN e.audience WHERE NOT token STARTS WITH 'account:' AND token <> 'administrator']
"""


def test_older_entries_are_filed(site: TestSite, make: Make) -> None:
    street = make.organisation("酒仙桥街道")
    firm = make.enterprise(under=make.organisation(under=street))
    officer, keeper = make.officer(of=street), make.administrator()
    site.drain()
    today = local_day(site.clock.now())
    moments = moments_of(AuditState(since=today, until=today))
    asked = Wanted(verb="create", since=moments.since, until=moments.until, since_day=today, until_day=today)

    def found() -> list[set[str]]:
        views = [(actor, site.acting_as(actor).read(list_audit, asked, 100, actor.account_id)) for actor in (officer, keeper)]
        return [{link.entry.entity_id for link in view.links} for _actor, view in views]

    before = found()
    site.graph.write(lambda tx: tx.run(AS_BEFORE))
    site.graph.write(lambda tx: tx.run("MATCH (d:AuditDay) DELETE d"))
    assert found() != before
    file_older_entries(site.graph)
    site.graph.write(mark_days)
    assert found() == before
    assert firm.id in before[0]
    assert officer.account_id in before[1]


DAYS = "MATCH (d:AuditDay) RETURN d {.*} AS day"
ARCHIVE_FIRST = "MATCH (e:AuditEntry) WHERE e.sequence = $first DETACH DELETE e"


def test_a_day_whose_first_entries_lie_in_the_archive_is_as_long_after_a_restore(site: TestSite, make: Make) -> None:
    """A restored store has no migrations behind it: they run again, over what the archive has left."""
    make.enterprise(under=make.organisation(under=make.organisation("酒仙桥街道")))
    site.drain()
    before = site.graph.read(lambda tx: tx.all(DAYS, value("day")))
    assert min(day["first"] for day in before) < max(day["last"] for day in before)
    site.graph.write(lambda tx: tx.run(ARCHIVE_FIRST, first=min(day["first"] for day in before)))

    site.graph.write(mark_days)

    assert site.graph.read(lambda tx: tx.all(DAYS, value("day"))) == before
