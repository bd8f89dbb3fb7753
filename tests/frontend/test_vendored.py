"""What the browser gets is what the build made, and nothing in a page needs more than the strict policy allows."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:|\bhx-on\b", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


@pytest.fixture
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_vendored", ROOT / "frontend" / "check_vendored.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_vendored_files_are_as_built(checker: ModuleType) -> None:
    assert checker.measure(checker.VENDOR)
    assert checker.faults(checker.VENDOR) == []


def test_checker_finds_a_changed_a_missing_and_an_unknown_file(checker: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("a{}", "utf-8")
    (tmp_path / "extra.js").write_text("1", "utf-8")
    (tmp_path / checker.SUMS).write_text(f"{'0' * 64}  site.css\n{'0' * 64}  gone.js\n", "utf-8")

    assert checker.faults(tmp_path) == ["missing: gone.js", "not listed: extra.js", "changed: site.css"]


def test_no_template_needs_anything_that_the_policy_forbids() -> None:
    assert len(TEMPLATES) > 100
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in TEMPLATES}
    assert [f"{name}: {found.group()}" for name, text in texts.items() for rule in (FORBIDDEN, OUTSIDE) for found in rule.finditer(text)] == []


@pytest.mark.parametrize("broken", ['<p style="color:red">', "<style>", '<a onclick="go()">', "<script>go()</script>", '<a href="javascript:go()">'])
def test_a_template_that_breaks_the_policy_is_found(broken: str) -> None:
    assert FORBIDDEN.search(broken)


def test_styles_and_sprite_fetch_nothing_from_elsewhere() -> None:
    vendor = ROOT / "marketplace" / "static" / "vendor"
    styles = (vendor / "site.css").read_text("utf-8")
    assert not re.search(r"data:|@import|url\([\"']?https?:", styles)
    assert "__________cytoscape_container" in styles
    assert "style=" not in (vendor / "icons.svg").read_text("utf-8")


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    known = set(re.findall(r'id="([^"]+)"', (ROOT / "marketplace" / "static" / "vendor" / "icons.svg").read_text("utf-8")))
    named = {name for path in TEMPLATES for name in re.findall(r"(?<!kind_)icon\('([a-z0-9-]+)'", path.read_text("utf-8"))}
    assert named - known == set()
