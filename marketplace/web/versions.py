"""The kept states of a thing side by side: one page for every room that keeps them."""

from dataclasses import MISSING, fields
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from marketplace.kernel.audit import list_entries
from marketplace.kernel.errors import NotFound
from marketplace.kernel.revisions import differences, find_working_copy, list_versions, read_text, text_of
from marketplace.web.door import read, show


def show_version(thing: Any, text: type[Any], ordinal: int) -> ResponseReturnValue:
    """A kept state beside the one before it, or beside the one that `against` asks for. Raises NotFound for one that was never kept."""
    kept = {version.ordinal: version for version in read(list_versions, thing.id)}
    if ordinal not in kept:
        raise NotFound(thing.id)
    old, new = kept.get(request.args.get("against", ordinal - 1, int)), kept[ordinal]
    changed = differences(read_text(old, text) if old else blank(text), read_text(new, text))
    return show("versions.html", thing=thing, versions=kept, version=new, against=old.ordinal if old else None, differences=changed,
                timeline=read(list_entries, thing.id))  # fmt: skip


def show_copy(thing: Any, text: type[Any]) -> ResponseReturnValue:
    """The working copy beside what the public sees. Raises NotFound where there is none."""
    working = read(find_working_copy, thing.id)
    if working is None:
        raise NotFound(thing.id)
    changed = differences(text_of(thing, text), read_text(working, text))
    return show("versions.html", thing=thing, versions={}, version=working, against=None, differences=changed, timeline=())


def blank(text: type[Any]) -> Any:
    """What stood there before the first state: nothing."""
    return text(**{one.name: "" for one in fields(text) if one.default is MISSING and one.default_factory is MISSING})
