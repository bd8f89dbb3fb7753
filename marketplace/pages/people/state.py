"""The address of the finder as a query and back. Whatever a stranger writes there is bounded or refused."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import Label, label
from marketplace.kernel.paging import MOST_PAGES
from marketplace.kernel.skill_levels import Level, rank_of
from marketplace.web.forms import one_line
from search.query import SearchQuery, Sort
from search.synonyms import Synonyms

PAGE_SIZE = 20
LONGEST = 200
MOST_VALUES = 50
SKILL = "skill"
FACETS = (SKILL, "level", "occupation", "area", "field", "availability")
SORT_LABELS: dict[Sort, Label] = {
    Sort.RELEVANCE: label("Best match"), Sort.HIGHEST_RANK: label("Highest level"), Sort.MOST_WORKS: label("Most works"),
    Sort.NEWEST: label("Newest"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleState:
    """`at_least`: the level at which the chosen skills are to be held."""

    text: str
    filters: dict[str, tuple[str, ...]]
    at_least: Level | None
    sort: Sort
    page: int

    @property
    def skill_facet(self) -> str:
        """The index keeps the skills held at each rank or above, so that people are counted exactly."""
        return f"{SKILL}_{rank_of(self.at_least)}" if self.at_least else SKILL

    def indexed(self, name: str) -> str:
        return self.skill_facet if name == SKILL else name

    def query(self, reader: tuple[str, ...], withheld: frozenset[str], synonyms: Synonyms) -> SearchQuery:
        filters = {self.indexed(name): values for name, values in self.filters.items()}
        return SearchQuery(
            text=self.text, reader=reader, filters=filters, facets=tuple(self.indexed(name) for name in FACETS), without=withheld,
            kinds=("worker",), sort=self.sort, page=self.page, size=PAGE_SIZE, synonyms=synonyms,
        )  # fmt: skip


def state_of(args: "MultiDict[str, str]") -> PeopleState:
    """Raises Problem (400) for what no link of ours has."""
    filters = {name: values for name in FACETS if (values := tuple(dict.fromkeys(one for one in args.getlist(name) if one)))}
    if sum(len(values) for values in filters.values()) > MOST_VALUES or any(len(one) > 100 for values in filters.values() for one in values):
        raise Problem(label("That are too many filters at once; take some away."))
    return PeopleState(one_line(args.get("q"))[:LONGEST], filters, _level(args.get("at_least", "")), _sort(args.get("sort", "")), page_of(args))


def _level(name: str) -> Level | None:
    if name and name not in set(Level):
        raise Problem(label("There is no such level."))
    return Level(name) if name else None


def _sort(name: str) -> Sort:
    if name and name not in set(SORT_LABELS):
        raise Problem(label("There is no such order."))
    return Sort(name) if name else Sort.RELEVANCE


def page_of(args: "MultiDict[str, str]") -> int:
    """Raises Problem (400)."""
    number = args.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= MOST_PAGES:
        raise Problem(label("There is no such page; narrow the search instead."))
    return int(number)
