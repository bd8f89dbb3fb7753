"""All saved searches, understood and laid out for looking up, in the memory of whoever leads; the graph says what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from graph.connection import Transaction
from marketplace.domains.saved_searches.model import STANDING, SavedSearch
from marketplace.domains.saved_searches.repository import list_changed_since
from search.document import Document
from search.standing import Book, Laid, Waiting, lay_open, waiting
from search.synonyms import NO_SYNONYMS, Synonyms

OVERLAP = timedelta(minutes=1)
"""A change is dated before it is committed: so much earlier each look begins again."""
EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class SearchBook:
    kept: dict[str, SavedSearch] = field(default_factory=dict)
    candidates: int = 0
    """How many searches were tried against documents, of all that are kept: for whoever measures."""
    _book: Book = field(default_factory=Book)
    _table: Synonyms = NO_SYNONYMS
    _seen: datetime = EVER

    @property
    def understood(self) -> Mapping[str, Waiting]:
        """By the search's id."""
        return self._book.searches

    def renew(self, tx: Transaction, table: Synonyms) -> None:
        """With another table of synonyms every search means something else."""
        changed = list_changed_since(tx, self._seen - OVERLAP)
        for search in changed:
            if self.kept.get(search.id) != search:
                self._take(search)
        self._seen = max((search.updated_at for search in changed), default=self._seen)
        if table is not self._table:
            self._table, self._book = table, Book()
            for search in self.kept.values():
                self._understand(search)

    def _take(self, search: SavedSearch) -> None:
        before = self.kept.pop(search.id, None)
        if search.status not in STANDING:
            self._book.drop(search.id)
            return
        self.kept[search.id] = search
        if before is None or (before.words, before.filters) != (search.words, search.filters):
            self._understand(search)

    def _understand(self, search: SavedSearch) -> None:
        self._book.put(search.id, waiting(search.words, search.by_facet, self._table))

    def found_by(self, document: Document) -> list[tuple[SavedSearch, Waiting]]:
        """Of what became public since the search was saved."""
        if document.published_at is None or not self.kept:
            return []
        laid: Laid = lay_open(document)
        tried = self._book.candidates(laid)
        self.candidates += len(tried)
        fresh = (id for id in sorted(tried) if self.kept[id].since < document.published_at)
        return [(self.kept[id], one) for id in fresh if (one := self._book.searches[id]).finds(laid)]
