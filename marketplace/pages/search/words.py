"""What the facets and cards say, in the reader's language."""

from collections.abc import Callable, Mapping

from marketplace.domains.achievements import model as achievements
from marketplace.domains.needs import model as needs
from marketplace.domains.patents import model as patents
from marketplace.domains.studios import model as studios
from marketplace.domains.workers import model as workers
from marketplace.kernel.availability import OFFER_LABELS
from marketplace.kernel.cards import Card
from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import BAND_LABELS
from marketplace.kernel.technology_contracts import CONTRACT_LABELS
from marketplace.web.taxonomies import field_name, occupation_name, skill_name
from marketplace.web.words import day, money, translated, wan

KINDS: dict[str, Label] = {
    "achievement": label("Achievement"), "listing": label("Listing"), "need": label("Need"), "patent": label("Patent"), "studio": label("Studio"),
    "association": label("Association"), "enterprise": label("Enterprise"), "worker": label("Person"),
}  # fmt: skip
TITLES: dict[str, Label] = {
    "kind": label("What"),
    "field": label("Technology field"), "contract_kind": label("Contract kind"),
    "achievement_kind": label("Kind of achievement"),
    "area": label("Sub-district"), "maturity": label("Maturity"), "level": label("Level"),
    "price_band": label("Price or budget"), "provider": label("Provider"), "has_patent": label("Patent"),
    "in_use": label("Use so far"), "year": label("Year"),
}  # fmt: skip
USED: dict[str, Label] = {"yes": label("used already"), "no": label("not used yet")}
PROTECTED: dict[str, Label] = {"yes": label("with a patent"), "no": label("without a patent")}
"""A chip stands without its title: the value says it all."""


def _labelled(*tables: Mapping[str, Label]) -> Callable[[str], str]:
    def words(value: str) -> str:
        return next((translated(table[value]) for table in tables if value in table), value)

    return words


def _maturity(value: str) -> str:
    """TRL9 as people write it, TRL 9."""
    return f"{value[:3]} {value[3:]}"


WORDS: dict[str, Callable[[str], str]] = {
    "kind": _labelled(KINDS), "field": field_name, "contract_kind": _labelled(CONTRACT_LABELS),
    "achievement_kind": _labelled(achievements.KIND_LABELS), "level": _labelled(workers.LEVEL_LABELS, studios.LEVEL_LABELS),
    "price_band": _labelled(BAND_LABELS), "maturity": _maturity, "has_patent": _labelled(PROTECTED), "in_use": _labelled(USED),
    "occupation": occupation_name, "skill": skill_name, "availability": _labelled(OFFER_LABELS),
}  # fmt: skip


def value_words(facet: str, value: str) -> str:
    """A facet's value as people say it."""
    return WORDS[facet](value) if facet in WORDS else value


SORTS: dict[str, Callable[[str], str]] = {
    "achievement": _labelled(achievements.KIND_LABELS), "listing": _labelled(CONTRACT_LABELS), "need": _labelled(needs.VISIBILITY_LABELS),
    "patent": _labelled(patents.TYPE_LABELS), "studio": _labelled(studios.LEVEL_LABELS),
}  # fmt: skip


def sort_words(card: Card) -> str:
    """Which kind of its kind it is."""
    return SORTS[card.kind](card.sort) if card.kind in SORTS and card.sort else ""


def facts_of(card: Card) -> tuple[str, ...]:
    """Two or three facts that help to choose."""
    facts = (
        sort_words(card),
        f"{card.maturity_scale} {card.maturity}" if card.maturity else "",
        translated(label("%(n)s adopters"), n=card.used) if card.used else "",
        translated(label("saves %(amount)s × 10,000 yuan a year"), amount=wan(card.saving_fen)) if card.saving_fen else "",
        _price(card),
        translated(label("until %(day)s"), day=day(card.ends_on)) if card.ends_on else "",
        translated(label("%(n)s members"), n=card.members) if card.members else "",
        _labelled(workers.LEVEL_LABELS)(card.level) if card.level and card.kind == "worker" else "",
        occupation_name(card.occupation) if card.occupation else "",
        translated(label("%(n)s patents"), n=card.patents) if card.patents else "",
    )
    return tuple(fact for fact in facts if fact)


def _price(card: Card) -> str:
    if card.low_fen is not None and card.high_fen is not None:
        return f"{money(card.low_fen)}–{money(card.high_fen)}"
    return money(card.price_fen) if card.price_fen is not None else ""
