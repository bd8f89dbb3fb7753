"""The form every room extends: one-time key, seen version, errors at their field, a conflict that loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.kernel.drafts import Draft, drop_draft
from marketplace.kernel.errors import Invalid, Stale
from marketplace.kernel.ids import new_id
from marketplace.kernel.labels import Label, label
from marketplace.kernel.revisions import Difference
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.web.door import change
from marketplace.web.drafting import draft_here, draft_key, draft_url, form_address, may_be_kept, never_kept, typed
from marketplace.web.identity import current_actor
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
    needed = DataRequired(say(label("Fill this in."))) if required else Optional()
    return StringField(words, [needed, Length(max=most, message=say(label("At most %(max)d characters.")))], [one_line], say(help), **options)


def paragraphs(words: Any, *, most: int = PARAGRAPHS, required: bool = True, help: Label | str = "", **options: Any) -> Field:
    needed = DataRequired(say(label("Fill this in."))) if required else Optional()
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
    draft_url: str | None = None
    draft_key = ""
    never_kept: frozenset[str] = frozenset()
    draft_saved_at: datetime | None = None

    @classmethod
    def of(cls, entity: Any = None, **options: Any) -> Self:
        """The form of an entity, or an empty one; what was sent wins over a draft, a draft over what is stored."""
        form = cls(obj=entity, **options)
        if cls.NODE and not current_actor().is_guest:
            form.draft_url, form.draft_key, form.never_kept = draft_url(cls.NODE), draft_key(cls.NODE), never_kept(cls.NODE)
            if draft := draft_here(cls.NODE):
                form._restore(draft, entity)
        return form

    def _restore(self, draft: Draft, entity: Any) -> None:
        """Fields that no draft keeps stay as stored. Where the thing was saved since, saving the draft shows both texts."""
        sent = typed(draft)
        for name, field in self._fields.items():
            if may_be_kept(name, self.NODE):
                field.process(sent, getattr(entity, name, field.data))
        self.version.data = draft.seen or self.version.data
        self.draft_saved_at = draft.updated_at

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
            return change(self._service_and_end_of_draft(service), *args)
        except Invalid as problem:
            self._tell(problem)
        except Stale:
            if reread is None:
                raise
            self._show_conflict(reread())
        return None

    def _service_and_end_of_draft(self, service: Callable[..., T]) -> Callable[..., T]:
        """What is saved is no draft any more: both in one transaction."""
        if self.draft_url is None:
            return service
        address = form_address(self.NODE)

        def carried_out(uow: UnitOfWork, /, *args: Any) -> T:
            result = service(uow, *args)
            drop_draft(uow.tx, uow.actor.account_id, address)
            return result

        return carried_out

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
