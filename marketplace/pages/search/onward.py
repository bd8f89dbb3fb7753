"""Nothing found, or hardly anything: why, and which way leads on. Every count is made under the reader's own tokens."""

from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.pages.search.state import SearchState
from marketplace.pages.search.words import value_words
from marketplace.web.identity import current_actor
from marketplace.web.links import page_url
from marketplace.web.site import current_site
from marketplace.web.words import translated
from search.query import SearchQuery

FEW = 3
"""So many results are shown with one line that leads on."""
Step = tuple[str, str, str, str, str]
"""(icon, words, address, note, count), as macros/empty.html wants it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One filter taken away, and what would be found without it."""

    name: str
    words: str
    hits: int

    @property
    def url(self) -> str:
        return page_url(**{self.name: None}, page=None)


@dataclass(frozen=True, slots=True)
class Onward:
    """`narrowest` is the filter that keeps most away; `by_words` how many there are without any filter."""

    narrowest: Way | None
    by_words: int
    reason: str


def onward_of(state: SearchState) -> Onward:
    ways, by_words = counts_without(state)
    helpful = [way for way in ways if way.hits]
    narrowest = max(helpful, key=lambda way: way.hits) if helpful else None
    return Onward(narrowest, by_words, _reason(state, by_words))


def counts_without(state: SearchState) -> tuple[list[Way], int]:
    """What each filter alone keeps away, and what all of them do; the index is asked once for each."""
    site, reader = current_site(), current_actor().reader

    def look(tx: Transaction) -> tuple[list[Way], int]:
        whole = replace(
            state.query(reader, list_withheld(tx), site.clock.now(), site.vocabulary.synonyms()), facets=(), page=1, size=1, highlight=False
        )
        ways = [Way(name, _said(name, values), _total(whole, name)) for name, values in state.filters.items()]
        return ways, site.index.search(replace(whole, filters={}, ending_from=None)).total if state.is_narrowed else 0

    return site.graph.read(look, reader=reader)


def _total(whole: SearchQuery, left_out: str) -> int:
    filters = {name: values for name, values in whole.filters.items() if name != left_out}
    return current_site().index.search(replace(whole, filters=filters)).total


def _said(name: str, values: tuple[str, ...]) -> str:
    return str(_(", ")).join(value_words(name, value) for value in values[:3]) + (" …" if len(values) > 3 else "")


def _reason(state: SearchState, by_words: int) -> str:
    if state.text and state.is_narrowed and by_words:
        return str(
            ngettext(
                "%(num)s result holds these words, but does not fit all the filters.",
                "%(num)s results hold these words, but none fits all the filters.",
                by_words,
            )
        )
    if state.text:
        return translated(label("Nothing that you may see holds all of these words."))
    return translated(label("Nothing that you may see fits all of these filters at once."))


def next_steps(state: SearchState, onward: Onward) -> list[Step]:
    """The narrowest filter first; then all that the words find; then everything."""
    steps: list[Step] = []
    if way := onward.narrowest:
        steps.append(("funnel", without_words(way), way.url, _("The other filters stay."), _counted(way.hits)))
    if state.text and state.is_narrowed and onward.by_words:
        all_of_it = url_for("search.index", q=state.text)
        steps.append(("search", _("All results for “%(words)s”", words=state.text), all_of_it, _("Without any filter."), _counted(onward.by_words)))
    if state.text or state.is_narrowed:
        steps.append(("list", _("Browse everything that is public"), url_for("search.index"), "", ""))
    return steps


def without_words(way: Way) -> str:
    return str(_("Without “%(filter)s”", filter=way.words))


def _counted(hits: int) -> str:
    return str(ngettext("%(num)s result", "%(num)s results", hits))


@dataclass(frozen=True, slots=True)
class Posting:
    """Where the words become a need: for a guest behind the sign-in, for others who may not post nowhere."""

    url: str
    sign_in: bool


def posting_of(state: SearchState) -> Posting | None:
    form, actor = url_for("needs.new", q=state.text or None), current_actor()
    if actor.is_guest:
        return Posting(url_for("accounts.sign_in", next=form), True)
    return Posting(form, False) if actor.can(Permission.NEED_CREATE) else None
