"""A workflow step sent by its button: one way for every room."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.workflow import Workflow
from marketplace.web.door import change, sent_version
from marketplace.web.forms import clean
from marketplace.web.links import inner_url, url_of
from marketplace.web.words import translated


def take(kind: str, services: Mapping[str, Callable[..., Any]], workflows: tuple[Workflow, ...], id: str, verb: str) -> ResponseReturnValue:
    """Raises NotFound for a verb that no table has, or that the site alone takes. What is missing is said where one stands, the words kept."""
    step = next((table.steps[verb] for table in workflows if verb in table.steps), None)
    if step is None or verb not in services:
        raise NotFound(verb)
    reason = (clean(request.form.get("reason", ""))[:1000],) if step.reason else ()
    try:
        moved = change(services[verb], id, sent_version(), *reason)
    except Invalid as problem:
        return say_what_is_missing(problem, kind, id)
    flash(_("%(done)s: %(number)s", done=translated(step.done), number=getattr(moved, "number", "")))
    return redirect(inner_url(request.form["back"]) if request.form.get("back") else url_of(kind, id))


def say_what_is_missing(problem: Invalid, kind: str, id: str) -> ResponseReturnValue:
    """422 with each field's message and a link to where it is mended."""
    faults = [(name, translated(message, **problem.values)) for name, message in problem.fields.items()]
    return render_template("errors/missing.html", faults=faults, back=url_of(kind, id), edit=url_of(kind, id) + "/edit", node=kind.capitalize()), 422
