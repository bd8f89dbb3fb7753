"""A new person finds in every room the same pieces, in the same order of size."""

from pathlib import Path

import pytest

from tests.house.rules.rooms import odd_pieces
from tests.house.rules.sizes import (
    LONGEST_FUNCTION,
    LONGEST_TEMPLATE,
    MEDIAN_FILE,
    MEDIAN_FUNCTION,
    file_length,
    function_lengths,
    long_file,
    median_of,
    most_lines,
    too_long,
)
from tests.house.rules.source import Source, everywhere, python_sources, rooms, template_sources
from tests.house.rules.words import echoing_docstrings, empty_names, missing_docstrings

SOURCES = [one for one in python_sources() if one.text.strip()]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_has_the_listed_pieces_only(room: Path) -> None:
    assert odd_pieces(one.name for one in room.iterdir()) == []


def test_names_are_the_domains() -> None:
    assert everywhere(empty_names, SOURCES) == []


def test_docstrings_say_why() -> None:
    assert everywhere(missing_docstrings, SOURCES) == []
    assert everywhere(echoing_docstrings, SOURCES) == []


def test_functions_and_files_are_small() -> None:
    assert everywhere(lambda source: too_long(function_lengths(source), LONGEST_FUNCTION), SOURCES) == []
    assert everywhere(lambda source: long_file(source, most_lines(source)), SOURCES) == []


def test_templates_are_small() -> None:
    assert everywhere(lambda source: long_file(source, LONGEST_TEMPLATE), template_sources()) == []


def test_medians_are_small() -> None:
    lengths = {where: length for source in SOURCES for where, length in function_lengths(source).items()}
    assert median_of(lengths) <= MEDIAN_FUNCTION
    assert median_of({str(source): file_length(source) for source in SOURCES}) <= MEDIAN_FILE


def test_control_an_odd_piece_is_seen() -> None:
    assert odd_pieces(["__init__.py", "model.py", "__pycache__", "utils.py", "static"]) == ["static", "utils.py"]


@pytest.mark.parametrize("text", ["def handle_request(): ...", "class StudioManager: ...", "def date_helper(): ..."])
def test_control_an_empty_name_is_seen(text: str) -> None:
    assert empty_names(Source("sample.py", text))


def test_control_a_fault_is_seen_among_many_and_says_where() -> None:
    assert everywhere(empty_names, [*SOURCES, Source("marketplace/odd.py", "def date_helper(): ...")]) == ["marketplace/odd.py: date_helper"]
    with pytest.raises(AssertionError):
        everywhere(empty_names, [])


def test_control_an_empty_file_name_is_seen() -> None:
    assert empty_names(Source("marketplace/web/helpers.py", ""))


def test_control_a_missing_or_echoing_docstring_is_seen() -> None:
    verb = Source("marketplace/domains/studios/service.py", '"""Why."""\ndef name_studio(uow):\n    return 1')
    echo = Source("sample.py", 'def name_studio(uow):\n    """Names a studio."""')
    assert missing_docstrings(verb)
    assert missing_docstrings(Source("sample.py", "X = 1"))
    assert echoing_docstrings(echo)


def test_control_a_long_function_is_seen() -> None:
    source = Source("sample.py", "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION)
    assert too_long(function_lengths(source), LONGEST_FUNCTION) == [f"sample.py:1 f: {LONGEST_FUNCTION + 1} lines"]
    assert median_of(function_lengths(source)) > MEDIAN_FUNCTION
    assert long_file(source, LONGEST_FUNCTION) == [f"sample.py: {LONGEST_FUNCTION + 1} lines"]
