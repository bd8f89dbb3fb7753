"""Imports stand at the top and only go down."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.rules.imports import hidden_imports, is_below_the_web, web_imports, without_floor
from tests.house.rules.source import ROOT, Source, everywhere, python_sources

CONTRACTS = """
[tool.importlinter]
root_packages = ["house"]
[[tool.importlinter.contracts]]
name = "Imports only go down"
type = "layers"
layers = ["house.roof", "house.cellar"]
"""


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).parent / "lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_imports_stand_at_the_top() -> None:
    assert everywhere(hidden_imports, python_sources("graph", "search", "marketplace", "benchmarks", "tests")) == []


def test_no_web_library_below_the_web() -> None:
    assert everywhere(web_imports, [one for one in python_sources() if is_below_the_web(one)]) == []


def test_contracts_hold() -> None:
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout


def test_every_module_of_the_site_has_a_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    modules = {".".join(one.module.split(".")[:2]) for one in python_sources("marketplace")} - {"marketplace"}
    assert without_floor(modules, contracts[0]["layers"]) == []


def test_control_a_module_without_a_floor_is_seen() -> None:
    assert without_floor({"house.roof", "house.shed"}, ["(house.roof) | (house.attic)"]) == ["house.shed"]


@pytest.mark.parametrize("entry", sorted(ROOT.glob("wsgi.py")), ids=lambda file: file.name)
def test_the_application_alone_is_behind_the_server_entry(entry: Path) -> None:
    """It is no package, so no contract sees it."""
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "import" in line] == ["from marketplace.app import create_app"]


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import json",
        "def f():\n    def g():\n        from a import b",
        "class C:\n    async def f(self):\n        import json",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json",
    ],
)
def test_control_a_hidden_import_is_seen(text: str) -> None:
    assert hidden_imports(Source("sample.py", text))


@pytest.mark.parametrize("text", ["from flask import g", "import werkzeug.exceptions", "from flask_babel import gettext"])
def test_control_the_web_below_the_web_is_seen(text: str) -> None:
    assert web_imports(Source("graph/sample.py", text))
    assert is_below_the_web(Source("marketplace/domains/studios/service.py", text))
    assert not is_below_the_web(Source("marketplace/domains/studios/views.py", text))


def test_control_an_import_that_goes_up_breaks_the_contract(tmp_path: Path) -> None:
    for name, text in {"__init__": "", "roof": "", "cellar": "import house.roof"}.items():
        (tmp_path / "house").mkdir(exist_ok=True)
        (tmp_path / "house" / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(CONTRACTS, encoding="utf-8")

    linted = lint_imports(tmp_path)

    assert linted.returncode == 1
    assert "house.cellar -> house.roof" in linted.stdout
