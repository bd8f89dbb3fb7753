"""Give, extend and lend. A last day is said as people say it; what is kept is the moment after it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from marketplace.kernel.labels import label
from marketplace.kernel.roles import OFFICES, Role
from marketplace.kernel.workdays import SHANGHAI, local_day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import say

WHO = label("Sign-in name or number")
WHO_HELP = label("The exact sign-in name of the account, or the number of the person in the register.")
LAST_DAY = label("Last day")
NEEDED = InputRequired(say(label("Fill this in.")))


@dataclass(frozen=True, slots=True)
class Span:
    """[since, until) as two days say it."""

    since: datetime | None
    until: datetime | None


def beginning_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def end_of(day: date | None) -> datetime | None:
    """The moment at which the day is over; nothing for no day."""
    return beginning_of(day + timedelta(days=1)) if day and day < date.max else None


def last_day_of(until: datetime | None) -> date | None:
    """The last day on which something that ends at `until` still holds."""
    return local_day(until - timedelta(microseconds=1)) if until else None


class GiveForm(Form):
    TEXT = Span
    who = line(say(WHO), most=60, help=WHO_HELP)
    role = SelectField(say(label("Role")), choices=[])
    since = DateField(say(label("First day")), [Optional()], description=say(label("Left empty: from now on.")))
    until = DateField(say(LAST_DAY), [Optional()], description=say(label("Left empty: until somebody ends it.")))

    @classmethod
    def at(cls, kind: str, roles: "list[Role]", **options: Any) -> "GiveForm":
        """The roles that the reader may give at a place of this kind."""
        form = cls(**options)
        form.role.choices = [(role.value, say(OFFICES[role].label)) for role in roles]
        return form

    def span(self, now: datetime) -> Span:
        """A first day that is today means now: rights do not begin in the past."""
        chosen = self.since.data
        return Span(beginning_of(chosen) if chosen and chosen > local_day(now) else None, end_of(self.until.data))


class ExtendForm(Form):
    TEXT = Span
    until = DateField(say(LAST_DAY), [Optional()], description=say(label("Left empty: until somebody ends it.")))


class LendForm(Form):
    TEXT = Span
    who = line(say(WHO), most=60, help=WHO_HELP)
    until = DateField(say(LAST_DAY), [NEEDED])


class DecideForm(Form):
    TEXT = Span
    reason = paragraphs(say(label("Reason")), most=1000, required=False, help=label("The one who proposed it will read it."))
