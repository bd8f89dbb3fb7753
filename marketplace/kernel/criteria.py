"""By what teams are judged: criteria with their weights in percent, each scored from nought to a hundred."""

from dataclasses import dataclass

WHOLE = 100
"""The criteria weigh so many percent together."""
BEST = 100
"""Of one criterion."""


@dataclass(frozen=True, slots=True)
class Criterion:
    name: str
    weight: int


def criteria_of(setting: str) -> tuple[Criterion, ...]:
    """'可行性=35 创新性=65', as the settings write it. Raises ValueError for anything else, so that the site does not start with it."""
    pairs = [one.rpartition("=") for one in setting.split()]
    found = tuple(Criterion(name, int(weight)) for name, _, weight in pairs)
    if sum(one.weight for one in found) != WHOLE or any(one.weight <= 0 or not one.name for one in found):
        raise ValueError(setting)
    return found
