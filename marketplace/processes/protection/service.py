"""A patent is linked to an achievement by whoever may edit both; the achievement's studio may mend the patent from then on."""

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.patents.model import Patent, PatentText, ProtectedWork
from marketplace.domains.patents.repository import get_patent, save_patent
from marketplace.domains.patents.service import create_patent
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.protection.repository import find_achievement_numbered, link, unlink


def link_patent(uow: UnitOfWork, patent_id: str, version: int, achievement_id: str) -> Patent:
    """Raises Forbidden for who may not edit both. Linking twice changes nothing more."""
    patent = get_patent(uow.tx, patent_id)
    achievement = get_achievement(uow.tx, achievement_id)
    uow.actor.require(Permission.PATENT_EDIT, patent)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, achievement)
    return _linked(uow, patent, version, achievement)


def _linked(uow: UnitOfWork, patent: Patent, version: int, achievement: Achievement) -> Patent:
    link(uow.tx, patent.id, achievement.id)
    work = ProtectedWork(achievement.id, achievement.title, achievement.number)
    return _told(uow, patent, version, "protect", (*(one for one in patent.works if one.id != work.id), work))


def link_patent_to_number(uow: UnitOfWork, patent_id: str, version: int, number: str) -> Patent:
    """As people know it: CG-2026-000123. Raises Invalid for a number that nobody has or that they may not see."""
    uow.actor.require(Permission.PATENT_EDIT, get_patent(uow.tx, patent_id))
    found = find_achievement_numbered(uow.tx, number.strip().upper())
    if found is None:
        raise Invalid({"achievement": label("No achievement of this number that you may see.")})
    return link_patent(uow, patent_id, version, found.id)


def unlink_patent(uow: UnitOfWork, patent_id: str, version: int, achievement_id: str) -> Patent:
    """Both stay; only the link goes."""
    patent = get_patent(uow.tx, patent_id)
    uow.actor.require(Permission.PATENT_EDIT, patent)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, get_achievement(uow.tx, achievement_id))
    unlink(uow.tx, patent_id, achievement_id)
    return _told(uow, patent, version, "unprotect", tuple(one for one in patent.works if one.id != achievement_id))


def _told(uow: UnitOfWork, patent: Patent, version: int, verb: str, works: tuple[ProtectedWork, ...]) -> Patent:
    """Read again after the relation changed: the studios that stand behind it, and so who may edit it, follow from it."""
    studios = get_patent(uow.tx, patent.id).studio_ids
    change = edited(patent, version, at=uow.now, verb=verb, works=works, studio_ids=studios)
    save_patent(uow.tx, change)
    uow.record(change)
    return change.after


def register_patent(uow: UnitOfWork, text: PatentText, owner_id: str, achievement_id: str) -> Patent:
    """A new patent of an achievement: whoever may edit that may write the patent down, too."""
    achievement = get_achievement(uow.tx, achievement_id)
    uow.actor.require(Permission.ACHIEVEMENT_EDIT, achievement)
    studios = (achievement.studio_id,) if achievement.studio_id else ()
    patent = create_patent(uow, text, owner_id, studio_ids=studios)
    return _linked(uow, patent, patent.version, achievement)
