"""How often one reader may ask; more gets 429 with the seconds to wait. Addresses that lead nowhere and malformed ones count, too."""

from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter

from marketplace.config import Settings
from marketplace.web.identity import current_actor
from marketplace.web.measures import carries_token
from marketplace.web.site import current_site

UNLIMITED = ("health.alive", "health.ready")
WATCHED = "metrics.index"
SEARCHES = ("search.", "downloads.")
SUGGESTIONS = "search.suggest"
JOINING = ("joining.enterprise", "joining.claim", "joining.worker", "invitations.answer")
"""Where a guest may open an account."""
KEYSTROKES = 5
"""Suggestions for one search that is sent: one for about every second letter; they count neither as pages nor as searches."""


NOWHERE = "nowhere"
"""Stands for the endpoint of what has none."""
HOME = 64
"""Bits of a version 6 address that are one household's: it has all the others to itself."""
PATIENCE: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}


def asker() -> str:
    return current_actor().account_id or place()


def place_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address or "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Address(int(found) >> HOME << HOME))
    return str(getattr(found, "ipv4_mapped", None) or found)


def place() -> str:
    return place_of(request.remote_addr or "")


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


def joining_allowed() -> str:
    return f"{current_site().settings.registrations_per_hour} per hour"


def is_no_joining() -> bool:
    sent = request.method == "POST" and request.endpoint in JOINING
    return not sent or not current_actor().is_guest or current_site().settings.registrations_per_hour == 0


def is_taken_in(response: Response) -> bool:
    """What comes back to be mended opened no account and does not count."""
    return response.status_code < 400


def install_limits(app: Flask, settings: Settings) -> None:
    """After the identity: an account is counted wherever it comes from. Where the storage is away, each process counts for itself meanwhile."""
    storage = settings.limits_storage.get_secret_value()
    limiter = Limiter(
        asker,
        application_limits=[
            ApplicationLimit(pages_allowed, exempt_when=is_unlimited),
            ApplicationLimit(searches_allowed, scope="search", exempt_when=is_no_search),
            ApplicationLimit(joining_allowed, key_function=place, scope="joining", exempt_when=is_no_joining, deduct_when=is_taken_in),
            ApplicationLimit(suggestions_allowed, scope="suggestions", exempt_when=is_no_suggestion),
        ],
        storage_uri=storage,
        storage_options=PATIENCE if storage.startswith("redis") else {},
        in_memory_fallback_enabled=True,
        request_identifier=lambda: request.endpoint or NOWHERE,
        headers_enabled=True,
    )
    limiter.init_app(app)
