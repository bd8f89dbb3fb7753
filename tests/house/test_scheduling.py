"""Tests that share a world, or an engine, run in one process: what the distributor reads is what pytest knows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.scheduling import ROOT, marks_in, scope_of, seconds_of


def test_a_test_goes_with_its_group_or_else_with_its_file(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    groups = {one.nodeid: [mark.args[0] for mark in one.iter_markers("xdist_group")] for one in items}
    assert {id: scope_of(id) for id in groups} == {id: (named or [id.partition("::")[0]])[0] for id, named in groups.items()}


def has_long_rows(item: pytest.Item) -> bool:
    """Also where the long rows of its table are left out of this run."""
    rows = (row for mark in item.iter_markers("parametrize") for row in mark.args[1])
    marks = [*item.iter_markers(), *(mark for row in rows if isinstance(row, ParameterSet) for mark in row.marks)]
    return any(mark.name in ("slow", "journey") for mark in marks)


def test_what_is_long_is_known(request: pytest.FixtureRequest) -> None:
    marked = {one.nodeid.partition("[")[0] for one in request.session.items if has_long_rows(one)}
    assert {one.nodeid.partition("[")[0] for one in request.session.items if seconds_of(one.nodeid) > 1} <= marked
    assert seconds_of("tests/network/test_leaks.py::test_nothing_hidden_takes_part_in_any_picture_count_way_or_table") > 1
    assert seconds_of("tests/journeys/test_readers.py::test_x") > seconds_of("tests/races/test_races.py::test_y") > 1


def test_groups_are_read_from_whole_files_and_from_single_tests() -> None:
    assert scope_of("tests/network/test_leaks.py::test_x[a::b]") == scope_of("tests/access/test_who_sees_what.py::test_y") == "access"
    assert marks_in("tests/house/test_statements.py")["test_neo4j_understands"]["xdist_group"] == "neo4j"
    assert scope_of("tests/house/test_statements.py::test_lookups_have_an_index") == "tests/house/test_statements.py"


APART = """
import tests.scheduling as scheduling
from pathlib import Path
scheduling.ROOT = Path(__file__).parent
def pytest_xdist_make_scheduler(config, log):
    return scheduling.Together(config, log)
"""


@pytest.mark.slow
def test_what_ends_its_process_is_told_once_and_the_rest_runs(tmp_path: Path) -> None:
    """As xdist has it, the next process would be sent the same test, or wait for ever."""
    (tmp_path / "conftest.py").write_text(APART, encoding="utf-8")
    for name in "abcd":
        (tmp_path / f"test_{name}.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    fatal = "import os\ndef test_before():\n    pass\ndef test_fatal():\n    os._exit(3)\ndef test_after():\n    pass\n"
    (tmp_path / "test_fatal.py").write_text(fatal, encoding="utf-8")
    run = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-q"]
    said = subprocess.run(run, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False)
    assert re.search(r"1 failed, 6 passed", said.stdout), said.stdout
