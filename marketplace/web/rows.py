"""Rows of a file, read by a room's own form: its fields read, clean and judge each cell, so that every rule stands once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, get_origin, get_type_hints

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, SelectField

from graph.ontology import ONTOLOGY
from marketplace.kernel.importing import Fault, Row
from marketplace.kernel.labels import Label, label
from marketplace.kernel.tables import Cells
from marketplace.web.answers import blank_form, choices_of
from marketplace.web.forms import Form, one_line
from marketplace.web.words import speaking, translated

LANGUAGES = ("zh", "en")
LONGEST_KEY = 100
MOST_PARTS = 50
ID_NAMES = ("id", "标识", "identifier")
BETWEEN = re.compile(r"[、,，;；\n]")
NO_ID = label("Each row needs the source's own id.")
LONG_ID = label("At most 100 characters.")
TWICE = label("This id stands in line %(line)s already.")
NEEDED = label("Fill this in.")
MANY = label("At most %(most)s values in one cell.")


def no_rules(text: Any) -> Mapping[str, Label]:
    return {}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file of one kind is read by.

    `also` are other headers understood, `parts` make the things of a list that the form asks for in rows of its own,
    `rules` are those of the room that look at more than one field."""

    node: str
    form: type[Form]
    text: type[Any]
    also: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)
    rules: Callable[[Any], Mapping[str, Label]] = no_rules


@dataclass(frozen=True, slots=True)
class Column:
    """`words` are the header in each language; `choices` lead from what may stand in a cell to what the form would send."""

    name: str
    words: tuple[str, str]
    needed: bool
    many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    def sent(self, text: str) -> str:
        return self.choices.get(text.strip().casefold(), text) if self.choices else text


def columns_of(shape: Shape) -> dict[str, Column]:
    """By name, in the order of the room's dataclass."""
    worded = [_worded(shape, language) for language in LANGUAGES]
    found = (_column(shape, one.name, worded, one.default is MISSING and one.default_factory is MISSING) for one in fields(shape.text))
    return {one.name: one for one in found if one}


def _worded(shape: Shape, language: str) -> Form:
    """Its choices are worded at this moment, in this language."""
    with speaking(language):
        form = blank_form(shape.form)
        for one in form:
            one.label.text = str(one.label.text)
        return form


def _column(shape: Shape, name: str, worded: list[Form], needed: bool) -> Column | None:
    """None for what a cell can't hold."""
    if name not in worded[0]:
        return None
    asked = [form[name].entries[0] if isinstance(form[name], FieldList) else form[name] for form in worded]
    if isinstance(asked[0], FormField) and name not in shape.parts:
        return None
    chosen = [pair for one in asked if isinstance(one, SelectField) for pair in choices_of(one) if pair[0]]
    choices = {key: value for value, words in chosen for key in _spellings(value, words)}
    return Column(name, _words(shape, name, worded), needed, isinstance(worded[0][name], FieldList) or name in shape.parts, choices)


def _words(shape: Shape, name: str, worded: list[Form]) -> tuple[str, str]:
    known = next((one.words for one in ONTOLOGY.node(shape.node).properties if one.name == name), None)
    return (known.zh, known.en) if known else (str(worded[0][name].label.text), str(worded[1][name].label.text))


def _spellings(value: str, words: str) -> set[str]:
    """A code, the whole path of words, or its last part."""
    return {one.strip().casefold() for one in (value, words, words.rpartition("›")[2])}


class RowReader:
    """One form, filled in again for every row."""

    def __init__(self, shape: Shape, source: str) -> None:
        self.shape = shape
        self.source = source
        self.columns = columns_of(shape)
        self.form = blank_form(shape.form)
        hints = get_type_hints(shape.text)
        self._lists = {name for name in self.columns if get_origin(hints[name]) is tuple}
        self._headers = {spelt.casefold(): name for name, one in self.columns.items() for spelt in (name, *one.words)}
        self._headers |= {spelt.casefold(): name for spelt, name in shape.also.items()} | dict.fromkeys(ID_NAMES, "id")

    def place(self, header: str) -> str:
        """Which column a header names, in either language; empty for none."""
        return self._headers.get(one_line(header).rstrip("*").strip().casefold(), "")

    def read(self, number: int, cells: Cells, placed: Mapping[str, str], seen: dict[str, int]) -> tuple[Row[Any] | None, list[Fault]]:
        """`seen` holds the ids of the lines above."""
        faults: list[Fault] = []
        said: dict[str, Any] = {}
        key = ""
        for header, name in placed.items():
            given = cells.get(header, "").strip()
            if name == "id":
                key = one_line(given)
                problems = _key_problems(key, seen)
            else:
                problems = self._judge(name, given, said)
            faults += [Fault(number, header, problem) for problem in problems]
        seen.setdefault(key, number)
        if faults:
            return None, faults
        text = self.shape.text(**said)
        faults = [Fault(number, _header(placed, name), translated(message)) for name, message in self.shape.rules(text).items()]
        return (None if faults else Row(f"{self.source}:{key}", text)), faults

    def _judge(self, name: str, given: str, said: dict[str, Any]) -> list[str]:
        """Blank keeps the room's default."""
        column = self.columns[name]
        if not given:
            if not column.many:
                self.form[name].process(None)
            return [translated(NEEDED)] if column.needed else []
        return self._several(column, given, said) if column.many else self._one(column, given, said)

    def _one(self, column: Column, given: str, said: dict[str, Any]) -> list[str]:
        one = self.form[column.name]
        one.process(MultiDict({one.name: column.sent(given)}))
        own = getattr(type(self.form), f"validate_{column.name}", None)
        good = one.validate(self.form, (own,) if own else ())
        listed = column.name in self._lists and isinstance(one.data, str)
        said[column.name] = _split(one.data) if listed else one.data
        return [] if good else [str(message) for message in dict.fromkeys(one.errors)]

    def _several(self, column: Column, given: str, said: dict[str, Any]) -> list[str]:
        words = _split(given)
        if len(words) > MOST_PARTS:
            return [translated(MANY, most=MOST_PARTS)]
        make = self.shape.parts.get(column.name, str)
        said[column.name] = tuple(make(column.sent(word)) for word in words)
        unknown = [word for word in words if column.choices and word.casefold() not in column.choices]
        return [translated(label("Not in the list: %(words)s"), words="、".join(unknown))] if unknown else []


def _header(placed: Mapping[str, str], name: str) -> str:
    return next((header for header, one in placed.items() if one == name), name)


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in BETWEEN.split(text) if (word := one_line(part)[:LONGEST_KEY])))


def _key_problems(key: str, seen: Mapping[str, int]) -> list[str]:
    if not key:
        return [translated(NO_ID)]
    if len(key) > LONGEST_KEY:
        return [translated(LONG_ID)]
    return [translated(TWICE, line=seen[key])] if key in seen else []
