"""The rules of the shortage list as a form."""

from marketplace.kernel.labels import label
from marketplace.processes.shortage.model import RulesText
from marketplace.web.fields import day, whole
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names, say

N = "ShortagePolicy"


class RulesForm(Form):
    TEXT = RulesText

    horizon_years = whole(names(N, "horizon_years"), least=1, most=20, required=True)
    few_holders = whole(
        names(N, "few_holders"), least=5, most=10_000, required=True, description=say(label("Fewer people than this hold the skill."))
    )
    rising_by = whole(
        names(N, "rising_by"),
        least=1,
        most=1_000,
        required=True,
        description=say(label("So many more needs in the last four quarters than in the four before.")),
    )
    near_percent = whole(names(N, "near_percent"), least=1, most=100, required=True)
    men_years = whole(names(N, "men_years"), least=40, most=80, required=True)
    men_latest = whole(names(N, "men_latest"), least=40, most=80, required=True)
    men_every = whole(names(N, "men_every"), least=1, most=24, required=True)
    men_from = day(names(N, "men_from"), required=True)
    women_years = whole(names(N, "women_years"), least=40, most=80, required=True)
    women_latest = whole(names(N, "women_latest"), least=40, most=80, required=True)
    women_every = whole(names(N, "women_every"), least=1, most=24, required=True)
    women_from = day(names(N, "women_from"), required=True)
    source = paragraphs(names(N, "source"), most=2_000)
