"""From evidence to points and to the path that shows them: nothing but arithmetic over what the reader may see."""

from collections.abc import Mapping

from marketplace.processes.matching import weights
from marketplace.processes.matching.model import Asked, Evidence, Firm, Link, Named, Part, PartName, Person, Record

NOTHING = Evidence("")


def parts_of(asked: Asked, found: Evidence, share: float, records: Mapping[str, Record]) -> tuple[Part, ...]:
    """`share` is the text score over the best one's. The parts add up to the score."""
    most = weights.USED + weights.SOLVED + weights.NEAR
    points = (
        (PartName.TEXT, weights.TEXT * share, weights.TEXT),
        (PartName.SKILLS, weights.SKILLS * _skilled(asked, found), weights.SKILLS),
        (PartName.EVIDENCE, _used(asked, found) + _solved(found, records) + _near(asked, found), most),
        (PartName.FIELD, _field(asked, found) + _mature(found), weights.FIELD + weights.MATURE),
        (PartName.ANSWERS, weights.ANSWERS * _answered(found, records), weights.ANSWERS),
    )
    return tuple(Part(name, round(value), limit) for name, value, limit in points)


def held(asked: Asked, found: Evidence) -> tuple[str, ...]:
    """The required skills that the work uses or its people hold, in the need's order."""
    there = {*found.skills, *(skill for person in found.people for skill in person.skills)}
    return tuple(skill for skill in asked.skills if skill in there)


def users_alike(asked: Asked, found: Evidence) -> tuple[Firm, ...]:
    """Enterprises of the need's own heading that use it; who asks is none of them."""
    return tuple(firm for firm in users(asked, found) if asked.field and firm.field[:2] == asked.field[:2])


def users(asked: Asked, found: Evidence) -> tuple[Firm, ...]:
    """Who uses it: whoever made it uses it anyway, and who asks would not ask."""
    own = {maker.id for maker in found.makers} | {asked.enterprise_id}
    return tuple(firm for firm in found.adopters if firm.id not in own)


def _skilled(asked: Asked, found: Evidence) -> float:
    return len(held(asked, found)) / len(asked.skills) if asked.skills else 0.0


def _used(asked: Asked, found: Evidence) -> float:
    if users_alike(asked, found):
        return weights.USED
    return weights.USED / 2 if users(asked, found) else 0.0


def solved(found: Evidence, records: Mapping[str, Record]) -> int:
    """How many other works of its makers are in use."""
    own = {work.id for work in found.works} if found.adopters else set()
    others = {id for maker in found.makers if maker.id in records for id in records[maker.id].solved} - own
    return len(others)


def _solved(found: Evidence, records: Mapping[str, Record]) -> float:
    return weights.SOLVED * min(solved(found, records), weights.MOST_SOLVED) / weights.MOST_SOLVED


def is_near(asked: Asked, found: Evidence) -> bool:
    """Somebody of it works for who asks, or they made it themselves."""
    own = any(asked.enterprise_id in person.employers for person in found.people) or any(maker.id == asked.enterprise_id for maker in found.makers)
    return bool(asked.enterprise_id) and own


def _near(asked: Asked, found: Evidence) -> float:
    if is_near(asked, found):
        return weights.NEAR
    return weights.NEAR / 2 if asked.area and asked.area == found.area else 0.0


def _field(asked: Asked, found: Evidence) -> float:
    if not asked.field or asked.field[:2] != found.field[:2]:
        return 0.0
    return weights.FIELD if asked.field == found.field else weights.SAME_HEADING


def _mature(found: Evidence) -> float:
    if found.maturity is None:
        return 0.0
    return weights.MATURE * max(0, min(3, 3 - (weights.READY - found.maturity))) / 3


def _answered(found: Evidence, records: Mapping[str, Record]) -> float:
    known = [records[maker.id] for maker in found.makers if maker.id in records]
    received, answered = sum(one.received for one in known), sum(one.answered for one in known)
    return answered / received if received >= weights.FEW else 0.5


def path_of(asked: Asked, found: Evidence, card: Link) -> tuple[Link, ...]:
    """Need → skill → person → studio → what was found → who uses it; what is missing is left out."""
    person = _speaker(asked, found)
    own = person.skills if person is not None else ()
    skill = next((one for one in asked.skills if one in own), next(iter(held(asked, found)), ""))
    maker = _maker(found, person)
    links = [
        Link("need", asked.title, id=asked.id),
        Link("skill", skill, relation="requires") if skill else None,
        Link("worker", person.name, person.level, "held by" if skill in own else "made by", person.id) if person is not None else None,
        Link(maker.kind, maker.name, maker.note, "member of" if maker.kind == "studio" else "made at", maker.id) if maker else None,
    ]
    shown = [link for link in links if link is not None and (not card.id or link.id != card.id)]
    return (*shown, card, *_onwards(asked, found, card))


def _onwards(asked: Asked, found: Evidence, card: Link) -> list[Link]:
    """Who uses the work; of people and studios, a work of theirs."""
    firms = users_alike(asked, found) or users(asked, found)
    if firms:
        return [Link("enterprise", firms[0].name, str(len(firms)), "used by", firms[0].id)]
    works = [work for work in found.works if work.id != card.id and card.kind not in ("achievement", "listing")]
    return [Link(work.kind, work.name, work.note, "made", work.id) for work in works[:1]]


def _speaker(asked: Asked, found: Evidence) -> Person | None:
    """Who holds most of what is required; else, of a work, the first who made it."""
    best = max(found.people, key=lambda person: len(set(person.skills) & set(asked.skills)), default=None)
    return best if best and (best.skills or not asked.skills) else None


def _maker(found: Evidence, person: Person | None) -> Named | None:
    """A studio of theirs that made it, else whoever made it, a studio first."""
    ours = {studio.id for studio in person.studios} if person is not None else set()
    first = min(found.makers, key=lambda maker: (maker.kind != "studio", maker.id), default=None)
    return next((maker for maker in found.makers if maker.id in ours), first)


def parts_of_adopter(nearness: float, skills: float, *, uses: bool, near: bool, field: str, own: str) -> tuple[Part, ...]:
    """Of an enterprise that might use a work: its needs' text and skills, what of the field it uses already, where it is, its own field.

    `nearness` and `skills` are shares; there is no provider who would answer."""
    alike = weights.FIELD if field and field == own else weights.SAME_HEADING if field and field[:2] == own[:2] else 0
    points = (
        (PartName.TEXT, weights.TEXT * nearness, weights.TEXT),
        (PartName.SKILLS, weights.SKILLS * skills, weights.SKILLS),
        (PartName.EVIDENCE, weights.USED * uses + weights.NEAR / 2 * near, weights.USED + weights.NEAR // 2),
        (PartName.FIELD, alike, weights.FIELD),
    )
    return tuple(Part(name, round(value), limit) for name, value, limit in points)
