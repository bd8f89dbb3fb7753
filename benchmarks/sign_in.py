"""A rush at the door: two hundred people sign in at the same moment at a running server. How long they wait, and how many were sent away first.

`python -m benchmarks.sign_in [--clients 200] [--rounds 3]`. Argon2 takes a core and 64 MB for each password on purpose, so the server looks at
a few at once and sends the others away with 503 and Retry-After; they come again, as a browser's reader does. Half of the clients have a wrong
password, so that an unknown and a right one are seen to take the same time. A page is read meanwhile:
the rush must leave it alone.
"""

import argparse
import http.client
import os
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Barrier, Event, Thread
from time import perf_counter, sleep
from urllib.parse import urlencode

from benchmarks.filled_site import command_of, free_port, served
from benchmarks.stores import p50_p95
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.domains.accounts.service import Opening, create_accounts, hashed
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.unit_of_work import change
from marketplace.opening import open_site

PASSWORD = "a sentence is easy to keep"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """`first`: until the first answer, whatever it was; `seconds`: until inside or refused for good."""

    status: int
    first: float
    seconds: float
    sent_away: int


def open_accounts(folder: Path, count: int) -> None:
    """All with one password: hashing it once is enough to measure looking at it."""
    digest = hashed(PASSWORD)
    with open_site(Settings(data_dir=folder)) as site:
        found(site)
        openings = [Opening(f"clerk-{number}", f"Clerk {number}", digest) for number in range(count)]
        change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: create_accounts(uow, openings), patience=15)
        site.relay.drain()


class Browser:
    """Keeps its connection and its cookie."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = self.token = ""

    def open_door(self) -> None:
        status, body, _headers = self.ask("GET", "/sign-in")
        found_token = TOKEN.search(body)
        if status != 200 or found_token is None:
            raise RuntimeError(f"the door says {status}")
        self.token = found_token[1]

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, http.client.HTTPMessage]:
        body = urlencode(form) if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):  # an idle connection that the server has closed
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        if kept := answer.headers.get("Set-Cookie"):
            self.cookie = kept.split(";")[0]
        return answer.status, text, answer.headers


def sign_in(port: int, login: str, password: str, start: Barrier) -> Entry:
    """Comes again after what Retry-After says, until the door has looked at the password."""
    browser = Browser(port)
    try:
        browser.open_door()
    except BaseException:
        start.abort()
        raise
    start.wait()
    began, first, sent_away = perf_counter(), 0.0, 0
    while True:
        status, _text, headers = browser.ask("POST", "/sign-in", {"login": login, "password": password, "csrf_token": browser.token})
        first = first or perf_counter() - began
        if status != 503:
            return Entry(status, first, perf_counter() - began, sent_away)
        sent_away += 1
        sleep(int(headers["Retry-After"]))


@contextmanager
def pages_meanwhile(port: int) -> Iterator[list[float]]:
    """Seconds that a reader's pages took during the block."""
    taken: list[float] = []
    over = Event()

    def read() -> None:
        browser = Browser(port)
        while not over.is_set():
            began = perf_counter()
            browser.ask("GET", "/help")
            taken.append(perf_counter() - began)
            sleep(0.05)

    reader = Thread(target=read)
    reader.start()
    try:
        yield taken
    finally:
        over.set()
        reader.join()


def alone(port: int) -> float:
    """Milliseconds of a sign-in when nobody else comes: what a password costs on this machine, now."""
    taken = [sign_in(port, f"nobody-{number}", "a wrong one", Barrier(1)).seconds for number in range(6)]
    return 1000 * median(taken)


def rush(port: int, clients: int, turn: int) -> None:
    start = Barrier(clients)
    numbers = range(turn * clients, (turn + 1) * clients)

    def one(number: int) -> Entry:
        login = f"clerk-{number}" if number % 4 != 3 else f"nobody-{number}"
        return sign_in(port, login, PASSWORD if number % 2 == 0 else "a wrong one", start)

    with pages_meanwhile(port) as pages, ThreadPoolExecutor(clients) as crowd:
        entries = list(crowd.map(one, numbers))
    inside, refused = ([entry for entry in entries if entry.status == status] for status in (302, 422))
    away = sum(entry.sent_away for entry in entries)
    odd = [entry.status for entry in entries if entry.status not in (302, 422)]
    print(f"round {turn + 1}: inside {len(inside)}, wrong {len(refused)}, other answers {odd or 'none'}; sent away {away} times "
          f"({sum(entry.sent_away > 0 for entry in entries)} of {clients} at least once)")  # fmt: skip
    for name, seconds in (
        ("inside or refused", [e.seconds for e in entries]),
        ("first answer", [e.first for e in entries]),
        ("a page meanwhile", pages),
    ):
        p50, p95 = p50_p95(seconds)
        print(f"    {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, last {max(seconds) * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sign_in")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        open_accounts(place, asked.clients * asked.rounds)
        port = free_port()
        with served(command_of(place, port), f"http://127.0.0.1:{port}/readyz", place / "server.log"):
            print(f"{asked.clients} clients, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}", flush=True)
            print(
                f"one alone: {(single := alone(port)):.0f} ms; so all of them, one after another: {single * asked.clients / 1000:.1f} s", flush=True
            )
            for turn in range(asked.rounds):
                rush(port, asked.clients, turn)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
