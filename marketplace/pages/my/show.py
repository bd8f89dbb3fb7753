"""Each thing that waits as one line, whoever's it is; what is owned by where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph.connection import Transaction
from marketplace.domains.achievements.model import STATUS_LABELS, Status
from marketplace.domains.listings.model import STATUS_LABELS as LISTING_STATUS_LABELS
from marketplace.domains.needs.model import STATUS_LABELS as NEED_STATUS_LABELS
from marketplace.domains.patents.model import LEGAL_LABELS
from marketplace.domains.registrations.model import WORKFLOW, Registration
from marketplace.domains.registrations.repository import list_waiting_of
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import SILENCE, Answer
from marketplace.kernel.invitations import Invitation, list_invited
from marketplace.kernel.labels import Label
from marketplace.kernel.revisions import CopyStatus
from marketplace.kernel.workdays import local_day
from marketplace.pages.desk.repository import count_cases
from marketplace.pages.desk.words import deadline_of, kind_words
from marketplace.pages.my.deals import Deal, waiting_deals
from marketplace.pages.my.money import income_figure, money_lines
from marketplace.pages.my.repository import Own, Question, Share, list_my_cases, list_own, list_questions, list_shares
from marketplace.web.links import url_of
from marketplace.web.words import NOTHING, day, percent, translated

MOST_LINES = 12
LINES_AT_HOME = 5


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


def share_line(share: Share, now: datetime) -> Line:
    """An unanswered share counts after fifteen days: the line says when that is."""
    ends = share.asked_at + SILENCE if share.asked_at else now
    words = _("until %(day)s", day=day(ends)) if ends > now else _("counts by now")
    note = _("%(number)s; without an answer your share counts", number=share.number)
    title = _("%(title)s: your share is %(share)s", title=share.title, share=percent(share.share))
    tone, mine = "due" if ends > now else "neutral", percent(share.share)
    return Line(words, tone, _("To confirm"), title, note, url_of("achievement", share.id), _("Answer"), ends, "achievement", share.id, mine)


def question_line(question: Question) -> Line:
    title = _("A question about “%(title)s”", title=question.about_title)
    asked, url = question.created_at, url_of("enquiry", question.id)
    return Line(day(asked), "due", _("To answer"), title, question.text[:80], url, _("Answer"), asked, "enterprise")


def case_lines(tx: Transaction, actor: Actor, now: datetime) -> list[Line]:
    """Claimed by me, or by nobody yet."""
    lines = []
    for review in list_my_cases(tx, actor.account_id, MOST_LINES) if actor.is_officer else []:
        deadline = deadline_of(review.due_at, now)
        mine = review.claimed_by == actor.account_id
        note = "，".join(one for one in (review.number, kind_words(review.kind), review.unit_name) if one)
        matter, act = (_("Review"), _("Go and review")) if mine else (_("Unclaimed"), _("Look at it"))
        url = url_for("reviews.index", case=review.id)
        lines.append(Line(deadline.words, deadline.tone, matter, review.title, note, url, act, review.due_at, review.kind))
    return lines


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


def market_line(one: Deal) -> Line:
    """What waits in the market: a word, an offer, a question of first refusal."""
    words = _("until %(day)s", day=day(one.due)) if one.has_end else day(one.due)
    return Line(words, "due", one.matter, one.title, one.note, url_of(one.kind, one.id), one.act, one.due, "enterprise")


def waiting_of(tx: Transaction, actor: Actor, now: datetime, own: Iterable[Own], shares: Iterable[Share]) -> list[Line]:
    """Everything that waits for this reader, whatever their roles: the most urgent first."""
    own = list(own)
    lines = [
        *case_lines(tx, actor, now),
        *(registration_line(one, now) for one in list_waiting_of(tx, actor.account_id)),
        *(invitation_line(one) for one in list_invited(tx, actor.worker_id, now)),
        *(share_line(share, now) for share in shares if share.answer is Answer.ASKED),
        *(Line(**said) for said in money_lines(tx, actor, now)),
        *(question_line(question) for question in list_questions(tx, actor)),
        *(market_line(one) for one in waiting_deals(tx, actor, now)),
        *(returned_line(one) for one in own if is_returned(one)),
        *(missing_line(one) for one in own if one.missing and one.source),
    ]
    return sorted(lines, key=lambda line: (line.due is None, line.due or now))


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: int | str
    note: str
    url: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the first page of a signed-in reader begins with."""

    heading: str
    today: str
    lines: list[Line]
    more: int
    figures: list[Figure]


def waiting_for(tx: Transaction, actor: Actor, now: datetime) -> Waiting:
    """The first few, for the first page."""
    own, shares = list_own(tx, actor), list_shares(tx, actor.worker_id)
    lines = waiting_of(tx, actor, now, own, shares)
    first = lines[:LINES_AT_HOME]
    return Waiting(heading_of(actor, lines), today_of(now), first, len(lines) - len(first), figures_of(tx, actor, now, own, shares))


def figures_of(tx: Transaction, actor: Actor, now: datetime, own: list[Own], shares: list[Share]) -> list[Figure]:
    """The figures that fit the reader's roles."""
    figures = []
    if actor.is_officer:
        counts = count_cases(tx, actor.account_id, now)
        late = _("to be taken over or decided") if counts.overdue else _("nothing is late")
        figures += [
            Figure(_("Claimed by me"), counts.mine, _("of %(n)s open cases", n=counts.all), url_for("reviews.index", tab="mine"), _("cases")),
            Figure(_("Unclaimed"), counts.unclaimed, _("%(n)s due today", n=counts.today), url_for("reviews.index", tab="unclaimed"), _("cases")),
            Figure(_("Overdue"), counts.overdue, late, url_for("reviews.index", tab="overdue"), _("cases")),
            Figure(_("Returned, waiting"), counts.returned, _("with their makers"), url_for("reviews.index", tab="returned"), _("cases")),
            on_time_figure(counts.in_time, counts.done),
        ]  # fmt: skip
    if actor.worker_id:
        uses = _("%(n)s uses", n=sum(share.used for share in shares))
        figures.append(Figure(_("Achievements with my share"), len(shares), uses, url_for("my.index") + "#shares", _("items")))
    if said := income_figure(tx, actor, now):
        figures.append(Figure(**said))
    if own or not actor.is_officer:
        public = [one for one in own if one.published_at]
        mine = url_for("my.index") + "#own"
        figures.append(Figure(_("Published"), len(public), _("%(n)s in all", n=len(own)), mine, _("items")))
        figures.append(Figure(_("Drafts and in review"), len(own) - len(public), _("not public yet"), mine, _("items")))
    return figures


def on_time_figure(in_time: int, done: int) -> Figure:
    share = percent(round(in_time * 1000 / done) * 10).removesuffix("%") if done else NOTHING
    return Figure(_("Done in time this month"), share, f"{in_time} ÷ {done}", url_for("my.index") + "#units", "%" if done else "")


STATUS_WORDS: dict[str, Mapping[str, Label]] = {
    "achievement": STATUS_LABELS, "need": NEED_STATUS_LABELS, "listing": LISTING_STATUS_LABELS, "patent": LEGAL_LABELS,
}  # fmt: skip


def status_words(own: Own) -> str:
    """Each kind's own word for where a thing stands."""
    return translated(STATUS_WORDS[own.kind].get(own.status, own.status))


def heading_of(actor: Actor, lines: list[Line]) -> str:
    if lines:
        words = ngettext("%(name)s, %(num)s thing waits for you", "%(name)s, %(num)s things wait for you", len(lines), name=actor.name)
        return str(words)
    return str(_("%(name)s, nothing waits for you", name=actor.name))


def today_of(now: datetime) -> str:
    return local_day(now).isoformat()
