"""What a form's fields hold, as a reader says it: the same words wherever two texts stand side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from wtforms import Field, FieldList, FormField, HiddenField, SelectField

from marketplace.kernel.labels import label
from marketplace.web.fields import MoneyField, PercentField
from marketplace.web.forms import Form
from marketplace.web.words import NOTHING, money, percent, plain, translated


def blank_form(form: type[Form]) -> Form:
    """Without anybody's answers, its choices worded now; each list has one entry."""
    blank = form(formdata=None, meta={"csrf": False})
    for one in [*blank, *_entries(blank)]:
        if isinstance(one, SelectField):
            one.choices = list(choices_of(one))
    return blank


def _entries(form: Form) -> Iterator[Field]:
    for one in form:
        if isinstance(one, FieldList):
            if not one.entries:
                one.append_entry()
            yield one.entries[0]


def choices_of(field: SelectField) -> list[tuple[str, str]]:
    return [(str(choice[0]), str(choice[1])) for choice in field.choices or ()]


def said(value: Any, field: Field | None, known: Mapping[str, str]) -> str:
    """Choices by their words, amounts in yuan, shares in percent, rows field by field. `known` are names of ids, such as those of people."""
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, tuple):
        within = field.entries[0] if isinstance(field, FieldList) and field.entries else None
        return "\n".join(said(one, within, known) for one in value)
    if is_dataclass(value) and isinstance(field, FormField):
        return _row(value, field, known)
    return _single(value, field, known)


def _row(value: Any, field: "FormField[Any]", known: Mapping[str, str]) -> str:
    asked = [(one, getattr(value, one.short_name, None)) for one in field.form if not isinstance(one, HiddenField)]
    return " · ".join(said(held, one, known) for one, held in asked if held not in (None, "", ()))


def _single(value: Any, field: Field | None, known: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return translated(label("Yes") if value else label("No"))
    if isinstance(field, MoneyField):
        return money(value)
    if isinstance(field, PercentField):
        return percent(value)
    if isinstance(field, SelectField):
        return dict(choices_of(field)).get(str(value)) or known.get(str(value), plain(value))
    return plain(value)
