"""The facets as the template shows them: counted values in the order in which people look for them, a tree as a tree."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from marketplace.kernel.money import BAND_LABELS
from marketplace.pages.search.state import TREES, SearchState
from marketplace.pages.search.words import TITLES, value_words
from marketplace.web.taxonomies import taxonomies
from marketplace.web.words import locale_code, translated
from search.analysis import fold
from search.pinyin import initials, syllables
from search.results import Facet, Results

FIND_IN = frozenset({"area", "field", "provider"})
"""Long ones, with a box to find a value in."""
LONG = 8
MOST_SHOWN = 60
"""Values of one facet on a page: the most frequent, and whatever is chosen."""
BANDS = tuple(BAND_LABELS)
Counted = tuple[str, int]


def _scale(one: Counted) -> tuple[str, int]:
    """TRL 9 before TRL 8, products before processes."""
    level = one[0][3:]
    return "" if one[0].startswith("TRL") else one[0][:3], -int(level[:9]) if level.isascii() and level.isdigit() else 0


ORDERS: dict[str, Callable[[Counted], Any]] = {
    "maturity": _scale,
    "price_band": lambda one: BANDS.index(one[0]) if one[0] in BANDS else len(BANDS),
    "year": lambda one: -int(one[0][:9]) if one[0].isascii() and one[0].isdigit() else 0,
}
"""All others: what is chosen first, then the most frequent."""


class FacetRow(NamedTuple):
    """A hundred of these stand on a page: the template takes them apart at once. `spelled` is how the words sound."""

    value: str
    words: str
    hits: int
    chosen: bool
    spelled: str


class Branch(NamedTuple):
    """A value of a tree with what stands below it; `open` where something in it is chosen."""

    row: FacetRow
    below: tuple["Branch", ...]
    open: bool


class ShownFacet(NamedTuple):
    """Rows, or branches of a `tree`; `find` has a box to find a value in, of `more` only the most frequent stand there."""

    name: str
    title: str
    rows: tuple[FacetRow, ...] | tuple[Branch, ...]
    tree: bool
    find: bool
    more: bool = False


def facets_of(results: Results, state: SearchState) -> list[ShownFacet]:
    """Put into words once for the same counts: whoever searches for what others search for waits for the index alone."""
    language, known = locale_code(), taxonomies().read_at
    shown = (_facet(facet, state.filters.get(facet.name, ()), language, known) for facet in results.facets)
    return [facet for facet in shown if facet.rows]


@lru_cache(maxsize=1_024)
def _facet(facet: Facet, chosen: tuple[str, ...], _language: str, _known: float) -> ShownFacet:
    counted = _shown(facet, chosen)
    finds = facet.name in FIND_IN and len(counted) > LONG
    rows = rows_of(facet.name, counted, chosen, finds=finds)
    is_tree = facet.name in TREES
    return ShownFacet(facet.name, translated(TITLES[facet.name]), tree_of(rows) if is_tree else rows, is_tree, finds, len(facet.values) > MOST_SHOWN)


def rows_of(name: str, counted: Iterable[Counted], chosen: tuple[str, ...], *, finds: bool) -> tuple[FacetRow, ...]:
    """Counted values in words; with how they sound where they can be looked for."""
    return tuple(
        FacetRow(value, words, hits, value in chosen, spelled(words) if finds else "") for value, hits in counted for words in (_words(name, value),)
    )


def _shown(facet: Facet, chosen: tuple[str, ...]) -> list[Counted]:
    """What is chosen is shown even where it counts nothing, so that it can be taken away."""
    kept = dict(facet.values[:MOST_SHOWN] if facet.name not in TREES else facet.values)
    every = dict(facet.values)
    kept |= {value: every.get(value, 0) for value in chosen}
    return sorted(kept.items(), key=ORDERS.get(facet.name, lambda one: (one[0] not in chosen, -one[1])))


def _words(name: str, value: str) -> str:
    return value_words(name, value).rpartition(" › ")[2]


@lru_cache(maxsize=4_096)
def spelled(words: str) -> str:
    """By syllables and by their first letters: jiuxianqiao jxq."""
    folded = fold(words)
    return f"{''.join(syllables(folded))} {''.join(initials(folded))}"


def tree_of(rows: Iterable[FacetRow]) -> tuple[Branch, ...]:
    """Codes have two digits a level; what stands below another is counted within it."""
    every = {row.value: row for row in rows}
    below: dict[str, list[FacetRow]] = {}
    for row in every.values():
        above = next((row.value[:end] for end in range(len(row.value) - 2, 1, -2) if row.value[:end] in every), "")
        below.setdefault(above, []).append(row)

    def branch(row: FacetRow) -> Branch:
        branches = tuple(branch(one) for one in below.get(row.value, ()))
        return Branch(row, branches, any(one.row.chosen or one.open for one in branches) or (row.chosen and bool(branches)))

    return tuple(branch(row) for row in below.get("", ()))
