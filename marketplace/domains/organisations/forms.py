"""What an officer fills in for a unit of the union."""

from typing import Any

from wtforms import SelectMultipleField

from marketplace.domains.organisations.model import KIND_LABELS, Kind, OrganisationText
from marketplace.kernel.labels import label
from marketplace.web.fields import choice
from marketplace.web.forms import Form, line
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Organisation", name)


class OrganisationForm(Form):
    TEXT = OrganisationText
    NODE = "Organisation"

    name = line(_named("name"), help=label("The full name, as on the seal."))
    short_name = line(_named("short_name"), required=False, most=40)
    name_en = line(_named("name_en"), required=False)
    kind = choice(_named("kind"), KIND_LABELS, Kind)
    code = line(_named("code"), required=False, most=40)
    parent_ids = SelectMultipleField(
        say(label("Stands under")), choices=[], description=say(label("A base union may stand under its sub-district and its industry."))
    )

    def offer_parents(self, parents: list[tuple[str, str]]) -> None:
        """Only units under which the officer may put something."""
        self.parent_ids.choices = parents

    def revision(self) -> OrganisationText:
        return OrganisationText(
            name=self.name.data or "", short_name=self.short_name.data or "", name_en=self.name_en.data or "", kind=self.kind.data,
            code=self.code.data or "", parent_ids=tuple(self.parent_ids.data or ()),
        )  # fmt: skip
