"""Any number of documents from the real titles: halves recombined with a fixed seed, so that every run searches the same."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

from marketplace.domains.achievements.model import AchievementText, Kind

SEED = 20261123


def given_titles() -> list[str]:
    """Of the register that RELEVANCE_DATA names. Ends the program, as no failure, where there is none."""
    source = Path(os.environ.get("RELEVANCE_DATA", "relevance")) / "achievements.jsonl"
    if not source.exists():
        print("skipped: no titles to recombine; set RELEVANCE_DATA to the folder of achievements.jsonl")
        raise SystemExit(0)
    return [json.loads(line)["title"].replace(" ", "") for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]


def texts(titles: list[str], count: int, fields: list[str]) -> Iterator[AchievementText]:
    """Each has a title, a line of benefit, a summary, and values for the facets."""
    chance, kinds = random.Random(SEED), list(Kind)
    for _ in range(count):
        first, second, third, fourth = (chance.choice(titles) for _ in range(4))
        yield AchievementText(
            title=first[: len(first) // 2 + 1] + second[len(second) // 2 :], kind=chance.choice(kinds), field=chance.choice(fields),
            maturity=chance.randint(1, 9), benefit=third, summary=f"{second}。{fourth}。{first}",
        )  # fmt: skip
