"""Stands beside the server that it starts: notes its pid, buries it, and stops it when nobody has used it for a while.

A site that was killed can't stop its server; the kernel takes back its lease, and this process sees that.
"""

import subprocess
import sys
from pathlib import Path

from graph.folder import in_a_turn_without_users

LOOK_EVERY = 1.0
UNUSED_FOR = 15
"""Looks in a row: long enough for a site that starts again to find its server still warm."""
STOP_WITHIN = 15.0
# The shell leaves its pid before it becomes the server: there is no moment in which one runs unknown.
LAUNCH = ("/bin/sh", "-c", 'echo $$ > "$0" && exec "$@"')


def keep(folder: Path, command: list[str]) -> int:
    """Until the server ends. Returns its exit code."""
    server = subprocess.Popen([*LAUNCH, str(folder / "engine.pid"), *command])
    unused = 0
    while not has_ended(server, LOOK_EVERY):
        with in_a_turn_without_users(folder) as alone:
            unused = unused + 1 if alone else 0
            if unused >= UNUSED_FOR:
                stop(server)
    return server.returncode


def has_ended(server: subprocess.Popen[bytes], within: float) -> bool:
    """Whether it ended by itself in this time."""
    try:
        server.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def stop(server: subprocess.Popen[bytes]) -> None:
    """While it ends nobody else gets a turn, so that nobody can join it."""
    server.terminate()
    if not has_ended(server, STOP_WITHIN):
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), sys.argv[2:]))
