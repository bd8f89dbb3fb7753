"""Each thing that waits for somebody as one line."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from flask import url_for
from flask_babel import gettext as _

from marketplace.domains.achievements.model import Status
from marketplace.domains.registrations.model import WORKFLOW, Registration
from marketplace.kernel.contributions import SILENCE
from marketplace.kernel.invitations import Invitation
from marketplace.kernel.revisions import CopyStatus
from marketplace.kernel.roles import ROLE_LABELS
from marketplace.pages.desk.words import deadline_of
from marketplace.pages.my.deals import Deal
from marketplace.pages.my.market import Use
from marketplace.pages.my.repository import Own, Share
from marketplace.processes.rights.model import Act, RoleRequest
from marketplace.web.links import url_of
from marketplace.web.words import day, percent, translated


@dataclass(frozen=True, slots=True)
class Line:
    """`due` is sorted by; without one it comes after those that have one. With `share_of`, an achievement, it is answered on the spot."""

    due_words: str
    tone: str
    matter: str
    title: str
    note: str
    url: str
    act: str
    due: datetime | None = None
    kind: str = ""
    share_of: str = ""
    share: str = ""


def is_returned(own: Own) -> bool:
    return own.status == Status.RETURNED or own.revision == CopyStatus.RETURNED


def returned_line(own: Own) -> Line:
    note = "，".join(one for one in (own.number, own.reason) if one)
    return Line(_("returned"), "due", _("To mend"), own.title, note, url_of(own.kind, own.id), _("Mend it"), own.updated_at, own.kind)


def missing_line(own: Own) -> Line:
    note = _("%(number)s, %(n)s entries are missing", number=own.number, n=len(own.missing))
    return Line(_("incomplete"), "neutral", _("To complete"), own.title, note, url_of(own.kind, own.id), _("Complete it"), kind=own.kind)


def ends_line(own: Own) -> Line:
    """A listing of whose end its offerer was reminded: one press on its page renews it."""
    note = _("%(number)s; renewed with one press", number=own.number)
    ends = own.ends_on or own.updated_at.date()
    due = datetime.combine(ends, time(), UTC)
    return Line(_("until %(day)s", day=day(ends)), "due", _("To renew"), own.title, note, url_of(own.kind, own.id), _("Renew"), due, own.kind)


def is_ending(own: Own) -> bool:
    return own.kind == "listing" and own.published_at is not None and own.ends_on is not None and own.reminded_for == own.ends_on


def share_line(share: Share, now: datetime) -> Line:
    """An unanswered share counts after fifteen days: the line says when that is."""
    ends = share.asked_at + SILENCE if share.asked_at else now
    words = _("until %(day)s", day=day(ends)) if ends > now else _("counts by now")
    note = _("%(number)s; without an answer your share counts", number=share.number)
    title = _("%(title)s: your share is %(share)s", title=share.title, share=percent(share.share))
    tone, mine = "due" if ends > now else "neutral", percent(share.share)
    return Line(words, tone, _("To confirm"), title, note, url_of("achievement", share.id), _("Answer"), ends, "achievement", share.id, mine)


def use_line(use: Use) -> Line:
    """The makers say that it is used here; it counts when the adopter has said so, too."""
    url = url_for("adoption.answer", id=use.achievement_id, use_id=use.id)
    title = _("Do you use “%(title)s”?", title=use.title)
    words = day(use.asked_at) if use.asked_at else _("asked")
    return Line(words, "due", _("To confirm"), title, f"{use.number}，{use.enterprise_name}", url, _("Answer"), use.asked_at, "achievement")


def suggested_line(use: Use) -> Line:
    note = _("%(number)s; the contract is fulfilled", number=use.number)
    title = _("What does “%(title)s” save you?", title=use.title)
    url = url_for("adoption.report", id=use.achievement_id)
    return Line(_("suggested"), "neutral", _("To report"), title, note, url, _("Report the use"), kind="achievement")


def registration_line(one: Registration, now: datetime) -> Line:
    """Who has registered sees where it stands; nothing else is open to them yet."""
    url, number = url_of("registration", one.id), one.number
    if one.reason and WORKFLOW.steps["submit"].frm & {one.status}:
        return Line(_("returned"), "due", _("To mend"), one.subject, f"{number}，{one.reason}", url, _("Mend it"), one.updated_at, "enterprise")
    note = _("%(number)s, with %(unit)s", number=number, unit=one.unit_name)
    words = deadline_of(one.due_at or now, now).words
    return Line(words, "neutral", _("Waits for the union"), one.subject, note, url, _("Look at it"), one.due_at, "enterprise")


def invitation_line(one: Invitation) -> Line:
    words = _("until %(day)s", day=day(one.expires_at))
    note = _("%(name)s invites you", name=one.invited_by_name)
    return Line(words, "due", _("Invitation"), one.party_name, note, url_of("invitation", one.id), _("Answer"), one.expires_at, one.party_kind)


def request_line(one: RoleRequest) -> Line:
    """A change of an administrator's rights, for the second one."""
    named = {"name": one.name, "role": translated(ROLE_LABELS[one.role])}
    title = _("%(name)s: become %(role)s", **named) if one.act is Act.GIVE else _("%(name)s: no longer %(role)s", **named)
    note, url = _("proposed by %(name)s", name=one.proposer), url_of("role-request", one.id)
    return Line(_("until %(day)s", day=day(one.expires_at)), "due", _("To confirm"), title, note, url, _("Look at it"), one.expires_at, "worker")


def market_line(one: Deal) -> Line:
    """What waits in the market: a word, an offer, a question of first refusal."""
    words = _("until %(day)s", day=day(one.due)) if one.has_end else day(one.due)
    url = url_for("ratings.rate", id=one.id) if one.kind == "rating-due" else url_of(one.kind, one.id)
    return Line(words, "due", one.matter, one.title, one.note, url, one.act, one.due, "enterprise")
