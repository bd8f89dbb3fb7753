"""What is measured, and what is to be reached: of a need and of a challenge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure to reach, as the node keeps it: 'name|now|target|unit'."""

    name: str
    now: str = ""
    target: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return "|".join(part.replace("|", "/") for part in (self.name, self.now, self.target, self.unit))


def indicator_of(text: str) -> Indicator:
    return Indicator(*(text.split("|") + [""] * 4)[:4])
