"""Write, show, review and compare achievements."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.achievements.forms import AchievementForm
from marketplace.domains.achievements.model import KIND_LABELS, REVISION, STATUS_LABELS, WORKFLOW, Achievement, AchievementText, Answer
from marketplace.domains.achievements.repository import get_achievement, get_file, list_candidates, suggest_enterprises
from marketplace.domains.achievements.service import (
    add_evidence,
    answer_share,
    create_achievement,
    discard_revision,
    endorse_achievement,
    hand_in_achievement,
    publish_achievement,
    publish_revision,
    remove_evidence,
    return_achievement,
    return_revision,
    revise_achievement,
    submit_achievement,
    submit_revision,
    take_down_achievement,
    withdraw_achievement,
)
from marketplace.kernel.audit import list_entries
from marketplace.kernel.errors import NotFound
from marketplace.kernel.files import checked_file
from marketplace.kernel.permission import Permission
from marketplace.kernel.reviewing import list_reviews
from marketplace.kernel.revisions import differences, find_working_copy, list_versions, read_text, text_of
from marketplace.kernel.stored_file import Access, StoredFile
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.steps import take

room = Blueprint("achievements", __name__, url_prefix="/achievements")

STEPS: dict[str, Callable[..., Achievement]] = {
    "hand_in": hand_in_achievement, "endorse": endorse_achievement, "submit": submit_achievement, "publish": publish_achievement,
    "return": return_achievement, "withdraw": withdraw_achievement, "take_down": take_down_achievement, "submit_revision": submit_revision,
    "publish_revision": publish_revision, "return_revision": return_revision, "discard_revision": discard_revision,
}  # fmt: skip


@room.get("/<id>")
@requires(Permission.ACHIEVEMENT_READ)
def detail(id: str) -> ResponseReturnValue:
    achievement = read(get_achievement, id)
    return show("achievements/detail.html", achievement=achievement, kinds=KIND_LABELS, statuses=STATUS_LABELS, reviews=read(list_reviews, id),
                versions=read(list_versions, id), copy=read(find_working_copy, id), evidence=_visible_files(achievement))  # fmt: skip


def _visible_files(achievement: Achievement) -> list[tuple[Any, bool]]:
    """Each file with whether this reader may open it; a locked one is named, not hidden (its name says what exists)."""
    actor = current_actor()
    return [(file, actor.can(NEEDED_FOR[Access(file.access)], achievement)) for file in achievement.files if not actor.is_guest]


NEEDED_FOR = {
    Access.SIGNED_IN: Permission.EVIDENCE_PUBLIC, Access.ENTERPRISES: Permission.EVIDENCE_ENTERPRISE, Access.MAKERS: Permission.EVIDENCE_MAKERS,
}  # fmt: skip


@room.route("/new", methods=["GET", "POST"])
@requires(Permission.ACHIEVEMENT_CREATE)
def new() -> ResponseReturnValue:
    studio = request.values.get("studio", "") or next((party.id for party in current_actor().parties_of("studio")), "")
    form = AchievementForm.of()
    form.offer_people(_people("", studio))
    if achievement := form.save(create_achievement, *_revised(form), "" if studio == "none" else studio):
        flash(_("Draft %(number)s is saved. Add evidence, then submit it.", number=achievement.number))
        return redirect(url_for(".detail", id=achievement.id))
    return show("achievements/edit.html", form=form, achievement=None, studio=studio)


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
    return show("achievements/edit.html", form=form, achievement=achievement, studio=achievement.studio_id)


@room.post("/<id>/steps/<verb>")
@requires(Permission.SIGNED_IN)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    return take("achievement", STEPS, (WORKFLOW, REVISION), id, verb)


@room.post("/<id>/share")
@requires(Permission.ACHIEVEMENT_SHARE)
def share(id: str) -> ResponseReturnValue:
    change(answer_share, id, Answer(request.form.get("answer", "")))
    flash(_("Your answer is noted."))
    return redirect(url_for(".detail", id=id))


@room.get("/<id>/versions/<int:ordinal>")
@requires(Permission.ACHIEVEMENT_HISTORY)
def versions(id: str, ordinal: int) -> ResponseReturnValue:
    """A published version beside the one before it; `copy` is compared with what is public."""
    achievement = read_for(Permission.ACHIEVEMENT_HISTORY, get_achievement, id)
    kept = {version.ordinal: version for version in read(list_versions, id)}
    if ordinal not in kept:
        raise NotFound(id)
    against = request.args.get("against", ordinal - 1, int)
    old, new = kept.get(against), kept[ordinal]
    texts = read_text(old, AchievementText) if old else AchievementText(title=""), read_text(new, AchievementText)
    return show("achievements/versions.html", achievement=achievement, versions=kept, ordinal=ordinal, against=against if old else None, version=new,
                differences=differences(*texts), timeline=read(list_entries, id))  # fmt: skip


@room.get("/<id>/copy")
@requires(Permission.ACHIEVEMENT_HISTORY)
def copy(id: str) -> ResponseReturnValue:
    """The working copy beside what the public sees: for its makers and the reviewer."""
    achievement = read_for(Permission.ACHIEVEMENT_HISTORY, get_achievement, id)
    working = read(find_working_copy, id)
    if working is None:
        raise NotFound(id)
    changed = differences(text_of(achievement, AchievementText), read_text(working, AchievementText))
    return show("achievements/versions.html", achievement=achievement, versions={}, ordinal=0, against=None, version=working, differences=changed)


@room.post("/<id>/files")
@requires(Permission.ACHIEVEMENT_EDIT)
def add_file(id: str) -> ResponseReturnValue:
    """Opened by the real parser first; stored before the graph tells of it."""
    achievement = read_for(Permission.ACHIEVEMENT_EDIT, get_achievement, id)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        flash(_("Choose a file first."), "error")
        return redirect(url_for(".detail", id=id))
    checked = checked_file(sent.filename, sent.read(), "file")
    place = current_site().files.keep(checked)
    change(add_evidence, achievement.id, checked, place, Access(request.form.get("access", Access.SIGNED_IN)))
    flash(_("%(name)s is added.", name=checked.name))
    return redirect(url_for(".detail", id=id))


@room.post("/<id>/files/<file_id>/remove")
@requires(Permission.ACHIEVEMENT_EDIT)
def drop_file(id: str, file_id: str) -> ResponseReturnValue:
    change(remove_evidence, id, file_id)
    flash(_("The file is removed."))
    return redirect(url_for(".detail", id=id))


@room.get("/<id>/files/<file_id>")
@requires(Permission.ACHIEVEMENT_READ)
def file(id: str, file_id: str) -> ResponseReturnValue:
    """Never inline: what somebody uploaded does not run on our page."""
    achievement = read(get_achievement, id)
    stored: StoredFile = read(get_file, id, file_id)
    current_actor().require(NEEDED_FOR[stored.access], achievement)
    answer = Response(current_site().files.fetch(stored.path), mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=stored.name)
    return answer


@room.get("/adopters")
@requires(Permission.ACHIEVEMENT_CREATE)
def adopters() -> ResponseReturnValue:
    """Enterprises whose name holds what was typed, as options of a datalist."""
    text = request.args.get("q", "").strip()
    return show("achievements/adopters.html", found=read(suggest_enterprises, text) if text else [])
