"""What somebody at the door fills in. Nothing of it is kept as a draft: it is personal, and a guest has none."""

from wtforms import SelectField

from marketplace.domains.registrations.model import RegistrationText
from marketplace.kernel.labels import label
from marketplace.web.fields import NEEDED, new_password, same_password
from marketplace.web.forms import Form, line
from marketplace.web.words import say


class DoorForm(Form):
    """Sign-in name and password; without them for somebody who is signed in."""

    TEXT = RegistrationText
    login = line(
        say(label("Sign-in name wished")), most=60, required=False,
        help=label("It is yours once you are verified and if nobody has it; until then sign in with the number that you get."),
    )  # fmt: skip
    password = new_password()
    again = same_password()

    def open_already(self) -> None:
        """The reader has an account: it is the one that registers."""
        for name in ("login", "password", "again"):
            del self[name]

    def _text(self, **more: str) -> RegistrationText:
        plain = {"subject": ""} | {name: self[name].data or "" for name in ("subject", "place", "uscc", "contact_name", "phone") if name in self}
        return RegistrationText(**plain | more)

    def revision(self) -> RegistrationText:
        return self._text()


class EnterpriseDoor(DoorForm):
    uscc = line(say(label("Unified social credit code")), most=24, help=label("18 characters, from the business licence."))
    subject = line(say(label("Name of the enterprise")), most=80, help=label("In full, as on the business licence."))
    place = SelectField(say(label("Sub-district or industry")), [NEEDED], choices=[])
    contact_name = line(say(label("Your name")), most=40, help=label("You are its first user and its contact."))
    phone = line(say(label("Contact phone")), most=24)

    def offer_places(self, places: list[tuple[str, str]]) -> None:
        self.place.choices = [("", say(label("Please choose"))), *places]


class ClaimDoor(DoorForm):
    contact_name = line(say(label("Your name")), most=40)
    phone = line(say(label("Contact phone")), most=24, help=label("The union calls the enterprise to make sure."))


class WorkerDoor(DoorForm):
    subject = line(say(label("Your name")), most=40, help=label("As on your union card."))
    place = line(say(label("Employer")), most=80, help=label("The enterprise's full name or its credit code."))
    phone = line(say(label("Mobile phone")), most=20, help=label("Only your union sees it, and compares it with its register of members."))

    def revision(self) -> RegistrationText:
        return self._text(phone="".join((self.phone.data or "").split()))
