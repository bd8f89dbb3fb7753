"""What several commands ask alike: which data folder, and how progress looks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from marketplace.config import Settings

F = TypeVar("F", bound=Callable[..., Any])
console = Console()


def data_option(command: F) -> F:
    shown = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (default: DATA_DIR, or ./data).")
    return shown(command)


def settings_of(data: Path | None, **changes: Any) -> Settings:
    """The environment's settings, with what was said on the command line. What is wrong with them is said all at once, without their values."""
    said = {name: value for name, value in ({"data_dir": data} | changes).items() if value is not None}
    try:
        return Settings(**said)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors(include_input=False)]
        raise click.UsageError("Settings that can't be used:\n  " + "\n  ".join(lines)) from None
    except ValueError as error:
        raise click.UsageError(f"Settings that can't be used:\n  {error}") from None


def progress() -> Progress:
    """A bar on a terminal, silence in a log."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
