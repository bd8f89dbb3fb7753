"""What several commands ask alike: which data folder, and how progress looks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from marketplace.config import Settings

F = TypeVar("F", bound=Callable[..., Any])
console = Console()


def data_option(command: F) -> F:
    shown = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (default: DATA_DIR, or ./data).")
    return shown(command)


def settings_of(data: Path | None, **changes: Any) -> Settings:
    """The environment's settings, with what was said on the command line."""
    said = {name: value for name, value in ({"data_dir": data} | changes).items() if value is not None}
    return Settings(**said)


def progress() -> Progress:
    """A bar on a terminal, silence in a log."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
