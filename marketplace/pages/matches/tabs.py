"""Which matches stand together: what solves, and who."""

from marketplace.kernel.labels import Label, label
from marketplace.processes.matching.service import SOLUTIONS

ALL = "solutions"
GROUPS: dict[str, tuple[str, ...]] = {
    ALL: SOLUTIONS, "achievement": ("achievement",), "listing": ("listing",), "studio": ("studio",), "worker": ("worker",),
    "association": ("association",),
}  # fmt: skip
TAB_LABELS: dict[str, Label] = {
    ALL: label("Solutions"), "achievement": label("Achievements"), "listing": label("Listings"), "studio": label("Studios"),
    "worker": label("People"), "association": label("Associations"),
}  # fmt: skip


def chosen_tab(asked: str) -> str:
    """What the address names; anything else shows the solutions."""
    return asked if asked in GROUPS else ALL
