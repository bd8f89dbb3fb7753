"""A match: what was found, the points it is made of, and the path that speaks for it."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.cards import Card
from marketplace.kernel.labels import Label, label
from search.results import Marks


class PartName(StrEnum):
    """In the order in which they are shown."""

    TEXT = "text"
    SKILLS = "skills"
    EVIDENCE = "evidence"
    FIELD = "field"
    ANSWERS = "answers"


PART_LABELS: dict[PartName, Label] = {
    PartName.TEXT: label("Text"), PartName.SKILLS: label("Skills"), PartName.EVIDENCE: label("Evidence in the network"),
    PartName.FIELD: label("Field and maturity"), PartName.ANSWERS: label("Answers"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """`points` of at most `most`."""

    name: PartName
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Named:
    kind: str
    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """`skills` are those of the required ones that they hold."""

    id: str
    name: str
    level: str = ""
    skills: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    studios: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Firm:
    id: str
    name: str
    field: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the network says of one thing that was found, as the reader may see it."""

    id: str
    field: str = ""
    area: str = ""
    maturity: int | None = None
    skills: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    makers: tuple[Named, ...] = ()
    works: tuple[Named, ...] = ()
    adopters: tuple[Firm, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a provider did before: other works in use, enquiries received and answered."""

    id: str
    solved: tuple[str, ...] = ()
    received: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as far as this reader sees it. Without an enterprise nobody is near to it; with an `id` its page is another one."""

    title: str
    words: str
    field: str = ""
    skills: tuple[str, ...] = ()
    enterprise_id: str = ""
    area: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing on the path, and how it hangs on the one before."""

    kind: str
    title: str
    note: str = ""
    relation: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`rank` counts from 1; `words` are those of the question that it holds, the weightiest first.

    `score` is the sum of the parts. `share` is its text score in basis points of the best one's."""

    rank: int
    card: Card
    words: tuple[str, ...]
    title_marks: Marks
    score: int
    share: int
    parts: tuple[Part, ...] = ()
    evidence: Evidence | None = None
    path: tuple[Link, ...] = ()
    skills: tuple[str, ...] = ()
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Adopter:
    """An enterprise that might use a work and does not yet: why it might, as the reader may see it.

    `needs` are its open needs that the work's text is near to; `uses` are other works of the same field that it uses."""

    id: str
    name: str
    field: str = ""
    area: str = ""
    needs: tuple[Named, ...] = ()
    uses: tuple[Named, ...] = ()
    score: int = 0
    parts: tuple[Part, ...] = ()
    path: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise that does not use the work. `posted` are those of the needs that are its own, as far as that may be known."""

    id: str
    name: str
    field: str = ""
    area: str = ""
    posted: tuple[str, ...] = ()
    uses: tuple[Named, ...] = ()
