"""Facet values as the index takes them: tuples of codes, trees with every ancestor."""


def only(**values: str | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Facets that have a value."""
    tuples = {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}
    return {name: kept for name, value in tuples.items() if (kept := tuple(one for one in value if one))}


def field_path(code: str) -> tuple[str, ...]:
    """'0603' → ('06', '0603'): a technology field is found under each field above it. Codes have two digits a level."""
    return tuple(code[:end] for end in range(2, len(code) + 1, 2))
