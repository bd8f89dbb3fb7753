"""What is kept of a fault: what was being done, the kind of the error and its place. Never its text, which may quote what is personal."""

from traceback import walk_tb

from marketplace.kernel.rooms import Ref

Faults = dict[Ref, str]
OWN = ("graph.", "search.", "marketplace.")


def problem_of(doing: str, error: BaseException) -> str:
    """`read: ValueError at marketplace.domains.studios.repository:88`: the innermost line that is ours."""
    places = [(str(frame.f_globals.get("__name__", "")), line) for frame, line in walk_tb(error.__traceback__)]
    own = [f"{module}:{line}" for module, line in places if module.startswith(OWN)]
    return f"{doing}: {type(error).__name__}" + (f" at {own[-1]}" if own else "")
