"""What a text still lacks to convince: looked for while it is written, so that companies need not pass for a reason that can be mended."""

import re
from dataclasses import dataclass

from marketplace.kernel.labels import Label, label

NUMBER = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千万半]+(?:倍|成|分之|元|小时|天|人|%|％)")
NOW = re.compile(r"原|现有|现在|目前|过去|以往|此前|传统|人工|改造前|改进前|以前|at present|so far|before|existing|currently", re.IGNORECASE)
ENOUGH = 60
"""Characters in which what it does can be said at all."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a text while it is written. `None` stands for what its form does not ask."""

    benefit: str = ""
    summary: str = ""
    measured: bool = False
    maturity: int | None = None
    asks_maturity: bool = False
    files: int | None = None
    uses: int = 0
    price: bool | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    words: Label
    is_met: bool


def hints_of(text: Written) -> tuple[Hint, ...]:
    """Each thing that readers miss most often, and whether it is there; the first ones matter most."""
    known: list[tuple[Label, bool | None]] = [
        (label("The benefit has a number in it."), bool(NUMBER.search(text.benefit))),
        (label("It says what exists today, and what is better."), text.measured or bool(NOW.search(text.summary))),
        (label("It says step by step what it does."), len(text.summary) >= ENOUGH),
        (label("Its maturity is given."), text.maturity is not None if text.asks_maturity else None),
        (label("A place where it is used, or a file, shows how mature it is."), bool(text.files or text.uses) if text.files is not None else None),
        (label("One can see what it costs."), text.price),
    ]
    return tuple(Hint(words, met) for words, met in known if met is not None)
