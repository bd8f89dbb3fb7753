"""Chinese patent numbers: what they say of themselves, and whether they can be true (DOMAIN, patents)."""

import re
import unicodedata
from dataclasses import dataclass

from marketplace.kernel.labels import Label, label

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
"""ZC 0006-2003: weights of the digits; before October 2003 the first eight of them."""
SHAPE = re.compile(r"(?:ZL|CN)?(?P<digits>\d{4}[12389]\d{7}|\d{2}[12389]\d{5})\.?(?P<check>[0-9X])")
FIRST_YEAR, TURN = 1985, 2003
"""The first patent law came into force in 1985; in the year of the turn both forms were given."""


class NoPatentNumber(ValueError):
    """`message` says what is wrong with it."""

    def __init__(self, message: Label) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class PatentNumber:
    """`digits` are year, type and serial; twelve of them, or eight in the form before October 2003."""

    digits: str
    check: str

    @property
    def is_old(self) -> bool:
        return len(self.digits) == 8

    @property
    def year(self) -> int:
        if not self.is_old:
            return int(self.digits[:4])
        short = int(self.digits[:2])
        return short + (1900 if short >= FIRST_YEAR % 100 else 2000)

    @property
    def type(self) -> str:
        """1 invention, 2 utility model, 3 design; 8 and 9 came in by the PCT."""
        return self.digits[2] if self.is_old else self.digits[4]

    @property
    def dotted(self) -> str:
        """The form in which it is kept: 201710601862.3"""
        return f"{self.digits}.{self.check}"

    @property
    def plain(self) -> str:
        return self.digits + self.check


def check_digit(digits: str) -> str:
    """Of the twelve digits, or of the eight before October 2003."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11
    return "X" if rest == 10 else str(rest)


def parse_patent_number(text: str) -> PatentNumber:
    """With or without its dot, with or without ZL. Raises NoPatentNumber."""
    found = SHAPE.fullmatch("".join(unicodedata.normalize("NFKC", text).upper().split()))
    if found is None:
        raise NoPatentNumber(label("A patent number such as 201710601862.3: year, type, serial number, check digit."))
    number = PatentNumber(found["digits"], found["check"])
    if check_digit(number.digits) != number.check:
        raise NoPatentNumber(label("The check digit does not fit: a digit may be wrong or two may have changed places."))
    if number.year < FIRST_YEAR or (number.year > TURN if number.is_old else number.year < TURN):
        raise NoPatentNumber(label("No patent numbers of this form were given in that year."))
    return number


IPC = re.compile(r"([A-H]\d{2}[A-Z])\s*(\d{1,4}/\d{2,6})")
LOCARNO = re.compile(r"\d{2}-\d{2}")


def class_symbol(text: str) -> str | None:
    """'h02s20/23' → 'H02S 20/23': section, class, subclass, group. None for anything else."""
    found = IPC.fullmatch(text.strip().upper())
    return f"{found[1]} {found[2]}" if found else None


def is_locarno(text: str) -> bool:
    """Class and subclass of a design, such as 24-02."""
    return LOCARNO.fullmatch(text.strip()) is not None
