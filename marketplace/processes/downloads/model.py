"""The record of an export from the search: who, when, by which filters, how much. Never what was typed or what stood in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.permission import Permission


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """`words` is a keyed digest: the same words can be recognised, but not read. `filters` are names, `by` is an account."""

    KIND: ClassVar[str] = "download"
    READ: ClassVar[Permission] = Permission.SEARCH_EXPORT_READ

    id: str
    version: int = 1
    format: Format
    words: str
    filters: tuple[str, ...]
    sort: str
    rows: int
    by: str
    created_at: datetime
    updated_at: datetime

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.by,)


POLICY = rules.Policy({
    Permission.SEARCH_EXPORT: rules.signed_in,
    Permission.SEARCH_EXPORT_READ: rules.is_account | rules.administrator,
})  # fmt: skip
