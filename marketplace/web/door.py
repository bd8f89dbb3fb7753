"""The one door between views and services: `read` and `change`, for whoever is signed in."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import Actor
from marketplace.kernel.form_keys import FormKey, form_key
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from search.tokens import MOST_VERSION

P = ParamSpec("P")
T = TypeVar("T")


def read(function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """One read transaction with the reader's tokens. Raises NotFound for what they may not see."""
    return current_site().graph.read(lambda tx: function(tx, *args, **kwargs), reader=current_actor().reader)


def read_for(needs: Permission, function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """As `read`, and what is read must be theirs to act on: raises Forbidden where it is only readable."""
    found = read(function, *args, **kwargs)
    current_actor().require(needs, found)
    return found


def change(function: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """One transaction, retried as a whole; the form's key makes a second send harmless (AlreadyDone)."""
    sent = request.form.get("key", "")[:64]
    key = form_key(sent, request.form.to_dict(flat=False)) if sent else None
    return _carry_out(lambda uow: function(uow, *args, **kwargs), key)


def change_each_time(function: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """As `change`, whatever key was sent: each wrong password counts, and who may use a key again would learn which accounts there are."""
    return _carry_out(lambda uow: function(uow, *args, **kwargs), None)


def change_once(key: str, function: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """As `change`, for what no form has sent. Raises AlreadyDone for a key that was used before."""
    return _carry_out(lambda uow: function(uow, *args, **kwargs), FormKey(key, key))


def change_as(actor: Actor, function: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """For somebody on the way in, who is still a guest to everything else."""
    return _carry_out(lambda uow: function(uow, *args, **kwargs), None, actor)


def _carry_out(work: Callable[[UnitOfWork], T], key: FormKey | None, actor: Actor | None = None) -> T:
    site = current_site()
    result = unit_of_work.change(site.graph, actor or current_actor(), site.clock.now(), work, key=key)
    site.relay.wake()
    return result


def sent_version() -> int:
    """Which version the sender of this form saw. What is no number, or larger than any that the store can hold, never stood: 0, which is stale."""
    seen = request.form.get("version", 0, int)
    return seen if 0 <= seen <= MOST_VERSION else 0


def show(template: str, /, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A form in the context decides the status: 422 with errors, 409 with a conflict."""
    form = context.get("form")
    return render_template(template, **context), getattr(form, "status", status)
