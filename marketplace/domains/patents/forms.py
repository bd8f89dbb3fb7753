"""What the owner of a patent, an inventor or an officer fills in."""

from typing import Any

from wtforms import FieldList, FormField, SelectField
from wtforms import Form as PlainForm

from marketplace.domains.patents.model import LEGAL_LABELS, TYPE_LABELS, Inventor, LegalStatus, PatentText, Type
from marketplace.kernel.labels import label
from marketplace.web.fields import CHOOSE, LaterSelect, choice, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


class InventorForm(PlainForm):
    name = line(say(label("Inventor")), required=False, most=60)
    worker_id = SelectField(say(label("In the register of workers")), choices=[], validate_choice=False)


def _named(name: str) -> Any:
    return names("Patent", name)


class PatentForm(Form):
    TEXT = PatentText
    NODE = "Patent"

    owner = SelectField(say(label("Owner")), choices=[], validate_choice=False)
    title = line(_named("title"))
    patent_number = line(_named("patent_number"), most=24, help=label("Such as 201710601862.3, with or without the dot."))
    type = choice(_named("type"), TYPE_LABELS, Type)
    ipc = line(_named("ipc"), required=False, most=20, help=label("Such as H02S 20/23; for a design its class, such as 24-02."))
    applicant = line(_named("applicant"), required=False)
    inventors = FieldList(FormField(InventorForm), _named("inventor_names"), min_entries=1, max_entries=30)
    filed_on = day(_named("filed_on"), required=True)
    published_on = day(_named("published_on"))
    granted_on = day(_named("granted_on"))
    legal_status = choice(_named("legal_status"), LEGAL_LABELS, LegalStatus)
    field = LaterSelect(_named("field"), field_choices, required=False)
    summary = paragraphs(_named("summary"), required=False, most=2000)

    def offer(self, people: list[tuple[str, str]], owners: list[tuple[str, str]]) -> None:
        """Colleagues whom an inventor may be; parties the reader writes for. Without owners the present one stays."""
        for entry in self.inventors.entries:
            entry.form.worker_id.choices = [("", CHOOSE), *people]
        self.owner.choices = owners
        if not owners:
            del self["owner"]

    def revision(self) -> PatentText:
        texts = ("title", "patent_number", "ipc", "applicant", "field", "summary")
        others = ("type", "filed_on", "published_on", "granted_on", "legal_status")
        rows = (row.data for row in self.inventors.entries if row.data["name"])
        data: dict[str, Any] = {name: self[name].data or "" for name in texts} | {name: self[name].data for name in others}
        return PatentText(**data, inventors=tuple(Inventor(row["name"], row["worker_id"] or "") for row in rows))
