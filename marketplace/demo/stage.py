"""Where the story is played: every change goes through the services, at its own day in the past."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any, Concatenate, ParamSpec, TypeVar

from marketplace.demo.present import as_of, waiting_since
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.accounts.service import create_account
from marketplace.domains.organisations.repository import find_organisation_id
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.kernel.workdays import local_day
from marketplace.web.site import Site

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]
DATA = files("marketplace.demo") / "data"
NOBODY = "!"
"""No hash begins so: nobody signs in with such an account."""
MORNING = time(1, 30, tzinfo=UTC)
AT_ONCE = 20
"""Stories told in one transaction."""


@cache
def rows_of(name: str) -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip())


def waiting(name: str) -> list[Row]:
    return [row for row in rows_of(name) if row["status"] == "submitted"]


def day_of(text: str | None) -> date | None:
    """'2024-05' and '2024-05-17'; nothing for nothing."""
    return date.fromisoformat(f"{text}-01" if len(text) == 7 else text) if text else None


@dataclass(slots=True)
class Stage:
    """`ids` finds what was made by its reference in the data: 'enterprise:woling' → its id."""

    site: Site
    uow: UnitOfWork = field(init=False)
    ids: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    seconds: int = 0

    @property
    def today(self) -> date:
        return local_day(self.site.clock.now())

    def day(self, text: str | None) -> date | None:
        """A day of the data, as of today."""
        found = day_of(text)
        return as_of(self.today, found) if found else None

    def sent_on(self, name: str, row: Row, day: str) -> str | date:
        """When it was handed to review: what still waits was sent lately."""
        if row["status"] != "submitted":
            return day
        return waiting_since(self.today, waiting(name).index(row))

    def at(self, day: str | date | None) -> datetime:
        """A moment of that day, each later than the one before; today where the data name no day."""
        on = self.day(day) if isinstance(day, str) else day
        self.seconds = (self.seconds + 7) % 20_000
        moment = datetime.combine(on, MORNING) if on else self.site.clock.now() - timedelta(days=1)
        return min(moment + timedelta(seconds=self.seconds), self.site.clock.now())

    def each(self, rows: Sequence[Row], play: "Callable[[Stage, Row], None]") -> None:
        """So many stories in one transaction that its commit weighs little, so few that it stays small."""
        for start in range(0, len(rows), AT_ONCE):
            self.together(partial(self._one_by_one, rows[start : start + AT_ONCE], play))

    def _one_by_one(self, rows: Sequence[Row], play: "Callable[[Stage, Row], None]") -> None:
        for row in rows:
            play(self, row)

    def together(self, story: Callable[[], None]) -> None:
        """Every verb of the story in one transaction. A repeated attempt begins with what was known before it."""
        ids, actors, seconds = self.ids, self.actors, self.seconds

        def attempt(uow: UnitOfWork) -> None:
            self.uow, self.ids, self.actors, self.seconds = uow, dict(ids), dict(actors), seconds
            story()

        change(self.site.graph, SYSTEM_ACTOR, self.site.clock.now(), attempt, patience=15)

    def play(self, day: str | date | None, actor: Actor, work: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """One verb, by that person, on that day."""
        return work(self.uow.turn(actor, self.at(day)), *args, **kwargs)

    def unit(self, ref: str) -> str:
        """The id of a unit of the tree."""
        key = f"unit:{ref}"
        if key not in self.ids:
            self.ids[key] = find_organisation_id(self.uow.tx, f"tree:{ref}") or ""
        return self.ids[key]

    def actor(self, login: str, name: str, worker: str = "", role: Role | None = None, kind: str = "", party: str = "") -> Actor:
        """The account of that sign-in name; made on the first call, with its role. Read again, since memberships come later."""
        key = f"account:{login}"
        if key not in self.ids:
            account = self.play(None, SYSTEM_ACTOR, create_account, login, name, NOBODY, worker)
            self.ids[key] = account.id
            if role is not None:
                self.play(None, SYSTEM_ACTOR, grant_role, account.id, account.version, role, kind, party)
        if login not in self.actors:
            self.actors[login] = actor_of_account(self.uow.tx, self.ids[key], self.uow.now)
        return self.actors[login]

    def officer(self, ref: str) -> Actor:
        """An officer of that unit, who reviews what comes from below it."""
        return self.actor(
            f"officer-{ref}", OFFICERS[sum(map(ord, ref)) % len(OFFICERS)], role=Role.UNION_OFFICER, kind="organisation", party=self.unit(ref)
        )


OFFICERS = ("赵敏", "孙建军", "李楠", "郑晓燕", "何志平", "许文静", "高建民", "董雪", "潘国庆", "蒋丽华")


@cache
def by_ref(name: str) -> dict[str, Row]:
    return {row["ref"]: row for row in rows_of(name)}
