"""What a person agrees to show on their public card, part by part (DOMAIN, who sees what). Name and photo are no parts: without the name
there is no card, and a photo is not kept at all.

A part that is kept back is stored on the person's node as the names of its relations (`concealed`), so that a statement asks
`NOT type(r) IN w.concealed` and nobody but the person and the officers above them walks there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.connection import Transaction
from graph.records import properties, reader, value
from marketplace.kernel.labels import Label, label


class Part(StrEnum):
    SKILLS = "skills"
    WORKS = "works"
    EMPLOYER = "employer"
    CONTACT = "contact"


PART_LABELS: dict[str, Label] = {
    Part.SKILLS: label("Skills, levels and occupation"), Part.WORKS: label("Achievements and patents"), Part.EMPLOYER: label("Present employer"),
    Part.CONTACT: label("Questions through the site"),
}  # fmt: skip
PART_NOTES: dict[str, Label] = {
    Part.SKILLS: label("What you can do, at which level, and your occupation; never a certificate's number."),
    Part.WORKS: label("Published works that name you, and your place among the makers."),
    Part.EMPLOYER: label("The enterprise you work for now and its union; earlier ones are never shown."),
    Part.CONTACT: label("Enterprises and associations may write to you on this site; your phone stays hidden."),
}  # fmt: skip
RELATIONS: dict[Part, tuple[str, ...]] = {
    Part.SKILLS: ("HAS_SKILL", "CERTIFIED_IN"), Part.WORKS: ("CONTRIBUTED_TO", "INVENTED"), Part.EMPLOYER: ("EMPLOYED_BY",), Part.CONTACT: ("ABOUT",),
}  # fmt: skip


class Use(StrEnum):
    """What else a person agrees to; each can be withdrawn by itself, and the next request obeys."""

    MATCHING = "matching"
    MAIL = "mail"
    SHARING = "sharing"


USE_LABELS: dict[str, Label] = {
    Use.MATCHING: label("Being suggested for needs"), Use.MAIL: label("Being told by mail"),
    Use.SHARING: label("Sharing with government departments"),
}  # fmt: skip
USE_NOTES: dict[str, Label] = {
    Use.MATCHING: label("While your card is shown, the site may name you where an enterprise's need matches your skills."),
    Use.MAIL: label("What waits for you is also sent by mail; on the site you are told in any case."),
    Use.SHARING: label("Skills, levels and certificates, for a stated purpose and by agreement with the union; never numbers of yours."),
}  # fmt: skip
DEFAULT_USES = (Use.MATCHING,)
"""The public card is there to be found. Mail and sharing are never taken for granted (PIPL, articles 23 and 29)."""
NAME = "name"
"""Recorded with every card that is shown."""
RECORDED: dict[str, Label] = {NAME: label("Name"), **PART_LABELS}
DEFAULT = (Part.SKILLS, Part.WORKS)
"""DOMAIN: the public card says name, skills, levels and works."""
WORDING = "2026-11-29"
"""Which words the person agreed to; a new text is a new version, which compares as later."""
SAYS_CREDIT = "2026-11-29"
"""Since these words a card says what came of its person's introductions: whoever agreed to earlier ones was not asked."""


def concealed_of(shown: Collection[Part]) -> tuple[str, ...]:
    """The relations that a person keeps back who shows these parts."""
    return tuple(relation for part in Part if part not in shown for relation in RELATIONS[part])


def parts_of(concealed: Collection[str]) -> tuple[Part, ...]:
    """The parts of which nothing is kept back."""
    return tuple(part for part in Part if not set(RELATIONS[part]) & set(concealed))


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to and when; no parts at all means that the card was hidden."""

    id: str
    entity_id: str
    created_at: datetime
    by: str
    parts: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    wording: str = WORDING
    audience: tuple[str, ...] = ()


AGREEING = """
UNWIND $ids AS id MATCH (w:Worker {id: id}) WHERE $use IN coalesce(w.agreed_uses, $by_default)
RETURN w.id AS id
"""


def list_agreeing(tx: Transaction, use: Use, ids: Collection[str]) -> set[str]:
    """Which of these people agree to this use at this moment: whoever mails, shares or suggests asks here, each time."""
    return set(tx.all(AGREEING, value("id"), ids=list(ids), use=use, by_default=DEFAULT_USES))


WRITE = """
CREATE (c:Consent) SET c = $properties
"""


def write_consent(tx: Transaction, consent: Consent) -> None:
    tx.run(WRITE, properties=properties(consent))


LIST = """
MATCH (c:Consent {entity_id: $id}) WHERE any(token IN c.audience WHERE token IN $reader)
RETURN c {.*} AS consent ORDER BY c.created_at DESC, c.id DESC LIMIT 50
"""


def list_consents(tx: Transaction, id: str) -> list[Consent]:
    """The latest first, for the person and the officers above."""
    return tx.all(LIST, reader(Consent, "consent"), id=id)
