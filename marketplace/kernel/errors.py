"""What may go wrong in a rule, with words a person can act on. The web turns each into a page or a field message, once."""

from collections.abc import Mapping
from typing import Any, ClassVar

from graph.errors import NotFound, Stale, Unavailable
from marketplace.kernel.labels import Label, label

NO_RIGHT = label("Your account has no right to this step. The officers of your unit can say who may do it.")


class Problem(Exception):
    """A rule said no; `message` is a msgid, `values` fill its places."""

    status: ClassVar[int] = 400

    def __init__(self, message: Label, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Forbidden(Problem):
    """Readable, but not theirs to act on: 403. What is not readable is NotFound."""

    status = 403

    def __init__(self, message: Label = NO_RIGHT) -> None:
        super().__init__(message)


class Refused(Problem):
    """The present state does not allow it: 409."""

    status = 409


class Reused(Problem):
    """One form's key with another body: 422. Which of the two was meant nobody knows."""

    status = 422


class Invalid(Problem):
    """Input that a rule refuses: 422, with a message for each field."""

    status = 422

    def __init__(self, fields: Mapping[str, Label], **values: Any) -> None:
        super().__init__(next(iter(fields.values())), **values)
        self.fields = dict(fields)


class AlreadyDone(Exception):
    """The form with this key was carried out before: nothing ran again."""

    def __init__(self, kind: str, entity_id: str) -> None:
        super().__init__(kind, entity_id)
        self.kind = kind
        self.entity_id = entity_id


__all__ = ["AlreadyDone", "Forbidden", "Invalid", "NotFound", "Problem", "Refused", "Reused", "Stale", "Unavailable"]
