"""A watch: a saved thing of which its reader wants to hear. What was told of last stands on the relation, so that nothing is told twice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

STATE, VERSION, PRICE, ENDS, ADOPTED = "state", "version", "price", "ends", "adopted"
VERBS = {VERSION: "watch-version", PRICE: "watch-price", ENDS: "watch-ends", ADOPTED: "watch-adopted", STATE: "watch-state"}
"""By what has changed; of several at once the first is said."""
GONE = "watch-gone"


@dataclass(frozen=True, slots=True)
class Watch:
    """`seen` holds each fact as `name=value`; empty once its reader could see it no more."""

    account_id: str
    kind: str
    thing_id: str
    tells: bool = False
    at: datetime | None = None
    seen: tuple[str, ...] = ()

    @property
    def ref(self) -> tuple[str, str]:
        return self.kind, self.thing_id

    def now(self, facts: tuple[str, ...]) -> "Watch":
        return replace(self, seen=facts)


def changed(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """The verb that tells what is different; empty for nothing to tell of. An end that is set or put off is told of when it is near."""
    old, new = _by_name(before), _by_name(after)
    if not after:
        return GONE if before else ""
    if not before:
        return ""
    return next((verb for name, verb in VERBS.items() if new.get(name, "") and old.get(name, "") != new[name] and _is_news(name, old, new)), "")


def _by_name(facts: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, _, value in (one.partition("=") for one in facts)}


def _is_news(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """One adopter less is no news that anybody asked for."""
    return name != ADOPTED or int(new[name]) > int(old.get(name, "0") or 0)
