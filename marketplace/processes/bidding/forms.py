"""One bid: this once, or with a secret maximum up to which the site goes on."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import DataRequired

from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED, MoneyField
from marketplace.web.forms import Form, refuse
from marketplace.web.words import say

ONCE, PROXY = "once", "proxy"
SECRET = label("Nobody sees it. When others bid, the site bids just enough for you, up to this amount; of equal ones the earlier leads.")


class BidForm(Form):
    way = RadioField(
        say(label("How")), choices=[(ONCE, say(label("Bid this once"))), (PROXY, say(label("Bid for me, up to my maximum")))], default=ONCE
    )
    amount_fen = MoneyField(say(label("Bid now")), [NEEDED])
    maximum_fen = MoneyField(say(label("My maximum")), description=say(SECRET))
    knows = BooleanField(say(label("I know that a bid can't be taken back.")), [DataRequired(say(label("Tick this before you go on.")))])

    def validate_maximum_fen(self, field: Any) -> None:
        if self.way.data == PROXY and field.data is None:
            raise refuse(label("Say up to which amount the site may go on for you."))

    def offer(self) -> tuple[int, int | None]:
        """Amount and maximum; a maximum counts only where it was chosen."""
        return self.amount_fen.data or 0, self.maximum_fen.data if self.way.data == PROXY else None  # type: ignore[return-value]
