"""The ledger as its readers see it: each posting with how it was reckoned, running sums, and where each line stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.ledger.model import ACT_LABELS, Act, Edition, LedgerEntry, Posting
from marketplace.domains.objections.model import STANDING, Objection
from marketplace.domains.payments.model import KIND_LABELS
from marketplace.kernel.contributions import SILENCE, Answer, Contribution
from marketplace.kernel.income import AccountKind
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.processes.income.repository import OwnLine, names_of
from marketplace.web.words import day, percent, translated, yuan

MAKERS = (AccountKind.WORKER, AccountKind.UNNAMED)
BAR = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands, in words and by a sign."""

    words: str
    tone: str
    mark: str | None = None
    is_held: bool = False


def standing_of(
    entry: LedgerEntry, *, is_undone: bool, objection_status: str = "", share_now: Contribution | None = None, now: datetime
) -> Standing:  # fmt: skip
    """Undone, objected to, held back until the share counts, or entered."""
    if is_undone or entry.act is Act.REVERSE:
        return Standing(_("Settled"), "neutral", "archive")
    if objection_status in STANDING:
        return Standing(_("Objected to, not paid out yet"), "due", "exclamation-triangle-fill", is_held=True)
    if entry.account_kind is AccountKind.UNNAMED:
        return Standing(_("Held back until they are named"), "due", "hourglass-split", is_held=True)
    if entry.held and not _counts(entry, share_now, now):
        return _held(share_now)
    return Standing(_("Entered"), "ok")


def _counts(entry: LedgerEntry, share_now: Contribution | None, now: datetime) -> bool:
    """What was held back is free as soon as the very share counts."""
    return share_now is not None and share_now.share == entry.share and share_now.counts(now)


def _held(share_now: Contribution | None) -> Standing:
    if share_now is not None and share_now.answer is Answer.ASKED and share_now.asked_at is not None:
        ends = day(share_now.asked_at + SILENCE)
        return Standing(_("Held back; on %(day)s fifteen days are over", day=ends), "neutral", "hourglass-split", is_held=True)
    return Standing(_("Held back: the share is objected to"), "due", "exclamation-triangle-fill", is_held=True)


@dataclass(frozen=True, slots=True)
class LineShown:
    entry: LedgerEntry
    name: str
    standing: Standing
    objection_id: str = ""


@dataclass(frozen=True, slots=True)
class PostingShown:
    """`number` is the running number of its first entry; `bar` are the widths of unit, studio and contributors out of a thousand."""

    posting: Posting
    number: str
    words: str
    by: str
    lines: tuple[LineShown, ...]
    entries: tuple[LedgerEntry, ...]
    undone_by: str = ""
    undoes: str = ""
    running_fen: int = 0

    def of(self, *kinds: str) -> int:
        return sum(one.amount_fen for one in self.entries if one.account_kind in kinds)

    def share_of(self, kind: str) -> int:
        return next((one.share for one in self.entries if one.account_kind == kind), 0)

    @property
    def makers_fen(self) -> int:
        return self.of(*MAKERS)

    @property
    def bar(self) -> list[tuple[str, int, int]]:
        """(kind, where it begins, how wide it is): two apart."""
        parts = [(str(kind), abs(self.of(*kinds))) for kind, kinds in (("unit", ("unit",)), ("studio", ("studio",)), ("makers", MAKERS))]
        whole, place, drawn = sum(fen for _kind, fen in parts) or 1, 0, list[tuple[str, int, int]]()
        for kind, fen in parts:
            wide = fen * BAR // whole
            if wide:
                drawn.append((kind, place, max(wide - 5, 1)))
            place += wide
        return drawn


@dataclass(frozen=True, slots=True)
class Ledger:
    postings: list[PostingShown] = field(default_factory=list)
    objected: int = 0

    def chosen(self, id: str) -> PostingShown | None:
        """The one asked for, else the last that stands."""
        standing = [one for one in self.postings if not one.undone_by and not one.undoes]
        return next((one for one in self.postings if one.posting.id == id), standing[-1] if standing else None)


def ledger_of(
    tx: Transaction, postings: Iterable[Posting], entries: Iterable[LedgerEntry], objections: Iterable[Objection], shares: Iterable[Contribution],
    now: datetime,
) -> Ledger:  # fmt: skip
    """In the order in which it was written, whatever days the payments bear."""
    by_posting: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_posting.setdefault(entry.posting_id, []).append(entry)
    ordered = sorted((one for one in postings if one.id in by_posting), key=lambda one: by_posting[one.id][0].sequence)
    numbers = {one.id: f"{by_posting[one.id][0].sequence:04d}" for one in ordered}
    names = names_of(tx, [one.by for one in ordered] + [entry.account_id for some in by_posting.values() for entry in some])
    undone = {one.reverses: numbers[one.id] for one in ordered if one.act is Act.REVERSE}
    said = {one.entry_id: one for one in objections}
    stands = {one.worker_id: one for one in shares}
    shown, running = list[PostingShown](), 0
    for one in ordered:
        lines = _lines(by_posting[one.id], names, is_undone=one.id in undone, said=said, stands=stands, now=now)
        running += sum(line.entry.amount_fen for line in lines)
        shown.append(
            PostingShown(one, numbers[one.id], words_of(one), names.get(one.by, ""), lines, tuple(by_posting[one.id]), undone.get(one.id, ""),
                         numbers.get(one.reverses, ""), running)
        )  # fmt: skip
    return Ledger(shown, sum(one.status in STANDING for one in said.values()))


def _lines(
    entries: Iterable[LedgerEntry], names: Mapping[str, str], *, is_undone: bool, said: Mapping[str, Objection], stands: Mapping[str, Contribution],
    now: datetime,
) -> tuple[LineShown, ...]:  # fmt: skip
    """Those of the people who made the thing."""
    return tuple(
        LineShown(one, names.get(one.account_id, ""),
                  standing_of(one, is_undone=is_undone, objection_status=said[one.id].status if one.id in said else "",
                              share_now=stands.get(one.account_id), now=now),
                  said[one.id].id if one.id in said else "")
        for one in entries if one.account_kind in MAKERS
    )  # fmt: skip


def words_of(posting: Posting) -> str:
    """What it is for, and what it does where that is more than sharing out."""
    kind = translated(KIND_LABELS.get(posting.kind, posting.kind))
    return kind if posting.act is Act.POST else _("%(kind)s, %(act)s", kind=kind, act=translated(ACT_LABELS[posting.act]))


def shares_table(editions: list[Edition], names: Mapping[str, str]) -> list[tuple[str, list[int]]]:
    """Each contributor with their share in the last two editions; 0 is none."""
    last = editions[-2:]
    people = dict.fromkeys(one.worker_id for edition in reversed(last) for one in edition.people)
    found = [{one.worker_id: one.share for one in edition.people} for edition in last]
    return [(names.get(id, ""), [edition.get(id, 0) for edition in found]) for id in people]


@dataclass(frozen=True, slots=True)
class OwnShown:
    """One line of mine: `how` says how it was reckoned."""

    line: OwnLine
    words: str
    how: str
    running_fen: int
    standing: Standing
    may_object: bool


def own_rows(lines: Iterable[OwnLine], now: datetime, days: int) -> list[OwnShown]:
    """With running sums over what is shown. `days` are the workdays in which a line may be objected to."""
    rows, running = list[OwnShown](), 0
    for line in lines:
        running += line.entry.amount_fen
        standing = standing_of(
            line.entry, is_undone=line.is_undone, objection_status=line.objection_status, share_now=line.share_now, now=now
        )  # fmt: skip
        in_time = local_day(now) <= workdays_after(local_day(line.entry.at), days)
        may = in_time and not line.objection_id and not line.is_undone and line.entry.act is not Act.REVERSE
        rows.append(OwnShown(line, own_words(line.entry), how_of(line.entry), running, standing, may))
    return rows


def own_words(entry: LedgerEntry) -> str:
    kind = translated(KIND_LABELS.get(entry.kind, entry.kind))
    return kind if entry.act is Act.POST else _("%(kind)s, %(act)s", kind=kind, act=translated(ACT_LABELS[entry.act]))


def how_of(entry: LedgerEntry) -> str:
    """'3,622.64 × 45% + 0.02'."""
    over = entry.amount_fen - entry.cut_fen
    rounded = f" {'+' if over > 0 else '−'} {abs(over) / 100:.2f}" if over else ""
    return f"{yuan(entry.of_fen)} × {percent(entry.share)}{rounded}"
