"""Who asks: read once a request from the server-side session, so that a revoked one opens nothing."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import cast

import structlog
from flask import Flask, Response, after_this_request, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from graph.connection import Graph, Transaction
from graph.errors import GraphError
from marketplace.kernel.actor import GUEST, Actor, Visit
from marketplace.kernel.door import Door, door_of
from marketplace.kernel.sign_ins import STEP_MINUTES, Due, Validity, note_visit
from marketplace.mail import AddressRefused, MailAway
from marketplace.web.kept import not_kept
from marketplace.web.site import current_site

log = structlog.get_logger()
LoadVisit = Callable[[Transaction, str, Validity], Visit | None]
"""(transaction, digest of the session's token, what it is held against) → who it belongs to"""
STEPS = {Due.CODE: "accounts.code", Due.PASSWORD: "accounts.new_password", Due.FACTOR: "second_factor.set_up"}
"""Where each step is taken."""
MEANWHILE = ("accounts.sign_out", "language.", "help.", "static", "health.")
"""What may be asked for before."""
NOTED_EVERY = timedelta(minutes=5)
"""How exactly the end of an unused sign-in is kept."""


def current_actor() -> Actor:
    return cast(Actor, g.get("actor", GUEST))


def current_visit() -> Visit | None:
    """Also of somebody who is only on the way in, and a guest until then."""
    return cast(Visit | None, g.get("visit"))


def proved_recently() -> bool:
    """Whether whoever sits there has said password or code a few minutes ago."""
    visit = current_visit()
    return visit is not None and visit.proved_at > current_site().clock.now() - timedelta(minutes=STEP_MINUTES)


def validity() -> Validity:
    site = current_site()
    settings = site.settings
    return Validity(site.clock.now(), settings.session_idle_hours, settings.session_hours, settings.second_factor == "required")


def current_door() -> Door:
    return door_of(current_site().settings)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What the graph keeps of a token: reading the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def current_session() -> str:
    """The digest of the session's token; empty for a guest."""
    token = session.get("sid")
    return digest_of(token) if isinstance(token, str) else ""


def remember(token: str, actor: Actor | None = None) -> None:
    """A new session id at sign-in: one that was planted before is worth nothing. `actor`: whose page this answer is already."""
    g.actor = actor or current_actor()
    language = session.get("language")
    session.clear()
    session["sid"] = token
    if language:
        session["language"] = language


def forget() -> None:
    session.clear()


def install_identity(app: Flask, load: LoadVisit) -> None:
    """Static files and health need nobody; everything else reads the actor once."""

    def identify() -> ResponseReturnValue | None:
        digest = current_session()
        if not digest or request.path.startswith("/static/") or request.path in ("/healthz", "/readyz"):
            return None
        site, held = current_site(), validity()
        visit = site.graph.read(lambda tx: load(tx, digest, held), reader=("system",))
        g.visit, g.actor = visit, visit.actor if visit and not visit.due else GUEST
        if visit and visit.seen_at <= held.now - NOTED_EVERY:
            note_after_answer(site.graph, lambda tx: note_visit(tx, digest, held.now - NOTED_EVERY, held.now))
        return first_things_first(visit)

    app.before_request(identify)


def first_things_first(visit: Visit | None) -> ResponseReturnValue | None:
    """Whoever owes a code, a password or a second factor gets nowhere else before."""
    if visit is None or not visit.due:
        return None
    step, asked = STEPS[Due(visit.due)], request.endpoint or ""
    if asked == step or asked.startswith(MEANWHILE):
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" and not asked.startswith("accounts.") else request.args.get("next")
    return redirect(url_for(step, next=wanted))


def note_after_answer(graph: Graph, note: Callable[[Transaction], None]) -> None:
    """The reader has the page already: neither the time of this write nor its failure is theirs."""

    def write() -> None:
        graph.write(note)

    after_answer(write)


def after_answer(act: Callable[[], None]) -> None:
    """Neither its time nor its failure is the reader's. `act` stands outside the request."""

    def carry_out() -> None:
        try:
            act()
        except (GraphError, MailAway, AddressRefused) as error:
            log.warning("what was to be noted after an answer was lost", error=type(error).__name__)

    def arrange(response: Response) -> Response:
        response.call_on_close(carry_out)
        return response

    not_kept()
    after_this_request(arrange)
