"""What can go wrong between the site and its graph, in words that the floors above may catch."""


class GraphError(Exception):
    """Base of everything this floor raises on purpose; `ids` say what it was about."""

    def __init__(self, *ids: object) -> None:
        super().__init__(*ids)
        self.ids: tuple[object, ...] = ids


class NotFound(GraphError):
    """No such thing, or the reader may not see it: the two must look alike."""


class Stale(GraphError):
    """Somebody else was faster: what was read is no longer what is stored."""


class Torn(GraphError, ValueError):
    """What was read fits no shape: it was being written at that moment, or it is broken and stays so."""


class Duplicate(GraphError):
    """A value that must be unique is taken, and trying again did not help."""


class Unavailable(GraphError):
    """The store does not answer, or is too busy; a later try may succeed."""


class Uncertain(Unavailable):
    """The answer to a commit was lost: look the change up by its key, never blindly run it again."""


class StartFailed(GraphError):
    """The embedded server did not start; the message holds the end of its log."""
