"""What is looked at between the last vote and the contract: how the judging stands, who leads, what came of it."""

from dataclasses import dataclass
from datetime import date

from marketplace.domains.judgements.model import Judgement
from marketplace.domains.proposals.model import Team


@dataclass(frozen=True, slots=True)
class Ranked:
    """A team's place: means in hundredths of a point over all its reviews, `spread` their standard deviation."""

    team: Team
    reviews: int
    mean: int = 0
    spread: int = 0
    means: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """`is_unsealed`: all are in, or their time is over; before that there is no ranking. `too_few` are teams with fewer reviews than announced."""

    teams: tuple[Team, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    is_unsealed: bool = False
    ranking: tuple[Ranked, ...] = ()
    too_few: tuple[int, ...] = ()

    @property
    def cast(self) -> int:
        return sum(one.cast_at is not None for one in self.judgements)

    @property
    def wanted(self) -> int:
        return sum(one.is_wanted for one in self.judgements)


@dataclass(frozen=True, slots=True)
class Contracted:
    """A contract that came from a challenge, as everybody may know it: with whom, and where it stands."""

    id: str
    number: str
    status: str
    seller: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was reached, by indicator, and what was paid: this site moves no money."""

    result: str = ""
    reached: tuple[str, ...] = ()
    paid_fen: int | None = None
    paid_on: date | None = None
