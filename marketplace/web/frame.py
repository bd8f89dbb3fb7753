"""What every template may use: the reader, where they can go, the open steps of a thing, addresses and words."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from marketplace.config import Settings
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.ids import new_id
from marketplace.kernel.labels import Label, label
from marketplace.kernel.notices import count_unread
from marketplace.kernel.permission import Permission
from marketplace.kernel.workflow import Step
from marketplace.web.answers import said
from marketplace.web.door import read
from marketplace.web.identity import current_actor
from marketplace.web.languages import is_large
from marketplace.web.links import outside_url, page_url, step_url, url_of
from marketplace.web.parts import parts_of
from marketplace.web.site import current_site
from marketplace.web.taxonomies import FILTERS as TAXONOMY_FILTERS
from marketplace.web.words import FILTERS, catalogue, locale_code, translated


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation, for those who hold the permission at all."""

    label: Label
    endpoint: str
    needs: Permission = Permission.VISIT


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    label: str
    active: bool
    badge: int = 0


@dataclass(frozen=True, slots=True)
class Footer:
    """Data of a public site; what is empty is not shown."""

    organiser: str
    contact: str
    hours: str
    site_code: str
    icp: str
    police: str
    is_demo: bool


PLACES = (
    Place(label("Find technology"), "search.index"),
    Place(label("Needs"), "needs.index"),
    Place(label("Studios"), "studios.index"),
    Place(label("People"), "people.index", Permission.SIGNED_IN),
    Place(label("Talent network"), "network.index"),
    Place(label("Talent structure"), "talent.index", Permission.TALENT_READ),
    Place(label("Figures"), "figures.index"),
    Place(label("My work"), "my.index", Permission.SIGNED_IN),
    Place(label("Review desk"), "reviews.index", Permission.REVIEW_DESK),
    Place(label("Import"), "imports.index", Permission.IMPORT),
    Place(label("Announcements"), "announcements.index", Permission.ANNOUNCEMENT_MAKE),
    Place(label("Audit"), "audit.index", Permission.AUDIT_READ),
    Place(label("Search words"), "vocabulary.index", Permission.ADMINISTER),
    Place(label("Accounts"), "accounts.index", Permission.ADMINISTER),
)


def footer_of(settings: Settings) -> Footer:
    demo = (settings.data / "demo-accounts.txt").exists()
    return Footer(settings.organiser, settings.contact, settings.hours, settings.site_code, settings.icp_number, settings.police_number, demo)


def steps_for(entity: Any) -> list[Step]:
    """The steps that are open to the reader now: buttons and guards come from one table."""
    room = current_site().rooms.get(entity.KIND)
    tokens = current_actor().tokens
    return [step for workflow in (room.workflows if room else ()) for step in workflow.open_to(tokens, entity)]


def navigation(places: tuple[Place, ...]) -> list[Item]:
    actor, here = current_actor(), request.endpoint
    return [Item(url_for(one.endpoint), translated(one.label), one.endpoint == here) for one in places if actor.can(one.needs)]


def unread_count() -> int:
    """Nothing while the store does not answer: the page that says so has this header, too."""
    actor = current_actor()
    with suppress(Unavailable):
        return 0 if actor.is_guest else read(count_unread, actor.account_id)
    return 0


def install_messages(app: Flask) -> None:
    """In place of the library's own look-up, which is slower."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogue().ugettext(text),
        lambda one, many, count: catalogue().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda about, text: catalogue().upgettext(about, text),
        npgettext=lambda about, one, many, count: catalogue().unpgettext(about, one, many, count),
    )


def install_frame(app: Flask, settings: Settings) -> None:
    """After the rooms: the navigation names only places that stand."""
    footer = footer_of(settings)
    places = tuple(one for one in PLACES if one.endpoint in app.view_functions)
    app.jinja_env.filters.update(FILTERS | TAXONOMY_FILTERS)
    install_messages(app)
    app.jinja_env.globals.update(
        url_of=url_of, outside_url=outside_url, page_url=page_url, step_url=step_url, steps_for=steps_for, form_key=new_id, parts_of=parts_of,
        site=footer, said=said, sprite=f"{app.static_url_path}/vendor/icons.svg",
    )  # fmt: skip

    def context() -> dict[str, Any]:
        return {
            "actor": current_actor(), "navigation": navigation(places), "locale": locale_code(), "large_mode": is_large(),
            "unread_count": unread_count(),
        }  # fmt: skip

    app.context_processor(context)
