"""Adopters answer what the makers say: most confirm, some correct or deny, some have not answered yet; and at the end of the story all is counted."""

from datetime import timedelta

from graph.connection import Transaction
from graph.records import value
from marketplace.demo.market import enterprise_user
from marketplace.demo.stage import Stage, by_ref
from marketplace.domains.achievements.model import Achievement, Status
from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR, Actor
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.processes.adoption.model import UseText
from marketplace.processes.adoption.service import confirm_use, deny_use
from marketplace.processes.figures.service import count_figures

METHOD = "改造前后各三个月台账对比，由财务核对"
REASON = "只试用过一周，没有投入使用。"
SILENT, CORRECTED, DENIED = 8, 11, 17
"""Of so many uses one is unanswered, corrected, denied."""
USED = """
MATCH (a:Achievement {status: $published})-[:ADOPTED_BY]->(:Enterprise) RETURN DISTINCT a.id AS id ORDER BY id
"""


def load_uses(stage: Stage) -> None:
    firms = {stage.ids[f"enterprise:{ref}"]: ref for ref in by_ref("enterprises")}
    stage.each(tuple({"id": id, "firms": firms} for id in stage.site.graph.read(list_used, reader=(SYSTEM,))), play_answers)


def load_figures(stage: Stage) -> None:
    """Last: what is told after it would be missing until somebody looks and the figures are old."""
    months = stage.site.settings.figures_months
    change(stage.site.graph, SYSTEM_ACTOR, stage.site.clock.now(), lambda uow: count_figures(uow, months, timedelta()), patience=15)


def list_used(tx: Transaction) -> list[str]:
    return tx.all(USED, value("id"), published=Status.PUBLISHED)


def play_answers(stage: Stage, row: dict[str, object]) -> None:
    firms: dict[str, str] = row["firms"]  # type: ignore[assignment]
    work: Achievement = stage.play(None, SYSTEM_ACTOR, read_work, str(row["id"]))
    for at, use in enumerate(work.adoptions):
        number = at + sum(map(ord, work.number))
        if use.id and use.enterprise_id in firms and number % SILENT:
            answer(stage, work, use, enterprise_user(stage, firms[use.enterprise_id]), number)


def read_work(uow: UnitOfWork, id: str) -> Achievement:
    return get_achievement(uow.tx, id)


def answer(stage: Stage, work: Achievement, use: Adoption, user: Actor, number: int) -> None:
    if number % DENIED == 0:
        stage.play(None, user, deny_use, work.id, work.version, use.id, REASON)
        return
    saving = use.saving_fen * 9 // 10 if use.saving_fen and number % CORRECTED == 0 else use.saving_fen
    text = UseText(place=use.place, since=use.since, quantity=use.quantity, unit=use.unit, saving_fen=saving, evidence=use.evidence,
                   method=METHOD if saving != use.saving_fen else use.method)  # fmt: skip
    stage.play(None, user, confirm_use, work.id, work.version, use.id, text)
