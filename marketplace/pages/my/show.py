"""What waits, whoever's it is; what is owned by where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph.connection import Transaction
from marketplace.domains.achievements.model import STATUS_LABELS
from marketplace.domains.listings.model import STATUS_LABELS as LISTING_STATUS_LABELS
from marketplace.domains.needs.model import STATUS_LABELS as NEED_STATUS_LABELS
from marketplace.domains.patents.model import LEGAL_LABELS
from marketplace.domains.registrations.repository import list_waiting_of
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Answer
from marketplace.kernel.invitations import list_invited
from marketplace.kernel.labels import Label
from marketplace.kernel.workdays import local_day
from marketplace.pages.desk.repository import count_cases
from marketplace.pages.desk.words import deadline_of, kind_words
from marketplace.pages.my.auctions import waiting_auctions
from marketplace.pages.my.deals import waiting_deals
from marketplace.pages.my.lines import (
    Line,
    ends_line,
    invitation_line,
    is_ending,
    is_returned,
    market_line,
    missing_line,
    registration_line,
    request_line,
    returned_line,
    share_line,
    suggested_line,
    use_line,
)
from marketplace.pages.my.market import Sums, get_sums, list_uses_asked, list_uses_suggested
from marketplace.pages.my.money import income_figure, money_lines
from marketplace.pages.my.repository import Own, Share, list_my_cases, list_own, list_shares
from marketplace.processes.rights.repository import list_waiting_for
from marketplace.web.words import NOTHING, percent, translated, wan

MOST_LINES = 12
LINES_AT_HOME = 5


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


def waiting_of(tx: Transaction, actor: Actor, now: datetime, own: Iterable[Own], shares: Iterable[Share]) -> list[Line]:
    """Everything that waits for this reader, whatever their roles: the most urgent first."""
    own = list(own)
    lines = [
        *case_lines(tx, actor, now),
        *(registration_line(one, now) for one in list_waiting_of(tx, actor.account_id)),
        *(invitation_line(one) for one in list_invited(tx, actor.worker_id, now)),
        *(share_line(share, now) for share in shares if share.answer is Answer.ASKED),
        *(Line(**said) for said in money_lines(tx, actor, now)),
        *(request_line(one) for one in (list_waiting_for(tx, actor.account_id, now) if actor.in_own_name.is_administrator else ())),
        *(market_line(one) for one in waiting_deals(tx, actor, now)),
        *(market_line(one) for one in waiting_auctions(tx, actor, now)),
        *(use_line(use) for use in list_uses_asked(tx, actor)),
        *(suggested_line(use) for use in list_uses_suggested(tx, actor)),
        *(ends_line(one) for one in own if is_ending(one)),
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
    return [*figures, *sum_figures(get_sums(tx, actor))]


def sum_figures(sums: Sums) -> list[Figure]:
    """Money of what is mine; what there is none of is not told."""
    found = []
    if sums.contracts:
        note = ngettext("%(num)s contract in force or fulfilled", "%(num)s contracts in force or fulfilled", sums.contracts)
        found.append(Figure(_("Contracts"), wan(sums.contract_fen), note, unit=_("× 10,000 yuan")))
    if sums.works_used:
        note = ngettext("%(num)s work in confirmed use", "%(num)s works in confirmed use", sums.works_used)
        found.append(Figure(_("Saved by my works a year"), wan(sums.saving_fen), note, url_for("my.index") + "#own", _("× 10,000 yuan")))
    if sums.open_needs:
        note = ngettext("%(num)s open need", "%(num)s open needs", sums.open_needs)
        found.append(Figure(_("Budgets of my needs"), wan(sums.budget_fen), note, url_for("my.index") + "#own", _("× 10,000 yuan")))
    return found


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
