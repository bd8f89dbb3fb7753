"""A page of a list, with what a pager needs to know."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_PAGES = 500
"""Deep paging costs the engines memory; nobody reads page 501, they narrow the search."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    total: int
    number: int = 1
    size: int = 20

    @property
    def pages(self) -> int:
        return min(max(1, -(-self.total // self.size)), MOST_PAGES)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0
