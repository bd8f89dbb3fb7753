"""Each thing that waits as one line, whoever's it is; what is owned by where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.achievements.model import STATUS_LABELS, Status
from marketplace.domains.needs.model import STATUS_LABELS as NEED_STATUS_LABELS
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import SILENCE, Answer
from marketplace.kernel.revisions import CopyStatus
from marketplace.kernel.workdays import local_day
from marketplace.pages.desk.repository import count_cases
from marketplace.pages.desk.words import deadline_of, kind_words
from marketplace.pages.my.repository import Own, Question, Share, list_my_cases, list_own, list_questions, list_shares
from marketplace.web.links import url_of
from marketplace.web.words import day, percent, translated

MOST_LINES = 12
LINES_AT_HOME = 5


@dataclass(frozen=True, slots=True)
class Line:
    """`due` is sorted by; without one it comes after those that have one."""

    due_words: str
    tone: str
    matter: str
    title: str
    note: str
    url: str
    act: str
    due: datetime | None = None


def is_returned(own: Own) -> bool:
    return own.status == Status.RETURNED or own.revision == CopyStatus.RETURNED


def returned_line(own: Own) -> Line:
    note = "，".join(one for one in (own.number, own.reason) if one)
    return Line(_("returned"), "due", _("To mend"), own.title, note, url_of(own.kind, own.id), _("Mend it"), own.updated_at)


def missing_line(own: Own) -> Line:
    note = _("%(number)s, %(n)s entries are missing", number=own.number, n=len(own.missing))
    return Line(_("incomplete"), "neutral", _("To complete"), own.title, note, url_of(own.kind, own.id), _("Complete it"))


def share_line(share: Share, now: datetime) -> Line:
    """An unanswered share counts after fifteen days: the line says when that is."""
    ends = share.asked_at + SILENCE if share.asked_at else now
    words = _("until %(day)s", day=day(ends)) if ends > now else _("counts by now")
    note = _("%(number)s; without an answer your share counts", number=share.number)
    title = _("%(title)s: your share is %(share)s", title=share.title, share=percent(share.share))
    return Line(words, "due" if ends > now else "neutral", _("To confirm"), title, note, url_of("achievement", share.id), _("Answer"), ends)


def question_line(question: Question) -> Line:
    title = _("A question about “%(title)s”", title=question.about_title)
    return Line(
        day(question.created_at), "due", _("To answer"), title, question.text[:80], url_of("enquiry", question.id), _("Answer"), question.created_at
    )


def case_lines(tx: Transaction, actor: Actor, now: datetime) -> list[Line]:
    """Claimed by me, or by nobody yet."""
    lines = []
    for review in list_my_cases(tx, actor.account_id, MOST_LINES) if actor.is_officer else []:
        deadline = deadline_of(review.due_at, now)
        mine = review.claimed_by == actor.account_id
        note = "，".join(one for one in (review.number, kind_words(review.kind), review.unit_name) if one)
        matter, act = (_("Review"), _("Go and review")) if mine else (_("Unclaimed"), _("Look at it"))
        lines.append(Line(deadline.words, deadline.tone, matter, review.title, note, url_for("reviews.index", case=review.id), act, review.due_at))
    return lines


def waiting_of(tx: Transaction, actor: Actor, now: datetime, own: Iterable[Own], shares: Iterable[Share]) -> list[Line]:
    """Everything that waits for this reader, whatever their roles: the most urgent first."""
    own = list(own)
    lines = [
        *case_lines(tx, actor, now),
        *(share_line(share, now) for share in shares if share.answer is Answer.ASKED),
        *(question_line(question) for question in list_questions(tx, actor)),
        *(returned_line(one) for one in own if is_returned(one)),
        *(missing_line(one) for one in own if one.missing and one.source),
    ]
    return sorted(lines, key=lambda line: (line.due is None, line.due or now))


def waiting_lines(tx: Transaction, actor: Actor, now: datetime) -> list[dict[str, str]]:
    """The first few, for the first page."""
    lines = waiting_of(tx, actor, now, list_own(tx, actor), list_shares(tx, actor.worker_id))
    return [{"words": f"{line.matter}：{line.title}", "url": line.url, "count": line.due_words} for line in lines[:LINES_AT_HOME]]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: int
    note: str
    url: str | None = None


def figures_of(tx: Transaction, actor: Actor, now: datetime, own: list[Own], shares: list[Share]) -> list[Figure]:
    """The figures that fit the reader's roles."""
    figures = []
    if actor.is_officer:
        counts = count_cases(tx, actor.account_id, now)
        figures += [
            Figure(_("Claimed by me"), counts.mine, "", url_for("reviews.index", tab="mine")),
            Figure(_("Unclaimed"), counts.unclaimed, _("%(n)s due today", n=counts.today), url_for("reviews.index", tab="unclaimed")),
            Figure(_("Overdue"), counts.overdue, "", url_for("reviews.index", tab="overdue")),
            Figure(_("Returned, waiting"), counts.returned, "", url_for("reviews.index", tab="returned")),
        ]  # fmt: skip
    if actor.worker_id:
        figures.append(Figure(_("Achievements with my share"), len(shares), _("%(n)s uses", n=sum(share.used for share in shares))))
    if own or not actor.is_officer:
        public = [one for one in own if one.published_at]
        figures.append(Figure(_("Published"), len(public), _("%(n)s in all", n=len(own))))
        figures.append(Figure(_("Drafts and in review"), len(own) - len(public), ""))
    return figures


def status_words(own: Own) -> str:
    """Each kind's own word for where a thing stands."""
    labels = NEED_STATUS_LABELS if own.kind == "need" else STATUS_LABELS
    return translated(labels.get(own.status, own.status))


def heading_of(actor: Actor, lines: list[Line]) -> str:
    if lines:
        return str(_("%(name)s, %(n)s things wait for you", name=actor.name, n=len(lines)))
    return str(_("%(name)s, nothing waits for you", name=actor.name))


def today_of(now: datetime) -> str:
    return local_day(now).isoformat()
