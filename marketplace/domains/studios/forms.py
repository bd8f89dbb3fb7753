"""What a leader or an officer fills in for a studio."""

from datetime import date
from typing import Any

from wtforms import FieldList, SelectField

from marketplace.domains.studios.model import LEVEL_LABELS, NAMING, ROLE_LABELS, Level, Studio, StudioText
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.web.fields import LaterSelect, choice, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Studio", name)


class StudioForm(Form):
    TEXT = StudioText
    NODE = "Studio"

    name = line(_named("name"))
    enterprise_name = line(say(label("Hosted by")), help=label("The full name of the enterprise, as in the register."))
    level = choice(_named("level"), LEVEL_LABELS, Level)
    named_on = day(_named("named_on"))
    fields = FieldList(LaterSelect(_named("field"), field_choices, required=False), _named("fields"), min_entries=3, max_entries=8)
    summary = paragraphs(_named("summary"), required=False, most=2000)
    equipment = paragraphs(_named("equipment"), required=False, most=1000)

    def keep_naming(self, studio: Studio, may_name: bool) -> None:
        """The host stays; name, level and day are only the union's to set."""
        for name in ("enterprise_name", *(() if may_name else NAMING)):
            del self[name]
        self._studio = studio

    def revision(self) -> StudioText:
        kept = {name: getattr(self._studio, name) for name in (*NAMING, "enterprise_name") if name not in self} if hasattr(self, "_studio") else {}
        written = {name: self[name].data for name in ("name", "enterprise_name", "level", "named_on") if name in self}
        codes = tuple(dict.fromkeys(code for code in self["fields"].data if code))
        return StudioText(**{**kept, **written}, fields=codes, summary=self.summary.data or "", equipment=self.equipment.data or "")


class MemberForm(Form):
    TEXT = Membership

    who = line(say(label("Name or number")), help=label("Of a worker in the register; where several have the name, the number."))
    role = SelectField(say(label("Role")), choices=[(role, say(words)) for role, words in ROLE_LABELS.items()], default="member")
    since = day(say(label("Since")))

    def offer_roles(self, may_name: bool) -> None:
        """Only the union names another leader."""
        self.role.choices = [(role, say(words)) for role, words in ROLE_LABELS.items() if may_name or role != LEAD]

    @property
    def begins(self) -> date | None:
        begins: date | None = self.since.data
        return begins
