"""What the system says about a process, on Linux and on macOS."""

import subprocess
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def command_of(pid: int) -> str:
    """Empty for a process that is gone or waits to be buried."""
    if not (PROC / "self").exists():
        return _ps("command=", pid)
    with suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def is_gone(pid: int) -> bool:
    """True once its files, locks and ports are free: a dying process loses its command line before them."""
    if not (PROC / "self").exists():
        return _ps("stat=", pid).strip()[:1] in ("", "Z")
    try:
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        return state in "ZX" and len(list((PROC / str(pid) / "task").iterdir())) <= 1
    except OSError:
        return True


def _ps(column: str, pid: int) -> str:
    listing = ["/bin/ps", "-ww", "-o", column, "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout
