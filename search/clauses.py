"""What is looked for, in a few shapes of our own: each engine translates these, so that both find and rank alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One token of one field."""

    field: str
    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class Value:
    """A whole value of an exact field; worth the same wherever it stands and however rare it is."""

    field: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow one another; at least two."""

    field: str
    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Begun:
    """Tokens that follow one another, the last perhaps unfinished."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misspelt:
    """One token of one field, with at most one letter more, less, other or exchanged with its neighbour."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of these; without any, nothing is found."""

    ways: tuple["Clause", ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Flat:
    """What it finds is worth the same, however rare it is."""

    clause: "Clause"
    weight: float


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the reader may see."""


Leaf = Term | Value | Phrase | Begun | Misspelt
"""What is looked for in one field."""
Clause = Leaf | Some | Flat | Everything


@dataclass(frozen=True, slots=True)
class Question:
    """What must be there, what makes a hit better, what must not be there."""

    must: Clause
    better: tuple[Clause, ...] = ()
    never: tuple[Clause, ...] = ()
