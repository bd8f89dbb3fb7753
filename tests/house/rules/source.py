"""Which files the rules look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FLOORS = ("graph", "search", "marketplace")


@dataclass(frozen=True)
class Source:
    """One Python file: its place from the root, and its text."""

    path: str
    text: str

    def __str__(self) -> str:
        return self.path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def name(self) -> str:
        return Path(self.path).name


def python_sources(*tops: str) -> list[Source]:
    """Every file under the given folders, or under all floors."""
    files = [file for top in tops or FLOORS for file in sorted((ROOT / top).rglob("*.py")) if "node_modules" not in file.parts]
    return [Source(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files]


def template_sources() -> list[Source]:
    files = sorted(one for one in (ROOT / "templates").rglob("*") if one.suffix in {".html", ".txt"})
    return [Source(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files]


def rooms() -> list[Path]:
    """Every room that stands, of domains and of processes."""
    tops = [ROOT / "marketplace" / floor for floor in ("domains", "processes")]
    return [room for top in tops if top.is_dir() for room in sorted(top.iterdir()) if (room / "__init__.py").exists()]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
