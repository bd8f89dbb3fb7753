"""Whom an officer may help, and for how long a code is good."""

from dataclasses import dataclass
from datetime import timedelta

from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import OFFICER, OFFICER_OF, Holds, Policy, administrator, is_account

GOOD_FOR = timedelta(hours=24)
LETTER_EVERY = timedelta(minutes=10)
"""More would be a way to fill somebody's mailbox."""
"""The state of a postbox whose owner has shown that the address is theirs."""


@dataclass(frozen=True, slots=True)
class Helped:
    """`units`: those above the people and enterprises that the account stands for. `decides`: it holds a role at a union organisation."""

    account_id: str
    login: str
    name: str
    units: tuple[str, ...] = ()
    decides: bool = False

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account_id,)


is_above_and_stronger = Holds(
    lambda helped: () if helped.decides else (f"officer:{unit}" for unit in helped.units), anywhere=OFFICER, kind=OFFICER_OF
)
"""Whoever decides is let in by an administrator only: an officer must not become another one by a reset."""

POLICY = Policy({Permission.ACCOUNT_RESET: (administrator | is_above_and_stronger) & ~is_account})
