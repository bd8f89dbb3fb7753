"""Chinese text into tokens, shared by both engines, so that they find and rank alike.

The same text is written three times: as jieba words (for the score), as pairs of characters (a word is found even where
jieba cuts otherwise) and as single characters (one-character words, exact phrases).
"""

import re
import unicodedata
from functools import cache

import rjieba
from opencc import OpenCC

LONGEST_TOKEN = 64
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{HAN}]+|(?:(?![{HAN}])[^\\W_])+")
_LATIN = re.compile(f"(?:(?![{HAN}])[^\\W_])+")
_NOT_HAN = re.compile(f"[^{HAN}]+")
_CODE = re.compile(r"[a-z0-9]+(?:[-./_][a-z0-9]+)*")
_SEPARATOR = re.compile(r"[-./_]")
_PATENT = re.compile(r"(?:zl)?((?:\d{12}|\d{8})[\dx])")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]")


@cache
def _simplified() -> dict[int, str]:
    """Character by character, so that lengths stay equal and highlights find their place."""
    traditional = [chr(point) for point in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    return {ord(old): new for old, new in zip(traditional, converted, strict=True) if old != new and len(new) == 1}


@cache
def _traditional() -> re.Pattern[str]:
    """Most texts hold none of them, and looking is much faster than translating."""
    return re.compile("[" + "".join(map(chr, _simplified())) + "]")


def fold(text: str) -> str:
    """One written form for all: half-width, lower-case, simplified, nothing unprintable."""
    clean = unicodedata.normalize("NFKC", _UNPRINTABLE.sub(" ", text)).lower()
    return clean.translate(_simplified()) if _traditional().search(clean) else clean


def is_han(token: str) -> bool:
    """Whether the token is written in Chinese characters."""
    return not token.isascii() and not _NOT_HAN.search(token)


def runs(folded: str) -> list[str]:
    """Stretches of Chinese characters, and latin words or numbers, in order."""
    return [run if len(run) <= LONGEST_TOKEN or is_han(run) else run[:LONGEST_TOKEN] for run in _RUN.findall(folded)]


def words(folded: str) -> list[str]:
    """Jieba's search-mode words (a long word and the words in it), then latin words and numbers."""
    han = [token for token in rjieba.cut_for_search(_NOT_HAN.sub(" ", folded)) if not token.isspace()]
    return han + [token[:LONGEST_TOKEN] for token in _LATIN.findall(folded)]


def cut(run: str) -> list[str]:
    """A run of Chinese into jieba's words without overlap: what a reader asks for."""
    return list(rjieba.cut(run)) if run else []


def plain_words(folded: str) -> list[str]:
    """The same of any text; latin words and numbers stay as they are."""
    return [word for run in runs(folded) for word in (cut(run) if is_han(run) else [run])]


def pairs(folded: str) -> list[str]:
    """Pairs of neighbouring characters; what stands alone, and latin words, as they are."""
    return [pair for run in runs(folded) for pair in pairs_of(run)]


def pairs_of(run: str) -> list[str]:
    """The pairs of one run."""
    if len(run) == 1 or not is_han(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def chars(folded: str) -> list[str]:
    """Single characters; latin words stay whole."""
    return [char for run in runs(folded) for char in (run if is_han(run) else [run])]


def codes(folded: str) -> list[str]:
    """Numbers that people quote (CG-2026-000123, ZL201710601862.3), without separators, a patent also without its check digit."""
    found = [_SEPARATOR.sub("", code) for code in _CODE.findall(folded)]
    return [form for code in found if len(code) <= LONGEST_TOKEN for form in _forms(code)]


def _forms(code: str) -> list[str]:
    """A patent's number is quoted with and without ZL and check digit; every form leads to it."""
    if len(code) < 4 or not any(char.isdigit() for char in code):
        return []
    patent = _PATENT.fullmatch(code)
    bare = code.removeprefix("zl")
    return list(dict.fromkeys([code, bare, *([patent[1][:-1]] if patent else [])]))
