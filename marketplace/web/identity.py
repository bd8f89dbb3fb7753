"""Who asks: read once a request from the server-side session, so that a revoked one opens nothing."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

import structlog
from flask import Flask, Response, after_this_request, g, request, session

from graph.connection import Graph, Transaction
from graph.errors import GraphError
from marketplace.kernel.actor import GUEST, Actor, Visit
from marketplace.kernel.sign_ins import note_visit
from marketplace.web.site import current_site

log = structlog.get_logger()
LoadVisit = Callable[[Transaction, str, datetime, datetime], Visit | None]
"""(transaction, digest of the session's token, not used since, now) → who it belongs to"""
NOTED_EVERY = timedelta(minutes=5)
"""How exactly the end of an unused sign-in is kept."""


def current_actor() -> Actor:
    return cast(Actor, g.get("actor", GUEST))


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What the graph keeps of a token: reading the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def current_session() -> str:
    """The digest of the session's token; empty for a guest."""
    token = session.get("sid")
    return digest_of(token) if isinstance(token, str) else ""


def remember(token: str) -> None:
    """A new session id at sign-in: one that was planted before is worth nothing."""
    language = session.get("language")
    session.clear()
    session["sid"] = token
    if language:
        session["language"] = language


def forget() -> None:
    session.clear()


def install_identity(app: Flask, load: LoadVisit) -> None:
    """Static files and health need nobody; everything else reads the actor once."""

    def identify() -> None:
        digest = current_session()
        if not digest or request.path.startswith("/static/") or request.path in ("/healthz", "/readyz"):
            return
        site = current_site()
        now = site.clock.now()
        not_before = now - timedelta(hours=site.settings.session_idle_hours)
        visit = site.graph.read(lambda tx: load(tx, digest, not_before, now), reader=("system",))
        g.actor = visit.actor if visit else GUEST
        if visit and visit.seen_at <= now - NOTED_EVERY:
            note_after_answer(site.graph, lambda tx: note_visit(tx, digest, now - NOTED_EVERY, now))

    app.before_request(identify)


def note_after_answer(graph: Graph, note: Callable[[Transaction], None]) -> None:
    """The reader has the page already: neither the time of this write nor its failure is theirs."""

    def carry_out() -> None:
        try:
            graph.write(note)
        except GraphError as error:
            log.warning("what was to be noted after an answer was lost", error=type(error).__name__)

    def arrange(response: Response) -> Response:
        response.call_on_close(carry_out)
        return response

    after_this_request(arrange)
