"""Who asks: read once a request from the server-side session, so that a revoked one opens nothing."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, g, request, session

from graph.connection import Transaction
from marketplace.kernel.actor import GUEST, Actor
from marketplace.web.site import current_site

LoadActor = Callable[[Transaction, str, datetime], Actor | None]
"""(transaction, digest of the session's token, not used since) → who it belongs to"""


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


def install_identity(app: Flask, load: LoadActor) -> None:
    """Static files and health need nobody; everything else reads the actor once."""

    def identify() -> None:
        digest = current_session()
        if not digest or request.path.startswith("/static/") or request.path in ("/healthz", "/readyz"):
            return
        site = current_site()
        not_before = site.clock.now() - timedelta(hours=site.settings.session_idle_hours)
        g.actor = site.graph.read(lambda tx: load(tx, digest, not_before), reader=("system",)) or GUEST

    app.before_request(identify)
