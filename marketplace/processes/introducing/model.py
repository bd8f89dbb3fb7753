"""What can be introduced by whom, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """As this site sets them: characters of the reason, introductions of one scout in a day."""

    least: int
    most: int
    a_day: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`signed` says everybody concerned that there is a contract; conversation and number are there for those alone who may read them."""

    enquiry_id: str = ""
    signed: bool = False
    contract_id: str = ""
    contract_number: str = ""
