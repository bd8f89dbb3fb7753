"""What whoever offers something fills in."""

from typing import Any

from wtforms import BooleanField, SelectField

from marketplace.domains.listings.model import ListingText
from marketplace.kernel.labels import label
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, COURSE_LABELS, PRICE_LABELS, SUB_KIND_LABELS, ContractKind, Course, PriceMode
from marketplace.web.fields import CHOOSE, LaterSelect, MoneyField, PercentField, choice, day, whole
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.taxonomies import field_choices
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("Listing", name)


class ListingForm(Form):
    TEXT = ListingText
    NODE = "Listing"

    title = line(_named("title"), most=80)
    benefit = line(_named("benefit"), required=False, most=100, help=label("What the buyer gets, with a number."))
    summary = paragraphs(_named("summary"), required=False)
    field = LaterSelect(_named("field"), field_choices, required=False)
    contract_kind = choice(_named("contract_kind"), CONTRACT_LABELS, ContractKind)
    sub_kind = SelectField(_named("sub_kind"), choices=[("", CHOOSE), *((value, say(words)) for value, words in SUB_KIND_LABELS.items())])
    price_mode = choice(_named("price_mode"), PRICE_LABELS, PriceMode)
    price_fen = MoneyField(_named("price_fen"))
    royalty_bp = PercentField(_named("royalty_bp"))
    royalty_course = choice(_named("royalty_course"), COURSE_LABELS, Course, required=False)
    trial_days = whole(_named("trial_days"), least=1, most=366)
    price_note = line(_named("price_note"), required=False)
    price_on_enquiry = BooleanField(_named("price_on_enquiry"), description=say(label("Guests and readers then see no amount.")))
    region = line(_named("region"), required=False, most=60)
    exclusive = BooleanField(_named("exclusive"))
    valid_from = day(_named("valid_from"))
    valid_until = day(_named("valid_until"))

    def revision(self) -> ListingText:
        data = {name: self[name].data for name in ListingText.__dataclass_fields__}
        return ListingText(
            **{**data, "field": data["field"] or "", "sub_kind": data["sub_kind"] or "", "royalty_course": data["royalty_course"] or Course.LEVEL}
        )
