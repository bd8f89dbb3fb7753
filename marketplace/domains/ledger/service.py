"""What may be entered: a payment, what is given back of it, a reversal, and the same anew. Each holds the contract's chain until the commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from marketplace.domains.ledger.model import Act, Book, Edition, LedgerEntry, Posting, Receipt, Rule, objected, seal_of, shares_of
from marketplace.domains.ledger.repository import (
    edition_on,
    find_rule,
    get_book,
    get_posting,
    hold_chain,
    list_all_entries,
    list_editions,
    list_postings,
    write_posting,
)
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.income import ALL_TO_THE_MAKERS, WHOLE, Account, AccountKind, Line, Parties, refunded, reversed_lines, split
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import MAKER, SYSTEM
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import SHANGHAI
from marketplace.kernel.workflow import created

OWN_RULE = Rule("", 0, 0, ALL_TO_THE_MAKERS.contributors)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a posting goes by: the unit's rule and the shares, both of the payment's day; and whose share did not count then."""

    rule: Rule
    parties: Parties
    edition: Edition | None = None
    held: frozenset[str] = frozenset()


def grounds_of(uow: UnitOfWork, book: Book, day: date) -> Grounds | None:
    """None where the unit had no rule on that day: then the money waits."""
    rule = OWN_RULE if book.is_own else find_rule(uow.tx, book.enterprise_id, day)
    if rule is None:
        return None
    edition = edition_on(list_editions(uow.tx, book.achievement_id), day) if book.achievement_id else None
    people = tuple((one.worker_id, one.share) for one in edition.people) if edition else ()
    if sum(share for _id, share in people) != WHOLE:
        people = ((book.seller_id, WHOLE),) if book.is_own else ()
    at_its_end = datetime.combine(day, time.max, SHANGHAI)
    held = frozenset(objected(edition.people, at_its_end)) if edition else frozenset()
    return Grounds(rule, Parties(book.enterprise_id or book.seller_id, book.studio_id, people), edition, held)


def post_receipt(uow: UnitOfWork, book: Book, receipt: Receipt) -> Posting | None:
    """In the transaction that confirms the payment. None where it waits: for a rule, or for what it is given back of."""
    hold_chain(uow.tx, book.contract_id)
    if receipt.root_id != receipt.payment_id:
        return _post_refund(uow, book, receipt)
    grounds = grounds_of(uow, book, receipt.paid_on)
    if grounds is None:
        return None
    divided = split(receipt.amount_fen, grounds.rule.rates, grounds.parties)
    posting = _posting(uow, receipt, Act.POST, divided.amount_fen, divided.net_fen, rule_id=grounds.rule.id, shares_from=_since(grounds.edition))
    return _write(uow, book, posting, divided.lines, grounds.held)


def _post_refund(uow: UnitOfWork, book: Book, receipt: Receipt) -> Posting | None:
    """By the very shares of what is given back, as they stand in the ledger now."""
    live = live_postings(uow, book.contract_id, receipt.root_id)
    if not live:
        return None
    entries = list_all_entries(uow.tx, book.contract_id)
    before = sum(one.amount_fen for one in live)
    first = _lines_of(entries, live[0])
    divided = refunded(before, before + receipt.amount_fen, *shares_of(first))
    posting = _posting(uow, receipt, Act.REFUND, divided.amount_fen, divided.net_fen, rule_id=live[0].rule_id, shares_from=live[0].shares_from)
    held = frozenset(one.account_id for one in entries if one.posting_id == live[0].id and one.held)
    return _write(uow, book, posting, divided.lines, held)


def live_postings(uow: UnitOfWork, contract_id: str, root_id: str) -> list[Posting]:
    """Those of a payment and of what was given back of it that no reversal has undone, the oldest first."""
    every = list_postings(uow.tx.seen_by((SYSTEM,)), contract_id)
    undone = {one.reverses for one in every if one.act is Act.REVERSE}
    found = [one for one in every if one.root_id == root_id and one.act is not Act.REVERSE and one.id not in undone]
    return sorted(found, key=lambda one: (one.amount_fen < 0, one.id))


def reverse_posting(uow: UnitOfWork, book: Book, posting: Posting, reason: str, payment_id: str = "") -> Posting:
    """The whole of it with the other sign; its entries stay as they are. Raises Refused for one that is undone already."""
    hold_chain(uow.tx, book.contract_id)
    if posting.id not in {one.id for one in live_postings(uow, book.contract_id, posting.root_id)}:
        raise Refused(label("This posting is reversed already."))
    undone = [one for one in list_all_entries(uow.tx, book.contract_id) if one.posting_id == posting.id]
    lines = reversed_lines(one.line for one in undone if one.account_kind is not AccountKind.RECEIVED)
    back = replace(
        posting, id=uow.new_id(), payment_id=payment_id or posting.payment_id, act=Act.REVERSE, amount_fen=-posting.amount_fen,
        net_fen=-posting.net_fen, reverses=posting.id, reason=reason, by=uow.actor.account_id, created_at=uow.now,
    )  # fmt: skip
    sources = {(one.account_kind, one.account_id): one for one in undone}
    return _write(uow, book, back, lines, frozenset(one.account_id for one in undone if one.held), sources)


def post_anew(uow: UnitOfWork, book: Book, root_id: str, people: tuple[tuple[str, int], ...], reason: str) -> list[Posting]:
    """What stands of a payment, refunds with it, is reversed and entered by these shares and the rule of its day.

    Raises Refused where nothing stands, or no rule holds any more."""
    hold_chain(uow.tx, book.contract_id)
    live = live_postings(uow, book.contract_id, root_id)
    grounds = grounds_of(uow, book, live[0].paid_on) if live else None
    if grounds is None:
        raise Refused(label("There is nothing in the ledger that could be corrected."))
    for one in reversed(live):
        reverse_posting(uow, book, one, reason)
    parties, done, before = replace(grounds.parties, people=people), list[Posting](), 0
    for one in live:
        after = before + one.amount_fen
        rates = grounds.rule.rates
        divided = refunded(before, after, rates, parties) if before else split(after, rates, parties)
        fresh = replace(
            one, id=uow.new_id(), act=Act.CORRECT, net_fen=divided.net_fen, rule_id=grounds.rule.id, reason=reason, by=uow.actor.account_id,
            created_at=uow.now, reverses="",
        )  # fmt: skip
        done.append(_write(uow, book, fresh, divided.lines, frozenset()))
        before = after
    return done


def correct_posting(uow: UnitOfWork, posting_id: str, people: tuple[tuple[str, int], ...], reason: str) -> list[Posting]:
    """By whoever keeps the books and has no line in it, at any time. Raises Forbidden, Invalid for shares that are not whole, and Refused."""
    posting = get_posting(uow.tx, posting_id)
    uow.actor.require(Permission.LEDGER_KEEP, posting)
    require_no_line(uow, posting, people)
    book = get_book(uow.tx, posting.contract_id)
    require_known(uow, book, posting, people)
    if not reason.strip():
        raise Invalid({"reason": label("Give the reason: it is shown to those concerned.")})
    return post_anew(uow, book, posting.root_id, people, reason.strip())


def require_no_line(uow: UnitOfWork, posting: Posting, people: tuple[tuple[str, int], ...]) -> None:
    """Raises Refused for whoever would decide about their own money, also about money that they would get first."""
    if uow.actor.worker_id and uow.actor.worker_id in {*posting.payees, *dict(people)}:
        raise Refused(label("You have a line in it yourself: somebody who has none must do this."))


def require_known(uow: UnitOfWork, book: Book, posting: Posting, people: tuple[tuple[str, int], ...]) -> None:
    """Raises Invalid: shares that are whole, of people who have a line in it or stood behind the work on the payment's day."""
    require_whole(people)
    grounds = grounds_of(uow, book, posting.paid_on)
    if set(dict(people)) - {*posting.payees, *(dict(grounds.parties.people) if grounds else ())}:
        raise Invalid({"shares": label("Only those who helped to make it have a share.")})


def require_whole(people: tuple[tuple[str, int], ...]) -> None:
    """Raises Invalid: no share is negative, and nobody has two."""
    if not people or sum(share for _id, share in people) != WHOLE or min(share for _id, share in people) < 0 or len(dict(people)) < len(people):
        raise Invalid({"shares": label("The shares must be 100 % together.")})


def _since(edition: Edition | None) -> date | None:
    return edition.since if edition and edition.since != date.min else None


def _posting(uow: UnitOfWork, receipt: Receipt, act: Act, amount: int, net: int, *, rule_id: str, shares_from: date | None) -> Posting:
    return Posting(
        id=uow.new_id(), contract_id=receipt.contract_id, payment_id=receipt.payment_id, root_id=receipt.root_id, act=act,
        kind=receipt.kind, amount_fen=amount, net_fen=net, paid_on=receipt.paid_on, rule_id=rule_id, shares_from=shares_from, by=uow.actor.account_id,
        created_at=uow.now,
    )  # fmt: skip


def _lines_of(entries: Iterable[LedgerEntry], posting: Posting) -> list[Line]:
    return [one.line for one in entries if one.posting_id == posting.id and one.account_kind is not AccountKind.RECEIVED]


def _write(
    uow: UnitOfWork, book: Book, posting: Posting, lines: Sequence[Line], held: frozenset[str],
    undone: dict[tuple[AccountKind, str], LedgerEntry] | None = None,
) -> Posting:  # fmt: skip
    """One entry of what was received against the lines, each sealed with the one before it."""
    payees = tuple(line.account.id for line in lines if line.account.kind is AccountKind.WORKER)
    whole = replace(posting, payees=payees, keepers=book.keepers, title=book.title)
    sequence, previous = hold_chain(uow.tx, book.contract_id)
    entries = list[LedgerEntry]()
    for line in (Line(Account(AccountKind.RECEIVED), 0, 0, 0, -posting.amount_fen), *lines):
        sequence += 1
        source = (undone or {}).get((line.account.kind, line.account.id))
        entry = _entry(uow, whole, line, sequence, previous, held=line.account.id in held, reverses=source.id if source else "")
        entries.append(entry)
        previous = entry.seal
    write_posting(uow.tx, whole, entries)
    uow.record(created(whole, at=uow.now, verb=posting.act))
    return whole


def _entry(uow: UnitOfWork, posting: Posting, line: Line, sequence: int, previous: str, *, held: bool, reverses: str) -> LedgerEntry:
    own = (MAKER + line.account.id,) if line.account.kind is AccountKind.WORKER else ()
    entry = LedgerEntry(
        id=uow.new_id(), place=f"{posting.contract_id}:{sequence}", contract_id=posting.contract_id, payment_id=posting.payment_id,
        posting_id=posting.id, sequence=sequence, at=uow.now, account_kind=line.account.kind, account_id=line.account.id,
        amount_fen=line.amount_fen, of_fen=line.of_fen, share=line.share, cut_fen=line.cut_fen, act=posting.act, kind=posting.kind,
        reason=posting.reason, reverses=reverses, by=posting.by, held=held, previous=previous,
        audience=tuple(sorted({*posting.keepers, *own, SYSTEM})),
    )  # fmt: skip
    return replace(entry, seal=seal_of(entry))
