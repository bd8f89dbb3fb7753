"""Small things: what fits on a screen is read, what does not is skimmed."""

from statistics import median

from tests.house.rules.source import Source, functions

LONGEST_FUNCTION = 30
LONGEST_FILE = 220
LONGEST_LIST = 300
"""Of a file without functions: a list of names is looked up, not read."""
LONGEST_TEMPLATE = 150
MEDIAN_FUNCTION = 10
MEDIAN_FILE = 120


def function_lengths(source: Source) -> dict[str, int]:
    """Lines of every function, without its decorators."""
    return {f"{source}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(source.tree)}


def file_length(source: Source) -> int:
    return len(source.text.splitlines())


def long_file(source: Source, most: int) -> list[str]:
    return too_long({str(source): file_length(source)}, most)


def most_lines(source: Source) -> int:
    return LONGEST_FILE if any(functions(source.tree)) else LONGEST_LIST


def too_long(lengths: dict[str, int], most: int) -> list[str]:
    return [f"{where}: {length} lines" for where, length in lengths.items() if length > most]


def median_of(lengths: dict[str, int]) -> float:
    return median(lengths.values()) if lengths else 0
