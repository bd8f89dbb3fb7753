"""Where the story is played: every change goes through the services, at its own day in the past."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Concatenate, ParamSpec, TypeVar

from marketplace.domains.accounts.model import Role
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.accounts.service import create_account, grant_role
from marketplace.domains.organisations.repository import find_organisation_id
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.web.site import Site

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]
DATA = files("marketplace.demo") / "data"
NOBODY = "!"
"""No hash begins so: nobody signs in with such an account."""
MORNING = time(1, 30, tzinfo=UTC)


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def day_of(text: str | None) -> date | None:
    """'2024-05' and '2024-05-17'; nothing for nothing."""
    return date.fromisoformat(f"{text}-01" if len(text) == 7 else text) if text else None


@dataclass(slots=True)
class Stage:
    """`ids` finds what was made by its reference in the data: 'enterprise:woling' → its id."""

    site: Site
    told: Callable[[str], None]
    ids: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    seconds: int = 0

    def at(self, day: str | date | None) -> datetime:
        """A moment of that day, each later than the one before; today where the data name no day."""
        on = day_of(day) if isinstance(day, str) else day
        self.seconds = (self.seconds + 7) % 20_000
        moment = datetime.combine(on, MORNING) if on else self.site.clock.now() - timedelta(days=1)
        return min(moment + timedelta(seconds=self.seconds), self.site.clock.now())

    def play(self, day: str | date | None, actor: Actor, work: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return change(self.site.graph, actor, self.at(day), lambda uow: work(uow, *args, **kwargs), patience=15)

    def unit(self, ref: str) -> str:
        """The id of a unit of the tree."""
        key = f"unit:{ref}"
        if key not in self.ids:
            found = self.site.graph.read(lambda tx: find_organisation_id(tx, f"tree:{ref}"), reader=SYSTEM_ACTOR.reader)
            self.ids[key] = found or ""
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
            self.actors[login] = self.site.graph.read(lambda tx: actor_of_account(tx, self.ids[key]), reader=SYSTEM_ACTOR.reader)
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
