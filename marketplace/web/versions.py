"""The kept states of a thing side by side: one page for every room that keeps them."""

from dataclasses import MISSING, dataclass, fields
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from marketplace.kernel.audit import AuditEntry, list_entries
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import NotFound
from marketplace.kernel.labels import Label, label
from marketplace.kernel.revisions import differences, find_working_copy, list_versions, read_text, text_of
from marketplace.kernel.rooms import steps_named
from marketplace.web.answers import blank_form, said
from marketplace.web.door import read, show
from marketplace.web.forms import Form
from marketplace.web.site import current_site
from marketplace.web.words import translated

VERBS: dict[str, Label] = {
    "create": label("Written"), "edit": label("Changed"), "revise": label("New version begun"), "import": label("Imported"),
    "add-file": label("File added"), "remove-file": label("File taken away"), "share-confirmed": label("Share confirmed"),
    "share-objected": label("Objected to a share"), "transfer": label("Moved to another unit"), "move": label("Put elsewhere in the tree"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """One field as it was and as it is, in the reader's words."""

    field: str
    before: str
    after: str


def show_version(thing: Any, form: type[Form], ordinal: int) -> ResponseReturnValue:
    """A kept state beside the one before it, or beside the one that `against` asks for. Raises NotFound for one that was never kept."""
    kept = {version.ordinal: version for version in read(list_versions, thing.id)}
    if ordinal not in kept:
        raise NotFound(thing.id)
    old, new = kept.get(request.args.get("against", ordinal - 1, int)), kept[ordinal]
    changed = worded(form, read_text(old, form.TEXT) if old else blank(form.TEXT), read_text(new, form.TEXT))
    history = [(entry.at, verb_words(entry)) for entry in read(list_entries, thing.id)]
    return show("versions.html", thing=thing, versions=kept, version=new, against=old.ordinal if old else None, differences=changed,
                timeline=history)  # fmt: skip


def show_copy(thing: Any, form: type[Form]) -> ResponseReturnValue:
    """The working copy beside what the public sees. Raises NotFound where there is none."""
    working = read(find_working_copy, thing.id)
    if working is None:
        raise NotFound(thing.id)
    changed = worded(form, text_of(thing, form.TEXT), read_text(working, form.TEXT))
    return show("versions.html", thing=thing, versions={}, version=working, against=None, differences=changed, timeline=())


def blank(text: type[Any]) -> Any:
    """What stood there before the first state: nothing."""
    return text(**{one.name: "" for one in fields(text) if one.default is MISSING and one.default_factory is MISSING})


def worded(form: type[Form], before: Any, after: Any) -> list[Changed]:
    """Only what a reader can tell apart: an answer that somebody gave to their share is none of the text."""
    asked, known = blank_form(form), people_in(before, after)
    found = [(one.field, *(said(value, asked[one.field] if one.field in asked else None, known) for value in (one.before, one.after)))
             for one in differences(before, after)]  # fmt: skip
    return [Changed(name, old, new) for name, old, new in found if old != new]


def people_in(*texts: Any) -> dict[str, str]:
    """Names of the contributors of both, as far as the reader may see them."""
    ids = dict.fromkeys(one.worker_id for text in texts for one in getattr(text, "contributions", ()))
    return {id: translated(label("A contributor")) for id in ids} | {card.id: card.title for card in read(list_cards, [("worker", id) for id in ids])}


def verb_words(entry: AuditEntry) -> str:
    """A step says itself that it was done; other verbs have a word here."""
    steps = steps_named(current_site().rooms.get(entry.kind), entry.verb)
    return translated(next((step.done for step in steps), VERBS.get(entry.verb, entry.verb)))
