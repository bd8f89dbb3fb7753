"""Searches that found little are counted, words only, once their reader has the answer."""

from marketplace.domains.missed.model import FEW, words_to_count
from marketplace.domains.missed.service import count_miss
from marketplace.pages.search.state import SearchState
from marketplace.web.identity import note_after_answer
from marketplace.web.site import current_site


def note_missed(state: SearchState, total: int) -> None:
    """A search that was narrowed, or a further page, says nothing of its words. Neither time nor failure of the count is the reader's."""
    words = "" if total > FEW or state.filters or state.page > 1 else words_to_count(state.text)
    if not words:
        return
    site = current_site()
    now = site.clock.now()
    note_after_answer(site.graph, lambda tx: count_miss(tx, words, total, now))
