"""Asks for known vulnerabilities in the locked packages, and says plainly which of them nobody answered for."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("pypi", "osv")
PATIENCE = 180


def answers_of(service: str, lock: Path) -> list[dict[str, Any]]:
    """One entry a package; none at all when the service cannot be reached."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        asked = ["-r", str(lock), "--require-hashes", "--disable-pip", "-s", service, "-f", "json", "-o", report.name]
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--timeout", "15", *asked]
        try:
            subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
            return list(json.loads(Path(report.name).read_text())["dependencies"])
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            return []


def audited(lock: Path) -> dict[str, dict[str, Any]]:
    """What any service knows; a second one is asked only where the first left gaps."""
    known: dict[str, dict[str, Any]] = {}
    for service in SERVICES:
        for entry in answers_of(service, lock):
            if entry["name"] not in known or "skip_reason" in known[entry["name"]]:
                known[entry["name"]] = entry
        if known and not any("skip_reason" in entry for entry in known.values()):
            break
    return known


def findings(known: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name, entry in sorted(known.items()):
        for hole in entry.get("vulns", []):
            yield f"VULNERABLE {name} {entry['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"


def main() -> int:
    """1 when a vulnerability is known. Silence of the services is printed, and is no pass and no failure."""
    lock = ROOT / "requirements-dev.txt"
    known = audited(lock)
    locked = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum())
    silent = sorted(name for name, entry in known.items() if "skip_reason" in entry)
    found = list(findings(known))
    print(*found, sep="\n", end="\n" if found else "")
    if not known:
        print(f"NOT AUDITED: no audit service could be reached ({', '.join(SERVICES)}); {locked} locked packages are unchecked")
    elif silent:
        print(f"NOT AUDITED: {len(silent)} of {locked} packages, nobody answered for them: {', '.join(silent)}")
    print(f"{len(known) - len(silent)} of {locked} packages audited, {len(found)} vulnerabilities")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
