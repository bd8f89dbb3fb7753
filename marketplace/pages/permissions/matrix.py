"""The table of who may do what, computed from the rules themselves: there is no second list that could disagree."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permission_words import is_seeing, words_of
from marketplace.kernel.permissions import Reach, declared, reach_of
from marketplace.kernel.roles import STANDINGS, Standing


@dataclass(frozen=True, slots=True)
class Look:
    """A cell is never colour alone: icon and word."""

    words: Label
    mark: str
    tone: str


LOOKS: dict[Reach, Look] = {
    Reach.ALL: Look(label("All"), "check-circle-fill", "ok"), Reach.BELOW: Look(label("Below them"), "diagram-3", "info"),
    Reach.OWN: Look(label("Their own"), "person-check", "info"), Reach.NEVER: Look(label("No"), "dash", "neutral"),
}  # fmt: skip
_ABOUT: dict[Label, tuple[str, ...]] = {
    label("Achievements and evidence"): ("achievement", "evidence"), label("Listings"): ("listing",), label("Needs"): ("need",),
    label("Patents"): ("patent",), label("Enquiries and opinions"): ("enquiry", "opinion", "repair"), label("People"): ("worker", "kin"),
    label("Studios"): ("studio",), label("Technical associations"): ("association",), label("Enterprises"): ("enterprise",),
    label("Union organisations"): ("organisation",), label("Accounts and roles"): ("role", "account", "permissions"),
    label("Review desk"): ("review", "report", "conflict"), label("Network and structure"): ("network", "talent", "shortage"),
}  # fmt: skip
GROUPS = {name: words for words, names in _ABOUT.items() for name in names}
"""By what a permission's name begins with."""
OTHERS = label("The site")


@dataclass(frozen=True, slots=True)
class Row:
    permission: Permission
    words: Label
    cells: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Group:
    words: Label
    rows: tuple[Row, ...]


def matrix(*, seeing: bool, standings: Iterable[Standing] = STANDINGS) -> list[Group]:
    """What is looked at, or what is done; a row for each permission, a cell for each standing."""
    columns, rows = tuple(standings), dict[Label, list[Row]]()
    for permission in declared():
        if is_seeing(permission) is seeing:
            group = GROUPS.get(permission.value.split("-")[0], OTHERS)
            cells = tuple(reach_of(permission, column.kinds) for column in columns)
            rows.setdefault(group, []).append(Row(permission, words_of(permission), cells))
    return [Group(words, tuple(rows[words])) for words in (*_ABOUT, OTHERS) if words in rows]
