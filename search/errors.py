"""What can go wrong with an index; the site answers with its search-is-down page and goes on."""


class SearchUnavailable(RuntimeError):
    """The index can't be reached or opened; reading and writing of the site go on without it."""


class ReadOnlyIndex(SearchUnavailable):
    """Another process writes this index; this one may only read."""


class DocumentRefused(ValueError):
    """The engine can't take this document; no other is the worse for it."""
