"""Every room has the same pieces, and only those it needs."""

from collections.abc import Iterable

PIECES = frozenset({"__init__.py", "model.py", "repository.py", "service.py", "forms.py", "views.py", "document.py", "scoring.py", "weights.py"})
"""The last two are for what is computed: the rules, and in one place the figures they go by."""


def odd_pieces(names: Iterable[str]) -> list[str]:
    """What a room must not contain: anything that another room would not be expected to have."""
    return sorted(name for name in names if name not in PIECES and name != "__pycache__")
