"""Whoever may edit an achievement adds and removes its evidence."""

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.files import Checked
from marketplace.kernel.permission import Permission
from marketplace.kernel.stored_file import Access, StoredFile, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.evidence.repository import add_file, remove_file


def add_evidence(uow: UnitOfWork, id: str, file: Checked, place: str, access: Access) -> StoredFile:
    """The bytes lie in the file store already; now the achievement tells of them."""
    achievement = get_achievement(uow.tx, id)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, achievement)
    added = stored_file(uow.new_id(), file, place, access, uow.now)
    add_file(uow.tx, id, added)
    uow.record(edited(achievement, achievement.version, at=uow.now, verb="add-file"))
    return added


def remove_evidence(uow: UnitOfWork, id: str, file_id: str) -> Achievement:
    """The bytes stay until nobody's graph tells of them."""
    achievement = get_achievement(uow.tx, id)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, achievement)
    remove_file(uow.tx, id, file_id)
    uow.record(edited(achievement, achievement.version, at=uow.now, verb="remove-file"))
    return achievement
