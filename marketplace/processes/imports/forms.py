"""What may stand in a file of each kind: the fields of the room's own form, asked for row by row, so that every rule is the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, SelectField

from graph.ontology import ONTOLOGY
from marketplace.domains.achievements.forms import AchievementForm
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import import_achievements
from marketplace.kernel.errors import Invalid
from marketplace.kernel.importing import Intake, Row
from marketplace.kernel.labels import Label, label
from marketplace.kernel.tables import Cells, Table
from marketplace.processes.imports.model import Checked, Fault
from marketplace.processes.imports.service import Conduct, Verb
from marketplace.web.forms import Form, one_line
from marketplace.web.words import property_name, translated

LANGUAGES = ("zh_CN", "en")
LONGEST_KEY = 100
ID_NAMES = ("id", "标识", "编号", "identifier")
NO_ID = label("Each row needs the source's own id.")
LONG_ID = label("At most 100 characters.")
TWICE = label("This id stands in line %(line)s already.")
NEEDED = label("Fill this in.")


@dataclass(frozen=True, slots=True)
class Importable:
    """One kind that can be imported. `head` is the only column that every row must fill; `also` are other headers understood."""

    kind: str
    node: str
    words: Label
    form: type[Form]
    text: type[Any]
    verb: Verb
    head: str = "title"
    also: Mapping[str, str] = field(default_factory=dict)
    rehearse: bool = True


KINDS = {
    one.kind: one
    for one in (
        Importable("achievement", "Achievement", label("Achievements"), AchievementForm, AchievementText, import_achievements, rehearse=False),
    )
}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    field: Field
    words: tuple[str, str]
    choices: Mapping[str, str]

    def sent(self, text: str) -> str:
        """What the form would have sent for the words that stand in the cell."""
        return self.choices.get(text.strip().casefold(), text) if self.choices else text


def columns_of(kind: Importable) -> dict[str, Column]:
    """By name, in the order of the form: what is text, number, date or choice there, and a property in the ontology."""
    forms = [_worded(kind, language) for language in LANGUAGES]
    known = {one.name for one in ONTOLOGY.node(kind.node).properties}
    return {name: _column(kind, name, [form[name] for form in forms]) for name in _names(kind) if name in known and _is_plain(forms[0], name)}


def _names(kind: Importable) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind.text))


def _is_plain(form: Form, name: str) -> bool:
    return name in form and not isinstance(form[name], FieldList)


def _blank_form(kind: Importable) -> Form:
    """Its choices are worded at this moment."""
    form = kind.form(formdata=None, meta={"csrf": False})
    for one in form:
        if isinstance(one, SelectField):
            one.choices = list(_pairs(one))
    return form


def _worded(kind: Importable, language: str) -> Form:
    with force_locale(language):
        return _blank_form(kind)


def _column(kind: Importable, name: str, worded: list[Field]) -> Column:
    words = ONTOLOGY.node(kind.node).property(name).words
    choices: dict[str, str] = {}
    for one in worded:
        if isinstance(one, SelectField):
            choices |= {key: value for value, said in _pairs(one) if value for key in _spellings(value, said)}
    return Column(name, worded[0], (words.zh, words.en), choices)


def _pairs(one: SelectField) -> list[tuple[str, str]]:
    return [(str(choice[0]), str(choice[1])) for choice in one.choices or ()]


def _spellings(value: str, words: str) -> set[str]:
    """A code, the whole path of words, or its last part."""
    return {one.strip().casefold() for one in (value, words, words.rpartition("›")[2])}


class Checker:
    """One form, filled in again for every row: the room's own fields read, clean and judge each cell."""

    def __init__(self, kind: Importable, source: str) -> None:
        self.kind = kind
        self.source = source
        self.columns = columns_of(kind)
        self.form = _blank_form(kind)
        self.headers = {spelt.casefold(): name for name, one in self.columns.items() for spelt in (name, *one.words)} | {
            spelt.casefold(): name for spelt, name in kind.also.items()
        }

    def check(self, table: Table) -> Checked:
        """Raises Invalid at `file` where the columns that every row needs are not there."""
        placed = {header: self._place(header) for header in table.header}
        if not {"id", self.kind.head} <= set(placed.values()):
            needed = ", ".join(("id", *self.columns[self.kind.head].words))
            raise Invalid({"file": label("The first line must name the columns; these are needed: %(needed)s")}, needed=needed)
        seen: dict[str, int] = {}
        found = [self._row(number, cells, placed, seen) for number, cells in table.rows]
        ignored = tuple(header for header, name in placed.items() if header and not name)
        faults = tuple(one for _, faults in found for one in faults)
        lines = {row.source_key: number for (row, _), (number, _) in zip(found, table.rows, strict=True) if row}
        return Checked(tuple(row for row, _ in found if row), faults, len(table.rows), ignored, lines)

    def _place(self, header: str) -> str:
        spelt = one_line(header).removesuffix("*").strip().casefold()
        return "id" if spelt in ID_NAMES[:1] else self.headers.get(spelt) or ("id" if spelt in ID_NAMES else "")

    def _row(self, number: int, cells: Cells, placed: Mapping[str, str], seen: dict[str, int]) -> tuple[Row[Any] | None, list[Fault]]:
        faults = list(self._faults(number, cells, placed))
        header = next(header for header, name in placed.items() if name == "id")
        key = one_line(cells.get(header))
        if problem := _key_problem(key, seen):
            faults.append(Fault(number, header, problem))
        seen.setdefault(key, number)
        return (None if faults else Row(f"{self.source}:{key}", self._text(cells, placed))), faults

    def _faults(self, number: int, cells: Cells, placed: Mapping[str, str]) -> Iterator[Fault]:
        for header, name in placed.items():
            if name and name != "id":
                given = cells.get(header, "")
                if not given.strip():
                    self.form[name].process(None)
                    if name == self.kind.head:
                        yield Fault(number, header, translated(NEEDED))
                else:
                    yield from (Fault(number, header, message) for message in self._judge(name, given))

    def _judge(self, name: str, given: str) -> list[str]:
        one = self.form[name]
        one.process(MultiDict({one.name: self.columns[name].sent(given)}))
        own = getattr(type(self.form), f"validate_{name}", None)
        good = one.validate(self.form, (partial(_own, own),) if own else ())
        return [] if good else [str(message) for message in one.errors]

    def _text(self, cells: Cells, placed: Mapping[str, str]) -> Any:
        """The room's dataclass; what is blank keeps its default."""
        filled = {name for header, name in placed.items() if name and name != "id" and cells.get(header, "").strip()}
        said = self.form.revision()
        return self.kind.text(**{name: getattr(said, name) for name in filled})


def _own(validate: Callable[[Any, Any], None], form: Form, one: Field) -> None:
    validate(form, one)


def _key_problem(key: str, seen: Mapping[str, int]) -> str:
    if not key:
        return translated(NO_ID)
    if len(key) > LONGEST_KEY:
        return translated(LONG_ID)
    return translated(TWICE, line=seen[key]) if key in seen else ""


def checked_again(conduct: Conduct, kind: Importable, checked: Checked, intake: Intake) -> Checked:
    """What only the store can say (a code that is taken, an employer that is not there): tried, and not kept."""
    refused = conduct.rehearse(kind.verb, checked.rows, intake)
    keys = {row.source_key for row, _ in refused}
    faults = [
        Fault(checked.lines[row.source_key], str(property_name(name, kind.node)), translated(message, **problem.values))
        for row, problem in refused
        for name, message in problem.fields.items()
    ]
    every = tuple(sorted((*checked.faults, *faults), key=lambda one: one.line))
    return replace(checked, rows=tuple(row for row in checked.rows if row.source_key not in keys), faults=every)
