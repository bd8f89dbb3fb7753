"""A saved view: a name, a note and an address of the network. Whoever opens it sees it with their own eyes."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.entity import linked
from marketplace.kernel.labels import Label, label
from marketplace.kernel.parties import Named
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step, Tells, Workflow

LONGEST_TITLE, LONGEST_NOTE, LONGEST_ADDRESS = 80, 500, 4_000
MOST_VIEWS = 200
"""Of one account."""
ADDRESS = re.compile(r"/network(/[\w-]+)*/?(\?[^\s#\\]*)?", re.ASCII)
"""A page of the network on this very site: no other host, no other room."""


class Status(StrEnum):
    KEPT = "kept"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewText:
    title: str
    note: str = ""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView(SavedViewText):
    """`shared` are the accounts that may open it; a deleted one is its owner's alone, who may bring it back."""

    KIND: ClassVar[str] = "view"
    READ: ClassVar[Permission] = Permission.VIEW_READ

    id: str
    version: int = 1
    status: Status = Status.KEPT
    created_at: datetime
    updated_at: datetime
    owner_id: str = linked(default="")
    owner_name: str = linked(default="")
    shared: tuple[Named, ...] = linked(default=())

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def invited(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.shared)

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.owner_id, *(self.invited if self.status is Status.KEPT else ()))


P = Permission
_KEPT = frozenset({Status.KEPT})
WORKFLOW = Workflow(
    Step("share", _KEPT, Status.KEPT, P.VIEW_SHARE, label("Share the view"), label("A view was shared with you"), tells=Tells.INVITED),
    Step("unshare", _KEPT, Status.KEPT, P.VIEW_EDIT, label("Share no longer"), label("Not shared any more")),
    Step("delete", _KEPT, Status.DELETED, P.VIEW_EDIT, label("Delete"), label("Deleted")),
    Step("restore", frozenset({Status.DELETED}), Status.KEPT, P.VIEW_EDIT, label("Bring back"), label("Brought back")),
)  # fmt: skip
is_owner = rules.Holds(lambda view: (f"account:{view.owner_id}",))
POLICY = rules.Policy({
    P.VIEW_READ: rules.is_account,
    P.VIEW_CREATE: rules.signed_in,
    P.VIEW_EDIT: is_owner,
    P.VIEW_SHARE: is_owner & rules.officer,
})  # fmt: skip


def faults_of(text: SavedViewText) -> dict[str, Label]:
    """At the field."""
    faults: dict[str, Label] = {}
    if not text.title.strip():
        faults["title"] = label("Fill this in.")
    if len(text.address) > LONGEST_ADDRESS:
        faults["address"] = label("Too much is chosen in this picture to be saved as one view; take some of it away.")
    elif not ADDRESS.fullmatch(text.address):
        faults["address"] = label("Only pages of the talent network can be saved as a view.")
    return faults
