"""Which files the rules look at."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
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
    return [_source(file) for top in tops or FLOORS for file in sorted((ROOT / top).rglob("*.py")) if "node_modules" not in file.parts]


def template_sources() -> list[Source]:
    return [_source(file) for file in sorted((ROOT / "templates").rglob("*")) if file.suffix in {".html", ".txt"}]


@cache
def _source(file: Path) -> Source:
    """Read, and parsed, once for all rules."""
    return Source(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8"))


def everywhere(rule: Callable[[Source], list[str]], sources: Sequence[Source]) -> list[str]:
    """What a rule finds in all of them: each fault says where it is. A rule that looks at nothing would hold nothing."""
    assert sources
    return [fault for source in sources for fault in rule(source)]


def rooms() -> list[Path]:
    """Every room that stands, of domains and of processes."""
    tops = [ROOT / "marketplace" / floor for floor in ("domains", "processes")]
    return [room for top in tops if top.is_dir() for room in sorted(top.iterdir()) if (room / "__init__.py").exists()]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
