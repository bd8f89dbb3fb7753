"""Says whether what is committed under static/vendor is what the build made. Needs no node, so that every machine can ask."""

import hashlib
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "marketplace" / "static" / "vendor"
SUMS = "SHA256SUMS"


def read_sums(folder: Path) -> dict[str, str]:
    """The declared sums by file name; a missing list is an empty one, so that every file then counts as unknown."""
    listed = folder / SUMS
    lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def measure(folder: Path) -> dict[str, str]:
    """The sums of the files that are really there."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def faults(folder: Path) -> list[str]:
    """One line for each file that is missing, unknown or changed."""
    declared, present = read_sums(folder), measure(folder)
    missing = [f"missing: {name}" for name in sorted(declared.keys() - present.keys())]
    unknown = [f"not listed: {name}" for name in sorted(present.keys() - declared.keys())]
    changed = [f"changed: {name}" for name in sorted(declared.keys() & present.keys()) if declared[name] != present[name]]
    return [*missing, *unknown, *changed]


def main() -> int:
    """0 when all is as built, 1 otherwise."""
    found = faults(VENDOR)
    print("\n".join(found) if found else f"{len(measure(VENDOR))} vendored files are as built")
    return 1 if found or not measure(VENDOR) else 0


if __name__ == "__main__":
    sys.exit(main())
