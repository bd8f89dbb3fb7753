"""A postbox is an account's own: where its mail goes, and what of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.notices import ALWAYS, OPEN, Delivery, Topic, choices_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Workflow

AGAIN = timedelta(minutes=5)
"""Between two letters to an address that was not confirmed: nobody's post is filled by a stranger."""
CONFIRM = "confirm"
"""The letter that asks whether the address is theirs."""
WAY_LABELS: dict[str, Label] = {
    Delivery.SITE: label("On the site"), Delivery.AT_ONCE: label("Also by mail, at once"), Delivery.DAILY: label("Also in a daily digest"),
    Delivery.WEEKLY: label("Also in a weekly digest"), Delivery.NONE: label("Not at all"),
}  # fmt: skip
TOPIC_HELP: dict[Topic, Label] = {
    Topic.WORK: label("Reviewed, returned, published, matched, a share to confirm."),
    Topic.DUTIES: label("For officers: what was handed in and waits."),
    Topic.QUESTIONS: label("Somebody asks about what you publish, or answers you."),
    Topic.ANNOUNCEMENTS: label("What your union writes to all at your unit."),
    Topic.SEARCHES: label("What is new for a search you saved. Each search says how soon."),
    Topic.SECURITY: label("Sign-ins, roles, passwords. It can't be switched off."),
}  # fmt: skip


class Status(StrEnum):
    EMPTY = "empty"
    UNCONFIRMED = "unconfirmed"
    OPEN = OPEN
    ASIDE = "aside"


STATUS_LABELS: dict[str, Label] = {
    Status.EMPTY: label("no address"), Status.UNCONFIRMED: label("waits for you to confirm it"), Status.OPEN: label("confirmed"),
    Status.ASIDE: label("takes no mail: three letters came back"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbox:
    """`id` is the account's. `email` is personal and has its own way into the store (kernel/emails.py)."""

    KIND: ClassVar[str] = "postbox"
    READ: ClassVar[Permission] = Permission.POSTBOX_READ

    id: str
    version: int = 1
    status: Status = Status.EMPTY
    email: str = linked(default="")
    choices: tuple[str, ...] = ()
    language: str = "zh"
    letter: str = ""
    tries: int = 0
    problem: str = ""
    confirmed_at: datetime | None = None
    asked_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.id,)

    @property
    def is_aside(self) -> bool:
        return self.status is Status.ASIDE

    @property
    def by_topic(self) -> dict[Topic, Delivery]:
        return choices_of(self.choices)


def stored_choices(by_topic: Mapping[Topic, Delivery]) -> tuple[str, ...]:
    return tuple(f"{topic}={way}" for topic, way in by_topic.items())


def ways_of(topic: Topic) -> dict[str, Label]:
    """What may be chosen for it."""
    return {way: words for way, words in WAY_LABELS.items() if way != Delivery.NONE or topic not in ALWAYS}


@dataclass(frozen=True, slots=True)
class Aside:
    """An address that takes nothing, as an administrator sees it: whose, not which."""

    account_id: str
    name: str
    version: int
    tries: int
    problem: str
    updated_at: datetime


P = Permission
_ANY = frozenset(Status)
WORKFLOW = Workflow(
    Step("write_address", _ANY, Status.UNCONFIRMED, P.POSTBOX_EDIT, label("Save the address"), label("A letter is on its way")),
    Step("confirm", frozenset({Status.UNCONFIRMED, Status.OPEN}), Status.OPEN, P.POSTBOX_EDIT, label("Confirm"), label("The address is confirmed")),
    Step("remove_address", _ANY - {Status.EMPTY}, Status.EMPTY, P.POSTBOX_EDIT, label("Remove the address"), label("The address is removed")),
    Step("put_aside", frozenset({Status.OPEN, Status.UNCONFIRMED}), Status.ASIDE, P.ADMINISTER, label("Set aside"), label("Set aside")),
    Step("try_again", frozenset({Status.ASIDE}), Status.OPEN, P.ADMINISTER, label("Try again"), label("Tried again")),
    Step("ask_again", frozenset({Status.ASIDE}), Status.UNCONFIRMED, P.ADMINISTER, label("Try again"), label("Tried again")),
)  # fmt: skip
POLICY = rules.Policy({
    P.POSTBOX_READ: rules.is_account,
    P.POSTBOX_EDIT: rules.is_account,
})  # fmt: skip
