"""The form every room extends: one-time key, seen version, errors at their field, a conflict that loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.kernel.errors import Invalid, Stale
from marketplace.kernel.ids import new_id
from marketplace.kernel.labels import Label, label
from marketplace.kernel.revisions import Difference
from marketplace.web.door import change
from marketplace.web.words import names, say

T = TypeVar("T")
LINE = 120
PARAGRAPHS = 5_000


def clean(text: str | None) -> str:
    """Control characters and lone surrogates say nothing to a reader and break exports; line ends become one kind."""
    kept = (char for char in (text or "").replace("\r\n", "\n") if char in "\n\t" or (char.isprintable() and not 0xD800 <= ord(char) <= 0xDFFF))
    return "".join(kept).strip()


def one_line(text: str | None) -> str:
    return " ".join(clean(text).split())


def line(words: Any, *, most: int = LINE, required: bool = True, help: Label | str = "", **options: Any) -> Field:
    """A text of one line; `words` is its label, mostly from the ontology."""
    needed = InputRequired(say(label("Fill this in."))) if required else Optional()
    return StringField(words, [needed, Length(max=most, message=say(label("At most %(max)d characters.")))], [one_line], say(help), **options)


def paragraphs(words: Any, *, most: int = PARAGRAPHS, required: bool = True, help: Label | str = "", **options: Any) -> Field:
    needed = InputRequired(say(label("Fill this in."))) if required else Optional()
    return TextAreaField(words, [needed, Length(max=most, message=say(label("At most %(max)d characters.")))], [clean], say(help), **options)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved between our reading and our sending: both texts, field by field."""

    differences: tuple[Difference, ...]


class Form(FlaskForm):  # type: ignore[misc]
    """`TEXT` names the dataclass that `revision()` fills; fields carry its names."""

    TEXT: type[Any]
    NODE = ""
    key = HiddenField(default=new_id)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()], default=0)
    conflict: Conflict | None = None

    @classmethod
    def of(cls, entity: Any = None, **options: Any) -> Self:
        """The form of an entity, or an empty one; what was sent wins over what is stored."""
        return cls(obj=entity, **options)

    def revision(self) -> Any:
        """What the form says, as the room's own dataclass."""
        return self.TEXT(**{name: self[name].data for name in self.TEXT.__dataclass_fields__ if name in self})

    @property
    def status(self) -> int:
        if self.conflict is not None:
            return 409
        return 422 if request.method == "POST" and self.errors else 200

    def save(self, service: Callable[..., T], /, *args: Any, reread: Callable[[], Any] | None = None) -> T | None:
        """Run the service when the form is valid. None means: show the form again, it says why.

        `reread` fetches the present entity, so that a stale version shows both texts."""
        if self.edit_rows() or not self.validate_on_submit():
            return None
        try:
            return change(service, *args)
        except Invalid as problem:
            self._tell(problem)
        except Stale:
            if reread is None:
                raise
            self._show_conflict(reread())
        return None

    def edit_rows(self) -> bool:
        """A row was added or removed by its button, without script: show the form again, unchecked."""
        if not self.is_submitted():
            return False
        if (wanted := request.form.get("add_row", "")) and isinstance(rows := self._fields.get(wanted), FieldList):
            rows.append_entry()
            return True
        if gone := request.form.get("remove_row", ""):
            rows = self._fields.get(gone.rpartition("-")[0])
            if isinstance(rows, FieldList):
                rows.entries = [entry for entry in rows.entries if entry.name != gone]
                return True
        return False

    def _tell(self, problem: Invalid) -> None:
        for name, message in problem.fields.items():
            field = self[name] if name in self else self.key
            field.errors = (*field.errors, say(message, **problem.values))

    def _show_conflict(self, theirs: Any) -> None:
        mine = self.revision()
        pairs = [(name, getattr(mine, name), getattr(theirs, name, None)) for name in self.TEXT.__dataclass_fields__]
        self.conflict = Conflict(tuple(Difference(name, our, their) for name, our, their in pairs if our != their))
        self.version.data = theirs.version
        self.version.raw_data = None
        self.key.data = new_id()

    def words_of(self, name: str) -> str:
        return names(self.NODE, name) if self.NODE else name


def refuse(message: Label, **values: Any) -> ValidationError:
    """For validators of a form's own."""
    return ValidationError(say(message, **values))
