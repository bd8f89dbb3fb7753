"""What one side proposes, part by part."""

from datetime import date
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm

from marketplace.kernel.labels import label
from marketplace.kernel.technology_contracts import (
    CONTRACT_LABELS,
    COURSE_LABELS,
    PRICE_LABELS,
    SUB_KIND_LABELS,
    ContractKind,
    Course,
    PriceMode,
    Terms,
)
from marketplace.web.fields import CHOOSE, MoneyField, PercentField, choice, day, whole
from marketplace.web.forms import Form, line, paragraphs, refuse
from marketplace.web.words import names, say

LONGEST = 4_000
MOST_STAGES = 12


def _named(name: str) -> Any:
    return names("Offer", name)


class StageForm(PlainForm):
    name = line(say(label("Stage")), required=False, most=40)
    days = whole(say(label("Days after it is in force")), most=3_650)
    share = PercentField(say(label("Share of the price, %")))
    proof = line(say(label("What proves it")), required=False, most=60)


class OfferForm(Form):
    NODE = "Offer"
    TEXT = Terms

    seen = HiddenField(default="0")
    contract_kind = choice(_named("contract_kind"), CONTRACT_LABELS, ContractKind)
    sub_kind = SelectField(_named("sub_kind"), choices=[("", CHOOSE), *((value, say(words)) for value, words in SUB_KIND_LABELS.items())])
    scope = paragraphs(_named("scope"), required=False, most=LONGEST, help=label("What is done or handed over, how much, and what it reaches."))
    region = line(_named("region"), required=False, most=60)
    exclusive = BooleanField(_named("exclusive"))
    price_mode = choice(_named("price_mode"), {mode: words for mode, words in PRICE_LABELS.items() if mode != PriceMode.NEGOTIABLE}, PriceMode)
    total_fen = MoneyField(_named("total_fen"), description=say(label("The lump sum, all instalments together, or the entry fee.")))
    technology_fen = MoneyField(_named("technology_fen"), description=say(label("What of it is for the technology itself.")))
    royalty_bp = PercentField(_named("royalty_bp"))
    royalty_course = choice(_named("royalty_course"), COURSE_LABELS, Course)
    royalty_note = line(_named("royalty_note"), required=False)
    stages = FieldList(FormField(StageForm), say(label("Stages and payments")), max_entries=MOST_STAGES)
    delivery = paragraphs(_named("delivery"), required=False, most=LONGEST)
    acceptance = paragraphs(_named("acceptance"), required=False, most=LONGEST, help=label("What is measured, how, by whom."))
    valid_from = day(_named("valid_from"))
    valid_until = day(_named("valid_until"))
    holds_until = day(_named("holds_until"), required=True, description=say(label("Until the end of this day the other side may accept.")))
    note = paragraphs(_named("note"), required=False, most=500)

    @classmethod
    def begun(cls, terms: Terms, seen: int, holds_until: date) -> "OfferForm":
        """With the terms that it begins with; one who writes on a newer page has seen the newer offer."""
        form = cls.of(terms, seen=str(seen), holds_until=holds_until)
        if not form.stages.entries:
            form.stages.append_entry()
        return form

    def validate_stages(self, field: Any) -> None:
        for row in self._rows():
            if not row["name"] or row["days"] is None or row["share"] is None:
                raise refuse(label("A stage has a name, a day and a share."))

    def _rows(self) -> list[dict[str, Any]]:
        """Without the empty ones."""
        return [
            entry.data for entry in self.stages.entries if any(entry.data.get(name) not in (None, "") for name in ("name", "days", "share", "proof"))
        ]

    @property
    def last_seen(self) -> int:
        sent = str(self.seen.data or "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0

    def revision(self) -> Terms:
        """The rows become columns of equal length."""
        rows = self._rows()
        said = {name: self[name].data for name in Terms.__dataclass_fields__ if name in self}
        return Terms(
            **said | {"sub_kind": said["sub_kind"] or ""},
            stage_names=tuple(row["name"] for row in rows), stage_days=tuple(row["days"] for row in rows),
            stage_shares=tuple(row["share"] for row in rows), stage_proofs=tuple(row["proof"] or "" for row in rows),
        )  # fmt: skip
