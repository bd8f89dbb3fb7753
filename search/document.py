"""What search sees of a thing: one shape for all kinds, so that one index holds them and their scores compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

GUARDED = "#guarded"

FACETS = (
    "kind", "field", "contract_kind", "maturity", "price_band", "area", "provider", "has_patent", "in_use", "year",
    "achievement_kind", "occupation", "skill", "level", "availability", *(f"skill_{rank}" for rank in range(1, 9)),
)  # fmt: skip
"""`skill_3` holds the skills that somebody has at the third rank or above; so each is counted exactly."""


class FieldKind(StrEnum):
    """How a field is written into an index; each engine has one translation of each kind."""

    EXACT = "exact"  # a whole value, as it is
    WORDS = "words"  # tokens joined by spaces, with positions
    NUMBER = "number"  # a whole number to sort and filter by
    SOURCE = "source"  # kept as it is, never searched


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field of the index; a boost of 0 means that free text is not looked for in it."""

    kind: FieldKind
    boost: float = 0.0
    facet: bool = False


TITLE, TITLE_PAIRS, TITLE_CHARS = "title", "title_pairs", "title_chars"
BODY, BODY_PAIRS, BODY_CHARS = "body", "body_pairs", "body_chars"
PINYIN, INITIALS, NUMBERS = "pinyin", "initials", "numbers"
ASKED = "asked"

WITHOUT_POSITIONS = frozenset({TITLE, BODY, ASKED})  # nobody asks for phrases of overlapping words

FIELDS: Mapping[str, Field] = {
    "key": Field(FieldKind.EXACT),
    "id": Field(FieldKind.EXACT),
    "audience": Field(FieldKind.EXACT),
    "shadow": Field(FieldKind.EXACT),
    TITLE: Field(FieldKind.WORDS, boost=3.0),
    TITLE_PAIRS: Field(FieldKind.WORDS, boost=3.0),
    TITLE_CHARS: Field(FieldKind.WORDS, boost=0.6),
    BODY: Field(FieldKind.WORDS, boost=1.0),
    BODY_PAIRS: Field(FieldKind.WORDS, boost=0.5),
    BODY_CHARS: Field(FieldKind.WORDS, boost=0.2),
    PINYIN: Field(FieldKind.WORDS, boost=1.0),
    INITIALS: Field(FieldKind.WORDS, boost=0.5),
    NUMBERS: Field(FieldKind.EXACT, boost=40.0),
    ASKED: Field(FieldKind.WORDS),
    "version": Field(FieldKind.NUMBER),
    "published_at": Field(FieldKind.NUMBER),
    "ending_at": Field(FieldKind.NUMBER),
    "used": Field(FieldKind.NUMBER),
    "works": Field(FieldKind.NUMBER),
    "rank": Field(FieldKind.NUMBER),
    **{name: Field(FieldKind.EXACT, facet=True) for name in FACETS},
    "source": Field(FieldKind.SOURCE),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One face of one entity.

    `key` is "<id>" for the public face and "<id>#guarded" for the guarded one. The guarded face says all that the public
    one says and more: whoever may read it is shown it instead, so that an entity is found and counted once.
    `facets` holds declared names only; a tree (field) stores the path of each ancestor. Times carry their zone.
    What `asks` for something tells the index how people ask: which words all needs have, and which tell one from another.
    """

    key: str
    id: str
    kind: str
    version: int
    audience: tuple[str, ...]
    title: str
    summary: str = ""
    body: str = ""
    number: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published_at: datetime | None = None
    ending_at: datetime | None = None
    used: int = 0
    asks: bool = False
    works: int = 0
    rank: int = 0

    def __post_init__(self) -> None:
        """A misspelt facet would silently never be found; refuse it where it is made (ValueError)."""
        unknown = set(self.facets) - set(FACETS)
        if unknown or self.key not in (self.id, self.id + GUARDED):
            raise ValueError(f"no such facet or face: {sorted(unknown) or self.key}")

    @property
    def is_guarded(self) -> bool:
        """Whether this is the face that only some may read."""
        return self.key.endswith(GUARDED)
