"""One handler for every error of the whole site. A page says what happened and what to do; never a trace."""

import structlog
from flask import Flask, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from marketplace.kernel.errors import NO_RIGHT, AlreadyDone, Forbidden, NotFound, Problem, Stale, Unavailable
from marketplace.kernel.labels import label
from marketplace.web.links import url_of
from marketplace.web.words import translated
from search.errors import SearchUnavailable

log = structlog.get_logger()
PAGES = {400, 403, 404, 409, 413, 422, 429, 500, 503}
STALE = label("Somebody else has changed this meanwhile. Open it again; nothing of theirs was overwritten.")


def error_page(status: int, message: str = "") -> ResponseReturnValue:
    """Without a message the page has its own; that of 403 is what every refusal says."""
    page = status if status in PAGES else 400
    said = message or (translated(NO_RIGHT) if status == Forbidden.status else "")
    return render_template(f"errors/{page}.html", message=said, status=status), status


def on_problem(problem: Exception) -> ResponseReturnValue:
    assert isinstance(problem, Problem)
    return error_page(problem.status, translated(problem.message, **problem.values))


def on_done(done: Exception) -> ResponseReturnValue:
    """The form was sent twice: show what the first send made."""
    assert isinstance(done, AlreadyDone)
    flash(_("This was already sent; it was not done twice."), "info")
    return redirect(url_of(done.kind, done.entity_id) if done.kind else request.path)


def on_unavailable(_error: Exception) -> ResponseReturnValue:
    body, status = render_template("errors/503.html", message=""), 503
    return body, status, {"Retry-After": "3"}


def on_http(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    if error.response is not None or (error.code or 500) < 400:
        return error
    answer = make_response(error_page(error.code or 500))
    answer.headers.extend((name, value) for name, value in error.get_headers() if name.lower() in ("allow", "retry-after"))
    return answer


def on_anything(error: Exception) -> ResponseReturnValue:
    log.error("unexpected", path=request.path, error=type(error).__name__, exc_info=error)
    return error_page(500)


def install_problems(app: Flask) -> None:
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(AlreadyDone, on_done)
    app.register_error_handler(NotFound, lambda _: error_page(404))
    app.register_error_handler(Stale, lambda _: error_page(409, translated(STALE)))
    app.register_error_handler(Unavailable, on_unavailable)
    app.register_error_handler(SearchUnavailable, on_unavailable)
    app.register_error_handler(
        CSRFError, lambda _e: error_page(400, _("The form had expired. Go back, reload it and send it again; what you typed is kept."))
    )
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_anything)
