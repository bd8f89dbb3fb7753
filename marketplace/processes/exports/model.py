"""The record of an export: what kind of thing, in which form, how much. Never what stood in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.permission import Permission


class Format(StrEnum):
    CSV = "csv"
    GRAPHML = "graphml"
    JSON = "json"
    PNG = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkExport:
    """`what` is the name of a question, or "network"; `by` is an account."""

    KIND: ClassVar[str] = "network-export"
    READ: ClassVar[Permission] = Permission.NETWORK_EXPORT_READ

    id: str
    version: int = 1
    what: str
    format: Format
    nodes: int
    links: int
    by: str
    created_at: datetime
    updated_at: datetime

    @property
    def makers(self) -> tuple[str, ...]:
        return ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.by,)


POLICY = rules.Policy({
    Permission.NETWORK_EXPORT: rules.signed_in,
    Permission.NETWORK_EXPORT_READ: rules.is_account | rules.administrator,
})  # fmt: skip
