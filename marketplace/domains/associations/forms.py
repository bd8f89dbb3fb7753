"""What an officer fills in for an association."""

from datetime import date
from typing import Any

from wtforms import FieldList

from marketplace.domains.associations.model import KIND_LABELS, NAMING, ROLE_LABELS, Association, AssociationText, Kind, Role
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import Membership
from marketplace.web.fields import LaterSelect, choice, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Association", name)


class AssociationForm(Form):
    TEXT = AssociationText
    NODE = "Association"

    name = line(_named("name"))
    kind = choice(_named("kind"), KIND_LABELS, Kind)
    founded_on = day(_named("founded_on"))
    fields = FieldList(LaterSelect(_named("field"), field_choices, required=False), _named("fields"), min_entries=3, max_entries=8)
    summary = paragraphs(_named("summary"), required=False, most=2000)

    def keep_naming(self, association: Association, may_name: bool) -> None:
        """Name, kind and day are only the union's to set."""
        for name in () if may_name else NAMING:
            del self[name]
        self._association = association

    def revision(self) -> AssociationText:
        kept = {name: getattr(self._association, name) for name in NAMING if name not in self} if hasattr(self, "_association") else {}
        written = {name: self[name].data for name in NAMING if name in self}
        codes = tuple(dict.fromkeys(code for code in self["fields"].data if code))
        return AssociationText(**{**kept, **written}, fields=codes, summary=self.summary.data or "")


class MemberForm(Form):
    TEXT = Membership

    who = line(say(label("Name or number")), help=label("Of a worker in the register; where several have the name, the number."))
    role = choice(say(label("Role")), ROLE_LABELS, Role, default=Role.MEMBER)
    since = day(say(label("Since")))

    def offer_roles(self, may_name: bool) -> None:
        """Only the union names another chair."""
        self.role.choices = [(role, say(words)) for role, words in ROLE_LABELS.items() if may_name or role != Role.CHAIR]

    @property
    def begins(self) -> date | None:
        begins: date | None = self.since.data
        return begins
