"""How long somebody waits after failures, and what opens the secrets of second factors."""

from dataclasses import dataclass
from datetime import timedelta

from marketplace.config import Settings

LONGEST_LOCK = 16
SHORT_PAUSES = 3


@dataclass(frozen=True, slots=True)
class Door:
    """As the settings say. `pauses[n]` follows n failures in a row; the last one any more."""

    pauses: tuple[timedelta, ...]
    keys: tuple[str, ...]


def door_of(settings: Settings) -> Door:
    return Door(pauses(settings.lock_after_failures, settings.lock_minutes), settings.factor_keys)


def pauses(most: int, lock_minutes: int) -> tuple[timedelta, ...]:
    """Nothing after one failure, then 2, 4 and 8 s, then the lock, doubled by each further one up to sixteen times."""
    short = tuple(timedelta(seconds=2 ** min(failure, SHORT_PAUSES)) if failure else timedelta(0) for failure in range(most - 1))
    longer = (2**times for times in range(LONGEST_LOCK.bit_length()))
    return (timedelta(0), *short, *(timedelta(minutes=lock_minutes * times) for times in longer))
