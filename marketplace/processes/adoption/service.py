"""The makers' word on where their work is used becomes a figure only by the adopter's own. Each call is one transaction."""

from dataclasses import asdict, dataclass, replace

from marketplace.domains.achievements.model import Achievement, Status
from marketplace.domains.achievements.repository import get_achievement
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.kernel.files import Checked
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.stored_file import Access, stored_file
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import edited
from marketplace.processes.adoption.model import UseText
from marketplace.processes.adoption.repository import add_file, create_report, hold_achievement, save_answer


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that was checked, and where its bytes lie."""

    file: Checked
    place: str


def get_use(achievement: Achievement, use_id: str) -> Adoption:
    """Raises NotFound for one that this reader does not see."""
    found = next((one for one in achievement.uses if one.id and one.id == use_id), None)
    if found is None:
        raise NotFound(use_id)
    return found


def confirm_use(uow: UnitOfWork, id: str, version: int, use_id: str, text: UseText, proof: Proof | None = None) -> Adoption:
    """As it stands, or corrected: then it is the adopter's own. Raises Stale when the makers wrote something else meanwhile."""
    achievement, use = _held(uow, id, version, use_id)
    _require_method(text)
    said = replace(use, **asdict(text))
    corrected = said.facts != use.facts
    said = replace(said, confirmed=True, answered_at=uow.now, reason="", by_adopter=use.by_adopter or corrected)
    return _answer(uow, achievement, _with_proof(uow, id, said, proof), "correct-use" if corrected else "confirm-use")


def deny_use(uow: UnitOfWork, id: str, version: int, use_id: str, reason: str) -> Adoption:
    """Not used, or no more. The makers and the officers above read why; the public sees it no more."""
    achievement, use = _held(uow, id, version, use_id)
    if not reason.strip():
        raise Invalid({"reason": label("Say in a few words what is wrong: the makers read it.")})
    return _answer(uow, achievement, replace(use, confirmed=False, answered_at=uow.now, reason=reason.strip()), "deny-use")


def report_use(uow: UnitOfWork, id: str, enterprise_id: str, text: UseText, proof: Proof | None = None) -> Adoption:
    """By the adopter itself, so it counts at once. Raises Invalid for a place that is named already."""
    hold_achievement(uow.tx, id)
    achievement = get_achievement(uow.tx, id)
    uow.actor.require(Permission.ADOPTION_REPORT, achievement)
    own = Adoption(enterprise_id, id=uow.new_id(), by_adopter=True, confirmed=True, asked_at=uow.now, answered_at=uow.now, **asdict(text))
    if not uow.actor.can(Permission.ADOPTION_ANSWER, own):
        raise Forbidden(label("You can report it only for the enterprise that you act for."))
    _require_reportable(achievement, own)
    _require_method(text)
    said = _with_proof(uow, id, own, proof)
    create_report(uow.tx, id, said, uow.actor.account_id)
    _record(uow, achievement, (*achievement.uses, said), "report-use")
    return said


def _require_reportable(achievement: Achievement, own: Adoption) -> None:
    if achievement.status is not Status.PUBLISHED:
        raise Refused(label("It is not public at present, so no use of it can be reported."))
    if any(one.enterprise_id == own.enterprise_id and one.place == own.place and not one.is_denied for one in achievement.uses):
        raise Invalid({"place": label("A use at this place is named already; confirm or correct that one.")})


def _require_method(text: UseText) -> None:
    """A sum that nobody can check is none."""
    if text.saving_fen and not text.method:
        raise Invalid({"method": label("An amount needs how it was measured.")})


def _held(uow: UnitOfWork, id: str, version: int, use_id: str) -> tuple[Achievement, Adoption]:
    """Lock, then read, then compare."""
    if hold_achievement(uow.tx, id) != version:
        raise Stale(id)
    achievement = get_achievement(uow.tx, id)
    use = get_use(achievement, use_id)
    uow.actor.require(Permission.ADOPTION_ANSWER, use)
    return achievement, use


def _with_proof(uow: UnitOfWork, id: str, use: Adoption, proof: Proof | None) -> Adoption:
    if proof is None:
        return use
    kept = stored_file(uow.new_id(), proof.file, proof.place, Access.ENTERPRISES, uow.now)
    add_file(uow.tx, id, kept)
    return replace(use, file_id=kept.id)


def _answer(uow: UnitOfWork, achievement: Achievement, said: Adoption, verb: str) -> Adoption:
    save_answer(uow.tx, achievement.id, said, uow.actor.account_id)
    _record(uow, achievement, tuple(said if one.id == said.id else one for one in achievement.uses), verb)
    return said


def _record(uow: UnitOfWork, achievement: Achievement, uses: tuple[Adoption, ...], verb: str) -> None:
    own, makers = tuple(one for one in uses if one.by_adopter), tuple(one for one in uses if not one.by_adopter)
    uow.record(edited(achievement, achievement.version, at=uow.now, verb=verb, adoptions=makers, reports=own))
