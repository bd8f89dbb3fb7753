"""A long form in parts: what of each is filled in, what is still missing, what is to be mended."""

from dataclasses import dataclass
from typing import Any

from wtforms import Field as AnyField
from wtforms import FieldList, FormField, HiddenField

from marketplace.web.forms import Form


@dataclass(frozen=True, slots=True)
class Part:
    """`needed` are the fields without which it is not done; `count` belongs to the words of `state`."""

    id: str
    title: str
    needed: tuple[str, ...]
    state: str
    count: int = 0


def parts_of(form: Form, *parts: tuple[str, str, str, str]) -> list[Part]:
    """Each part is (id, title, needed fields, other fields), the fields as words of one line; those that the form lacks are left out.

    What is needed may be missing from a draft, but is not marked as optional."""
    return [_part(form, id, title, _names(form, needed), _names(form, others)) for id, title, needed, others in parts]


def _names(form: Form, words: str) -> tuple[str, ...]:
    return tuple(name for name in words.split() if name in form)


def _part(form: Form, id: str, title: str, needed: tuple[str, ...], others: tuple[str, ...]) -> Part:
    for name in needed:
        form[name].flags.needed = True
    if errors := sum(wrong_in(form[name]) for name in (*needed, *others)):
        return Part(id, title, needed, "error", errors)
    missing = sum(not is_filled(form[name]) for name in needed)
    if needed and missing:
        return Part(id, title, needed, "part" if missing < len(needed) else "todo", missing)
    return Part(id, title, needed, "done" if needed or any(is_filled(form[name]) for name in others) else "optional")


def is_filled(field: AnyField) -> bool:
    """A number of nought is an answer, an empty row is none."""
    if isinstance(field, FieldList):
        return any(is_filled(entry) for entry in field.entries)
    if isinstance(field, FormField):
        return any(is_filled(one) for one in field.form if not isinstance(one, HiddenField))
    return field.data is not None and field.data is not False and field.data not in ("", (), [])


def wrong_in(field: AnyField) -> int:
    """How many places are to be mended: a field counts once, whatever is said of it, a list with its rows."""
    if isinstance(field, FormField):
        return sum(wrong_in(one) for one in field.form)
    if not isinstance(field, FieldList):
        return int(bool(field.errors))
    said: tuple[Any, ...] = tuple(field.errors)
    return int(any(not isinstance(one, dict | list) for one in said)) + sum(wrong_in(entry) for entry in field.entries)
