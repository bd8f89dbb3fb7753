"""What the owner of an account sees of its door."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Security:
    """`codes`: how many recovery codes were not used yet. `subject`: whether the unit's own sign-in leads here."""

    second_factor_at: datetime | None = None
    codes: int = 0
    has_subject: bool = False
