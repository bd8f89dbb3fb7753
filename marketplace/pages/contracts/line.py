"""The seven stages of a deal on one line, from the first question to the registration."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.domains.milestones.model import Milestone
from marketplace.kernel.labels import label
from marketplace.processes.contract_papers.model import Paperwork, Source
from marketplace.processes.registering.model import Registration
from marketplace.web.words import day, translated

DONE, NOW, TODO = "done", "now", "todo"


@dataclass(frozen=True, slots=True)
class Stage:
    """`lines` are words already."""

    title: str
    lines: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What the page reads of a contract and of what stands around it."""

    work: Paperwork
    source: Source | None
    offered: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    registration: Registration | None

    @property
    def accepted(self) -> int:
        return sum(one.is_accepted for one in self.milestones)


def seven_stages(whole: Whole) -> Sequence[Stage]:
    one = whole.work.contract
    source, missing, ended = whole.source, len(whole.work.missing), one.ended_at is not None
    written = one.is_bound or not missing
    return (
        Stage(translated(label("Enquiry")), _lines(source.number if source else "", day(source.created_at) if source else ""), DONE),
        Stage(translated(label("Offer")), _lines(translated(label("agreed")), day(one.created_at)), DONE),
        Stage(translated(label("First refusal")), _offered(whole), NOW if whole.offered and not one.is_bound else DONE),
        Stage(
            translated(label("Writing")), _lines("" if written else translated(label("%(n)d clauses missing"), n=missing)),
            DONE if written else TODO if ended else NOW,
        ),
        Stage(translated(label("Both confirm")), _confirmed(whole), DONE if one.is_bound else NOW if written and not ended else TODO),
        Stage(translated(label("Milestones")), _milestones(whole), _state_of_milestones(whole)),
        Stage(translated(label("Acceptance, registration")), _closing(whole), DONE if one.accepted_words else _last(whole)),
    )  # fmt: skip


def _lines(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word and word != "–")


def _offered(whole: Whole) -> tuple[str, ...]:
    open = len(whole.offered)
    return _lines(translated(label("%(n)d have not answered"), n=open) if open else translated(label("nothing open")))


def _confirmed(whole: Whole) -> tuple[str, ...]:
    one = whole.work.contract
    if one.is_bound:
        return _lines(day(one.signed_on))
    return _lines(translated(label("%(n)d of 2"), n=(one.seller_at is not None) + (one.buyer_at is not None)))


def _milestones(whole: Whole) -> tuple[str, ...]:
    if whole.milestones:
        return _lines(f"{whole.accepted} / {len(whole.milestones)}")
    planned = len(whole.work.contract.stage_names)
    return _lines(translated(label("%(n)d planned"), n=planned) if planned else "")


def _state_of_milestones(whole: Whole) -> str:
    one = whole.work.contract
    if not one.is_bound:
        return TODO
    return DONE if whole.accepted == len(whole.milestones) else TODO if one.ended_at else NOW


def _closing(whole: Whole) -> tuple[str, ...]:
    one, sheet = whole.work.contract, whole.registration
    return _lines(day(one.ended_at) if one.accepted_words else "", sheet.registration_number if sheet else "")


def _last(whole: Whole) -> str:
    one = whole.work.contract
    return NOW if one.is_bound and not one.ended_at and whole.accepted == len(whole.milestones) else TODO
