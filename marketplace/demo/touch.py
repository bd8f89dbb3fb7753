"""Keeping in touch: ratings of fulfilled contracts, words on matches that wait for a repair, a search that is kept, a thing that is watched."""

from datetime import timedelta

from marketplace.demo.contracts import ENDS, SIGNED
from marketplace.demo.market import enterprise_user, works
from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.demo.works import person
from marketplace.domains.contracts.model import Contract
from marketplace.domains.contracts.repository import get_contract
from marketplace.domains.enquiries.service import save_for_later
from marketplace.domains.opinions.service import give_opinion
from marketplace.domains.ratings.model import RatingText
from marketplace.domains.ratings.service import answer_rating
from marketplace.domains.saved_searches.model import Alerts, SavedSearchText
from marketplace.domains.saved_searches.service import save_new_search
from marketplace.domains.watches.service import watch_thing
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.verdicts import Verdict
from marketplace.processes.rating.service import rate_contract

OF_SELLER = (
    RatingText(quality=5, time=5, communication=4, words="按期交付，现场培训讲得清楚，图纸齐全。"),
    RatingText(quality=4, time=3, communication=4, words="效果达到约定值，交付晚了一周，提前打过招呼。"),
    RatingText(quality=4, time=4, communication=5, words="有问题当天就到现场，改了两次夹具。"),
    RatingText(quality=3, time=4, communication=3),
)
OF_BUYER = (
    RatingText(quality=5, time=5, communication=5, words="现场配合好，验收指标提前说清。"),
    RatingText(quality=4, time=3, communication=4, words="停机窗口几次改期，付款按约。"),
)
ONE_SIDED, ANSWERED = 5, 2
"""Of so many contracts one was rated by its buyer only, and of so many the provider answered."""
NEED = "need-001"


def load_touch(stage: Stage) -> None:
    done = [n for n in range(1, SIGNED + 1) if ENDS[n % len(ENDS)] == "fulfilled"]
    stage.each([{"n": n} for n in done], play_ratings)
    stage.together(lambda: play_reader(stage))


def read_contract(uow: UnitOfWork, id: str) -> Contract:
    return get_contract(uow.tx, id)


def play_ratings(stage: Stage, row: Row) -> None:
    n: int = row["n"]
    if f"contract:{n}" not in stage.ids:
        return
    contract: Contract = stage.play(None, SYSTEM_ACTOR, read_contract, stage.ids[f"contract:{n}"])
    if contract.ended_at is None:
        return
    day, days = min((contract.ended_at + timedelta(days=3)).date(), stage.today), stage.site.settings.rating_days
    given = stage.play(day, _buyer(stage, contract), rate_contract, contract.id, OF_SELLER[n % len(OF_SELLER)], days)
    if n % ONE_SIDED == 0:
        return
    seller = _seller(stage, contract)
    stage.play(day, seller, rate_contract, contract.id, OF_BUYER[n % len(OF_BUYER)], days)
    if n % ANSWERED == 0:
        stage.play(day, seller, answer_rating, given.id, given.version + 1, "谢谢，改期的夹具已按新尺寸备了一套。")


def _buyer(stage: Stage, contract: Contract) -> Actor:
    return enterprise_user(stage, next(ref for ref in by_ref("enterprises") if stage.ids.get(f"enterprise:{ref}") == contract.buyer.id))


def _seller(stage: Stage, contract: Contract) -> Actor:
    return person(stage, person_ref(next(one for ref, one in by_ref("studios").items() if stage.ids.get(f"studio:{ref}") == contract.seller.id)))


def play_reader(stage: Stage) -> None:
    """An enterprise looks for batteries: it keeps the search, watches a work and passes on it for a reason, as two others do."""
    readers = [enterprise_user(stage, one["ref"]) for one in rows_of("enterprises")][1:4]
    work = next(ref for ref, one in works().items() if one["status"] == "published" and f"achievement:{ref}" in stage.ids)
    thing, need, on = stage.ids[f"achievement:{work}"], stage.ids[f"need:{NEED}"], stage.today - timedelta(days=2)
    for place, reader in enumerate(readers):
        stage.play(on, reader, give_opinion, need, "achievement", thing, Verdict.VAGUE if place else Verdict.BENEFIT_UNCLEAR, tell=place != 1)
    first = readers[0]
    text = SavedSearchText(title="叉车电池安全改造", words="电池 泄压", filters=("kind=achievement",), alerts=Alerts.DAILY)
    stage.play(on, first, save_new_search, text, stage.site.settings.saved_searches)
    stage.play(on, first, save_for_later, "achievement", thing)
    stage.play(on, first, watch_thing, thing, tells=True)
