"""Which things stand side by side: `ids` in the address, each as kind:id."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label

MOST = 4
LONGEST_ID = 100
COMPARABLE = ("achievement", "listing", "need", "patent", "studio")
"""Work and offers; people are not put beside each other."""
Ref = tuple[str, str]
"""(kind, id)"""


@dataclass(frozen=True, slots=True)
class CompareState:
    """`whole`: rows that say the same everywhere are shown, too."""

    refs: tuple[Ref, ...]
    whole: bool

    def without(self, ref: Ref) -> list[str]:
        """What the address names when this one is taken away."""
        return [name_of(one) for one in self.refs if one != ref]


def name_of(ref: Ref) -> str:
    return ":".join(ref)


def state_of(args: "MultiDict[str, str]") -> CompareState:
    """Raises Problem (400) for more than can stand side by side, and for what is no comparable thing."""
    refs = tuple(dict.fromkeys(_ref(text) for text in args.getlist("ids") if text))
    if len(refs) > MOST:
        raise Problem(label("At most %(most)d things can be compared at once; take some away."), most=MOST)
    rows = args.get("rows", "")
    if rows not in ("", "all"):
        raise Problem(label("There is no such view of the comparison."))
    return CompareState(refs, rows == "all")


def _ref(text: str) -> Ref:
    kind, _, id = text.partition(":")
    if kind not in COMPARABLE or not id or len(id) > LONGEST_ID or not id.isprintable():
        raise Problem(label("Only achievements, listings, needs, patents and studios can be compared."))
    return kind, id
