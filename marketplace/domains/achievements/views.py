"""Write, show, review and compare achievements."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.achievements.forms import AchievementForm
from marketplace.domains.achievements.model import KIND_LABELS, REVISION, STATUS_LABELS, WORKFLOW, Achievement, AchievementText
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import (
    create_achievement,
    discard_revision,
    endorse_achievement,
    hand_in_achievement,
    publish_achievement,
    publish_revision,
    return_achievement,
    return_revision,
    revise_achievement,
    submit_achievement,
    submit_revision,
    take_down_achievement,
    withdraw_achievement,
)
from marketplace.kernel.attention import list_attention
from marketplace.kernel.cards import list_cards, list_offers_of
from marketplace.kernel.hints import Written, hints_of
from marketplace.kernel.parties import list_candidates, suggest_enterprises
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import find_working_copy, list_versions, read_text
from marketplace.web.access import requires
from marketplace.web.door import read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.steps import take
from marketplace.web.versions import show_copy, show_version
from marketplace.web.viewing import note_view

room = Blueprint("achievements", __name__, url_prefix="/achievements")

MOST_OFFERS = 3
STEPS: dict[str, Callable[..., Achievement]] = {
    "hand_in": hand_in_achievement, "endorse": endorse_achievement, "submit": submit_achievement, "publish": publish_achievement,
    "return": return_achievement, "withdraw": withdraw_achievement, "take_down": take_down_achievement, "submit_revision": submit_revision,
    "publish_revision": publish_revision, "return_revision": return_revision, "discard_revision": discard_revision,
}  # fmt: skip


@room.get("/<id>")
@requires(Permission.ACHIEVEMENT_READ)
def detail(id: str) -> ResponseReturnValue:
    achievement = read(get_achievement, id)
    people = {one.id: one for one in read(list_cards, [("worker", one.worker_id) for one in achievement.contributions if one.worker_id])}
    own = current_actor().can(Permission.ACHIEVEMENT_EDIT, achievement)
    note_view(id, own=own or not achievement.is_public)
    attention = read(list_attention, id, current_site().clock.now()) if own and achievement.published_at else None
    return show("achievements/detail.html", attention=attention, achievement=achievement, kinds=KIND_LABELS, statuses=STATUS_LABELS, people=people,
                offers=read(list_offers_of, id, MOST_OFFERS), versions=read(list_versions, id), copy=read(find_working_copy, id))  # fmt: skip


@room.post("/hints")
@requires(Permission.ACHIEVEMENT_CREATE)
def hints() -> ResponseReturnValue:
    """What the text in the form still lacks, asked while it is written."""
    return show("partials/hints.html", hints=hints_of(_written(AchievementForm())), hints_url=url_for(".hints"))


def _written(form: AchievementForm, achievement: Achievement | None = None) -> Written:
    """Files stand beside the form: of a new one nobody knows yet."""
    uses = sum(bool(row.data["enterprise_name"]) for row in form.adoptions.entries)
    measured = form.gain_before.data is not None and form.gain_after.data is not None
    return Written(
        benefit=form.benefit.data or "", summary=form.summary.data or "", measured=measured, maturity=form.maturity.data, asks_maturity=True,
        files=len(achievement.files) if achievement else 0, uses=uses,
    )  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ACHIEVEMENT_CREATE)
def new() -> ResponseReturnValue:
    studio = request.values.get("studio", "") or next((party.id for party in current_actor().parties_of("studio")), "")
    form = AchievementForm.of()
    form.offer_people(_people("", studio))
    if achievement := form.save(create_achievement, *_revised(form), "" if studio == "none" else studio):
        flash(_("Draft %(number)s is saved. Add evidence, then submit it.", number=achievement.number))
        return redirect(url_for(".detail", id=achievement.id))
    return show("achievements/edit.html", hints=hints_of(_written(form)), hints_url=url_for(".hints"), form=form, achievement=None, studio=studio)


def _revised(form: AchievementForm) -> tuple[AchievementText, ...]:
    """The text, once the form is valid; `save` asks for nothing before."""
    return (form.revision(),) if form.is_submitted() and form.title.data else (AchievementText(title=""),)


def _people(enterprise: str, studio: str) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in read(list_candidates, enterprise, studio, current_actor().worker_id)]


@room.route("/<id>/edit", methods=["GET", "POST"])
@requires(Permission.ACHIEVEMENT_EDIT)
def edit(id: str) -> ResponseReturnValue:
    achievement = read_for(Permission.ACHIEVEMENT_EDIT, get_achievement, id)
    copy = read(find_working_copy, id)
    form = AchievementForm.of(read_text(copy, AchievementText) if copy else achievement, version=achievement.version)
    form.offer_people([*_people(achievement.enterprise_id, achievement.studio_id), *((one.worker_id, one.name) for one in achievement.contributions)])
    if form.save(revise_achievement, id, form.version.data, *_revised(form), reread=lambda: read(get_achievement, id)):
        flash(_("Saved."))
        return redirect(url_for(".detail", id=id))
    return show(
        "achievements/edit.html",
        hints=hints_of(_written(form, achievement)),
        hints_url=url_for(".hints"),
        form=form,
        achievement=achievement,
        studio=achievement.studio_id,
    )


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("achievement", STEPS, (WORKFLOW, REVISION), id, verb)


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.ACHIEVEMENT_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    return show_version(read_for(Permission.ACHIEVEMENT_HISTORY, get_achievement, id), AchievementForm, ordinal)


@room.get("/<id>/copy")
@requires(Permission.ACHIEVEMENT_HISTORY)
def copy(id: str) -> ResponseReturnValue:
    """For its makers and the reviewer."""
    return show_copy(read_for(Permission.ACHIEVEMENT_HISTORY, get_achievement, id), AchievementForm)


@room.get("/adopters")
@requires(Permission.ACHIEVEMENT_CREATE)
def adopters() -> ResponseReturnValue:
    """Enterprises whose name holds what was typed, as options of a datalist."""
    text = request.args.get("q", "").strip()
    return show("achievements/adopters.html", found=read(suggest_enterprises, text) if text else [])
