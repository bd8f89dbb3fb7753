"""Where a thing lives on the site."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from marketplace.kernel.paging import MOST_PAGES
from marketplace.web.site import current_site

ROOMS = {
    "achievement": "achievements", "listing": "listings", "need": "needs", "patent": "patents", "studio": "studios", "association": "associations",
    "enterprise": "enterprises", "worker": "workers", "organisation": "organisations", "enquiry": "conversation", "batch": "imports",
    "view": "views", "synonym": "vocabulary", "missed": "missed", "announcement": "announcements", "erasure": "erasures",
    "registration": "joining", "role-request": "roles", "invitation": "invitations",
    "contract": "contracts", "milestone": "milestones",
    "offer": "deals", "first-refusal": "first_refusals",
    "payment": "payments", "posting": "income", "share-rule": "share_rules", "ledger-objection": "objections",
    "challenge": "challenges", "proposal": "proposals", "judgement": "judgements",
    "saved-search": "saved",
    "opinion": "opinions", "rating": "ratings", "watch": "watching",
    "introduction": "introductions",
    "auction": "auctions", "bidder": "bidders",
}  # fmt: skip


@lru_cache(maxsize=10_000)
def url_of(kind: str, id: str) -> str:
    """The page of a thing; home for what has none."""
    return url_for(f"{ROOMS[kind]}.detail", id=id) if kind in ROOMS else url_for("home.index")


def outside_url(endpoint: str, **values: Any) -> str:
    """For sheets and other sites: at the address that was set, as production demands; else at the host that the request names."""
    settings = current_site().settings
    return f"{settings.address}{url_for(endpoint, **values)}" if settings.public_url else url_for(endpoint, **values, _external=True)


def step_url(step: Any, entity: Any) -> str:
    """Where a workflow step of a thing is sent to."""
    return url_for(f"{ROOMS[entity.KIND]}.take_step", id=entity.id, verb=step.name)


def page_url(**changes: Any) -> str:
    """The present address with some of its query changed; None takes a name away, a list gives it several values."""
    query = request.args.to_dict(flat=False)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value if isinstance(value, list) else [str(value)]
    here = url_for(request.endpoint, **(request.view_args or {})) if request.endpoint and request.method in ("GET", "HEAD") else ""
    return f"{here}?{urlencode(query, doseq=True)}" if query or not here else here


def page_number() -> int:
    """Of a list, as the address says it; what is no page is the first."""
    sent = request.args.get("page", "1")
    return min(max(int(sent), 1), MOST_PAGES) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 1


def inner_url(address: str | None) -> str:
    """A redirect stays on the site: anything but a plain path becomes home."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable():
        return address.rstrip("?")
    return url_for("home.index")
