"""Who belongs to a studio or an association, from when until when. Dates are half-open and are never deleted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.connection import Transaction
from graph.records import properties, reader
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import Label, label
from marketplace.kernel.parties import Named

MEMBER = "member"
LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Membership:
    """[since, until) of one person in one role. Id and name are empty where the reader may not see the person."""

    worker_id: str
    role: str = MEMBER
    since: date | None = None
    until: date | None = None
    name: str = ""

    @property
    def is_current(self) -> bool:
        return self.until is None


Members = tuple[Membership, ...]


def current_of(members: Members) -> Members:
    return tuple(one for one in members if one.is_current)


def lead_of(members: Members, role: str = LEAD) -> Membership | None:
    """Whoever holds the leading role today."""
    return next((one for one in members if one.is_current and one.role == role), None)


def joined(members: Members, worker: Named, role: str, since: date, today: date) -> Members:
    """Raises Invalid for somebody who belongs already, or for a day to come: rights follow at once."""
    if any(one.worker_id == worker.id for one in current_of(members)):
        raise Invalid({"who": label("%(name)s belongs to it already.")}, name=worker.name)
    if since > today:
        raise Invalid({"since": label("This day lies in the future.")})
    return (*members, Membership(worker.id, role, since, name=worker.name))


def left(members: Members, worker_id: str, today: date, leading: str = LEAD) -> Members:
    """Raises Refused for whoever does not belong to it, and for the leader: another has to take over first."""
    if worker_id not in {one.worker_id for one in current_of(members)}:
        raise Refused(label("This person is no member now."))
    lead = lead_of(members, leading)
    if lead is not None and lead.worker_id == worker_id:
        raise Refused(label("The leader cannot leave before another has taken over."))
    return _ended(members, worker_id, today)


def handed_over(members: Members, worker: Named, today: date, leading: str = LEAD) -> Members:
    """One leadership ends and another begins; who led before stays as a member."""
    before = lead_of(members, leading)
    if before is not None and before.worker_id == worker.id:
        raise Invalid({"who": label("%(name)s leads it already.")}, name=worker.name)
    rest = _ended(members, worker.id, today)
    if before is not None:
        rest = (*_ended(rest, before.worker_id, today), Membership(before.worker_id, MEMBER, today, name=before.name))
    return (*rest, Membership(worker.id, leading, today, name=worker.name))


def _ended(members: Members, worker_id: str, today: date) -> Members:
    return tuple(replace(one, until=max(today, one.since or today)) if one.is_current and one.worker_id == worker_id else one for one in members)


def begun_in(before: Members, after: Members) -> list[Membership]:
    """What is to be written anew."""
    return [one for one in after if one not in before and not _was_open(before, one)]


def ended_in(before: Members, after: Members) -> list[Membership]:
    """What was open before and has an end now."""
    return [one for one in after if one not in before and _was_open(before, one)]


def _was_open(before: Members, one: Membership) -> bool:
    return not one.is_current and replace(one, until=None) in before


def faults_of(members: Members, leading: str = LEAD) -> dict[str, Label]:
    """One leader at a time, each person once, no end before its beginning."""
    today = [one for one in members if one.is_current]
    if len([one for one in today if one.role == leading]) > 1:
        return {"members": label("Only one person leads at a time.")}
    if len({one.worker_id for one in today}) != len(today):
        return {"members": label("A person stands here twice.")}
    if any(one.since and one.until and one.until < one.since for one in members):
        return {"members": label("A membership ends before it begins.")}
    return {}


CALLED = """
MATCH (w:Worker {number: $text}) WHERE any(token IN w.audience WHERE token IN $reader) RETURN w.id AS id, w.name AS name
UNION
MATCH (:Worker {number: $text})-[:MERGED_INTO]->(w:Worker) WHERE any(token IN w.audience WHERE token IN $reader) RETURN w.id AS id, w.name AS name
UNION
MATCH (w:Worker {name: $text}) WHERE any(token IN w.audience WHERE token IN $reader) RETURN w.id AS id, w.name AS name LIMIT 2
"""


def get_worker_called(tx: Transaction, text: str) -> Named:
    """By number or full name, among those whom the reader may see. Raises Invalid for nobody, and for two of one name."""
    found = tx.all(CALLED, reader(Named), text=text)
    if not found:
        raise Invalid({"who": label("Nobody of this name or number is in the register, as far as you may see it.")})
    if len(found) > 1:
        raise Invalid({"who": label("Several people have this name; write the number.")})
    return found[0]


WORKERS = """
UNWIND $ids AS id MATCH (w:Worker {id: id}) RETURN w.id AS id, w.name AS name
"""


def require_workers(tx: Transaction, ids: Iterable[str]) -> None:
    """Raises Invalid where one is missing: a statement that matches nobody would silently write nothing."""
    wanted = sorted(set(ids))
    if wanted and len(tx.all(WORKERS, reader(Named), ids=wanted)) != len(wanted):
        raise Invalid({"members": label("Somebody named here is not in the register.")})


BEGIN = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.worker_id})
OPTIONAL MATCH (s:Studio {id: row.id})
OPTIONAL MATCH (a:Association {id: row.id})
WITH row, w, coalesce(s, a) AS party
CREATE (w)-[:MEMBER_OF {role: row.role, since: row.since, until: row.until}]->(party)
"""
LEAD_FROM = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.worker_id})
OPTIONAL MATCH (s:Studio {id: row.id})
OPTIONAL MATCH (a:Association {id: row.id})
WITH row, w, coalesce(s, a) AS party
CREATE (w)-[:LEADS {since: row.since, until: row.until}]->(party)
"""


def begin_memberships(tx: Transaction, people: Iterable[tuple[str, Iterable[Membership]]], leading: str = LEAD) -> None:
    """For each (party, its members), any number in two statements."""
    if rows := [properties(one) | {"id": id} for id, members in people for one in members]:
        tx.run(BEGIN, rows=rows)
    if leads := [row for row in rows if row["role"] == leading]:
        tx.run(LEAD_FROM, rows=leads)


END = """
UNWIND $rows AS row
MATCH (:Worker {id: row.worker_id})-[m:MEMBER_OF {role: row.role}]->(p) WHERE p.id = row.id AND m.until IS NULL
SET m.until = row.until
"""
LEAD_TO = """
UNWIND $rows AS row
MATCH (:Worker {id: row.worker_id})-[m:LEADS]->(p) WHERE p.id = row.id AND m.until IS NULL
SET m.until = row.until
"""


def save_members(tx: Transaction, id: str, before: Members, after: Members, leading: str = LEAD) -> None:
    """What ended gets its end, what began is written; the past is never touched."""
    if ended := [properties(one) | {"id": id} for one in ended_in(before, after)]:
        tx.run(END, rows=ended)
    if led := [row for row in ended if row["role"] == leading]:
        tx.run(LEAD_TO, rows=led)
    begin_memberships(tx, [(id, begun_in(before, after))], leading)


def sorted_members(rows: Iterable[dict[str, Any]], leading: str = LEAD) -> list[dict[str, Any]]:
    """As the store gives them: whoever leads first, then by the day they came."""
    return sorted(rows, key=lambda one: (one["role"] != leading, str(one["since"] or ""), one["name"] or ""))
