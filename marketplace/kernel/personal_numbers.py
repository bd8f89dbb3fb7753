"""Forms of personal numbers: what is refused is refused in forms and imports alike (DOMAIN, identity numbers, certificates)."""

import re
import unicodedata
from datetime import date

from stdnum.cn import ric

from marketplace.kernel.labels import Label, label

CERTIFICATE = re.compile(r"\d{16}|[YS]\d{21}")
MOBILE = re.compile(r"1[3-9]\d{9}")
PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,19}")
"""Of an office: with area code and extension."""
ACCOUNT = re.compile(r"\d{12,19}")
FUTURE = label("This day lies in the future.")


def tidy_identity(written: str) -> str:
    """As it is stored: without spaces, the last X in capitals."""
    return ric.compact(written).upper()


def birth_of(number: str) -> date | None:
    """GB 11643; None for a number that is none."""
    return ric.get_birth_date(number) if ric.is_valid(number) else None


def birth_month_of(day: date | None) -> int | None:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1 if day else None


def sex_of(number: str) -> str:
    """ "m" or "f", by the last digit but one (GB 11643); empty without a number."""
    return ("f", "m")[int(number[16]) % 2] if len(number) == 18 and number[16].isdigit() else ""


def is_certificate(number: str) -> bool:
    """职业资格证书 16 digits; 职业技能等级证书 22 characters, Y or S first."""
    return CERTIFICATE.fullmatch(number) is not None


def number_faults(identity: str, born_on: date | None, phone: str, account: str, today: date) -> dict[str, Label]:
    """At their fields; what is empty is no fault."""
    faults: dict[str, Label] = {}
    born = birth_of(identity)
    if identity and (born is None or born > today):
        faults["id_number"] = label("This is no identity number: 18 characters, with a real day of birth and the right last one (GB 11643).")
    if born_on and born_on > today:
        faults["born_on"] = FUTURE
    elif born and born_on != born:
        faults["born_on"] = label("The identity number says another day of birth.")
    if phone and not MOBILE.fullmatch(phone):
        faults["phone"] = label("A mobile number has 11 digits and begins with 1.")
    if account and not ACCOUNT.fullmatch(account):
        faults["bank_account"] = label("An account number has 12 to 19 digits.")
    return faults


FEWEST_DIGITS = 7
"""A telephone number has as many without its area code; numbers of people, cards and accounts have more."""


def may_be_personal(text: str) -> bool:
    """Whether a text that nobody asked for may name a person by a number or an address: rather once too often."""
    return sum(char.isdigit() for char in text) >= FEWEST_DIGITS or "@" in unicodedata.normalize("NFKC", text)
