"""Sign-in, password and a new account as forms."""

from dataclasses import dataclass

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from marketplace.domains.accounts.model import SHORTEST_PASSWORD
from marketplace.kernel.labels import label
from marketplace.web.forms import Form, line
from marketplace.web.words import say

NEEDED = InputRequired(say(label("Fill this in.")))
LONG_ENOUGH = Length(SHORTEST_PASSWORD, 200, say(label("Between %(min)d and %(max)d characters.")))


@dataclass(frozen=True, slots=True)
class Credentials:
    login: str
    password: str


class SignInForm(Form):
    TEXT = Credentials
    next = HiddenField()
    login = StringField(say(label("Sign-in name")), [NEEDED, Length(max=60)])
    password = PasswordField(say(label("Password")), [NEEDED, Length(max=200)])


@dataclass(frozen=True, slots=True)
class Code:
    code: str


class CodeForm(Form):
    TEXT = Code
    next = HiddenField()
    code = StringField(
        say(label("Code")), [NEEDED, Length(max=40)], render_kw={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"},
        description=say(label("Six digits from the authenticator, or one of your recovery codes.")),
    )  # fmt: skip


class ChosenPasswordForm(Form):
    """For whoever came in by a password or code that somebody else gave them."""

    next = HiddenField()
    password = PasswordField(
        say(label("New password")), [NEEDED, LONG_ENOUGH], description=say(label("At least ten characters; a sentence is easy to keep.")),
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
    again = PasswordField(
        say(label("New password once more")), [EqualTo("password", say(label("The two are not the same.")))],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewPassword:
    password: str


class PasswordForm(Form):
    TEXT = NewPassword
    current = PasswordField(say(label("Present password")), [NEEDED, Length(max=200)])
    password = PasswordField(
        say(label("New password")), [NEEDED, LONG_ENOUGH], description=say(label("At least ten characters; a sentence is easy to keep."))
    )
    again = PasswordField(say(label("New password once more")), [EqualTo("password", say(label("The two are not the same.")))])


@dataclass(frozen=True, slots=True)
class NewAccount:
    login: str
    name: str
    password: str


class AccountForm(Form):
    TEXT = NewAccount
    NODE = "Account"
    login = line(say(label("Sign-in name")), most=60)
    name = line(say(label("Full name")), most=60)
    password = PasswordField(say(label("First password")), [NEEDED, LONG_ENOUGH])
