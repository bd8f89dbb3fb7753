"""Figures over people: small cells are withheld, and so many more that none follows from a total (DOMAIN, who sees what)."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

LEAST = 5
"""A cell of fewer people is not told (ASSURANCE, personal data)."""
ALONE = 2
"""So few withheld cells that one of them would follow from the total."""


def kept_back(cells: Mapping[K, int], also: Collection[K] = ()) -> frozenset[K]:
    """The cells that must not be told beside their total: those below `LEAST`, nought included, and `also`; then the smallest others
    until at least two are withheld and together hold nobody or at least `LEAST` people."""
    order = sorted(cells, key=lambda key: (cells[key], str(key)))
    withheld = [key for key in order if cells[key] < LEAST or key in also]
    for key in (key for key in order if cells[key] >= LEAST and key not in also):
        if not withheld or not _follows(cells, withheld):
            break
        withheld.append(key)
    return frozenset(withheld)


def _follows(cells: Mapping[K, int], withheld: list[K]) -> bool:
    together = sum(cells[key] for key in withheld)
    return len(withheld) < ALONE or 0 < together < LEAST


def told(cells: Mapping[K, int], also: Collection[K] = ()) -> dict[K, int | None]:
    """None stands for a cell that is withheld."""
    withheld = kept_back(cells, also)
    return {key: None if key in withheld else count for key, count in cells.items()}


def told_total(count: int) -> int | None:
    return count if count == 0 or count >= LEAST else None


def told_part(part: int, whole: int) -> int | None:
    """Some of `whole`: withheld where it, or what is left of the whole, is a small cell; nobody and everybody are told of a large whole."""
    rest = whole - part
    if whole < LEAST or 0 < part < LEAST or 0 < rest < LEAST:
        return None
    return part
