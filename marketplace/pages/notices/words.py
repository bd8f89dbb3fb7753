"""A notice in words: what was done, by the step's own label, and to what."""

from flask_babel import gettext as _

from marketplace.kernel.labels import Label, label
from marketplace.kernel.notices import Notice
from marketplace.web.site import current_site
from marketplace.web.words import translated

OTHERS: dict[str, Label] = {
    "ask": label("New question"),
    "answer": label("Answered"),
    "announce": label("Announcement"),
    "grant-role": label("Role given"),
    "extend-role": label("Role changed"),
    "end-role": label("Role taken"),
    "borrow-role": label("Role lent to you"),
    "lose-role": label("Role taken"),
    "change-password": label("Password changed"),
}
"""Verbs that are no step of a workflow."""


def words_of(notice: Notice) -> str:
    done = done_of(notice.kind, notice.verb)
    return _("%(done)s: %(title)s", done=done, title=notice.title) if notice.title else done


def done_of(kind: str, verb: str) -> str:
    """The step's `done` label; something plain for what no table knows."""
    room = current_site().rooms.get(kind)
    steps = (workflow.steps[verb] for workflow in (room.workflows if room else ()) if verb in workflow.steps)
    return next((translated(step.done) for step in steps), translated(OTHERS.get(verb, label("Changed"))))
