"""The finder as the template shows it."""

from dataclasses import replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.kernel.skill_levels import LEVEL_LABELS
from marketplace.pages.people.state import SKILL, SORT_LABELS, PeopleState
from marketplace.pages.search.facets import LONG, ShownFacet, rows_of, tree_of
from marketplace.pages.search.state import TREES
from marketplace.pages.search.words import value_words
from marketplace.web.links import page_url
from marketplace.web.words import translated
from search.results import Facet, Results


def facets_of(results: Results, state: PeopleState) -> list[ShownFacet]:
    shown = [_facet(replace(facet, name=SKILL) if facet.name == state.skill_facet else facet, state) for facet in results.facets]
    return [facet for facet in shown if facet.rows]


def _facet(facet: Facet, state: PeopleState) -> ShownFacet:
    """What is chosen stands there even where nobody is left."""
    chosen = state.filters.get(facet.name, ())
    counted = dict(facet.values) | {value: 0 for value in chosen if value not in dict(facet.values)}
    values = sorted(counted.items()) if facet.name == "field" else _in_order(facet.name, counted)
    finds = len(values) > LONG
    rows = rows_of(facet.name, values, chosen, finds=finds)
    is_tree = facet.name in TREES
    return ShownFacet(facet.name, title_of(facet.name), tree_of(rows) if is_tree else rows, is_tree, finds)


def title_of(name: str) -> str:
    titles: dict[str, str] = {
        SKILL: _("Skill"), "level": _("Skill level"), "occupation": _("Occupation"), "area": _("Sub-district"), "field": _("Technology field"),
        "availability": _("Open to"),
    }  # fmt: skip
    return titles[name]


def _in_order(name: str, counted: dict[str, int]) -> list[tuple[str, int]]:
    """Levels from the highest, everything else from the most frequent."""
    if name == "level":
        return sorted(counted.items(), key=lambda one: list(LEVEL_LABELS).index(one[0]) if one[0] in LEVEL_LABELS else -1, reverse=True)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def chips_of(state: PeopleState) -> list[dict[str, str]]:
    chips = [
        {"words": value_words(name, value), "remove_url": page_url(**{name: [one for one in values if one != value] or None}, page=None)}
        for name, values in state.filters.items()
        for value in values
    ]
    if state.at_least:
        words = _("Skills at %(level)s or above", level=translated(LEVEL_LABELS[state.at_least]))
        chips.append({"words": words, "remove_url": page_url(at_least=None, page=None)})
    return chips


def sorts_of(state: PeopleState) -> list[dict[str, Any]]:
    return [
        {"value": sort.value, "words": translated(words), "url": page_url(sort=sort.value, page=None), "chosen": sort is state.sort}
        for sort, words in SORT_LABELS.items()
    ]


def next_steps(state: PeopleState) -> list[tuple[str, str, str, str, str]]:
    """For the empty state: a lower level, without the last filter, or everybody."""
    steps: list[tuple[str, str, str, str, str]] = []
    if state.at_least:
        steps.append(("award", _("The same skills at any level"), page_url(at_least=None, page=None), "", ""))
    for name, values in list(state.filters.items())[-1:]:
        words = _("Without “%(filter)s”", filter=value_words(name, values[-1]))
        steps.append(("funnel", words, page_url(**{name: list(values[:-1]) or None}, page=None), "", ""))
    return [*steps, ("people", _("Everybody whose card is public"), url_for(".index"), "", "")]
