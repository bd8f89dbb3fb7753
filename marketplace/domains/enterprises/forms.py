"""What an officer or the enterprise itself fills in. Rules of form stand in the model; the service says them at the field."""

from typing import Any

from wtforms import FieldList

from marketplace.domains.enterprises.model import MOST_FIELDS, SIZE_LABELS, EnterpriseText, Size
from marketplace.kernel.labels import label
from marketplace.web.fields import LaterSelect, choice, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Enterprise", name)


class EnterpriseForm(Form):
    TEXT = EnterpriseText
    NODE = "Enterprise"

    name = line(_named("name"), most=80, help=label("In full, as on the business licence."))
    union_name = line(say(label("Union above it")), most=80, help=label("The base union; officers above it act for the enterprise."))
    short_name = line(_named("short_name"), required=False, most=40)
    name_en = line(_named("name_en"), required=False, most=160)
    uscc = line(_named("uscc"), required=False, most=24, help=label("18 characters."))
    fields = FieldList(LaterSelect(_named("field"), field_choices, required=False), _named("fields"), min_entries=1, max_entries=MOST_FIELDS)
    size = choice(_named("size"), SIZE_LABELS, Size, required=False)
    summary = paragraphs(_named("summary"), required=False, most=2000, help=label("What it makes or does, and what it is good at."))
    contact_name = line(_named("contact_name"), required=False, most=40)
    contact_phone = line(_named("contact_phone"), required=False, most=24)
    joined_on = day(_named("joined_on"))

    def revision(self) -> EnterpriseText:
        data = {name: self[name].data for name in EnterpriseText.__dataclass_fields__}
        plain = {name: value or "" for name, value in data.items() if name not in ("joined_on", "size", "fields")}
        fields = tuple(dict.fromkeys(code for code in data["fields"] if code))
        return EnterpriseText(**plain, fields=fields, size=data["size"] or None, joined_on=data["joined_on"])
