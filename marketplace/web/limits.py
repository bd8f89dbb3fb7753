"""How often one reader may ask; more gets 429 with the seconds to wait."""

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter

from marketplace.config import Settings
from marketplace.web.identity import current_actor
from marketplace.web.measures import carries_token
from marketplace.web.site import current_site

UNLIMITED = ("health.alive", "health.ready")
WATCHED = "metrics.index"
SEARCHES = ("search.", "downloads.")
SUGGESTIONS = "search.suggest"
KEYSTROKES = 5
"""Suggestions for one search that is sent: one for about every second letter; they count neither as pages nor as searches."""


def asker() -> str:
    return current_actor().account_id or request.remote_addr or "unknown"


def pages_allowed() -> str:
    settings = current_site().settings
    return f"{settings.guest_per_minute if current_actor().is_guest else settings.user_per_minute} per minute"


def searches_allowed() -> str:
    return f"{current_site().settings.search_per_minute} per minute"


def suggestions_allowed() -> str:
    return f"{KEYSTROKES * current_site().settings.search_per_minute} per minute"


def is_unlimited() -> bool:
    """Whoever watches must see a site that is asked too often, too; a wrong token is counted like a guest."""
    settings = current_site().settings
    most = settings.guest_per_minute if current_actor().is_guest else settings.user_per_minute
    return request.endpoint in (*UNLIMITED, SUGGESTIONS) or most == 0 or (request.endpoint == WATCHED and carries_token())


def is_no_search() -> bool:
    searches = (request.endpoint or "").startswith(SEARCHES) and request.endpoint != SUGGESTIONS
    return not searches or current_site().settings.search_per_minute == 0


def is_no_suggestion() -> bool:
    return request.endpoint != SUGGESTIONS or current_site().settings.search_per_minute == 0


def install_limits(app: Flask, settings: Settings) -> None:
    """After the identity: an account is counted wherever it comes from."""
    limiter = Limiter(
        asker,
        application_limits=[
            ApplicationLimit(pages_allowed, exempt_when=is_unlimited),
            ApplicationLimit(searches_allowed, scope="search", exempt_when=is_no_search),
            ApplicationLimit(suggestions_allowed, scope="suggestions", exempt_when=is_no_suggestion),
        ],
        storage_uri=settings.limits_storage,
        headers_enabled=True,
    )
    limiter.init_app(app)
