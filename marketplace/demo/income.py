"""What was paid under the contracts in force, by which rule it was shared, and one line that somebody objects to."""

from datetime import date, timedelta

from marketplace.demo.stage import Stage
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.ledger.repository import list_all_entries
from marketplace.domains.payments.model import Kind, Payment, PaymentText, kinds_of
from marketplace.domains.share_rules.model import ShareRuleText
from marketplace.domains.share_rules.service import propose_rule
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.income import AccountKind
from marketplace.kernel.workdays import local_day
from marketplace.processes.income.model import is_open
from marketplace.processes.income.service import confirm_payment, record_payment
from marketplace.processes.objecting.service import make_objection

RULES = ((5_000, 1_000, 4_000), (4_000, 1_000, 5_000), (3_000, 1_000, 6_000), (3_500, 1_500, 5_000))
SOURCE = "职务科技成果实施所得，先减增值税，余额按单位、工作室、完成人三部分分配；完成人部分按付款当日生效的份额计算，舍到分，尾差归份额最大者。"
OBJECTION = "现场调试由我带班完成，份额应按验收单上的工时重算，请单位核对。"
LATELY, SOON, WORKDAYS = 12, 3, 5
"""Days since the last payment, and until somebody objects; workdays in which one may, and in which the answer is due."""


def load_income(stage: Stage) -> None:
    """Nothing where there are no contracts."""
    ids = [id for ref, id in sorted(stage.ids.items()) if ref.startswith("contract:")]
    ruled: set[str] = set()
    for place, id in enumerate(ids):
        stage.together(lambda place=place, id=id: play_money(stage, place, id, ruled))  # type: ignore[misc]


def play_money(stage: Stage, place: int, id: str, ruled: set[str]) -> None:
    """Every seventh enterprise has no rule yet; every third last payment waits for the seller's word."""
    contract = get_contract(stage.uow.tx, id)
    kind = kinds_of(contract)[0]
    if not is_open(contract, kind) or contract.signed_on is None:
        return
    firm = contract.seller.enterprise_id
    if firm and firm not in ruled and place % 7 != 6:
        set_rule(stage, firm, place)
        ruled.add(firm)
    paid = [pay(stage, contract, kind, day, fen, number) for number, (day, fen) in enumerate(amounts_of(stage, contract, kind), 1)]
    for one in paid[: -1 if place % 3 == 2 and len(paid) > 1 else None]:
        stage.play(one.paid_on, SYSTEM_ACTOR, confirm_payment, one.id, one.version)
    if place % 5 == 1:
        object_to(stage, contract)


def set_rule(stage: Stage, firm: str, place: int) -> None:
    unit, studio, makers = RULES[place % len(RULES)]
    text = ShareRuleText(
        unit_bp=unit, studio_bp=studio, contributors_bp=makers, vat_bp=600 if place % 4 else 0, clause="职务成果收益分配办法（2025 年版）第 6 条",
        source=SOURCE, effective_from=date(2025, 1, 1),
    )  # fmt: skip
    stage.play(None, SYSTEM_ACTOR, propose_rule, firm, text)


def amounts_of(stage: Stage, contract: Contract, kind: Kind) -> list[tuple[date, int]]:
    """Its stages that are due by now, or a first payment; a royalty of the contract's own size."""
    signed = contract.signed_on or stage.today
    due = [(signed + timedelta(days=one.days), one.amount_fen) for one in contract.stages]
    found = [(day, fen) for day, fen in due if day <= stage.today - timedelta(days=LATELY) and fen > 0]
    if not found and kind is not Kind.ROYALTY and contract.total_fen and not due:
        found = [(signed, contract.total_fen)]
    return found or ([(signed, 1_284_000)] if kind is Kind.ROYALTY else [])


def pay(stage: Stage, contract: Contract, kind: Kind, day: date, fen: int, number: int) -> Payment:
    stage_number = number if contract.stages and kind is not Kind.ROYALTY else 0
    text = PaymentText(kind=kind, amount_fen=fen, stage=stage_number, paid_on=day, reference=f"电子回单 {day:%m%d}{number:02d}")
    return stage.play(day, SYSTEM_ACTOR, record_payment, contract.id, text)


def object_to(stage: Stage, contract: Contract) -> None:
    """By a contributor whose line it is and who has an account here."""
    lines = [one for one in list_all_entries(stage.uow.tx, contract.id) if one.account_kind is AccountKind.WORKER and one.amount_fen > 0]
    for line in reversed(lines):
        who = person_of(stage, line.account_id)
        if who is not None:
            day = min(local_day(line.at) + timedelta(days=SOON), stage.today)
            stage.play(day, who, make_objection, line.id, OBJECTION, [], WORKDAYS, WORKDAYS)
            return


def person_of(stage: Stage, worker_id: str) -> Actor | None:
    """Of those who have signed in so far in the story."""
    known = next((one for one in stage.actors.values() if one.worker_id == worker_id), None)
    return actor_of_account(stage.uow.tx, known.account_id, stage.uow.now) if known else None
