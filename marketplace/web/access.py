"""Every route declares its permission, or the application refuses to start."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kernel.errors import Forbidden
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import Policy, administrator, anyone, officer, signed_in
from marketplace.web.identity import current_actor, proved_recently

P = ParamSpec("P")
DECLARATION = "__permission__"

POLICY = Policy({
    Permission.VISIT: anyone,
    Permission.SIGNED_IN: signed_in,
    Permission.ADMINISTER: administrator,
    Permission.REVIEW_DESK: officer,
    Permission.IMPORT: officer | administrator,
    Permission.NETWORK_EXPLORE: officer | administrator,
    Permission.AUDIT_READ: officer | administrator,
    Permission.AUDIT_VERIFY: administrator,
})  # fmt: skip


def requires(permission: Permission) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Turns away whoever could hold this permission for nothing at all; the service decides on the very thing."""

    def declare(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = current_actor()
            if actor.can(permission):
                return view(*args, **kwargs)
            if actor.is_guest:
                return redirect(url_for("accounts.sign_in", next=request.full_path if request.method == "GET" else None))
            raise Forbidden

        setattr(guarded, DECLARATION, permission)
        return guarded

    return declare


AskForProof = Callable[[], ResponseReturnValue | None]
"""Looks at the proof in this request, or asks for one; None goes on to what was wanted."""


def install_proof(app: Flask, ask: AskForProof) -> None:
    """Who can check a password stands on a floor above."""
    app.extensions["proof"] = ask


def recently_proved(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Below `requires`, for what is grave: a sign-in left open on a desk does not give roles or show personal data.

    What was sent comes back with the proof, so that nothing that was typed is lost."""

    @wraps(view)
    def proved(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not only_shows_a_form() and not proved_recently():
            asked = cast(AskForProof, current_app.extensions["proof"])()
            if asked is not None:
                return asked
        return view(*args, **kwargs)

    return proved


def only_shows_a_form() -> bool:
    """A GET of an address that takes a POST, too, does nothing grave."""
    return request.method in ("GET", "HEAD") and request.url_rule is not None and "POST" in (request.url_rule.methods or ())


def undeclared_routes(app: Flask) -> list[str]:
    """Endpoints without a declaration; files of the static folder are everybody's."""
    return sorted(name for name, view in app.view_functions.items() if not hasattr(view, DECLARATION) and not name.endswith("static"))


def refuse_undeclared_routes(app: Flask) -> None:
    """Raises RuntimeError, at start, naming every route that forgot."""
    if missing := undeclared_routes(app):
        raise RuntimeError(f"routes without a declared permission: {', '.join(missing)}")
