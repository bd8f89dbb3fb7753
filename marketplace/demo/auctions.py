"""Auctions in every state: in review, announced, running, ended, concluded, failed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from marketplace.demo.contracts import DRAFTED, SIGNED
from marketplace.demo.market import enterprise_user, works
from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.demo.works import person, studio_for
from marketplace.domains.auctions.model import Auction, AuctionText
from marketplace.domains.auctions.repository import get_auction
from marketplace.domains.auctions.service import approve_auction, submit_auction
from marketplace.domains.bids.repository import get_bidder
from marketplace.domains.bids.service import admit_bidder, give_back_deposit
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.workdays import SHANGHAI
from marketplace.processes.auctions.service import apply_to_bid, draft_auction
from marketplace.processes.awarding.service import conclude_auction
from marketplace.processes.bidding.service import close_auction, place_bid

WAN = 1_000_000
OPENS = time(14, tzinfo=SHANGHAI)
FIRMS = ("shunyao", "jingshuo-wuliu", "hengfeng", "yijulin", "anyue", "ruize")
TERMS = (
    "在北京市内实施，期限 3 年；签约后 15 日内付一半，交付验收后 30 日内付清。转让方交付图纸、参数表和作业指导书各一套，"
    "现场指导 2 天。受让方对技术资料保密，期满不得转授他人。"
)


@dataclass(frozen=True, slots=True)
class Then:
    """The site's clock at that moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True, slots=True)
class Case:
    """`begins` in days from today, `hours` to the end. Bids: who of the admitted, ten thousands of yuan, minutes from the beginning, maximum."""

    begins: int
    hours: int
    firms: tuple[str, ...] = ()
    bids: tuple[tuple[int, float, int, float], ...] = ()
    reserve: float = 0
    waiting: tuple[str, ...] = ()
    is_announced: bool = True
    ends: bool = False
    concludes: bool = False
    back: tuple[int, ...] = field(default=())


CASES = (
    Case(begins=9, hours=2, is_announced=False),
    Case(begins=6, hours=2, firms=FIRMS[:1], waiting=FIRMS[1:2]),
    Case(begins=-2, hours=24 * 9, firms=FIRMS[:3], reserve=15,
         bids=((0, 12, 20, 0), (1, 12.5, 47, 0), (0, 13, 95, 14.5), (1, 14, 130, 0), (2, 15, 185, 16))),
    Case(begins=-1, hours=1, firms=FIRMS[3:5], bids=((0, 12, 5, 0), (1, 12.5, 31, 0), (0, 13.5, 44, 0)), ends=True),
    Case(begins=-20, hours=1, firms=FIRMS[2:5], reserve=14,
         bids=((0, 12, 3, 0), (1, 12.5, 15, 14), (2, 13, 28, 0), (0, 14.5, 57, 0), (2, 15.5, 62, 0)),
         ends=True, concludes=True, back=(0, 1)),
    Case(begins=-12, hours=1, firms=FIRMS[4:], bids=((0, 12, 22, 0),), reserve=18, ends=True),
)  # fmt: skip


def load_auctions(stage: Stage) -> None:
    """Of listings by studios about which no contract has been drafted."""
    free = [row for row in rows_of("listings") if row["status"] == "published" and works()[row["achievement"]]["status"] == "published"]
    offers = [row for row in free if works()[row["achievement"]]["via"] == "studio"][SIGNED + DRAFTED :]
    for case, offer in zip(CASES, offers, strict=False):
        stage.together(partial(play_case, stage, case, offer))


def play_case(stage: Stage, case: Case, offer: Row) -> None:
    home = studio_for(works()[offer["achievement"]])
    seller = person(stage, person_ref(by_ref("studios")[home["ref"]]))
    officer = stage.officer(by_ref("enterprises")[home["enterprise"]]["subdistrict"])
    begins = datetime.combine(stage.today + timedelta(days=case.begins), OPENS)
    drafted = min(begins.date() - timedelta(days=10), stage.today - timedelta(days=4))
    draft = stage.play(drafted, seller, draft_auction, stage.ids[f"offer:{offer['n']}"], text_of(case, begins))
    sent = stage.play(drafted, seller, submit_auction, draft.id, draft.version)
    if not case.is_announced:
        return
    announced = stage.play(drafted + timedelta(days=1), officer, approve_auction, sent.id, sent.version)
    day = drafted + timedelta(days=2)
    bidders = [apply(stage, announced, ref, day, seller) for ref in case.firms]
    for ref in case.waiting:
        apply(stage, announced, ref, day, None)
    for who, wan, minutes, most in case.bids:
        moment = begins + timedelta(minutes=minutes)
        fen, maximum = round(wan * WAN), round(most * WAN) or None
        stage.play(moment.date(), bidders[who], place_bid, announced.id, fen, maximum, Then(moment))
    if case.ends:
        conclude(stage, case, announced.id, seller)


def text_of(case: Case, begins: datetime) -> AuctionText:
    return AuctionText(
        start_fen=12 * WAN, step_fen=WAN // 2, reserve_fen=round(case.reserve * WAN) or None, deposit_fen=2 * WAN,
        deposit_until=begins - timedelta(hours=2), begins_at=begins, ends_at=begins + timedelta(hours=case.hours), late_minutes=5, extend_minutes=5,
        sign_workdays=10, return_workdays=5, terms=TERMS,
    )  # fmt: skip


def apply(stage: Stage, auction: Auction, ref: str, day: date, seller: Actor | None) -> Actor:
    """With a seller, the deposit arrives the same day."""
    user = enterprise_user(stage, ref)
    bidder = stage.play(day, user, apply_to_bid, auction.id, "enterprise", stage.ids[f"enterprise:{ref}"])
    stage.ids[f"bidder:{auction.id}:{ref}"] = bidder.id
    if seller is not None:
        stage.play(day, seller, admit_bidder, bidder.id, bidder.version)
    return user


def conclude(stage: Stage, case: Case, id: str, seller: Actor) -> None:
    """The site writes the end down; where the case goes on, the seller confirms and sends deposits back."""
    closes = get_auction(stage.uow.tx, id).closes_at or stage.uow.now
    ended = stage.play(closes.date(), SYSTEM_ACTOR, close_auction, id, Then(closes))
    if case.concludes:
        stage.play(closes.date() + timedelta(days=1), seller, conclude_auction, id, ended.version)
    for who in case.back:
        give_back(stage, id, seller, case.firms[who], closes.date() + timedelta(days=2))


def give_back(stage: Stage, id: str, seller: Actor, ref: str, day: date) -> None:
    bidder = get_bidder(stage.uow.tx, stage.ids[f"bidder:{id}:{ref}"])
    stage.play(day, seller, give_back_deposit, bidder.id, bidder.version)
