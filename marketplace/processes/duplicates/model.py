"""What speaks for two entries being one person, and how strongly. Evidence is said in words, never by the values that agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from search.pinyin import syllables

Pair = tuple[str, str]
"""Two ids, the smaller first."""


class Evidence(StrEnum):
    IDENTITY = "identity"
    CERTIFICATE = "certificate"
    PHONE = "phone"
    EMPLOYER = "employer"
    BIRTH = "birth"
    OCCUPATION = "occupation"
    NAME_AND_WORKS = "name-and-works"
    SOUND_AND_WORKS = "sound-and-works"


EVIDENCE_LABELS: dict[str, Label] = {
    Evidence.IDENTITY: label("Same identity number"), Evidence.CERTIFICATE: label("Same certificate number"),
    Evidence.PHONE: label("Same mobile phone"), Evidence.EMPLOYER: label("Same name and employer"),
    Evidence.BIRTH: label("Same name and year of birth"), Evidence.OCCUPATION: label("Same name and occupation"),
    Evidence.NAME_AND_WORKS: label("Same name, named together in a work"),
    Evidence.SOUND_AND_WORKS: label("Names that sound alike, named together in a work"),
}  # fmt: skip
WEIGHTS = {
    Evidence.IDENTITY: 10, Evidence.CERTIFICATE: 8, Evidence.PHONE: 5, Evidence.EMPLOYER: 5, Evidence.BIRTH: 3, Evidence.OCCUPATION: 2,
    Evidence.NAME_AND_WORKS: 5, Evidence.SOUND_AND_WORKS: 4,
}  # fmt: skip
"""An order for the officer, not a verdict."""


@dataclass(frozen=True, slots=True)
class Found:
    """One pair and one thing that speaks for it."""

    one: str
    other: str
    evidence: Evidence

    @property
    def pair(self) -> Pair:
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the two, as officers above see it."""

    id: str
    name: str
    number: str = ""
    level: str = ""
    occupation: str = ""
    employer: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    one: Entry
    other: Entry
    evidence: tuple[Evidence, ...] = ()


def sound_alike(one: str, other: str) -> bool:
    """Written differently, spoken the same: 刘洋 and 刘扬."""
    return one != other and syllables(one) == syllables(other)


def ranked(found: Iterable[Found], apart: Iterable[Pair]) -> list[tuple[Pair, tuple[Evidence, ...]]]:
    """The strongest first; pairs that an officer told apart do not come back."""
    known, by_pair = set(apart), dict[Pair, set[Evidence]]()
    for one in found:
        if one.pair not in known:
            by_pair.setdefault(one.pair, set()).add(one.evidence)
    worded = ((pair, tuple(one for one in Evidence if one in said)) for pair, said in by_pair.items())
    return sorted(worded, key=lambda one: (-sum(WEIGHTS[each] for each in one[1]), one[0]))
