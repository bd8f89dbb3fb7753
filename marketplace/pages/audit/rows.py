"""From what was typed to what is asked, and the rows of an export."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graph.connection import Transaction
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.workdays import SHANGHAI
from marketplace.pages.audit.people import find_account_id
from marketplace.pages.audit.repository import Wanted, list_audit
from marketplace.pages.audit.show import Row, rows_of
from marketplace.pages.audit.state import AuditState, moments_of
from marketplace.web.identity import current_actor
from marketplace.web.picking import pick
from marketplace.web.site import current_site
from marketplace.web.words import translated

CHUNK = 500
MOST_ROWS = 20_000
THINGS = ("worker", "enterprise", "studio", "association", "achievement", "listing", "need", "patent")
NOBODY = "-"
"""What was typed names nothing that there is: it narrows to nothing, and does not tell why."""
COLUMNS: tuple[Label, ...] = (
    label("When"), label("Done by"), label("What was done"), label("Kind"), label("About what"), label("Identifier"),
    label("Fields"), label("From"), label("To"),
    label("Purpose"), label("No."), label("Seal"),
)  # fmt: skip


def wanted_of(tx: Transaction, state: AuditState) -> Wanted:
    """A person by sign-in name or id, a thing by id, number or name."""
    moments = moments_of(state)
    who = state.who if state.who in ("", SYSTEM) else find_account_id(tx, state.who) or NOBODY
    return Wanted(
        who=who, of=_thing(tx, state.what), kind=state.kind,
        verb=state.verb, unit=state.unit, since=moments.since, until=moments.until, since_day=state.since, until_day=state.until, before=state.before,
    )  # fmt: skip


def _thing(tx: Transaction, text: str) -> tuple[str, ...]:
    """An id is asked for as it is, also of what is gone."""
    if not text:
        return ()
    picked = pick(tx, text, THINGS)
    return (picked.thing.node.id,) if picked.thing else (text,)


def header() -> list[str]:
    return [translated(name) for name in COLUMNS]


def lines_of(state: AuditState) -> Iterator[list[Any]]:
    """At most MOST_ROWS, page by page: no transaction lasts as long as the whole."""
    site, actor = current_site(), current_actor()
    before, count = state.before, 0
    while count < MOST_ROWS:
        here = replace(state, before=before)

        def look(tx: Transaction, here: AuditState = here) -> tuple[list[Row], int]:
            found = list_audit(tx, wanted_of(tx, here), CHUNK, actor.account_id)
            return rows_of(tx, found.links), found.before

        rows, before = site.graph.read(look, reader=actor.reader)
        yield from (line_of(row) for row in rows[: MOST_ROWS - count])
        count += len(rows)
        if not before:
            return


def line_of(row: Row) -> list[Any]:
    entry = row.link.entry
    at = row.at.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds")
    return [
        at, row.who, row.done, row.kind_words, row.title, row.entity_id, "、".join(row.fields), entry.from_status, entry.to_status, row.purpose,
        row.link.sequence, row.link.seal,
    ]  # fmt: skip
