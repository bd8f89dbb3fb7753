"""The application that is killed, or whose store is: four writers in a process of their own, and what they said."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from tests.chaos.ledger import Said
from tests.conftest import Engine

ROOT = Path(__file__).parents[2]


class Application:
    """`said` grows while it works."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.said: Said = []
        self._ear = Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        """To its last whole line."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n") and len(words := line.split()) == 2:
                self.said.append((words[0], words[1]))

    def speaks(self, within: float) -> float:
        """Seconds until it says something new."""
        began, heard = monotonic(), len(self.said)
        while len(self.said) == heard:
            assert monotonic() - began < within, f"nothing was acknowledged for {within} s"
            sleep(0.02)
        return monotonic() - began

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._ear.join()


@contextmanager
def working(engine: Engine, manner: str = "honest") -> Iterator[Application]:
    """Ends by kill -9, at the latest with the story."""
    command = [sys.executable, "-m", "tests.chaos.writers", engine.url, engine.user, engine.password, engine.database or "", manner]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        application = Application(process)
        yield application
        application.kill()
