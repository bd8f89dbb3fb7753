"""How two people are kin, as one of them declares it: only so far as a decision asks for it."""

from enum import StrEnum

from marketplace.kernel.labels import Label, label


class Kin(StrEnum):
    SPOUSE = "spouse"
    PARENT_CHILD = "parent-child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    IN_LAW = "in-law"
    OTHER = "other"


KIN_LABELS: dict[str, Label] = {
    Kin.SPOUSE: label("Spouse"), Kin.PARENT_CHILD: label("Parent or child"), Kin.SIBLING: label("Brother or sister"),
    Kin.GRANDPARENT: label("Grandparent or grandchild"), Kin.IN_LAW: label("Kin by marriage"), Kin.OTHER: label("Other kin"),
}  # fmt: skip
