"""The rows of a comparison: what each says of a thing, and where a number tells which is better."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.domains.patents import model as patents
from marketplace.kernel.labels import Label, label
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, PRICE_LABELS
from marketplace.pages.compare.repository import Thing
from marketplace.pages.search.words import sort_words
from marketplace.web.taxonomies import field_name
from marketplace.web.words import day, money, percent, translated, wan

Number = Callable[[Thing], int | None]


def nothing(_thing: Thing) -> int | None:
    return None


def anything(_thing: Thing) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Property:
    """`best` is the word for the greatest (`most`) or smallest number; numbers compare only where `like` is one and the same."""

    name: Label
    words: Callable[[Thing], str]
    number: Number = nothing
    best: Label | str = ""
    most: bool = True
    like: Callable[[Thing], Any] = anything


def _count(number: Number) -> Callable[[Thing], str]:
    def words(thing: Thing) -> str:
        count = number(thing)
        return "" if count is None else str(count)

    return words


def _maturity(thing: Thing) -> int | None:
    return thing.card.maturity or thing.details.maturity


def _scale(thing: Thing) -> str:
    return thing.card.maturity_scale or thing.details.maturity_scale


def _used(thing: Thing) -> int | None:
    return thing.card.used if thing.card.kind == "achievement" else thing.details.used


def _patents(thing: Thing) -> int | None:
    return thing.card.patents if thing.card.kind == "achievement" else thing.details.patents


def _saving(thing: Thing) -> int | None:
    return thing.card.saving_fen or thing.details.saving_fen or None


def _members(thing: Thing) -> int | None:
    return thing.card.members if thing.card.kind == "studio" else None


def _works(thing: Thing) -> int | None:
    return thing.details.works


def _price(thing: Thing) -> int | None:
    return thing.card.price_fen


def _gain(thing: Thing) -> str:
    """4.5 → 1.2 hours; what is better depends on what was measured, so nothing is marked."""
    told = thing.details
    if not told.gain_metric:
        return ""
    before, after = ("–" if one is None else f"{one:g}" for one in (told.gain_before, told.gain_after))
    return f"{told.gain_metric} {before} → {after} {told.gain_unit}".strip()


def _maturity_words(thing: Thing) -> str:
    return f"{_scale(thing)} {_maturity(thing)}" if _maturity(thing) else ""


def _saving_words(thing: Thing) -> str:
    saving = _saving(thing)
    return translated(label("%(amount)s × 10,000 yuan"), amount=wan(saving)) if saving else ""


def _price_words(thing: Thing) -> str:
    if thing.card.kind != "listing":
        return ""
    if thing.details.on_enquiry:
        return translated(label("On enquiry"))
    parts = (translated(PRICE_LABELS.get(thing.card.price_mode, "")), money(_price(thing)) if _price(thing) is not None else "",
             percent(thing.details.royalty_bp) if thing.details.royalty_bp is not None else "")  # fmt: skip
    return " ".join(part for part in parts if part)


def _budget_words(thing: Thing) -> str:
    low, high = thing.card.low_fen, thing.card.high_fen
    return f"{money(low)}–{money(high)}" if low is not None and high is not None else ""


def _contracts(thing: Thing) -> str:
    named = (CONTRACT_LABELS.get(kind, "") for kind in sorted(set(thing.details.contracts)))
    return translated(label(", ")).join(translated(one) for one in named if one)


def _sort(thing: Thing) -> str:
    """Of a listing that is its contract, which has a row of its own."""
    return "" if thing.card.kind == "listing" else sort_words(thing.card)


def _legal_status(thing: Thing) -> str:
    return translated(patents.LEGAL_LABELS.get(thing.card.status, "")) if thing.card.kind == "patent" else ""


def _exclusive(thing: Thing) -> str:
    return "" if thing.details.exclusive is None else translated(label("Exclusive") if thing.details.exclusive else label("Not exclusive"))


def _date(pick: Callable[[Thing], Any]) -> Callable[[Thing], str]:
    def words(thing: Thing) -> str:
        value = pick(thing)
        return day(value) if value else ""

    return words


def _field(thing: Thing) -> str:
    return field_name(thing.card.field) if thing.card.field else ""


MOST, HIGHEST, LOWEST = label("the most"), label("the highest"), label("the lowest")
GROUPS: tuple[tuple[Label, tuple[Property, ...]], ...] = (
    (label("Benefit and proof"), (
        Property(label("Benefit in one line"), lambda thing: thing.card.benefit),
        Property(label("Measured gain"), _gain),
        Property(label("Saving a year"), _saving_words, _saving, MOST),
        Property(label("Adopters"), _count(_used), _used, MOST),
        Property(label("Maturity"), _maturity_words, _maturity, HIGHEST, like=_scale),
        Property(label("Patents"), _count(_patents), _patents, MOST),
        Property(label("Members"), _count(_members)),
        Property(label("Achievements"), _count(_works), _works, MOST),
    )),
    (label("Price and contract"), (
        Property(label("Contract kind"), _contracts),
        Property(label("Price"), _price_words, _price, LOWEST, most=False, like=lambda thing: (thing.card.price_mode, thing.card.sort)),
        Property(label("Budget"), _budget_words),
        Property(label("Exclusive or not"), _exclusive),
        Property(label("Where it is offered"), lambda thing: thing.details.region),
        Property(label("Ends on"), _date(lambda thing: thing.card.ends_on)),
    )),
    (label("About it"), (
        Property(label("What kind"), _sort),
        Property(label("Technology field"), _field),
        Property(label("Provider"), lambda thing: thing.card.provider),
        Property(label("Sub-district"), lambda thing: thing.card.area),
        Property(label("Where it applies"), lambda thing: thing.details.conditions),
        Property(label("Where it does not apply"), lambda thing: thing.details.not_for),
        Property(label("Legal status"), _legal_status),
        Property(label("IPC"), lambda thing: thing.details.ipc),
        Property(label("Filed on"), _date(lambda thing: thing.details.filed_on)),
        Property(label("Granted on"), _date(lambda thing: thing.details.granted_on)),
        Property(label("Completed on"), _date(lambda thing: thing.details.completed_on)),
        Property(label("Named on"), _date(lambda thing: thing.details.named_on)),
        Property(label("Published"), _date(lambda thing: thing.card.published_at)),
    )),
)  # fmt: skip
