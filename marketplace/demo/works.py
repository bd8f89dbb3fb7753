"""Achievements from draft to the public, by the members of a studio or by a worker through the base union."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice

from marketplace.demo.present import waiting_since
from marketplace.demo.stage import Row, Stage, by_ref, day_of, rows_of
from marketplace.domains.achievements.model import Achievement, AchievementText, Kind
from marketplace.domains.achievements.service import (
    create_achievement,
    endorse_achievement,
    hand_in_achievement,
    publish_achievement,
    publish_revision,
    return_achievement,
    revise_achievement,
    submit_achievement,
    submit_revision,
    withdraw_achievement,
)
from marketplace.kernel.actor import Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import Answer, Contribution
from marketplace.kernel.files import checked_file
from marketplace.kernel.stored_file import Access
from marketplace.processes.evidence.service import add_evidence
from marketplace.processes.shares.service import answer_share

REASON = "效益一栏只写了“明显提高”，请补上改进前后的实测数值和测量办法，再提交。"
METHOD = "改造前后各三个月台账对比"
IN_REVISION = 156
AT_THE_BASE = 265
"""A worker's hand-in that its base union has yet to look at."""
PARTS = {"负责人": "总体方案", "技术骨干": "技术实现", "青年学员": "协助试制"}
"""What somebody did, by what they are in the studio; the other roles say it themselves."""


def load_works(stage: Stage) -> None:
    stage.each(rows_of("achievements"), play_work)


def play_work(stage: Stage, row: Row) -> None:
    home = studio_for(row)
    people = people_for(row, home)
    maker = person(stage, writer(row, people, home))
    text = text_of(stage, row, people, home)
    studio = stage.ids[f"studio:{home['ref']}"] if row["via"] == "studio" else ""
    draft = stage.play(sent_on(stage, row), maker, create_achievement, text, studio)
    stage.ids[f"achievement:{row['n']}"] = draft.id
    if row["n"] % 8 == 3:
        attach_ledger(stage, row, draft, maker)
    review(stage, row, draft, maker, people, home)


def review(stage: Stage, row: Row, draft: Achievement, maker: Actor, people: list[str], home: Row) -> None:
    """As far as its status in the data says."""
    if row["status"] == "draft":
        return
    officer = stage.officer(by_ref("enterprises")[home["enterprise"]]["subdistrict"])
    sent = send(stage, row, draft, maker, home)
    if row["status"] == "submitted":
        return
    if row["status"] == "returned":
        stage.play(row["submitted_on"], officer, return_achievement, sent.id, sent.version, REASON)
        return
    public = stage.play(row["published_on"], officer, publish_achievement, sent.id, sent.version)
    confirm(stage, row, public, people)
    if row.get("revised"):
        public = revise(stage, row, public, maker, officer)
    if row["status"] == "withdrawn":
        stage.play(None, maker, withdraw_achievement, public.id, public.version)


def sent_on(stage: Stage, row: Row) -> str | date:
    return stage.sent_on("achievements", row, row["submitted_on"] or row["completed_on"])


def send(stage: Stage, row: Row, draft: Achievement, maker: Actor, home: Row) -> Achievement:
    """A worker's hand-in waits at the base union first; one of those that wait is still there."""
    on = sent_on(stage, row)
    if row["via"] == "studio":
        return stage.play(on, maker, submit_achievement, draft.id, draft.version)
    handed = stage.play(on, maker, hand_in_achievement, draft.id, draft.version)
    if row["n"] == AT_THE_BASE:
        return handed
    base = stage.officer(by_ref("enterprises")[home["enterprise"]]["base"])
    return stage.play(on, base, endorse_achievement, handed.id, handed.version)


def attach_ledger(stage: Stage, row: Row, draft: Achievement, maker: Actor) -> None:
    """Evidence: where it is used, since when and what that saves, as a table."""
    lines = [f"{one.enterprise_name},{one.place},{one.since or ''},{one.quantity or ''},{one.unit},{(one.saving_fen or 0) / 100:.2f},{one.evidence}"
             for one in draft.adoptions]  # fmt: skip
    table = "\n".join(("采用单位,使用地点,起用日期,数量,单位,年节约（元）,依据", *lines, ""))
    file = checked_file(f"应用台账-{draft.number}.csv", table.encode("utf-8-sig"))
    stage.play(sent_on(stage, row), maker, add_evidence, draft.id, file, stage.site.files.keep(file), Access.SIGNED_IN)


def revise(stage: Stage, row: Row, public: Achievement, maker: Actor, officer: Actor) -> Achievement:
    """A second version; one of them is still with its reviewer."""
    again = row["revised"]
    on = waiting_since(stage.today, 2) if row["n"] == IN_REVISION else again["published_on"]
    text = replace(AchievementText(**{name: getattr(public, name) for name in AchievementText.__dataclass_fields__}),
                   benefit=again["benefit"], summary=again["summary"])  # fmt: skip
    copied = stage.play(on, maker, revise_achievement, public.id, public.version, text)
    sent = stage.play(on, maker, submit_revision, copied.id, copied.version)
    return sent if row["n"] == IN_REVISION else stage.play(on, officer, publish_revision, sent.id, sent.version)


def confirm(stage: Stage, row: Row, public: Achievement, people: list[str]) -> None:
    """Most say yes; the last of a larger team has not answered yet."""
    for ref in people if len(people) < 4 else people[:-1]:
        if by_ref("workers")[ref].get("has_account", True):
            stage.play(row["published_on"], person(stage, ref), answer_share, public.id, Answer.CONFIRMED)


def writer(row: Row, people: list[str], studio: Row) -> str:
    """Who fills in the form: for a studio a present member, otherwise the first of the contributors."""
    present = [one["worker"] for one in studio["members"] if not one["until"]]
    return next((ref for ref in people if ref in present), present[0]) if row["via"] == "studio" else people[0]


def text_of(stage: Stage, row: Row, people: list[str], home: Row) -> AchievementText:
    gain = row["gain"]
    parts = {one["worker"]: PARTS.get(one["role"], one["role"]) for one in home["members"]}
    return AchievementText(
        title=row["title"], title_en=row["title_en"] or "", kind=Kind(row["kind"]), field=row["field"], maturity_scale=row["maturity_scale"],
        maturity=row["maturity"], benefit=row["benefit"], gain_metric=gain["metric"], gain_before=gain["before"], gain_after=gain["after"],
        gain_unit=gain["unit"] or "", summary=row["summary"], conditions=row["conditions"] or "", not_for=row["not_for"] or "",
        skills=tuple(row["skills"]), completed_on=stage.day(row["completed_on"]), adoptions=tuple(adoptions_for(stage, row)),
        contributions=tuple(
            Contribution(stage.ids[f"worker:{ref}"], share, role=parts.get(ref, "现场应用")) for ref, share in zip(people, row["shares"], strict=True)
        ),
    )  # fmt: skip


def adoptions_for(stage: Stage, row: Row) -> list[Adoption]:
    """Where the data name no adopter: firms of the same field first, in the order of the data, none twice."""
    firms = sorted(by_ref("enterprises").values(), key=lambda firm: (row["field"][:2] not in {code[:2] for code in firm["fields"]}, firm["ref"]))
    near = [firm["name"] for firm in firms[:14]]
    start = row["n"] % len(near)
    names = islice(cycle(near), start, start + 10)
    return [adoption(stage, use, use.get("adopter") or next(names)) for use in row["in_use"]]


def adoption(stage: Stage, use: Row, name: str) -> Adoption:
    saving = use["saving_yuan_year"]
    return Adoption("", name, use["place"] or "", stage.day(use["since"]), use["quantity"], use["unit"] or "",
                    None if saving is None else round(saving * 100), use["evidence"] or "", METHOD)  # fmt: skip


def studio_for(row: Row) -> Row:
    """A studio of the same field; of the same top field where there is none; deterministic by the number."""
    if row["n"] == 123:
        return by_ref("studios")["studio-zhou-licheng"]
    studios = [studio for studio in by_ref("studios").values() if not studio["until"]]
    near = [one for one in studios if row["field"] in one["fields"]]
    near = near or [one for one in studios if row["field"][:2] in {code[:2] for code in one["fields"]}] or studios
    chosen: Row = near[row["n"] % len(near)]
    return chosen


def people_for(row: Row, studio: Row) -> list[str]:
    """Members who were there on the day it was finished, then colleagues."""
    on = day_of(row["completed_on"]) or date(2024, 1, 1)
    members = [one["worker"] for one in studio["members"] if not one["until"] or day_of(one["until"]) > on + timedelta(days=400)]  # type: ignore[operator]
    colleagues = [ref for ref, worker in by_ref("workers").items() if worker["enterprise"] == studio["enterprise"]]
    others = list(by_ref("workers"))[row["n"] : row["n"] + 5]
    named = list(dict.fromkeys((*members, *colleagues, *others)))
    turn = 0 if row["n"] == 123 else row["n"] % max(1, min(len(members), 3))
    return [*named[turn:], *named[:turn]][: row["contributors"]]


def person(stage: Stage, ref: str) -> Actor:
    worker = by_ref("workers")[ref]
    return stage.actor(f"worker-{ref}", worker["name"], stage.ids[f"worker:{ref}"])
