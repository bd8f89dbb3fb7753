"""What an officer or the person fills in. Personal numbers come masked into the form; what comes back masked stays as it is."""

from datetime import date
from typing import Any

from wtforms import FieldList, FormField, SelectMultipleField
from wtforms import Form as PlainForm

from marketplace.domains.workers.model import LEVEL_LABELS, Certificate, Level, SkillHeld, WorkerDetails, WorkerText
from marketplace.kernel.availability import OFFER_LABELS, Offer
from marketplace.kernel.labels import label
from marketplace.web.fields import LaterSelect, choice, day
from marketplace.web.forms import Form, line, refuse
from marketplace.web.taxonomies import occupation_choices, skill_choices
from marketplace.web.words import names, say


def _skills() -> list[tuple[str, str]]:
    return [("", ""), *skill_choices()]


class SkillForm(PlainForm):
    skill = LaterSelect(say(label("Skill")), _skills, required=False)
    level = choice(say(label("Skill level")), LEVEL_LABELS, Level, required=False)
    since = day(say(label("Since")))


class CertificateForm(PlainForm):
    certificate = line(say(label("Certificate number")), required=False, most=40)
    occupation = LaterSelect(say(label("Occupation")), occupation_choices, required=False)
    level = choice(say(label("Skill level")), LEVEL_LABELS, Level, required=False)
    issued_on = day(say(label("Issued on")))


def _named(name: str) -> Any:
    return names("Worker", name)


class WorkerForm(Form):
    TEXT = WorkerText
    NODE = "Worker"

    name = line(_named("name"), most=40)
    employer = line(say(label("Employer")), most=80, help=label("The enterprise's full name or its credit code."))
    joined_on = day(_named("joined_on"))
    headline = line(_named("headline"), required=False, most=80, help=label("What you are good at, in one line."))
    level = choice(_named("level"), LEVEL_LABELS, Level, required=False)
    occupation = LaterSelect(_named("occupation"), occupation_choices, required=False)
    offers = SelectMultipleField(_named("offers"), choices=[(one, say(words)) for one, words in OFFER_LABELS.items()], coerce=Offer)
    offers_until = day(_named("offers_until"))
    skills = FieldList(FormField(SkillForm), say(label("Skills")), max_entries=30)
    id_number = line(_named("id_number"), required=False, most=24)
    born_on = day(_named("born_on"))
    phone = line(_named("phone"), required=False, most=20)
    bank_account = line(_named("bank_account"), required=False, most=30)
    certificates = FieldList(FormField(CertificateForm), say(label("Certificates")), max_entries=30)

    def validate_certificates(self, field: Any) -> None:
        rows = [row.data for row in field.entries]
        if any(bool(row["certificate"]) != bool(row["occupation"]) for row in rows):
            raise refuse(label("Each certificate needs its number and its occupation."))

    def revision(self) -> WorkerText:
        held = (row.data for row in self.skills.entries if row.data["skill"])
        skills = tuple(SkillHeld(row["skill"], row["level"] or None, row["since"]) for row in held)
        return WorkerText(
            name=self.name.data or "", headline=self.headline.data or "", level=self.level.data or None,
            occupation=self.occupation.data or "", offers=tuple(self.offers.data or ()), offers_until=self.offers_until.data, skills=skills,
        )  # fmt: skip

    def details(self) -> WorkerDetails:
        """An empty birth date leaves the stored one: it is not shown in the form."""
        given = (row.data for row in self.certificates.entries if row.data["certificate"] and row.data["occupation"])
        certificates = tuple(Certificate(row["certificate"], row["occupation"], row["level"] or None, row["issued_on"]) for row in given)
        plain = {name: "".join((self[name].data or "").split()) for name in ("id_number", "phone", "bank_account")}
        return WorkerDetails(**plain, born_on=self.born_on.data, certificates=certificates)


class TransferForm(Form):
    """A stale version gets the plain page: there is no text to compare."""

    employer = line(say(label("New employer")), most=80, help=label("The enterprise's full name or its credit code."))
    on = day(say(label("From which day")), required=True)

    def day_given(self) -> date:
        return self.on.data or date.max
