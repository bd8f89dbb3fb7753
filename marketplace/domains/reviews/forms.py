"""What a reader writes who reports a thing."""

from marketplace.domains.reviews.model import LONGEST_REPORT
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, paragraphs
from marketplace.web.words import names


class ReportForm(Form):
    text = paragraphs(
        names("Report", "text"), most=LONGEST_REPORT, help=label("What is wrong, and how do you know? Only officers of the unit read this.")
    )
