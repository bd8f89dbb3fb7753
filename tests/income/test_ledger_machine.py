"""The ledger as a machine: whatever is received, given back, cancelled out and corrected, in whatever order, it comes to nought and loses no fen."""

import os
import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from marketplace.config import PACKAGE
from marketplace.domains.ledger.model import Act, LedgerEntry, faults_of, seal_of, shares_of
from marketplace.domains.ledger.repository import list_postings
from marketplace.domains.ledger.service import correct_posting
from marketplace.domains.payments.model import Kind, Payment
from marketplace.domains.payments.repository import list_payments
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.income import Account, AccountKind, Line, Parties, Rates, refunded, reversed_lines, split
from marketplace.processes.income.model import refundable
from marketplace.processes.income.service import confirm_payment, counter_payment
from tests.factories import Make
from tests.income.scenes import ROYALTIES, Till, open_till
from tests.site import TestSite

COURSES = int(os.environ.get("LEDGER_COURSES", "2000"))
ROUNDS = int(os.environ.get("LEDGER_ROUNDS", "40"))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@st.composite
def whole(draw: st.DrawFn, most: int = 6, least: int = 1) -> tuple[int, ...]:
    """Basis points that are 10,000 together."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=least - 1, max_size=most - 1)))
    return tuple(high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True))


rates = st.builds(lambda three, vat, cost: Rates(*three, vat, cost), whole(3, 3), st.integers(0, 2_000), st.integers(0, 10_000))
teams = st.one_of(st.just(()), whole()).map(lambda shares: tuple((f"w{place}", share) for place, share in enumerate(shares)))
amounts = st.one_of(st.integers(1, 50), st.integers(1, 10**9), st.integers(1, 10**15))


@dataclass
class Received:
    """A payment as it stands on paper: what is left of it and by what it is divided."""

    left: int
    rates: Rates
    parties: Parties
    lines: list[tuple[Line, ...]] = field(default_factory=list)


class PaperLedger(RuleBasedStateMachine):
    """The rules alone, without a store: each act is a posting, each posting is written once at the end."""

    payments: Bundle[Received] = Bundle("payments")

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[LedgerEntry] = []
        self.sealed: list[str] = []
        self.received = 0

    def post(self, act: Act, amount: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        posting = f"p{len(self.entries)}"
        for line in (Line(Account(AccountKind.RECEIVED), 0, 0, 0, -amount), *lines):
            previous, sequence = (self.entries[-1].seal if self.entries else ""), len(self.entries) + 1
            entry = LedgerEntry(
                id=f"e{sequence}", place=f"c:{sequence}", contract_id="c", payment_id="", posting_id=posting, sequence=sequence, at=NOW, act=act,
                kind="",
                account_kind=line.account.kind, account_id=line.account.id, amount_fen=line.amount_fen, previous=previous,
            )  # fmt: skip
            self.entries.append(replace(entry, seal=seal_of(entry)))
        self.received += amount
        return lines

    @rule(target=payments, fen=amounts, by=rates, people=teams, studio=st.booleans())
    def receive(self, fen: int, by: Rates, people: tuple[tuple[str, int], ...], studio: bool) -> Received:
        paid = Received(fen, by, Parties("unit", "studio" if studio else "", people))
        done = split(fen, by, paid.parties)
        assert sum(line.amount_fen for line in done.lines) == done.amount_fen
        paid.lines.append(self.post(Act.POST, fen, done.lines))
        return paid

    @rule(paid=payments, part=st.integers(1, 100))
    def give_back(self, paid: Received, part: int) -> None:
        back = max(1, paid.left * part // 100) if paid.left else 0
        if back:
            read_back = shares_of(paid.lines[0])
            by = read_back if paid.left else (paid.rates, paid.parties)
            done = refunded(paid.left, paid.left - back, *by)
            assert sum(line.amount_fen for line in done.lines) == done.amount_fen
            paid.lines.append(self.post(Act.REFUND, -back, done.lines))
            paid.left -= back
            if not paid.left:
                assert set(self.owed_by(paid).values()) <= {0}

    @rule(paid=payments, by=rates, people=teams)
    def correct(self, paid: Received, by: Rates, people: tuple[tuple[str, int], ...]) -> None:
        amounts = [sum(line.amount_fen for line in lines) for lines in paid.lines]
        for lines, amount in zip(reversed(paid.lines), reversed(amounts), strict=True):
            self.post(Act.REVERSE, -amount, reversed_lines(lines))
        paid.rates, paid.parties, before = by, replace(paid.parties, people=people), 0
        for place, amount in enumerate(amounts):
            after = before + amount
            done = refunded(before, after, by, paid.parties) if before else split(after, by, paid.parties)
            paid.lines[place] = self.post(Act.CORRECT, amount, done.lines)
            before = after

    @rule(paid=consumes(payments))
    def cancel_out(self, paid: Received) -> None:
        for lines in reversed(paid.lines):
            self.post(Act.REVERSE, -sum(line.amount_fen for line in lines), reversed_lines(lines))
        paid.lines, paid.left = [], 0

    def owed_by(self, paid: Received) -> Counter[Account]:
        owed: Counter[Account] = Counter()
        for line in (line for lines in paid.lines for line in lines):
            owed[line.account] += line.amount_fen
        return owed

    @invariant()
    def comes_to_nought(self) -> None:
        assert sum(one.amount_fen for one in self.entries) == 0
        assert sum(one.amount_fen for one in self.entries if one.account_kind is not AccountKind.RECEIVED) == self.received

    @invariant()
    def only_grows(self) -> None:
        seals = [one.seal for one in self.entries]
        assert seals[: len(self.sealed)] == self.sealed
        self.sealed = seals

    @invariant()
    def the_chain_holds(self) -> None:
        assert faults_of(self.entries) == []


def run(courses: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PaperLedger, settings=settings(max_examples=courses, stateful_step_count=15, deadline=None, suppress_health_check=checks, database=None)
    )


@pytest.mark.slow
def test_some_random_courses_on_paper() -> None:
    run(60)


@pytest.mark.slow
def test_two_thousand_random_courses_on_paper() -> None:
    run(COURSES)


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": 2},
        {"account_id": "w9"},
        {"sequence": 7},
        {"reason": "!"},
        {"held": True},
        {"previous": "0"},
        {"at": datetime(2027, 1, 1, tzinfo=UTC)},
    ],
)
def test_control_a_changed_entry_is_seen(change: dict[str, object]) -> None:
    machine = PaperLedger()
    machine.receive(100, Rates(5_000, 1_000, 4_000), (("w0", 10_000),), True)
    for place in range(len(machine.entries)):
        entries = list(machine.entries)
        entries[place] = replace(entries[place], **change)  # type: ignore[arg-type]
        assert faults_of(entries)


def test_control_a_missing_or_displaced_entry_is_seen() -> None:
    machine = PaperLedger()
    machine.receive(100, Rates(5_000, 1_000, 4_000), (("w0", 10_000),), True)
    for place in range(len(machine.entries) - 1):
        assert faults_of(machine.entries[:place] + machine.entries[place + 1 :])
    assert faults_of([machine.entries[1], machine.entries[0], *machine.entries[2:]])


def test_no_statement_changes_or_deletes_what_stands_in_the_ledger() -> None:
    """`LedgerEntry` and `Posting` are created and matched; nothing is SET on them after, nothing removed."""
    sources = [one for top in (PACKAGE, PACKAGE.parent / "graph") for one in Path(top).rglob("*.py")]
    faults = [str(one) for one in sources for text in re.findall(r'"""(.*?)"""', one.read_text("utf-8"), re.DOTALL) if changes_the_ledger(text)]
    assert faults == []


def changes_the_ledger(statement: str) -> bool:
    """Whether a variable that was matched as an entry or a posting is set or deleted."""
    names = re.findall(r"(?:MATCH|,)\s*\((\w+):(?:LedgerEntry|Posting)\b", statement)
    return any(re.search(rf"\b(SET\s+{name}\b|REMOVE\s+{name}\b|DELETE\s+(\w+\s*,\s*)*{name}\b)", statement) for name in names)


@pytest.mark.parametrize(
    "text", ["MATCH (e:LedgerEntry {id: $id}) SET e.amount_fen = 1", "MATCH (p:Posting) DETACH DELETE p", "MATCH (e:LedgerEntry) REMOVE e.seal"]
)
def test_control_a_statement_that_would_is_seen(text: str) -> None:
    assert changes_the_ledger(text)


@pytest.fixture
def till(site: TestSite, make: Make) -> Till:
    return open_till(site, make, ROYALTIES)


@pytest.mark.parametrize("steps", [10, pytest.param(ROUNDS, marks=pytest.mark.slow)])
def test_a_random_course_in_the_store(till: Till, steps: int) -> None:
    """The same by the services on the real store: each step by its own person, most of them allowed, some refused."""
    chance, done, before = random.Random(steps), Counter[str](), list[LedgerEntry]()
    for _step in range(steps):
        act = chance.choice([pay, pay, give_back, cancel_out, correct])
        try:
            act(till, chance)
            done[act.__name__] += 1
        except (Invalid, Refused):
            done["refused"] += 1
        entries = till.entries()
        assert entries[: len(before)] == before
        assert faults_of(entries) == []
        confirmed = sum(one.amount_fen for one in payments_of(till) if one.confirmed_at)
        assert -till.sums().get("received", 0) == confirmed
        before = entries
    assert done["pay"]
    assert before


def payments_of(till: Till) -> list[Payment]:
    return till.site.system.read(list_payments, till.contract.id)


def pay(till: Till, chance: random.Random) -> None:
    till.pay(chance.choice([1, 7, 99, 9_600, 333_333]), chance.choice([Kind.ROYALTY, Kind.ENTRY_FEE]))


def give_back(till: Till, chance: random.Random) -> None:
    some = refundable(payments_of(till))
    if some:
        of = chance.choice(some)
        till.pay(chance.randint(1, of.amount_fen), Kind.REFUND, of=of)


def cancel_out(till: Till, chance: random.Random) -> None:
    some = [one for one in payments_of(till) if one.confirmed_at]
    if some:
        wrong = chance.choice(some)
        against = till.site.acting_as(till.deal.buyer).change(counter_payment, wrong.id, wrong.version, "登记有误")
        till.site.acting_as(till.deal.seller).change(confirm_payment, against.id, against.version)


def correct(till: Till, chance: random.Random) -> None:
    postings = [one for one in till.site.system.read(list_postings, till.contract.id) if one.act is not Act.REVERSE]
    if postings:
        share = chance.randint(1, 9_999)
        people = ((till.deal.seller.worker_id, share), (till.deal.colleague.worker_id, 10_000 - share))
        till.site.acting_as(till.clerk).change(correct_posting, chance.choice(postings).id, people, "份额重新商定")
