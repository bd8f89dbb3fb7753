"""Numbers that were really given pass; a slip of the pen does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.patent_numbers import NoPatentNumber, check_digit, parse_patent_number

KNOWN = ("201710601862.3", "201310699744.2", "97101765.4")


@pytest.mark.parametrize("text", KNOWN)
def test_known_numbers_pass_in_every_form(text: str) -> None:
    for form in (text, text.replace(".", ""), f"ZL{text}", f" zl {text} "):
        assert parse_patent_number(form).dotted == text


@pytest.mark.parametrize(("text", "year", "type", "old"), [("201710601862.3", 2017, "1", False), ("97101765.4", 1997, "1", True)])
def test_a_number_says_year_and_type(text: str, year: int, type: str, old: bool) -> None:
    number = parse_patent_number(text)
    assert (number.year, number.type, number.is_old) == (year, type, old)


@pytest.mark.parametrize(
    "text",
    ["", "2017106018623x", "201710601862", "201710601862.4", "201740601862.3", "20171060186.23", "97401765.4", "<b>", "①", "201710601862.3\x00"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NoPatentNumber):
        parse_patent_number(text)


@pytest.mark.parametrize("digits", ["199510601862", "50101765"])
def test_a_year_in_which_this_form_was_not_given_is_refused(digits: str) -> None:
    with pytest.raises(NoPatentNumber):
        parse_patent_number(digits + check_digit(digits))


@given(st.integers(2004, 2030), st.sampled_from("12389"), st.integers(0, 9_999_999), st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(year: int, type: str, serial: int, at: int, wrong: str) -> None:
    digits = f"{year}{type}{serial:07d}"
    assert parse_patent_number(digits + check_digit(digits)).digits == digits
    changed = digits[:at] + wrong + digits[at + 1 :]
    if changed != digits:
        with pytest.raises(NoPatentNumber):
            parse_patent_number(changed + check_digit(digits))
