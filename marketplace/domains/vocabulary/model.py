"""A group of words that mean the same, a word that also finds others, or a term that must not be cut."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marketplace.kernel import permissions as rules
from marketplace.kernel.cards import Card
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.personal_numbers import may_be_personal
from marketplace.kernel.workflow import Step, Workflow
from search.analysis import is_han
from search.synonyms import LONGEST_UNCUT, MOST_WAYS, SHORTEST_UNCUT, Group, key_of

LONGEST_WORD, SHORTEST_WORD, LONGEST_NOTE = 40, 2, 300
MOST_WORDS = MOST_WAYS + 1
MOST_GROUPS = 5_000


class Kind(StrEnum):
    SAME = "same"
    ONE_WAY = "one-way"
    TERM = "term"


class Status(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"
    BOTH = "both"


KIND_LABELS: dict[str, Label] = {
    Kind.SAME: label("Words that mean the same"), Kind.ONE_WAY: label("A word that also finds others"), Kind.TERM: label("Terms that stay whole"),
}  # fmt: skip
STATUS_LABELS: dict[Status, Label] = {Status.ACTIVE: label("In use"), Status.RETIRED: label("Retired")}
LANGUAGE_LABELS: dict[Language, Label] = {
    Language.CHINESE: label("Chinese"), Language.ENGLISH: label("English"), Language.BOTH: label("Chinese and English"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymText:
    kind: Kind = Kind.SAME
    words: tuple[str, ...]
    finds: tuple[str, ...] = ()
    note: str = ""

    @property
    def group(self) -> Group:
        """As search uses it."""
        return Group(self.words, {Kind.SAME: self.words, Kind.ONE_WAY: self.finds, Kind.TERM: ()}[self.kind])

    @property
    def title(self) -> str:
        return "、".join(self.words) + (f" → {'、'.join(self.finds)}" if self.finds else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym(SynonymText):
    """`keys` are what is looked up; a word is looked up in one group in use only, so that everybody finds where it stands."""

    KIND: ClassVar[str] = "synonym"
    READ: ClassVar[Permission] = Permission.VOCABULARY_READ

    id: str
    version: int = 1
    status: Status = Status.ACTIVE
    keys: tuple[str, ...] = ()
    language: Language = Language.CHINESE
    created_at: datetime
    updated_at: datetime

    @property
    def is_in_use(self) -> bool:
        return self.status is Status.ACTIVE

    @property
    def makers(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the table does to one search; `come` and `go` are the first titles."""

    word: str
    before: int
    after: int
    come: tuple[Card, ...] = ()
    go: tuple[Card, ...] = ()


P = Permission
WORKFLOW = Workflow(
    Step("retire", frozenset({Status.ACTIVE}), Status.RETIRED, P.VOCABULARY_EDIT, label("Retire"), label("Retired")),
    Step("restore", frozenset({Status.RETIRED}), Status.ACTIVE, P.VOCABULARY_EDIT, label("Use again"), label("In use again")),
)  # fmt: skip
POLICY = rules.Policy({P.VOCABULARY_READ: rules.administrator, P.VOCABULARY_EDIT: rules.administrator})


def keys_of(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(key_of, words)))


def language_of(text: SynonymText) -> Language:
    """By how the words are written."""
    chinese = {any(is_han(char) for char in word) for word in (*text.words, *text.finds)}
    return Language.BOTH if len(chinese) > 1 else Language.CHINESE if chinese == {True} else Language.ENGLISH


def tidy(text: SynonymText) -> SynonymText:
    """Each word once, however it is written; targets only where there is one way."""
    finds = _once(text.finds) if text.kind is Kind.ONE_WAY else ()
    return SynonymText(kind=text.kind, words=_once(text.words), finds=finds, note=text.note)


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({key_of(word): word for word in reversed(words)}.values())[::-1]


def faults_of(text: SynonymText) -> dict[str, Label]:
    """At the field; of a tidy text."""
    faults = {name: fault for name in ("words", "finds") if (fault := _fault_of(getattr(text, name)))}
    if len(text.words) < (2 if text.kind is Kind.SAME else 1):
        faults.setdefault(
            "words", label("At least two words that are written differently; capitals, full width and traditional characters count as the same.")
        )
    if text.kind is Kind.ONE_WAY and not text.finds:
        faults.setdefault("finds", label("Which words shall be found, too?"))
    if set(keys_of(text.words)) & set(keys_of(text.finds)):
        faults.setdefault("finds", label("A word can't stand on both sides."))
    if text.kind is Kind.TERM and any(_is_no_term(word) for word in text.words):
        faults.setdefault("words", label("A term that stays whole has 3 to 20 Chinese characters, or several words."))
    return faults


def _fault_of(words: tuple[str, ...]) -> Label | None:
    if len(words) > MOST_WORDS:
        return label("At most 9 words in one group.")
    if any(may_be_personal(word) for word in words):
        return label("Numbers that may be somebody's, and e-mail addresses, have no place here.")
    if any(len(word) > LONGEST_WORD or len(key_of(word)) < SHORTEST_WORD for word in words):
        return label("Each word has 2 to 40 letters or characters.")
    return None


def _is_no_term(word: str) -> bool:
    key = key_of(word)
    return not SHORTEST_UNCUT <= len(key) <= LONGEST_UNCUT if is_han(key) else " " not in key
