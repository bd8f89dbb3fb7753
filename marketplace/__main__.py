"""The console command. An embedded engine boots for as long as the site's modules load: for `run`, both happen at once."""

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from graph.embedded import start_ahead


def main() -> None:
    """Becomes `marketplace.cli`. What was started for nothing, after a misspelt option for one, ends by itself."""
    words = sys.argv[1:]
    if data := data_to_run(words, os.environ):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        start_ahead(data / "graph")
    os.execv(sys.executable, [sys.executable, "-P", "-m", "marketplace.cli", *words])  # noqa: S606  this very program  # nosec B606


def data_to_run(words: Sequence[str], environment: Mapping[str, str]) -> Path | None:
    """The data folder of a `run` on the embedded engine. In production nothing starts before the settings have been looked at."""
    if words[:1] != ["run"] or {"-h", "--help", "--production"} & set(words) or environment.get("NEO4J_URI"):
        return None
    said = [word.removeprefix("--data=") for word in words if word.startswith("--data=")]
    said += [value for word, value in pairwise(words) if word == "--data"]
    return Path((said or [environment.get("DATA_DIR") or "data"])[-1]).expanduser()


if __name__ == "__main__":
    main()
