"""What falls due in the rooms of this site: how long words and views are kept, when somebody is reminded, what is mature."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from marketplace.config import Settings
from marketplace.domains.enquiries import service as enquiry_service
from marketplace.domains.listings import service as listing_service
from marketplace.domains.milestones import service as milestone_service
from marketplace.domains.missed import service as missed_service
from marketplace.kernel.attention import forget_views
from marketplace.kernel.rooms import Room, in_turn
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.processes.figures import service as figure_service
from marketplace.rooms import ROOMS


def rooms_of(settings: Settings) -> dict[str, Room]:
    """Every room, with what this site sets about it."""
    remind = partial(listing_service.remind_listings, days=settings.listing_reminder_days)
    due: dict[str, Callable[[UnitOfWork], int]] = {
        "missed": partial(missed_service.forget_misses, days=settings.missed_search_days),
        "milestone": partial(milestone_service.remind_of_milestones, workdays=settings.milestone_reminder_workdays),
        "enquiry": partial(enquiry_service.remind_of_answers, workdays=settings.answer_workdays),
        "achievement": partial(figure_service.count_of_the_day, months=settings.figures_months),
        "listing": in_turn(listing_service.expire_listings, remind, partial(forget_views, days=settings.view_days)),
    }
    return ROOMS | {kind: replace(ROOMS[kind], falls_due=work) for kind, work in due.items()}
