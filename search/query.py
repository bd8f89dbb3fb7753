"""What a reader asks of the index. Without tokens in `reader` nothing is found: who forgets to say who reads sees nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from search.document import FACETS
from search.synonyms import NO_SYNONYMS, Synonyms

DEEPEST = 10_000  # hits that can be paged through; nobody reads further, and memory grows with the depth


class Sort(StrEnum):
    """The orders a reader may choose; ties keep the order of the index, so that pages never overlap."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_USED = "most_used"
    ENDING_SOON = "ending_soon"
    MOST_WORKS = "most_works"
    HIGHEST_RANK = "highest_rank"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search: `text` with "phrases" and -words; in one filter any value fits, between filters all must.

    `facets` names what to count; each is counted without its own filter. `without` are ids that must not appear.
    With `ending_from` (seconds) only what ends then or later. An empty `kinds` means all kinds. `reader` are the audience tokens of who asks.
    `synonyms` widen what was typed.
    """

    text: str = ""
    reader: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    highlight: bool = True
    ending_from: int | None = None
    synonyms: Synonyms = NO_SYNONYMS

    def __post_init__(self) -> None:
        """Refuse what no engine could answer (ValueError); the page shows it as a plain 4xx."""
        unknown = (set(self.filters) | set(self.facets)) - set(FACETS)
        if unknown:
            raise ValueError(f"no such facet: {sorted(unknown)[:3]}")
        if self.page < 1 or self.size < 1 or self.page * self.size > DEEPEST:
            raise ValueError(f"page and size must be positive and within {DEEPEST} hits")

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.size

    def everywhere(self) -> "SearchQuery":
        """The same words without filters and counts: how much there is of them at all."""
        return replace(self, filters={}, facets=(), page=1, size=1, highlight=False)
