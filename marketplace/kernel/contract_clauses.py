"""The clauses that article 845 of the Civil Code asks of a technology contract: which of them stand in a text, which are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from marketplace.kernel.labels import Label, label
from marketplace.kernel.technology_contracts import AMOUNT_NEEDED, OF_A_PATENT, PriceMode, Terms, faults_of_terms


class Clause(StrEnum):
    """In the order of the article; the last two are for a contract on a patent. FRAME and OTHER are no clauses of it, but edited like them."""

    TITLE = "title"
    SCOPE = "scope"
    DELIVERY = "delivery"
    CONFIDENTIALITY = "confidentiality"
    OWNERSHIP = "ownership"
    ACCEPTANCE = "acceptance"
    DEFINITIONS = "definitions"
    PRICE = "price"
    PATENT_NAMES = "patent-names"
    PATENT_DATES = "patent-dates"
    FRAME = "frame"
    OTHER = "other"


CLAUSE_LABELS: dict[Clause, Label] = {
    Clause.TITLE: label("Project name"), Clause.SCOPE: label("Content, scope and requirements"), Clause.DELIVERY: label("Plan, place and method"),
    Clause.CONFIDENTIALITY: label("Confidentiality"), Clause.OWNERSHIP: label("Ownership and split of income"),
    Clause.ACCEPTANCE: label("Acceptance standard and method"), Clause.DEFINITIONS: label("Definitions"),
    Clause.PRICE: label("Price and way of payment"), Clause.PATENT_NAMES: label("Patent title, applicant, owner"),
    Clause.PATENT_DATES: label("Filing date, patent number, validity"), Clause.FRAME: label("Kind, territory and validity"),
    Clause.OTHER: label("Other"),
}  # fmt: skip
STAGES = ("stage_names", "stage_days", "stage_shares", "stage_proofs")
FIELDS: dict[Clause, tuple[str, ...]] = {
    **{one: (one.value,) for one in (Clause.TITLE, Clause.SCOPE, Clause.DELIVERY, Clause.CONFIDENTIALITY, Clause.OWNERSHIP, Clause.ACCEPTANCE,
                                     Clause.DEFINITIONS, Clause.OTHER)},
    Clause.PRICE: ("price_mode", "total_fen", "technology_fen", "royalty_bp", "royalty_course", "royalty_note", "trial_days", *STAGES),
    Clause.FRAME: ("contract_kind", "sub_kind", "region", "exclusive", "valid_from", "valid_until"),
}  # fmt: skip
"""What is edited together; the clauses on patents follow from the patents themselves."""


@dataclass(frozen=True, slots=True)
class PatentFacts:
    """What a contract on a patent must say of it."""

    id: str
    title: str
    patent_number: str
    applicant: str = ""
    owner: str = ""
    filed_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the checklist."""

    clause: Clause
    is_there: bool


def checklist(text: Terms, patents: Sequence[PatentFacts]) -> tuple[Checked, ...]:
    """Missing ones first. `text` has the clauses as fields of their names."""
    lines = [Checked(clause, bool(str(getattr(text, clause)).strip())) for clause in list(Clause)[:7]]
    lines.append(Checked(Clause.PRICE, not price_faults(text)))
    if text.sub_kind in OF_A_PATENT or patents:
        lines.append(Checked(Clause.PATENT_NAMES, bool(patents) and all(one.title and one.applicant and one.owner for one in patents)))
        lines.append(Checked(Clause.PATENT_DATES, bool(patents) and all(one.patent_number and one.filed_on for one in patents)))
    return tuple(sorted(lines, key=lambda line: line.is_there))


def missing_clauses(text: Terms, patents: Sequence[PatentFacts]) -> tuple[Clause, ...]:
    return tuple(line.clause for line in checklist(text, patents) if not line.is_there)


def price_faults(text: Terms) -> dict[str, Label]:
    """Field → what keeps the price from being one that both can be held to."""
    faults = {name: fault for name, fault in faults_of_terms(text, patented=True).items() if name in FIELDS[Clause.PRICE]}
    if text.price_mode is PriceMode.NEGOTIABLE:
        faults["price_mode"] = label("A contract says how much is paid, and how.")
    if text.price_mode is PriceMode.TRIAL and not _of(text, "trial_days"):
        faults["trial_days"] = label("A trial needs its length in days.")
    if text.price_mode is PriceMode.TRIAL and not (text.total_fen or text.royalty_bp):
        faults["total_fen"] = label("Say what is paid after the trial.")
    if text.price_mode is PriceMode.INSTALMENTS and not text.stage_names:
        faults["stage_names"] = label("Instalments need their stages.")
    if text.price_mode in AMOUNT_NEEDED and text.technology_fen is None:
        faults["technology_fen"] = label("Say what part of the price is for the technology.")
    return faults


def _of(text: Any, name: str) -> Any:
    return getattr(text, name, None)
