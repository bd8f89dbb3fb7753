"""What became of the questions: messages, offers in every state, and acceptances that make contracts."""

from dataclasses import replace
from datetime import timedelta

from marketplace.demo.enquiries import subject_of
from marketplace.demo.market import enterprise_user
from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.demo.works import person
from marketplace.domains.enquiries.repository import get_enquiry
from marketplace.domains.enquiries.service import ask_enquiry, close_enquiry
from marketplace.domains.offers.model import Offer, Thread
from marketplace.domains.offers.repository import get_thread
from marketplace.domains.offers.service import decline_offer, expire_offers, find_first_terms, propose_offer, withdraw_offer
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.permission import Permission
from marketplace.kernel.technology_contracts import AMOUNT_NEEDED, OF_A_PATENT, RATE_NEEDED, ContractKind, PriceMode, Terms
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workdays import local_day, workdays_after
from marketplace.processes.conversation.service import write_message
from marketplace.processes.deals.service import accept_offer

COURSES = ("open", "countered", "accepted", "declined", "accepted", "withdrawn", "run out", "accepted", "closed", "transferred")
PRICES = (4_800_000, 12_600_000, 3_200_000, 28_600_000, 8_500_000, 1_980_000, 6_600_000)
REASONS = ("今年预算已用完，明年一季度再谈。", "工期赶不上停产检修。", "已有供应商的框架合同。")
WORKDAYS = 10
ANSWERED_NEEDS = 14


def load_deals(stage: Stage) -> None:
    answered = [row for row in rows_of("enquiries") if row["answer"]]
    stage.each(answered, play_deal)
    stage.together(lambda: _needs_are_answered(stage))
    stage.together(lambda: _calendar(stage))


def play_deal(stage: Stage, row: Row) -> None:
    """As the course of its turn goes; where nobody can bind the seller, or it is off the market, it stays a conversation."""
    answered = [one["ref"] for one in rows_of("enquiries") if one["answer"]]
    turn = answered.index(row["ref"])
    course, id = COURSES[turn % len(COURSES)], stage.ids[f"enquiry:{row['ref']}"]
    buyer, seller = enterprise_user(stage, row["enterprise"]), seller_of(stage, row)
    stage.play(None, buyer, write_message, id, "谢谢，现场照片和铭牌我们已经整理好，方便的话请报个价。")
    thread = stage.play(None, seller, _thread, id)
    if thread.fault or not seller.can(Permission.OFFER_MAKE, thread) or not buyer.can(Permission.OFFER_MAKE, thread):
        return
    if course == "closed":
        said = stage.play(None, buyer, lambda uow: get_enquiry(uow.tx, id))
        stage.play(None, buyer, close_enquiry, id, said.version, "方案已经清楚，暂不采购。")
        return
    _bargain(stage, turn, course, thread, seller, buyer)


def _thread(uow: UnitOfWork, id: str) -> Thread:
    return get_thread(uow.tx, id, local_day(uow.now))


def seller_of(stage: Stage, row: Row) -> Actor:
    """Who leads the studio, or offers it themselves."""
    about = row["about"]
    by = by_ref("consulting_listings")[about["ref"]]["offered_by"] if about["kind"] == "listing" else {}
    if by.get("kind") == "studio":
        return person(stage, person_ref(by_ref("studios")[by["ref"]]))
    return subject_of(stage, about)[2]


def _bargain(stage: Stage, turn: int, course: str, thread: Thread, seller: Actor, buyer: Actor) -> None:
    terms = terms_for(stage, turn, thread, seller, transfer=course == "transferred")
    last = _propose(stage, thread, seller, 0, terms, run_out=course == "run out")
    if course in ("countered", "accepted", "transferred"):
        last = _propose(stage, thread, buyer, 1, replace(_cheaper(terms), acceptance="现场验收，连续运行 15 天无故障"))
    if course in ("accepted", "transferred"):
        agreed = replace(terms, acceptance="现场验收，连续运行 15 天无故障", delivery="60 天内在买方现场交付，培训 2 天")
        last = _propose(stage, thread, seller, 2, agreed)
        stage.play(None, buyer, accept_offer, last.id, last.version, 15)
        stage.ids[f"enquiry-accepted:{turn}"] = thread.id
    elif course == "declined":
        stage.play(None, buyer, decline_offer, last.id, last.version, REASONS[turn % len(REASONS)])
    elif course == "withdrawn":
        stage.play(None, seller, withdraw_offer, last.id, last.version)


def terms_for(stage: Stage, turn: int, thread: Thread, seller: Actor, *, transfer: bool) -> Terms:
    """What the listing says, with a price where it names none."""
    begun = stage.play(None, seller, lambda uow: find_first_terms(uow.tx, thread))
    mode = PriceMode.INSTALMENTS if begun.price_mode is PriceMode.NEGOTIABLE else begun.price_mode
    price = begun.total_fen or PRICES[turn % len(PRICES)]
    sub_kind = begun.sub_kind if thread.patented or begun.sub_kind not in OF_A_PATENT else ""
    terms = replace(
        begun, price_mode=mode, royalty_bp=begun.royalty_bp or (300 if mode in RATE_NEEDED else None),
        sub_kind=sub_kind, total_fen=price, technology_fen=price * 9 // 10, scope=begun.scope or thread.title,
        delivery="90 天内在买方现场交付", acceptance="按双方确认的指标现场验收", region=begun.region or "北京市朝阳区",
        stage_names=("签约", "交付", "验收"), stage_days=(5, 60, 90), stage_shares=(3_000, 4_000, 3_000),
        stage_proofs=("双方确认的合同", "交接单", "验收报告"),
    )  # fmt: skip
    return replace(terms, contract_kind=ContractKind.TRANSFER, sub_kind="know_how") if transfer else terms


def _cheaper(terms: Terms) -> Terms:
    price = (terms.total_fen or 0) * 4 // 5
    return replace(terms, total_fen=price, technology_fen=price * 9 // 10) if terms.price_mode in AMOUNT_NEEDED else terms


def _propose(stage: Stage, thread: Thread, actor: Actor, seen: int, terms: Terms, *, run_out: bool = False) -> Offer:
    today = stage.today
    if run_out:
        long_ago = today - timedelta(days=30)
        return stage.play(long_ago, actor, propose_offer, thread.id, seen, terms, today - timedelta(days=12), "按清单报价，停机时间由买方安排。")
    return stage.play(None, actor, propose_offer, thread.id, seen, terms, workdays_after(today, WORKDAYS), "按清单报价，停机时间由买方安排。")


def _needs_are_answered(stage: Stage) -> None:
    """Studios come with answers to needs, one of them with an offer."""
    public = [row for row in rows_of("needs") if row["status"] == "published"][:ANSWERED_NEEDS]
    for turn, (row, studio) in enumerate(zip(public, rows_of("studios"), strict=False)):
        leader, need = person(stage, person_ref(studio)), stage.ids[f"need:{row['ref']}"]
        on = min((stage.day(row["published_on"]) or stage.today) + timedelta(days=1 + 5 * turn % 17), stage.today)
        asked = stage.play(
            on, leader, ask_enquiry, "need", need, "我们工作室做过同类改造，可以先去现场测两天再给方案。", stage.ids[f"studio:{studio['ref']}"]
        )
        thread = stage.play(None, leader, _thread, asked.id)
        if turn == 0 and not thread.fault and leader.can(Permission.OFFER_MAKE, thread):
            _propose(stage, thread, leader, 0, terms_for(stage, turn, thread, leader, transfer=False))


def _calendar(stage: Stage) -> None:
    """What the site does by itself."""
    while stage.play(stage.today, SYSTEM_ACTOR, expire_offers):
        continue
