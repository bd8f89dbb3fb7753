"""Figures, rows and the road of the first page."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from marketplace.domains.achievements.model import KIND_LABELS
from marketplace.kernel.cards import Card
from marketplace.kernel.labels import Label, label
from marketplace.kernel.workdays import local_day, workdays_between
from marketplace.pages.home.repository import Figures, Road
from marketplace.web.links import url_of
from marketplace.web.words import day, money, translated, wan

EXAMPLES = ("防爆锂离子电池", "幕墙渗漏 快速定位", "油烟净化器 免拆清洗")
"""Searches that find something in the demo and in the real register; they are data, not words of the interface."""
SOON = 5


def figures_of(figures: Figures) -> list[dict[str, Any]]:
    saving = _("%(used)s achievements in use", used=figures.used)
    return [
        _figure(_("Published achievements"), figures.achievements, _("items"), _("%(n)s new this month", n=figures.fresh), "achievement"),
        _figure(_("Open needs"), figures.needs, _("items"), _("%(n)s end within 30 days", n=figures.due), "need"),
        _figure(_("Innovation studios"), figures.studios, _("studios"), _("%(n)s members", n=figures.members), "studio"),
        _figure(_("Firms that use them"), figures.adopters, _("firms"), saving, "enterprise"),
        {"label": _("Measured saving a year"), "value": wan(figures.saving_fen), "unit": _("× 10,000 yuan"), "note": _("as the firms measured it")},
    ]  # fmt: skip


def _figure(label: str, value: int, unit: str, note: str, kind: str) -> dict[str, Any]:
    return {"label": label, "value": f"{value:,}", "unit": unit, "note": note, "url": f"/search?kind={kind}"}


def work_row(card: Card) -> dict[str, Any]:
    """A published work with what helps to choose it."""
    facts = (
        translated(KIND_LABELS[card.sort]) if card.sort in KIND_LABELS else "", f"{card.maturity_scale} {card.maturity}" if card.maturity else "",
        _("%(n)s firms use it", n=card.used) if card.used else "",
    )  # fmt: skip
    return {
        "kind": card.kind, "title": card.title, "url": url_of(card.kind, card.id), "benefit": card.benefit, "facts": [one for one in facts if one],
        "provider": card.provider, "place": card.area, "date": day(card.published_at),
    }  # fmt: skip


def need_row(card: Card, now: datetime) -> dict[str, Any]:
    """A need with its budget, its place and the workdays that are left."""
    facts = (budget_of(card), card.area or card.provider or "")
    return {"title": card.title, "url": url_of("need", card.id), "facts": [one for one in facts if one], "due": _due(card, now)}


NEWS: dict[str, Label] = {"listing": label("New on offer: %(title)s"), "studio": label("Studio: %(title)s"), "patent": label("Patent: %(title)s")}


def news_line(card: Card) -> dict[str, str]:
    """Something that became public, with its day."""
    return {"title": translated(NEWS[card.kind], title=card.title), "url": url_of(card.kind, card.id), "date": day(card.published_at)}


def budget_of(card: Card) -> str:
    if card.low_fen and card.high_fen:
        return f"{money(card.low_fen)}–{money(card.high_fen)}"
    return str(_("up to %(amount)s", amount=money(card.high_fen)) if card.high_fen else _("Price by agreement"))


def _due(card: Card, now: datetime) -> dict[str, Any] | None:
    if card.ends_on is None:
        return None
    left = workdays_between(local_day(now), card.ends_on)
    if left < 0:
        return {"word": _("ended %(day)s", day=day(card.ends_on)), "tone": "neutral", "mark": "clock"}
    return {"word": _("%(n)s workdays left", n=left), "tone": "due" if left <= SOON else "neutral", "mark": None if left <= SOON else "clock"}


def road_of(road: Road | None) -> list[dict[str, Any]]:
    """Three stations that anybody may look at."""
    if road is None:
        return []
    studio = "・".join(one for one in (_("Studio"), road.area) if one)
    used = _("saves %(amount)s × 10,000 yuan a year", amount=wan(road.saving_fen)) if road.saving_fen else ""
    return [
        {"kind": "studio", "title": road.studio, "note": studio, "url": url_of("studio", road.studio_id)},
        {"kind": "achievement", "title": road.achievement, "note": road.benefit, "url": url_of("achievement", road.achievement_id)},
        {"kind": "enterprise", "title": _("%(n)s firms use it", n=road.used), "note": used, "url": "/search?kind=achievement&in_use=yes"},
    ]  # fmt: skip
