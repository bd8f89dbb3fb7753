"""What the Civil Code says of technology contracts: their kinds, their prices, and the terms that two parties agree on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import shared_out

WHOLE = 10_000
"""Basis points: the stages of a payment are all of it together."""


class ContractKind(StrEnum):
    """Civil Code, article 843."""

    DEVELOPMENT = "development"
    TRANSFER = "transfer"
    LICENCE = "licence"
    CONSULTING = "consulting"
    SERVICE = "service"


class PriceMode(StrEnum):
    """Civil Code, article 846; 先用后转 is a trial first."""

    FIXED = "fixed"
    INSTALMENTS = "instalments"
    ROYALTY = "royalty"
    ENTRY_ROYALTY = "entry_royalty"
    NEGOTIABLE = "negotiable"
    TRIAL = "trial"


class Course(StrEnum):
    """How a royalty develops over the years: Civil Code, article 846."""

    LEVEL = "level"
    RISING = "rising"
    FALLING = "falling"


CONTRACT_LABELS: dict[str, Label] = {
    ContractKind.DEVELOPMENT: label("Technology development"), ContractKind.TRANSFER: label("Technology transfer"),
    ContractKind.LICENCE: label("Technology licence"), ContractKind.CONSULTING: label("Technical consulting"),
    ContractKind.SERVICE: label("Technical service"),
}  # fmt: skip
SUB_KIND_LABELS: dict[str, Label] = {
    "commissioned": label("Commissioned development"), "cooperative": label("Joint development"), "patent_right": label("Patent right"),
    "patent_application": label("Right to a patent application"), "know_how": label("Technical secret"), "patent_licence": label("Patent licence"),
    "general": label("General service"),
    "intermediary": label("Intermediary service"), "training": label("Training service"), "other": label("Other"),
}  # fmt: skip
SUB_KINDS: dict[ContractKind, tuple[str, ...]] = {
    ContractKind.DEVELOPMENT: ("commissioned", "cooperative"),
    ContractKind.TRANSFER: ("patent_right", "patent_application", "know_how", "other"),
    ContractKind.LICENCE: ("patent_licence", "know_how", "other"),
    ContractKind.CONSULTING: (),
    ContractKind.SERVICE: ("general", "intermediary", "training"),
}
"""DOMAIN, technology contracts: sub-kinds of the registration."""
OF_A_PATENT = frozenset({"patent_right", "patent_application", "patent_licence"})
PRICE_LABELS: dict[str, Label] = {
    PriceMode.FIXED: label("Fixed price"), PriceMode.INSTALMENTS: label("Instalments"), PriceMode.ROYALTY: label("Royalty"),
    PriceMode.ENTRY_ROYALTY: label("Entry fee and royalty"), PriceMode.NEGOTIABLE: label("Negotiable"), PriceMode.TRIAL: label("Free trial first"),
}  # fmt: skip
COURSE_LABELS: dict[str, Label] = {
    Course.LEVEL: label("The same every year"), Course.RISING: label("Rising"), Course.FALLING: label("Falling"),
}  # fmt: skip
AMOUNT_NEEDED = frozenset({PriceMode.FIXED, PriceMode.INSTALMENTS, PriceMode.ENTRY_ROYALTY})
RATE_NEEDED = frozenset({PriceMode.ROYALTY, PriceMode.ENTRY_ROYALTY})


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the work with what is paid for it. `days` after the contract is in force; `share` in basis points of the total."""

    name: str
    days: int
    share: int
    proof: str
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an offer proposes and a contract holds. Money is fen, rates and shares are basis points. Stages stand as columns of equal length,
    since a node holds nothing nested.

    `total_fen` is the lump sum or the entry fee, `technology_fen` what of it is for the technology (技术交易额)."""

    contract_kind: ContractKind = ContractKind.SERVICE
    sub_kind: str = ""
    price_mode: PriceMode = PriceMode.FIXED
    total_fen: int | None = None
    technology_fen: int | None = None
    royalty_bp: int | None = None
    royalty_course: Course = Course.LEVEL
    royalty_note: str = ""
    region: str = ""
    exclusive: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    scope: str = ""
    delivery: str = ""
    acceptance: str = ""
    stage_names: tuple[str, ...] = ()
    stage_days: tuple[int, ...] = ()
    stage_shares: tuple[int, ...] = ()
    stage_proofs: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        amounts = shared_out(self.total_fen or 0, self.stage_shares)
        columns = zip(self.stage_names, self.stage_days, self.stage_shares, self.stage_proofs, amounts, strict=True)
        return tuple(Stage(*column) for column in columns)


def faults_of_terms(terms: Terms, *, patented: bool) -> dict[str, Label]:
    """Field → what is wrong: kind and object, way of paying and amounts, beginning and end, and the stages belong together."""
    faults: dict[str, Label] = {}
    if terms.sub_kind and terms.sub_kind not in SUB_KINDS[terms.contract_kind]:
        faults["sub_kind"] = label("This sub-kind belongs to another contract kind.")
    elif terms.sub_kind in OF_A_PATENT and not patented:
        faults["sub_kind"] = label("A contract on a patent needs an achievement that a patent protects.")
    if terms.price_mode in AMOUNT_NEEDED and not terms.total_fen:
        faults["total_fen"] = label("This way of paying needs an amount.")
    if terms.price_mode in RATE_NEEDED and not terms.royalty_bp:
        faults["royalty_bp"] = label("A royalty needs its rate.")
    if terms.technology_fen is not None and terms.technology_fen > (terms.total_fen or 0):
        faults["technology_fen"] = label("The technology's part is more than the whole price.")
    if terms.valid_from and terms.valid_until and terms.valid_until < terms.valid_from:
        faults["valid_until"] = label("The end lies before the beginning.")
    if terms.stage_shares and (sum(terms.stage_shares) != WHOLE or min(terms.stage_shares) < 0):
        faults["stage_shares"] = label("The stages must be 100 % together.")
    return faults
