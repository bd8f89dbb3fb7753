"""Whom a code is for, the code itself, and the account that it opens."""

from wtforms import HiddenField

from marketplace.kernel.invitations import tidy_code
from marketplace.kernel.labels import label
from marketplace.processes.inviting.service import NewAccount
from marketplace.web.fields import new_password, same_password
from marketplace.web.forms import Form, line
from marketplace.web.words import say


class InviteForm(Form):
    TEXT = NewAccount
    note = line(say(label("Person invited")), most=60, help=label("For your own list, such as a name or a post. It is not sent."))


class AnswerForm(Form):
    """The code travels with the form, so that nobody types it twice."""

    TEXT = NewAccount
    code = HiddenField(filters=[lambda written: tidy_code(written or "")])
    name = line(say(label("Your name")), most=60)
    login = line(
        say(label("Sign-in name wished")), most=60, required=False,
        help=label("If somebody has it, your sign-in name is the number of this invitation."),
    )  # fmt: skip
    password = new_password()
    again = same_password()

    def ask_only(self, *, is_guest: bool, knows_name: bool) -> None:
        """Nothing of somebody who is signed in; no name where the card says it."""
        gone = ["name", "login", "password", "again"] if not is_guest else ["name"] if knows_name else []
        for name in gone:
            del self[name]
