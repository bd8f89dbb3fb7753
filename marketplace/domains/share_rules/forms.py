"""What a unit's regulation says, in figures and in its own words."""

from typing import Any

from marketplace.domains.share_rules.model import ShareRuleText
from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED, PercentField, day
from marketplace.web.forms import Form, line, paragraphs
from marketplace.web.words import names, say


def _named(name: str) -> Any:
    return names("ShareRule", name)


class ShareRuleForm(Form):
    TEXT = ShareRuleText
    NODE = "ShareRule"

    clause = line(_named("clause"), most=80, help=label("The name of the regulation, its year and the clause."))
    source = paragraphs(_named("source"), required=False, most=2_000, help=label("Word for word, so that everybody reads the same."))
    vat_bp = PercentField(_named("vat_bp"), description=say(label("It lies within the price: at 6 %, 106 yuan are 100 to share.")))
    cost_bp = PercentField(_named("cost_bp"), description=say(label("Of what is left after tax.")))
    unit_bp = PercentField(_named("unit_bp"), [NEEDED])
    studio_bp = PercentField(_named("studio_bp"), [NEEDED], description=say(label("Where there is no studio, this part is the unit's.")))
    contributors_bp = PercentField(_named("contributors_bp"), [NEEDED])
    effective_from = day(_named("effective_from"), required=True)

    def revision(self) -> ShareRuleText:
        """A figure that was left out is nought."""
        said: dict[str, Any] = {name: self[name].data for name in ShareRuleText.__dataclass_fields__}
        figures = {name: int(value or 0) for name, value in said.items() if name.endswith("_bp")}
        return ShareRuleText(**{**said, **figures, "source": said["source"] or ""})
