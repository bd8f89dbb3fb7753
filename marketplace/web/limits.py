"""How often one reader may ask; more gets 429 with the seconds to wait."""

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter

from marketplace.config import Settings
from marketplace.web.identity import current_actor
from marketplace.web.measures import carries_token
from marketplace.web.site import current_site

UNLIMITED = ("health.alive", "health.ready")
WATCHED = "metrics.index"
SEARCHES = ("search.", "downloads.", "home.suggest")


def asker() -> str:
    return current_actor().account_id or request.remote_addr or "unknown"


def pages_allowed() -> str:
    settings = current_site().settings
    return f"{settings.guest_per_minute if current_actor().is_guest else settings.user_per_minute} per minute"


def searches_allowed() -> str:
    return f"{current_site().settings.search_per_minute} per minute"


def is_unlimited() -> bool:
    """Whoever watches must see a site that is asked too often, too; a wrong token is counted like a guest."""
    settings = current_site().settings
    most = settings.guest_per_minute if current_actor().is_guest else settings.user_per_minute
    return request.endpoint in UNLIMITED or most == 0 or (request.endpoint == WATCHED and carries_token())


def is_no_search() -> bool:
    return not (request.endpoint or "").startswith(SEARCHES) or current_site().settings.search_per_minute == 0


def install_limits(app: Flask, settings: Settings) -> None:
    """After the identity: an account is counted wherever it comes from."""
    limiter = Limiter(
        asker,
        application_limits=[
            ApplicationLimit(pages_allowed, exempt_when=is_unlimited),
            ApplicationLimit(searches_allowed, scope="search", exempt_when=is_no_search),
        ],
        storage_uri=settings.limits_storage,
        headers_enabled=True,
    )
    limiter.init_app(app)
