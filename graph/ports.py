"""Where a server on this machine listens, and whether anybody answers there."""

import random
import socket
from contextlib import suppress

OURS = range(20_000, 32_000)
"""Below those that the system lends to clients: who asks for a dead server again and again would in the end be lent that
very port, reach itself, and keep the server from coming back."""
TRIES = 50
ANSWER_WITHIN = 10.0
HELLO = bytes.fromhex("6060b017 00000404 00000000 00000000 00000000")


def free_port(last: int | None) -> int:
    """The last one if it can be had, else another; 0, which takes any, where all seem taken."""
    tries = [last] if last is not None and last in OURS else []
    tries += random.sample(OURS, TRIES)  # nosec B311
    return next((port for port in tries if is_free(port)), 0)


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False


def says_hello(port: int) -> bool:
    """Whether a Bolt server answers there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_WITHIN) as connection:
            connection.sendall(HELLO)
            return len(connection.recv(4)) > 0
    except OSError:
        return False
