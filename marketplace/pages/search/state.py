"""The address as a query and back. Whatever a stranger writes there is bounded or refused."""

from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import Label, label
from marketplace.kernel.paging import MOST_PAGES
from marketplace.web.forms import one_line
from search.query import SearchQuery, Sort
from search.synonyms import Synonyms

PAGE_SIZE = 20
MOST_ROWS = 5_000
"""Of an export."""
LONGEST = 200
MOST_VALUES = 50
"""Values chosen in all facets together; more comes from no person."""
SHOWN = (
    "kind", "field", "contract_kind", "achievement_kind", "maturity", "price_band", "area", "provider", "has_patent", "in_use", "level", "year",
)  # fmt: skip
TREES = frozenset({"field"})
SORT_LABELS: dict[Sort, Label] = {
    Sort.RELEVANCE: label("Best match"), Sort.NEWEST: label("Newest"), Sort.MOST_USED: label("Most used"), Sort.ENDING_SOON: label("Ending soon"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchState:
    text: str
    filters: dict[str, tuple[str, ...]]
    sort: Sort
    page: int

    @property
    def is_narrowed(self) -> bool:
        """By more than words: the order by what ends leaves out, too."""
        return bool(self.filters) or self.sort is Sort.ENDING_SOON

    def query(self, reader: tuple[str, ...], withheld: frozenset[str], now: datetime, synonyms: Synonyms) -> SearchQuery:
        """What has ended, or never ends, does not end soon: that order leaves it out."""
        ending_from = int(now.timestamp()) if self.sort is Sort.ENDING_SOON else None
        return SearchQuery(
            text=self.text, reader=reader, filters=self.filters, facets=SHOWN, without=withheld, sort=self.sort, page=self.page, size=PAGE_SIZE,
            ending_from=ending_from, synonyms=synonyms,
        )  # fmt: skip


def state_of(args: "MultiDict[str, str]") -> SearchState:
    """Raises Problem (400) for a page, an order or a number of filters that no link of ours has."""
    filters = {name: values for name in SHOWN if (values := _values(name, args.getlist(name)))}
    if sum(len(values) for values in filters.values()) > MOST_VALUES or any(len(one) > 100 for values in filters.values() for one in values):
        raise Problem(label("That are too many filters at once; take some away."))
    return SearchState(one_line(args.get("q"))[:LONGEST], filters, _sort(args.get("sort", "")), _page(args.get("page", "1")))


def _values(name: str, said: list[str]) -> tuple[str, ...]:
    """In a tree what is below says more exactly what is meant: a field goes where one below it is chosen, too."""
    values = tuple(dict.fromkeys(one for one in said if one))
    if name not in TREES or len(values) > MOST_VALUES:
        return values
    return tuple(one for one in values if not any(other != one and other.startswith(one) for other in values))


def _sort(name: str) -> Sort:
    try:
        return Sort(name) if name else Sort.RELEVANCE
    except ValueError:
        raise Problem(label("There is no such order.")) from None


def _page(number: str) -> int:
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= MOST_PAGES:
        raise Problem(label("There is no such page; narrow the search instead."))
    return int(number)
