"""What an adopter fills in, and the one line with which a use is denied."""

from flask import request
from flask_wtf.file import FileField
from wtforms import SelectField

from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import Checked, checked_file
from marketplace.kernel.labels import label
from marketplace.processes.adoption.model import UseText
from marketplace.web.fields import MoneyField, day, figure
from marketplace.web.forms import Form, line, refuse
from marketplace.web.words import say


class UseForm(Form):
    TEXT = UseText

    place = line(say(label("Where")), required=False, most=60, help=label("Workshop, line or machines: what it is used on."))
    since = day(say(label("Since")))
    quantity = figure(say(label("Quantity")))
    unit = line(say(label("Unit")), required=False, most=20)
    saving_fen = MoneyField(say(label("Saving a year, yuan")))
    method = line(say(label("How it was measured")), required=False, most=120, help=label("Before and after, over which time, by whom."))
    evidence = line(say(label("What shows it")), required=False, most=60)
    file = FileField(say(label("Evidence file")), description=say(label("Enterprises, the makers and the officers above can open it.")))
    checked: Checked | None = None

    def validate_file(self, field: FileField) -> None:
        """Opened by the real parser before anything is kept."""
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return
        try:
            self.checked = checked_file(sent.filename, sent.read(), "file")
        except Invalid as problem:
            raise refuse(problem.message, **problem.values) from problem

    def revision(self) -> UseText:
        data = {name: self[name].data for name in UseText.__dataclass_fields__}
        return UseText(**{**data, **{name: data[name] or "" for name in ("place", "unit", "method", "evidence")}})


class ReportForm(UseForm):
    enterprise_id = SelectField(say(label("Used by")), choices=[], validate_choice=True)


class DenyForm(Form):
    reason = line(say(label("What is wrong")), most=200)
