"""Large work in small, safe pieces."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(rows: Iterable[T], most: int) -> Iterator[list[T]]:
    """In lists of so many; what is lazy stays so."""
    rest = iter(rows)
    while batch := list(islice(rest, most)):
        yield batch
