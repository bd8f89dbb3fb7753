"""Choose how one is told, say where mail goes and confirm it, switch mail off by the link in a letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.domains.postbox.model import AGAIN, CONFIRM, WORKFLOW, Postbox, Status, stored_choices
from marketplace.domains.postbox.repository import create_postbox_node, drop_mail, find_postbox, release_notices, save_postbox
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.notices import ALWAYS, Delivery, Topic, choices_of
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created, edited
from marketplace.mail import is_address


def choose_ways(uow: UnitOfWork, version: int, by_topic: Mapping[Topic, Delivery], language: str) -> Postbox:
    """Raises Invalid for switching off what can't be, Stale when another window was faster."""
    for topic, way in by_topic.items():
        if topic in ALWAYS and way is Delivery.NONE:
            raise Invalid({topic.value: label("This can't be switched off.")})
    postbox = _own(uow)
    return _saved(uow, edited(postbox, version or postbox.version, at=uow.now, verb="choose", choices=stored_choices(by_topic), language=language))


def write_address(uow: UnitOfWork, version: int, email: str, language: str) -> Postbox:
    """Nothing is sent there but the letter that asks, until it is confirmed. An empty one takes the address away."""
    postbox = _own(uow)
    if not email:
        return remove_address(uow, version)
    if not is_address(email):
        raise Invalid({"email": label("An address such as name@example.com.")})
    if postbox.asked_at is not None and uow.now < postbox.asked_at + AGAIN:
        raise Invalid({"email": label("A letter was sent a moment ago. Wait five minutes before the next.")})
    drop_mail(uow.tx, postbox.id)
    return _step(
        uow, postbox, "write_address", version or postbox.version, email=email, confirmed_at=None, asked_at=uow.now, letter=CONFIRM, tries=0,
        problem="", language=language,
    )  # fmt: skip


def remove_address(uow: UnitOfWork, version: int) -> Postbox:
    """What waits to be mailed is not mailed any more."""
    postbox = _own(uow)
    if postbox.status is Status.EMPTY:
        return postbox
    drop_mail(uow.tx, postbox.id)
    return _step(uow, postbox, "remove_address", version or postbox.version, email="", confirmed_at=None, letter="", tries=0, problem="")


def confirm_address(uow: UnitOfWork, account: str, asked_at: datetime) -> Postbox:
    """By the link in the letter: whoever has it reads that post. Once confirmed, confirming again changes nothing.

    `asked_at` is when the letter was asked for. Raises Refused where the account has another address by now."""
    postbox = _of(uow, account)
    if postbox.asked_at is None or postbox.asked_at != asked_at or not postbox.email:
        raise Refused(label("This link is for an address that is not yours any more. Save the address again for a new one."))
    if postbox.confirmed_at is not None:
        return postbox
    return _step(uow, postbox, "confirm", postbox.version, confirmed_at=uow.now, letter="", tries=0, problem="")


def unsubscribe(uow: UnitOfWork, account: str, topic: Topic | None) -> Postbox:
    """By the link in a letter, without signing in: that topic, or all but security, is told on the site alone from now on."""
    postbox = _of(uow, account)
    mailed = (Delivery.AT_ONCE, Delivery.DAILY, Delivery.WEEKLY)
    topics = {topic} if topic else set(Topic) - ALWAYS
    news = {one: Delivery.SITE if one in topics and way in mailed else way for one, way in choices_of(postbox.choices).items()}
    if stored_choices(news) == postbox.choices:
        return postbox
    drop_mail(uow.tx, account, topics)
    return _saved(uow, edited(postbox, postbox.version, at=uow.now, verb="unsubscribe", choices=stored_choices(news)))


def try_again(uow: UnitOfWork, account: str) -> Postbox:
    """An administrator, who has asked the person: what was kept back is sent; to an address that nobody has confirmed, the letter that asks."""
    uow.actor.require(Permission.ADMINISTER, None)
    postbox = _of(uow, account)
    if postbox.confirmed_at is None:
        return _step(uow, postbox, "ask_again", postbox.version, tries=0, problem="", letter=CONFIRM)
    release_notices(uow.tx, account)
    return _step(uow, postbox, "try_again", postbox.version, tries=0, problem="", letter="")


def _own(uow: UnitOfWork) -> Postbox:
    """The actor's; it is made with the first choice."""
    account = uow.actor.account_id
    found = find_postbox(uow.tx, account)
    if found is None:
        found = Postbox(id=account, created_at=uow.now, updated_at=uow.now)
        uow.actor.require(Permission.POSTBOX_EDIT, found)
        create_postbox_node(uow.tx, found)
        uow.record(created(found, at=uow.now))
    uow.actor.require(Permission.POSTBOX_EDIT, found)
    return found


def _of(uow: UnitOfWork, account: str) -> Postbox:
    """With the system's eyes: the signed link, or the administrator's permission, has opened it."""
    found = find_postbox(uow.tx.seen_by(("system",)), account)
    if found is None:
        raise NotFound(account)
    return found


def _step(uow: UnitOfWork, postbox: Postbox, verb: str, version: int, **changes: Any) -> Postbox:
    return _saved(uow, WORKFLOW.step(verb, postbox, version, at=uow.now, **changes))


def _saved(uow: UnitOfWork, change: Change[Postbox]) -> Postbox:
    save_postbox(uow.tx, change)
    uow.record(change)
    return change.after
