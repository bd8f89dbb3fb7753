"""What the index answers. Highlights are spans, not markup, so that templates escape everything alike."""

from collections.abc import Mapping
from dataclasses import dataclass

Marks = tuple[tuple[str, bool], ...]  # (text, whether it was searched for), joined they are the text
Terms = Mapping[str, Mapping[str, float]]  # what `Index.rank` is asked for: field → token → weight
MOST_VALUES = 200  # of one facet; the page shows ten and "more"


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity found, through the face `key`; `words` are those of the query that it holds, the weightiest first."""

    id: str
    kind: str
    key: str
    score: float
    title_marks: Marks = ()
    snippet: Marks = ()
    words: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title without marks."""
        return "".join(text for text, _ in self.title_marks)


@dataclass(frozen=True, slots=True)
class Facet:
    """How many entities each value would leave, the most first."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One title that goes on from what was typed."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and the words that were understood."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    words: tuple[str, ...] = ()
