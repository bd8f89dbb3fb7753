"""Write to everybody at or below a unit, and take it back."""

from dataclasses import replace

from marketplace.domains.announcements.model import WORKFLOW, Announcement, AnnouncementText, faults_of, goes_out_at
from marketplace.domains.announcements.repository import create_announcement_node, find_place, get_announcement, save_announcement
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created


def announce(uow: UnitOfWork, text: AnnouncementText) -> Announcement:
    """It goes out two minutes later, or on its first day. Raises Invalid at the field, Forbidden for a unit that is not one's own or below."""
    if faults := faults_of(text, local_day(uow.now)):
        raise Invalid(faults)
    place = find_place(uow.tx, text.unit_id)
    if place is None:
        raise Invalid({"unit_id": label("Choose one of the list.")})
    uow.actor.require(Permission.ANNOUNCEMENT_MAKE, place)
    announcement = Announcement(
        id=uow.new_id(), title=text.title, text=text.text, link=text.link, unit_id=place.id, units=place.units, by=uow.actor.account_id,
        goes_out_at=goes_out_at(uow.now, text.shown_from), shown_from=text.shown_from, shown_until=text.shown_until, created_at=uow.now,
        updated_at=uow.now,
    )  # fmt: skip
    create_announcement_node(uow.tx, announcement)
    uow.record(created(announcement, at=uow.now, verb="announce"))
    return announcement


def withdraw_announcement(uow: UnitOfWork, id: str, version: int) -> Announcement:
    """Before it went out nobody hears of it; afterwards it is gone from every list. Mail that was sent can't be taken back.

    The version that counts is the present one: while it goes out the relay counts it up, and that is no reason to refuse."""
    announcement = get_announcement(uow.tx, id)
    uow.actor.require(Permission.ANNOUNCEMENT_MAKE, announcement)
    return _step(uow, announcement, "withdraw")


def begin_telling(uow: UnitOfWork, id: str) -> Announcement:
    """The relay: it is time. Raises Refused where it was taken back."""
    return _step(uow, get_announcement(uow.tx, id), "tell")


def end_telling(uow: UnitOfWork, id: str, told: int) -> Announcement:
    """The relay: everybody has it."""
    return _step(uow, replace(get_announcement(uow.tx, id), told=told), "end")


def end_clearing(uow: UnitOfWork, id: str) -> Announcement:
    """The relay: nobody has it any more."""
    return _step(uow, replace(get_announcement(uow.tx, id), told=0), "clear")


def _step(uow: UnitOfWork, announcement: Announcement, verb: str) -> Announcement:
    change = WORKFLOW.step(verb, announcement, announcement.version, at=uow.now)
    save_announcement(uow.tx, change)
    uow.record(change)
    return change.after
