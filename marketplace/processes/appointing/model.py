"""An expert beside one team: what links them, and whether that bars the expert."""

from dataclasses import dataclass

from marketplace.domains.judgements.model import Judgement
from marketplace.kernel.conflicts import Finding


@dataclass(frozen=True, slots=True)
class Expert:
    """An account with the expert's role; `worker_id` is empty where it is not linked with the register."""

    account_id: str
    name: str
    unit_name: str
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """`holds`: the account acts for the team itself, or is one of its people. `cut`: there was more than is looked at."""

    expert: Expert
    findings: tuple[Finding, ...] = ()
    holds: bool = False
    cut: bool = False
    judgement: Judgement | None = None

    @property
    def counting(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.is_past)

    @property
    def bars(self) -> bool:
        return self.holds or bool(self.counting)
