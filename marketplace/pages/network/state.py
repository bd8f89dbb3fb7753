"""The explorer's state stands in its address, so that a link shows the same again; who follows it sees what they themselves may see.

`/network/<kind>/<id>?…` is the picture around one thing, `/network/<kind>/<id>.json?…` its data. The query holds, each bounded:

| name | value | meaning |
|---|---|---|
| `lens` | people, technology or market | which relations are shown at first (`perspectives.py`); without it the reader's role decides |
| `relation` | a name, several times; or `all` | shown at first instead of the lens's |
| `steps` | 1 or 2 | how far the first picture goes |
| `open` | `kind:id:RELATION:kind` or `…:count` | a branch unfolded: the things behind that relation of that thing, `count` (else 12) of them |
| `add` | `kind:id` | a thing put beside the others, for instance out of a search |
| `hide` | `kind:id` | a thing taken out of sight |
| `way` | `kind:id:kind:id` | the shortest way between two things, drawn on top |
| `day`, `versus` | `YYYY-MM-DD` | the network as of that day; compared with another day |
| `at` | `kind:id` | whose card stands at the side; else that of the thing in the middle |
| `view` | picture or table | the same, drawn or line by line |
| `sort`, `only`, `name` | a column, a relation, part of a name | order and filter of the table |

`state_of(request.args)` reads it and refuses the rest (Invalid, 422, which names the field). `State.query()` writes it in one fixed order,
so equal states have equal addresses: a saved view is (kind, id, query). What is drawn for it: `composing.compose(tx, ref, state)`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import Label, label
from marketplace.pages.network.model import AT_FIRST, KINDS, MOST_NODES, RELATIONS, Branch, Ref
from marketplace.pages.network.perspectives import LENSES
from marketplace.web.forms import one_line

T = TypeVar("T")
MOST_OPEN, MOST_ADDED, MOST_HIDDEN = 40, 60, 60
LONGEST = 9_000
"""Characters of the whole query; a browser and every proxy still carry it."""
FARTHEST = 2
VIEWS = ("picture", "table")
SORTS = ("from", "relation", "to", "since", "until")
ALL = "all"
ID = re.compile(r"[0-9A-Za-z_.\-]{1,64}")
NO_THING = label("This is not the address of a thing: kind:id.")
NO_BRANCH = label("This is no relation that can be opened: kind:id:RELATION:kind.")
NO_DAY = label("This is no day; write it as 2026-03-31.")
NO_CHOICE = label("There is no such choice.")
TOO_MANY = label("That are too many at once; take some away.")


@dataclass(frozen=True, slots=True)
class Opened:
    branch: Branch
    count: int = AT_FIRST

    def __str__(self) -> str:
        return f"{self.branch}" if self.count == AT_FIRST else f"{self.branch}:{self.count}"


@dataclass(frozen=True, slots=True)
class State:
    lens: str = ""
    relations: tuple[str, ...] = ()
    steps: int = 1
    opened: tuple[Opened, ...] = ()
    added: tuple[Ref, ...] = ()
    hidden: tuple[Ref, ...] = ()
    way: tuple[Ref, Ref] | None = None
    day: date | None = None
    versus: date | None = None
    at: Ref | None = None
    view: str = "picture"
    sort: str = ""
    only: str = ""
    name: str = ""

    def query(self) -> dict[str, list[str]]:
        """For `url_for(…, **query)`; what is as usual is left out."""
        pairs: tuple[tuple[str, Iterable[object]], ...] = (
            ("lens", [self.lens]), ("relation", self.relations), ("steps", [self.steps] if self.steps > 1 else []), ("open", self.opened),
            ("add", self.added), ("hide", self.hidden), ("way", [f"{self.way[0]}:{self.way[1]}"] if self.way else []),
            ("day", [self.day or ""]), ("versus", [self.versus or ""]), ("at", [self.at or ""]),
            ("view", [self.view] if self.view != "picture" else []), ("sort", [self.sort]), ("only", [self.only]), ("name", [self.name]),
        )  # fmt: skip
        written = {name: [str(one) for one in values if str(one)] for name, values in pairs}
        return {name: values for name, values in written.items() if values}

    def smaller(self, centre: Ref) -> "State":
        """What the explorer for everybody shows of it: the surroundings of one thing, opened at that thing only, as of any time."""
        opened = tuple(one for one in self.opened if one.branch.of == centre)
        return replace(self, steps=1, lens="", opened=opened, added=(), hidden=(), way=None, day=None, versus=None)

    def opening(self, one: Opened) -> "State":
        """With one more branch unfolded, or more of it."""
        return replace(self, opened=(*(had for had in self.opened if had.branch != one.branch), one))

    def closing(self, branch: Branch) -> "State":
        return replace(self, opened=tuple(had for had in self.opened if had.branch != branch))


def state_of(args: "MultiDict[str, str]") -> State:
    """Raises Invalid (422) for whatever no link of ours has."""
    if sum(len(name) + len(value) + 2 for name, value in args.items(multi=True)) > LONGEST:
        raise Invalid({"open": TOO_MANY})
    return State(
        lens=_choice(args, "lens", LENSES), relations=_many(args, "relation", _relation, len(RELATIONS)), steps=_steps(args.get("steps", "")),
        opened=_many(args, "open", opened_of, MOST_OPEN), added=_many(args, "add", ref_of, MOST_ADDED),
        hidden=_many(args, "hide", ref_of, MOST_HIDDEN), way=_way(args.get("way", "")), day=day_of(args, "day"), versus=day_of(args, "versus"),
        at=ref_of(args["at"], "at") if args.get("at") else None, view=_choice(args, "view", VIEWS) or "picture",
        sort=_choice(args, "sort", SORTS), only=_choice(args, "only", RELATIONS),
        name=one_line(args.get("name"))[:60],
    )  # fmt: skip


def _choice(args: "MultiDict[str, str]", name: str, choices: Iterable[str]) -> str:
    value = args.get(name, "")
    if value and value not in choices:
        raise Invalid({name: NO_CHOICE})
    return value


def _many(args: "MultiDict[str, str]", name: str, read: Callable[[str, str], T], most: int) -> tuple[T, ...]:
    values = [value for value in dict.fromkeys(args.getlist(name)) if value]
    if len(values) > most:
        raise Invalid({name: TOO_MANY})
    return tuple(read(value, name) for value in values)


def _relation(text: str, field: str) -> str:
    if text not in RELATIONS and text != ALL:
        raise Invalid({field: NO_CHOICE})
    return text


def _steps(text: str) -> int:
    """Out of bounds is the nearest bound: an old link to three steps still shows something."""
    return min(max(int(text[:6]), 1), FARTHEST) if text.isascii() and text.isdigit() else 1


def ref_of(text: str, field: str, message: Label = NO_THING) -> Ref:
    """`worker:01h…`. Raises Invalid at the field."""
    kind, _, id = text.partition(":")
    if kind not in KINDS or not ID.fullmatch(id):
        raise Invalid({field: message})
    return Ref(kind, id)


def opened_of(text: str, field: str) -> Opened:
    parts = text.split(":")
    if len(parts) not in (4, 5) or parts[2] not in RELATIONS or parts[3] not in KINDS:
        raise Invalid({field: NO_BRANCH})
    count = parts[4] if len(parts) == 5 else str(AT_FIRST)
    if not (count.isascii() and count.isdigit() and len(count) <= 3 and 1 <= int(count) <= MOST_NODES):
        raise Invalid({field: NO_BRANCH})
    return Opened(Branch(ref_of(":".join(parts[:2]), field, NO_BRANCH), parts[2], parts[3]), int(count))


def _way(text: str) -> tuple[Ref, Ref] | None:
    if not text:
        return None
    parts = text.split(":")
    if len(parts) != 4:
        raise Invalid({"way": NO_THING})
    return ref_of(":".join(parts[:2]), "way"), ref_of(":".join(parts[2:]), "way")


def day_of(args: "MultiDict[str, str]", name: str) -> date | None:
    """Nothing where nothing is written. Raises Invalid at the field for what is no day."""
    text = args.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else _refuse_day(name)
    except ValueError:
        return _refuse_day(name)


def _refuse_day(name: str) -> date:
    raise Invalid({name: NO_DAY})
