"""Stands between a site and its store, and misbehaves when told to."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from threading import Lock, Thread
from time import sleep

from graph.ports import free_port

LATENCY = 2.0
CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)


class Mode(StrEnum):
    PASS = "passes on"
    REFUSE = "refuses"
    SWALLOW = "swallows everything"
    DELAY = "delays each word by two seconds"
    CUT = "cuts connections"


class Proxy:
    def __init__(self, target: int) -> None:
        self.port = free_port(None)
        self._target = target
        self._mode = Mode.PASS
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._listen()

    def turn(self, mode: Mode) -> None:
        """What was swallowed is gone: such a connection stays mute for ever."""
        self._mode = mode
        if mode is Mode.REFUSE:
            self._stop_listening()
        elif self._listener is None:
            self._listen()
        if mode in (Mode.REFUSE, Mode.CUT):
            self._hang_up()

    def close(self) -> None:
        self._stop_listening()
        self._hang_up()

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _stop_listening(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                if self._mode is Mode.CUT:
                    reset(client)
                else:
                    self._connect(client)

    def _connect(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target), 1)
        except OSError:
            return reset(client)
        server.settimeout(None)
        with self._lock:
            self._ends |= {client, server}
        for source, sink in ((client, server), (server, client)):
            Thread(target=self._pump, args=(source, sink), daemon=True).start()
        return None

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        mute = False
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if self._mode is Mode.DELAY:
                    sleep(LATENCY)
                mute = mute or self._mode is Mode.SWALLOW
                if not mute:
                    sink.sendall(chunk)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._forget(source)

    def _forget(self, end: socket.socket) -> None:
        with self._lock:
            self._ends.discard(end)
        end.close()

    def _hang_up(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            reset(end)


def reset(end: socket.socket) -> None:
    """As when the other side crashed: no good-bye."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def proxy_to(target: int) -> Iterator[Proxy]:
    proxy = Proxy(target)
    yield proxy
    proxy.close()
