"""What a request asks of the network, checked; errors of a form are said at its field, those of a link on a plain page."""

from dataclasses import dataclass, field
from datetime import date

from flask import request

from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day, years_after
from marketplace.pages.network.model import KINDS, RELATIONS, Ref
from marketplace.pages.network.state import ID, State, day_of, ref_of, state_of
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

NEEDED = label("Fill this in.")
BACKWARDS = label("The second day must come after the first.")


def is_full() -> bool:
    """Whether the reader has all of the explorer."""
    return current_actor().can(Permission.NETWORK_EXPLORE)


def today() -> date:
    return local_day(current_site().clock.now())


def asked_thing(kind: str, id: str) -> Ref:
    """Raises NotFound for what is no thing of the network."""
    if kind not in KINDS or not ID.fullmatch(id):
        raise NotFound(id)
    return Ref(kind, id)


def asked(kind: str, id: str) -> tuple[Ref, State]:
    """The smaller explorer shows its part of what a link of the full one says."""
    ref, state = asked_thing(kind, id), state_of(request.args)
    return ref, state if is_full() else state.smaller(ref)


def asked_words() -> tuple[str, str]:
    """What is looked for, and of which kind. Raises Invalid for a kind that is none."""
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise Invalid({"kind": label("There is no such choice.")})
    return one_line(request.args.get("q"))[:60], kind


@dataclass(frozen=True, slots=True)
class Span:
    """Two days to compare; as long as `errors` says something, not both stand."""

    start: date | None
    end: date | None
    errors: dict[str, Label] = field(default_factory=dict)


def asked_span() -> Span:
    """From a year ago until today where nothing is written."""
    start, wrong_start = _checked_day("from")
    end, wrong_end = _checked_day("to")
    errors = wrong_start | wrong_end
    if not errors:
        end = end or today()
        start = start or min(years_after(end, -1), end) if end.year > 1 else end
        if start >= end and "from" in request.args:
            errors = {"to": BACKWARDS}
    return Span(start, end, errors)


def _checked_day(name: str) -> tuple[date | None, dict[str, Label]]:
    try:
        return day_of(request.args, name), {}
    except Invalid as problem:
        return None, problem.fields


@dataclass(frozen=True, slots=True)
class Journey:
    """From where to where, on which day, by which relations."""

    start: Ref | None
    goal: Ref | None
    day: date | None
    by_skills: bool
    errors: dict[str, Label] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[Ref, ...]:
        return tuple(dict.fromkeys(ref for ref in (self.start, self.goal) if ref))

    @property
    def relations(self) -> tuple[str, ...]:
        """Nothing leaves it to the ends: a skill is reached by who has it."""
        return RELATIONS if self.by_skills else ()


def asked_journey() -> Journey:
    (start, no_start), (goal, no_goal) = _checked_ref("from"), _checked_ref("to")
    day, no_day = _checked_day("day")
    return Journey(start, goal, day, request.args.get("skills") == "1", no_start | no_goal | no_day)


def _checked_ref(name: str) -> tuple[Ref | None, dict[str, Label]]:
    text = request.args.get(name, "")
    try:
        return (ref_of(text, name), {}) if text else (None, {})
    except Invalid as problem:
        return None, problem.fields
