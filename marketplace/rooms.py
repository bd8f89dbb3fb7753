"""Every kind of thing on one page: how it is read, what search sees of it, what hangs on it."""

from marketplace.domains.achievements import document as achievement_documents
from marketplace.domains.achievements import model as achievement
from marketplace.domains.achievements import repository as achievements
from marketplace.domains.organisations import document as organisation_documents
from marketplace.domains.organisations import repository as organisations
from marketplace.kernel.rooms import Room

ROOMS = {
    room.kind: room
    for room in (
        Room("organisation", organisations.get_organisation, organisations.list_organisation_ids, organisation_documents.documents_of,
             hangs_on_me=organisations.list_hanging),
        Room("achievement", achievements.get_achievement, achievements.list_achievement_ids, achievement_documents.documents_of,
             get_many=achievements.get_achievements, renew_audience=achievements.renew_audience,
             workflows=(achievement.WORKFLOW, achievement.REVISION)),
    )
}  # fmt: skip
