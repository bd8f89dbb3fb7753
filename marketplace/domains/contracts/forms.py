"""A clause on a small form of its own; the whole text for a change by agreement; words of acceptance."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms import Form as PlainForm

from marketplace.domains.contracts.model import Contract, ContractText
from marketplace.kernel.contract_clauses import FIELDS, STAGES, Clause
from marketplace.kernel.labels import label
from marketplace.kernel.revisions import text_of
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, COURSE_LABELS, PRICE_LABELS, SUB_KIND_LABELS, ContractKind, Course, PriceMode
from marketplace.web.fields import CHOOSE, MoneyField, PercentField, choice, day, whole
from marketplace.web.forms import Form, line, paragraphs, refuse
from marketplace.web.words import names, say

LONGEST = 4_000


def _named(name: str) -> Any:
    return names("Contract", name)


class StageForm(PlainForm):
    name = line(say(label("Stage")), required=False, most=60)
    days = whole(say(label("Days after it is in force")), most=3_650)
    proof = line(say(label("What proves it")), required=False, most=80)
    share = PercentField(say(label("Share, %")))


class TextForm(Form):
    """All that both write. `base` is the text that stands: what a form does not show keeps its words."""

    TEXT = ContractText
    NODE = "Contract"

    title = line(_named("title"), most=80)
    contract_kind = choice(_named("contract_kind"), CONTRACT_LABELS, ContractKind)
    sub_kind = SelectField(_named("sub_kind"), choices=[("", CHOOSE), *((value, say(words)) for value, words in SUB_KIND_LABELS.items())])
    region = line(_named("region"), required=False, most=60)
    exclusive = BooleanField(_named("exclusive"))
    valid_from = day(_named("valid_from"))
    valid_until = day(_named("valid_until"))
    scope = paragraphs(_named("scope"), most=LONGEST, help=label("What is handed over or done, how much of it, and what it must be able to do."))
    delivery = paragraphs(_named("delivery"), most=LONGEST, help=label("From when to when, where, and in which way."))
    confidentiality = paragraphs(_named("confidentiality"), most=LONGEST, help=label("What is secret, for how long, and who else is bound."))
    ownership = paragraphs(
        _named("ownership"), most=LONGEST, help=label("Whose are improvements and new results, and how is income from them split?")
    )
    acceptance = paragraphs(_named("acceptance"), most=LONGEST, help=label("Which figures are measured how, by whom, and when is it passed?"))
    definitions = paragraphs(_named("definitions"), most=LONGEST, help=label("Words that could be read in two ways, each with its meaning here."))
    price_mode = choice(_named("price_mode"), PRICE_LABELS, PriceMode)
    total_fen = MoneyField(_named("total_fen"), description=say(label("The lump sum, all instalments together, or the entry fee.")))
    technology_fen = MoneyField(_named("technology_fen"), description=say(label("Without equipment and material: this part is registered.")))
    royalty_bp = PercentField(_named("royalty_bp"))
    royalty_course = choice(_named("royalty_course"), COURSE_LABELS, Course)
    royalty_note = line(_named("royalty_note"), required=False)
    trial_days = whole(_named("trial_days"), least=1, most=730)
    stages = FieldList(FormField(StageForm), say(label("Payment and milestones")), max_entries=20)
    other = paragraphs(_named("other"), required=False, most=LONGEST)
    base: ContractText = ContractText()

    @classmethod
    def on(cls, contract: Contract, text: ContractText | None = None) -> "TextForm":
        """Filled with the text that stands, or with the one that is given."""
        form = cls.of(text or contract, version=contract.version)
        form.base = text_of(contract, ContractText)
        return form

    def validate_stages(self, field: Any) -> None:
        """Each row is a whole stage, and together they are the whole price."""
        rows = self._rows()
        if any(row["days"] is None or row["share"] is None or not row["name"] for row in rows):
            raise refuse(label("Each stage needs a name, its days and its share."))
        if len({row["name"] for row in rows}) != len(rows):
            raise refuse(label("Two stages have the same name."))
        if rows and sum(row["share"] for row in rows) != 10_000:
            raise refuse(label("The stages must be 100 % together."))

    def _rows(self) -> list[dict[str, Any]]:
        return [row.data for row in self.stages.entries if any(row.data[name] not in (None, "") for name in ("name", "days", "share", "proof"))]

    def revision(self) -> ContractText:
        said = {name: self[name].data for name in ContractText.__dataclass_fields__ if name in self}
        if "sub_kind" in said:
            said["sub_kind"] = said["sub_kind"] or ""
        if "stages" in self:
            columns = ([row[name] for row in self._rows()] for name in ("name", "days", "share", "proof"))
            said |= {name: tuple(value if value is not None else "" for value in column) for name, column in zip(STAGES, columns, strict=True)}
        return replace(self.base, **said)


class ClauseForm(TextForm):
    """One clause of it."""

    @classmethod
    def for_clause(cls, contract: Contract, clause: Clause) -> "ClauseForm":
        form = cls.on(contract)
        form.keep_only(FIELDS[clause])
        assert isinstance(form, ClauseForm)
        return form

    def keep_only(self, wanted: Iterable[str]) -> None:
        """The stages stand as one list for their four columns."""
        kept = {*wanted, "csrf_token", "key", "version", *(("stages",) if STAGES[0] in wanted else ())}
        for name in [one.short_name for one in self if one.short_name not in kept]:
            del self[name]


class ChangeForm(TextForm):
    """The whole text anew, and why."""

    change_reason = paragraphs(say(label("Why it is to change")), most=1_000)


class AcceptForm(Form):
    words = paragraphs(_named("accepted_words"), most=2_000, help=label("What was measured, what was handed over, and that it is as agreed."))
