"""A saved search: what somebody looks for, under a name, and how soon they want to hear of what is new for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.notices import Delivery
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Workflow
from search.document import FACETS

LONGEST_TITLE, LONGEST_WORDS, MOST_FILTERS = 80, 200, 50
ALERT_LABELS: dict[str, Label] = {
    Delivery.AT_ONCE: label("At once"), Delivery.DAILY: label("At most once a day"), Delivery.WEEKLY: label("At most once a week"),
    Delivery.NONE: label("Not at all; I look myself"),
}  # fmt: skip


class Alerts(StrEnum):
    """Which of the ways of telling a search may have."""

    AT_ONCE = Delivery.AT_ONCE
    DAILY = Delivery.DAILY
    WEEKLY = Delivery.WEEKLY
    NONE = Delivery.NONE


class Status(StrEnum):
    KEPT = "kept"
    MUTED = "muted"
    DELETED = "deleted"


STATUS_LABELS: dict[str, Label] = {Status.KEPT: label("Looks out"), Status.MUTED: label("Muted"), Status.DELETED: label("Deleted")}
STANDING = frozenset({Status.KEPT, Status.MUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearchText:
    """`filters` as `name=value`, in the order of the search page."""

    title: str
    words: str = ""
    filters: tuple[str, ...] = ()
    alerts: Alerts = Alerts.AT_ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch(SavedSearchText):
    """`since`: what was public before these words were said is nothing new. `seen_at`: its owner's last look."""

    KIND: ClassVar[str] = "saved-search"
    READ: ClassVar[Permission] = Permission.SAVED_SEARCH_READ

    id: str
    version: int = 1
    status: Status = Status.KEPT
    since: datetime
    seen_at: datetime
    created_at: datetime
    updated_at: datetime
    owner_id: str = linked(default="")

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.owner_id,)

    @property
    def is_muted(self) -> bool:
        return self.status is Status.MUTED

    @property
    def is_deleted(self) -> bool:
        return self.status is Status.DELETED

    @property
    def tells(self) -> bool:
        return self.status is Status.KEPT and self.alerts is not Alerts.NONE

    @property
    def by_facet(self) -> dict[str, tuple[str, ...]]:
        return by_facet(self.filters)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that became public and that a saved search stands for: once for each search and thing, whatever becomes of it."""

    id: str
    search_id: str
    account_id: str
    kind: str
    entity_id: str
    words: tuple[str, ...]
    filters: tuple[str, ...]
    created_at: datetime
    notice_id: str = ""

    @property
    def ref(self) -> tuple[str, str]:
        return self.kind, self.entity_id


def finding_id(search_id: str, entity_id: str) -> str:
    return hashlib.sha256(f"{search_id}:{entity_id}".encode()).hexdigest()[:26]


def by_facet(filters: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`name=value` by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, _, value in (one.partition("=") for one in filters):
        found[name] = (*found.get(name, ()), value)
    return found


def filters_of(chosen: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The other way round."""
    return tuple(f"{name}={value}" for name, values in chosen.items() for value in values)


P = Permission
WORKFLOW = Workflow(
    Step("mute", frozenset({Status.KEPT}), Status.MUTED, P.SAVED_SEARCH_EDIT, label("Mute"), label("Muted")),
    Step("unmute", frozenset({Status.MUTED}), Status.KEPT, P.SAVED_SEARCH_EDIT, label("Tell me again"), label("You are told again")),
    Step("delete", STANDING, Status.DELETED, P.SAVED_SEARCH_EDIT, label("Delete"), label("Deleted")),
    Step("restore", frozenset({Status.DELETED}), Status.KEPT, P.SAVED_SEARCH_EDIT, label("Bring back"), label("Brought back")),
)  # fmt: skip
POLICY = rules.Policy({
    P.SAVED_SEARCH_READ: rules.is_account,
    P.SAVED_SEARCH_EDIT: rules.is_account,
})  # fmt: skip


def faults_of(text: SavedSearchText) -> dict[str, Label]:
    """At the field."""
    faults: dict[str, Label] = {}
    if not text.title.strip():
        faults["title"] = label("Fill this in.")
    if not text.words.strip() and not text.filters:
        faults["words"] = label("Write some words, or choose a filter on the search page first: without any, everything would be new.")
    if set(by_facet(text.filters)) - set(FACETS) or len(text.filters) > MOST_FILTERS:
        faults["filters"] = label("The search page has no such filter.")
    return faults
