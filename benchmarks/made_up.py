"""Any number of documents from the real titles: halves recombined with a fixed seed, so that every run searches the same."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from marketplace.domains.achievements.model import AchievementText, Kind

SEED = 20261123


def real_titles(path: Path) -> list[str]:
    return [json.loads(line)["title"].replace(" ", "") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def texts(titles: list[str], count: int, fields: list[str]) -> Iterator[AchievementText]:
    """Each has a title, a line of benefit, a summary, and values for the facets."""
    chance, kinds = random.Random(SEED), list(Kind)
    for _ in range(count):
        first, second, third, fourth = (chance.choice(titles) for _ in range(4))
        yield AchievementText(
            title=first[: len(first) // 2 + 1] + second[len(second) // 2 :], kind=chance.choice(kinds), field=chance.choice(fields),
            maturity=chance.randint(1, 9), benefit=third, summary=f"{second}。{fourth}。{first}",
        )  # fmt: skip
