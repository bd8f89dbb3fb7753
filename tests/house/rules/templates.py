"""Templates: no English that nobody can translate, nothing that a strict content policy would refuse."""

import re

from tests.house.rules.source import Source

CLASSES = re.compile(r"\{%-?\s*block\s+\w*class\b.*?\{%-?\s*endblock\b[^%]*%\}", re.DOTALL)
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.DOTALL)
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)=(?:\"([^\"]*)\"|'([^']*)')")
TAG = re.compile(r"<[^>]*>")
ENGLISH = re.compile(r"(?<![-\w])[A-Za-z]{3,}")  # after a hyphen it is the end of an id that code began
NAMES = frozenset({"html", "http", "https", "csv", "xlsx", "jsonl", "json", "pdf", "ipc", "trl", "mrl", "utf", "icp", "english"})
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)


def bare_english(source: Source) -> list[str]:
    """Words that a reader sees and no catalogue knows."""
    plain = CODE.sub(" ", CLASSES.sub(" ", TRANSLATED.sub(" ", source.text)))
    plain = UNSEEN.sub(" ", plain)
    spoken = [one or other for one, other in SPOKEN.findall(plain)]
    words = ENGLISH.findall(re.sub(r"&\w+;", " ", TAG.sub(" ", plain)) + " " + " ".join(spoken))
    return [f"{source}: {word}" for word in words if word.lower() not in NAMES]


def inline_code(source: Source) -> list[str]:
    """Inline styles and handlers: the page would look and act broken under its own policy."""
    return [f"{source}: {found.group().strip()}" for found in INLINE.finditer(CODE.sub(" ", source.text))]
