"""What the buyer says of a payment, and by which shares a posting is corrected."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms import Form as Row

from marketplace.domains.payments.model import KIND_LABELS, Kind, PaymentText
from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED, MoneyField, PercentField, choice, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Payment", name)


class PaymentForm(Form):
    TEXT = PaymentText
    NODE = "Payment"

    kind = choice(_named("kind"), KIND_LABELS, Kind)
    amount_fen = MoneyField(_named("amount_fen"), [NEEDED], description=say(label("As it was paid, tax included; a refund without a sign.")))
    stage = SelectField(_named("stage"), coerce=int, default=0)
    refunds_id = SelectField(_named("refunds_id"), default="", description=say(label("Only for a refund: which payment comes back.")))
    paid_on = day(_named("paid_on"), required=True)
    reference = line(_named("reference"), required=False, most=60, help=label("As on the bank's slip."))
    file = FileField(say(label("Slip")), description=say(label("PDF or picture; both parties can read it.")))

    def revision(self) -> PaymentText:
        said: dict[str, Any] = {name: self[name].data for name in PaymentText.__dataclass_fields__}
        return PaymentText(**{**said, "reference": said["reference"] or "", "refunds_id": said["refunds_id"] or "", "stage": said["stage"] or 0})


class ShareRow(Row):
    worker_id = HiddenField()
    share = PercentField(say(label("Share")))


class SharesForm(Form):
    """Everybody who may have a part, with the share as it was entered."""

    rows = FieldList(FormField(ShareRow))
    reason = paragraphs(say(label("Reason")), most=500, help=label("Everybody who has a line reads it."))

    def people(self) -> tuple[tuple[str, int], ...]:
        """Whoever is left without a share has no line."""
        given = ((str(row.form.worker_id.data), int(row.form.share.data or 0)) for row in self.rows)
        return tuple((worker, share) for worker, share in given if share)
