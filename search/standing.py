"""Searches that wait for documents: which of many stand for a new one. The same clauses as both engines translate, tried in memory,
so that what a waiting search finds is what the search itself would find."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from search.asking import question_of
from search.clauses import Clause, Everything, Flat, Phrase, Some, Term, Value
from search.document import FACETS, NUMBERS, Document
from search.highlighting import Readable, readable
from search.parsing import understand
from search.synonyms import NO_SYNONYMS, Synonyms
from search.tokens import values_of, words_of

Key = tuple[str, str]
"""A field and a token of it, or a facet and a value."""
ALWAYS: Key = ("", "")
"""Under it lie searches that no single token can announce."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid open: what is written of it into an index."""

    document: Document
    fields: Mapping[str, str]
    tokens: Mapping[str, frozenset[str]]

    def announce(self) -> Iterable[Key]:
        yield ALWAYS
        for name, tokens in self.tokens.items():
            for token in tokens:
                yield name, token


def lay_open(document: Document) -> Laid:
    words, values = words_of(document), values_of(document, ())
    tokens = {name: frozenset(text.split(" ")) for name, text in words.items() if text}
    tokens |= {name: frozenset(values[name]) for name in (NUMBERS, *FACETS) if values.get(name)}
    return Laid(document, {name: f" {text} " for name, text in words.items()}, tokens)


def trial_of(clause: Clause) -> Callable[[Laid], bool]:
    """Whether an engine would find it; what is begun or misspelt is asked while one types, never by a saved search.

    Made once for a search that is tried thousands of times."""
    match clause:
        case Term(name, token) | Value(name, token):
            return lambda laid: token in laid.tokens.get(name, ())
        case Phrase(name, tokens):
            words = f" {' '.join(tokens)} "
            return lambda laid: words in laid.fields.get(name, "")
        case Some(ways, least):
            return _enough(tuple(map(trial_of, ways)), least)
        case Flat(inner):
            return trial_of(inner)
        case Everything():
            return lambda laid: True
    return lambda laid: False


def _enough(trials: tuple[Callable[[Laid], bool], ...], least: int) -> Callable[[Laid], bool]:
    def tried(laid: Laid) -> bool:
        found = 0
        for trial in trials:
            if trial(laid):
                found += 1
                if found >= least:
                    return True
        return False

    return tried


@dataclass(frozen=True, slots=True)
class Waiting:
    """One search, understood once."""

    words: tuple[str, ...]
    must: Clause
    filters: Mapping[str, frozenset[str]]
    _holds: Callable[[Laid], bool]
    _is_kept_out: Callable[[Laid], bool]

    def finds(self, laid: Laid) -> bool:
        if not all(values & laid.tokens.get(name, frozenset()) for name, values in self.filters.items()):
            return False
        return self._holds(laid) and not self._is_kept_out(laid)


def waiting(text: str, filters: Mapping[str, Iterable[str]], synonyms: Synonyms = NO_SYNONYMS) -> Waiting:
    """What was typed in latin letters is not tried by its initials: an engine does so only where nothing else is found at all."""
    asked = understand(text, synonyms)
    question = question_of(asked)
    chosen = {name: frozenset(values) for name, values in filters.items() if values}
    return Waiting(asked.words, question.must, chosen, trial_of(question.must), trial_of(Some(question.never)))


@dataclass(frozen=True, slots=True)
class Written:
    """What people read of a document, folded once; many searches ask it for the same words."""

    texts: tuple[Readable, ...]
    _said: dict[str, bool] = field(default_factory=dict)

    def says(self, word: str) -> bool:
        if word not in self._said:
            self._said[word] = any(self._stands_in(text, word) for text in self.texts)
        return self._said[word]

    @staticmethod
    def _stands_in(text: Readable, word: str) -> bool:
        """Most words don't stand there at all, and to see that takes no pattern."""
        return all(part in text.folded for part in word.split()) and bool(text.spans((word,)))


def written(document: Document) -> Written:
    return Written(tuple(readable(text) for text in (document.title, document.summary, document.body, document.number)))


def words_held(search: Waiting, text: Written) -> tuple[str, ...]:
    """Which of the words, or of those that mean the same, are said in it, without those that stand in a longer one: the answer to why."""
    held = [word for word in search.words if text.says(word)]
    return tuple(word for word in held if not any(word != other and word in other for other in held))


@dataclass(slots=True)
class Book:
    """Waiting searches by id, and an inverted index over them: a search lies under tokens of which each document that it finds has one."""

    searches: dict[str, Waiting] = field(default_factory=dict)
    _under: dict[Key, set[str]] = field(default_factory=dict)
    _keys: dict[str, frozenset[Key]] = field(default_factory=dict)

    def put(self, id: str, search: Waiting) -> None:
        self.drop(id)
        keys = frozenset(self._hooks(search))
        self.searches[id], self._keys[id] = search, keys
        for key in keys:
            self._under.setdefault(key, set()).add(id)

    def drop(self, id: str) -> None:
        self.searches.pop(id, None)
        for key in self._keys.pop(id, frozenset()):
            self._under[key].discard(id)

    def candidates(self, laid: Laid) -> set[str]:
        return {id for key in laid.announce() if (some := self._under.get(key)) for id in some}

    def found_by(self, laid: Laid) -> dict[str, Waiting]:
        """The candidates that really find it."""
        return {id: search for id in self.candidates(laid) if (search := self.searches[id]).finds(laid)}

    def _hooks(self, search: Waiting) -> set[Key]:
        """Words tell more than filters; without any, the filter under which fewest lie."""
        hooks = self._under_which(search.must)
        if hooks is not None:
            return hooks
        by_filter: list[set[Key]] = [{(name, value) for value in values} for name, values in search.filters.items()]
        return min(by_filter, key=self._crowd, default={ALWAYS})

    def _under_which(self, clause: Clause) -> set[Key] | None:
        """Keys of which a document that it finds has at least one; None where there are no such."""
        match clause:
            case Term(name, token) | Value(name, token):
                return {(name, token)}
            case Phrase(name, tokens):
                return {min(((name, token) for token in tokens), key=lambda key: self._crowd({key}))}
            case Flat(inner):
                return self._under_which(inner)
            case Some(ways, least):
                return self._under_some(ways, least)
        return None

    def _under_some(self, ways: tuple[Clause, ...], least: int) -> set[Key] | None:
        """Whoever holds enough of them holds one of any that are left when all but enough of them are set aside."""
        told = sorted((keys for way in ways if (keys := self._under_which(way)) is not None), key=self._crowd)
        needed = len(ways) - least + 1
        return set().union(*told[:needed]) if len(told) >= needed else None

    def _crowd(self, keys: set[Key]) -> int:
        return sum(1 + len(self._under.get(key, ())) for key in keys)
