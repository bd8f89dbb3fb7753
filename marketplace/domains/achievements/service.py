"""What may be done with achievements. Each call is one transaction, retried as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from marketplace.domains.achievements.model import IMPORT, REVISION, WORKFLOW, Achievement, AchievementText, Status, Via, missing_of
from marketplace.domains.achievements.repository import create_achievement_nodes, get_achievement, ids_of_source, save_achievement
from marketplace.kernel import publishing
from marketplace.kernel.adoptions import Adoption, with_replies
from marketplace.kernel.contributions import WHOLE, with_answers
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from marketplace.kernel.importing import Intake, Row, Taken, Unit, find_unit, fresh, keys_of, take_turn
from marketplace.kernel.labels import Label, label
from marketplace.kernel.numbers import next_numbers
from marketplace.kernel.parties import Seat, find_enterprises, find_seat
from marketplace.kernel.permission import Permission
from marketplace.kernel.publishing import Shelf
from marketplace.kernel.revisions import content_of, keep_first_versions
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created


def create_achievement(uow: UnitOfWork, text: AchievementText, studio_id: str = "") -> Achievement:
    """A draft of a studio, or of a worker without one. Raises Forbidden for a studio that is not theirs."""
    if studio_id and not {f"maker:{studio_id}", "system"} & uow.actor.tokens:
        raise Forbidden(label("You can write for a studio only as its member."))
    home = _home(uow, studio_id)
    achievement = Achievement(
        **content_of(asked_anew(text, uow)), id=uow.new_id(), number=uow.next_number("CG"), via=Via.STUDIO if studio_id else Via.WORKER,
        entered_by=uow.actor.account_id, missing=missing_of(text), organisation_id=home.organisation_id, units=home.units,
        studio_id=studio_id, enterprise_id=home.enterprise_id, maker_ids=tuple(one.worker_id for one in text.contributions),
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    uow.actor.require(Permission.ACHIEVEMENT_CREATE, achievement)
    create_achievement_nodes(uow.tx, [achievement])
    uow.record(created(achievement, at=uow.now))
    return achievement


def _home(uow: UnitOfWork, studio_id: str) -> Seat:
    """Where it comes in: with the studio, or with the worker; a studio without a host leaves the worker's enterprise."""
    studio, own = find_seat(uow.tx, "studio", studio_id), find_seat(uow.tx, "worker", uow.actor.worker_id)
    return replace(studio if studio.units else own, enterprise_id=studio.enterprise_id or own.enterprise_id)


def import_achievements(uow: UnitOfWork, rows: Sequence[Row[AchievementText]], intake: Intake) -> Taken:
    """At most 1,000 rows of an older register, which may lack what a form asks for; rows that are here already stay as they are."""
    uow.actor.require(Permission.IMPORT, None)
    take_turn(uow.tx, Achievement.KIND)
    new = fresh(rows, ids_of_source(uow.tx, keys_of(rows)))
    unit = find_unit(uow, intake.unit_id)
    numbers = next_numbers(uow.tx, "CG", uow.now, len(new))
    taken = [_imported(uow, row, number, unit, intake) for row, number in zip(new, numbers, strict=True)]
    create_achievement_nodes(uow.tx, taken)
    if intake.publish:
        keep_first_versions(uow, taken, AchievementText)
    uow.record(*(created(one, at=uow.now, verb="import") for one in taken))
    return Taken(tuple(one.id for one in taken), len(rows) - len(new))


def _imported(uow: UnitOfWork, row: Row[AchievementText], number: str, unit: Unit, intake: Intake) -> Achievement:
    draft = Achievement(
        **content_of(row.text), id=uow.new_id(), version=0 if intake.publish else 1, number=number, via=Via.STUDIO,
        entered_by=uow.actor.account_id, source=intake.source, source_key=row.source_key, batch_id=intake.batch_id,
        missing=missing_of(row.text), organisation_id=unit.id, organisation_name=unit.name, units=unit.units, area=unit.area,
        created_at=uow.now, updated_at=uow.now,
    )  # fmt: skip
    return IMPORT.step("import", draft, 0, at=uow.now, published_at=uow.now).after if intake.publish else draft


def asked_anew(text: AchievementText, uow: UnitOfWork, before: Achievement | None = None) -> AchievementText:
    """Changed shares are asked for anew; adopters are found in the register. Raises Invalid for one that is not there."""
    old = before.contributions if before else ()
    known = find_enterprises(uow.tx, [one.enterprise_name for one in text.adoptions])
    for one in text.adoptions:
        if one.enterprise_name not in known:
            raise Invalid({"adoptions": label("%(name)s is not in the register of enterprises; write its full name.")}, name=one.enterprise_name)
    present = before.uses if before else ()
    adopted = _identified(uow, [replace(one, enterprise_id=known[one.enterprise_name]) for one in text.adoptions], {one.id for one in present})
    said = with_replies(present, adopted, uow.now)
    return replace(text, contributions=with_answers(old, text.contributions, uow.now), adoptions=said)


def _identified(uow: UnitOfWork, uses: Iterable[Adoption], present: set[str]) -> list[Adoption]:
    """Each row of the form keeps its own identifier, once: an answer to one must never pass for an answer to another."""
    found = []
    for use in uses:
        found.append(use if use.id in present else replace(use, id=uow.new_id()))
        present = present - {use.id}
    return found


def revise_achievement(uow: UnitOfWork, id: str, version: int, text: AchievementText) -> Achievement:
    """Before the first publication the draft itself changes; afterwards a working copy, which the public does not see."""
    before = get_achievement(uow.tx, id)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, before)
    text = asked_anew(text, uow, before)
    if before.status is Status.PUBLISHED:
        return publishing.revise(uow, SHELF, before, version, text)
    if before.status not in (Status.DRAFT, Status.RETURNED):
        raise Refused(label("It is in review; ask the reviewer to return it, then change it."))
    return publishing.rewrite(uow, SHELF, before, version, text)


def faults_of(draft: Achievement) -> dict[str, Label]:
    """What review needs: a benefit in one line, a field, a summary, shares of 100 %, a unit that stands behind it."""
    needed = ("title", "benefit", "field", "summary")
    faults = {name: label("Review needs this; fill it in first.") for name in needed if not getattr(draft, name)}
    if sum(one.share for one in draft.contributions) != WHOLE:
        faults["contributions"] = label("The shares must come to 100 % together.")
    if not draft.units:
        faults["title"] = label("No unit stands behind it yet, so nobody could review it.")
    return faults


def follows_from(text: AchievementText) -> dict[str, Any]:
    """Who its makers are, and what is still missing."""
    return {"maker_ids": tuple(one.worker_id for one in text.contributions), "missing": missing_of(text)}


def unit_name_of(achievement: Achievement) -> str:
    """Where it comes from, as the desk says it."""
    return achievement.studio_name or achievement.enterprise_name


SHELF = Shelf(AchievementText, get_achievement, save_achievement, WORKFLOW, REVISION, faults_of, follows_from, unit_name_of)


def submit_achievement(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """To the sub-district or industry above the studio's unit."""
    return publishing.send(uow, SHELF, id, version)


def hand_in_achievement(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """A worker without a studio hands it to their base union."""
    return publishing.send(uow, SHELF, id, version, "hand_in")


def endorse_achievement(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """The base union has looked at a worker's hand-in and passes it on."""
    return publishing.pass_on(uow, SHELF, id, version, "endorse")


def publish_achievement(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """Make it findable: an officer above the makers' organisation has checked it."""
    return publishing.publish(uow, SHELF, id, version)


def return_achievement(uow: UnitOfWork, id: str, version: int, reason: str) -> Achievement:
    """Back to its makers, with what is to be mended."""
    return publishing.give_back(uow, SHELF, id, version, reason)


def withdraw_achievement(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """Gone at once from every list, path, picture and count; its makers keep it."""
    return publishing.end(uow, SHELF, id, version, "withdraw")


def take_down_achievement(uow: UnitOfWork, id: str, version: int, reason: str) -> Achievement:
    """An officer above removes a published thing and says why."""
    return publishing.end(uow, SHELF, id, version, "take_down", reason)


def submit_revision(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """The reviewer sees the new version beside the public one."""
    return publishing.submit_revision(uow, SHELF, id, version)


def discard_revision(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """The public one simply stays."""
    return publishing.discard_revision(uow, SHELF, id, version)


def return_revision(uow: UnitOfWork, id: str, version: int, reason: str) -> Achievement:
    """The public one stays; the makers read what is to be mended."""
    return publishing.return_revision(uow, SHELF, id, version, reason)


def publish_revision(uow: UnitOfWork, id: str, version: int) -> Achievement:
    """The working copy becomes what everybody sees."""
    return publishing.publish_revision(uow, SHELF, id, version)
