"""What the register asks beyond the text of the contract."""

from typing import Any

from wtforms import SelectField

from marketplace.kernel.labels import label
from marketplace.kernel.registration_codes import codes
from marketplace.processes.registering.model import SheetText
from marketplace.web.fields import CHOOSE, LaterSelect
from marketplace.web.forms import Form, line
from marketplace.web.taxonomies import taxonomies
from marketplace.web.words import names, word


def _named(name: str) -> Any:
    return names("ContractRegistration", name)


def _of_list(name: str, kind: str) -> SelectField:
    return LaterSelect(_named(name), lambda: [("", ""), *((code, word(words)) for code, words in codes()[kind].items())], required=False)


def _top_fields() -> list[tuple[str, Any]]:
    return [("", CHOOSE), *((term.code, word(term.words)) for term in taxonomies().fields.values() if not term.parent)]


class SheetForm(Form):
    TEXT = SheetText
    NODE = "ContractRegistration"

    ip_kind = _of_list("ip_kind", "ip_kind")
    tech_field = LaterSelect(_named("tech_field"), _top_fields, required=False)
    goal = _of_list("goal", "goal")
    seller_kind = _of_list("seller_kind", "party")
    seller_region = line(_named("seller_region"), most=6, required=False, help=label("Six digits of GB/T 2260; 110105 is this district."))
    buyer_kind = _of_list("buyer_kind", "party")
    buyer_region = line(_named("buyer_region"), most=6, required=False, help=label("Six digits of GB/T 2260; 110105 is this district."))

    def revision(self) -> SheetText:
        return SheetText(**{name: self[name].data or "" for name in SheetText.__dataclass_fields__})


class NumberForm(Form):
    registration_number = line(_named("registration_number"), most=40, help=label("As the register gave it; it is entered once."))
