"""What readers say of a match, and why they pass: the words that opinions and repairs share."""

from enum import StrEnum

from marketplace.kernel.labels import Label, label


class Verdict(StrEnum):
    """DOMAIN, technology contracts: why companies pass on a technology."""

    USEFUL = "useful"
    TOO_EARLY = "too_early"
    BENEFIT_UNCLEAR = "benefit_unclear"
    ROUTE_UNCLEAR = "route_unclear"
    VAGUE = "vague"
    OTHER_FIELD = "other_field"
    NO_BUDGET = "no_budget"
    HAVE_ONE = "have_one"
    TIMING = "timing"


VERDICT_LABELS: dict[Verdict, Label] = {
    Verdict.USEFUL: label("Useful"), Verdict.TOO_EARLY: label("Too early"), Verdict.BENEFIT_UNCLEAR: label("Benefit over what exists unclear"),
    Verdict.ROUTE_UNCLEAR: label("Commercial route unclear"), Verdict.VAGUE: label("Description too vague"),
    Verdict.OTHER_FIELD: label("Not our field"), Verdict.NO_BUDGET: label("No budget"), Verdict.HAVE_ONE: label("Already have one"),
    Verdict.TIMING: label("Timing does not fit"),
}  # fmt: skip
REASONS = tuple(one for one in Verdict if one is not Verdict.USEFUL)
