"""Introductions: one that waits for the other side, one that was declined, one withdrawn, one spoken about, and one that led to a contract."""

from datetime import date, timedelta

from marketplace.demo.contracts import text_of, write
from marketplace.demo.market import enterprise_user, works
from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, rows_of
from marketplace.demo.works import person, studio_for
from marketplace.domains.contracts.service import digest_of
from marketplace.domains.introductions.model import Introduction
from marketplace.domains.offers.service import propose_offer
from marketplace.kernel.actor import Actor
from marketplace.kernel.revisions import text_of as part_of
from marketplace.kernel.technology_contracts import Terms
from marketplace.processes.contract_papers.service import confirm_text
from marketplace.processes.conversation.service import answer_with_files
from marketplace.processes.deals.service import accept_offer
from marketplace.processes.introducing.model import Bounds
from marketplace.processes.introducing.repository import get_outcome
from marketplace.processes.introducing.service import accept_introduction, decline_introduction, introduce, withdraw_introduction

COURSES = ("signed", "spoken", "waiting", "declined", "withdrawn")
WHY = (
    "去年在他们工作室看过样机，同样的工况连续运行三个月，数据有记录；贵司难题里的指标他们已经做到过。",
    "两家离得近，工艺路线也一致：一方缺的正是现场改造经验，另一方在同类设备上做过十几次。",
    "这项成果在别的单位已经用了一年多，停机时间短，和难题里要求的夜班窗口对得上。",
    "领域一致，规模也合适；建议先看一次现场，再定要不要试用。",
    "难题里的工况和他们做过的一条生产线相近，改造只用了两个夜班，可以先谈谈。",
)  # fmt: skip
OPENINGS = ("请先看看我们的工况：设备十二台，每晚能停六小时，能改吗？", "指标都写在难题里了，想先到你们现场看一次。")
SIGNED_AS = 4
"""The turn among the contracts whose kind and sum this one has."""


def load_introductions(stage: Stage) -> None:
    stage.each([{"n": n, "course": course} for n, course in enumerate(COURSES)], play_introduction)


def play_introduction(stage: Stage, row: Row) -> None:
    n, course, on = row["n"], row["course"], stage.today - timedelta(days=40 - 8 * row["n"])
    need = [one for one in rows_of("needs") if one["status"] == "published" and one["visibility"] == "open"][n]
    work = _work_for(n, need)
    home = studio_for(work)
    scout = person(stage, person_ref([one for one in rows_of("studios") if one["ref"] != home["ref"] and not one["until"]][-1 - n % 2]))
    buyer, seller = enterprise_user(stage, need["enterprise"]), person(stage, person_ref(home))
    settings = stage.site.settings
    bounds = Bounds(settings.introduction_least, settings.introduction_most, settings.introductions_a_day)
    need_id, work_id = stage.ids[f"need:{need['ref']}"], stage.ids[f"achievement:{work['n']}"]
    made = stage.play(on, scout, introduce, need_id, "achievement", work_id, WHY[n], bounds)
    if course == "declined":
        stage.play(on + timedelta(days=2), buyer, decline_introduction, made.id, made.version, "已选定供应商，正在试用。")
        return
    if course == "withdrawn":
        stage.play(on + timedelta(days=1), scout, withdraw_introduction, made.id, made.version, "对方的场地已经停用，条件不再相符。")
        return
    stage.play(on + timedelta(days=1), seller, accept_introduction, made.id)
    if course != "waiting":
        stage.play(on + timedelta(days=2), buyer, accept_introduction, made.id, OPENINGS[n])
    if course == "signed":
        _sign(stage, made, {"n": SIGNED_AS, "offer": {"achievement": work["n"], "region": ""}}, on + timedelta(days=12), seller, buyer, need)


def _work_for(n: int, need: Row) -> Row:
    """Of a studio elsewhere, of the need's field where there is one."""
    public = [one for one in works().values() if one["status"] == "published" and one["via"] == "studio"]
    elsewhere = [one for one in public if studio_for(one)["enterprise"] != need["enterprise"]]
    near = [one for one in elsewhere if one["field"] == need["field"]] or elsewhere
    return near[n % len(near)]


def _sign(stage: Stage, made: Introduction, row: Row, on: date, seller: Actor, buyer: Actor, need: Row) -> None:
    """Answered, offered, accepted, written and confirmed by both."""
    enquiry = get_outcome(stage.uow.tx.seen_by(seller.reader), made.id).enquiry_id
    text = text_of(row, by_ref("enterprises")[need["enterprise"]], on)
    stage.play(on - timedelta(days=9), seller, answer_with_files, enquiry, 1, "能改，先看一晚现场，再按台报价。")
    said = stage.play(on - timedelta(days=5), seller, propose_offer, enquiry, 0, part_of(text, Terms), on + timedelta(days=5), "按现场情况报价。")
    drafted = stage.play(on - timedelta(days=3), buyer, accept_offer, said.id, said.version, 15)
    written = write(stage, on, drafted, text, seller)
    sold = stage.play(on, seller, confirm_text, written.id, written.version, digest_of(written))
    stage.play(on, buyer, confirm_text, sold.id, sold.version, digest_of(sold))
