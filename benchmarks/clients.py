"""Concurrent readers who keep their connection, as browsers do."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from threading import Barrier, Thread
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen


@dataclass(frozen=True, slots=True)
class Speed:
    requests_per_second: float
    p50_ms: float
    p95_ms: float


def wait_for(url: str, seconds: float = 120) -> None:
    deadline = perf_counter() + seconds
    while perf_counter() < deadline:
        try:
            with urlopen(url) as answer:
                answer.read()
        except (URLError, ConnectionError):
            sleep(0.2)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def ask(port: int, paths: Sequence[str], clients: int, seconds: float) -> Speed:
    """Every client goes round the same list, each from another place. Raises RuntimeError for any answer but 200."""
    taken: list[float] = []
    faults: list[str] = []
    start = Barrier(clients)

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        start.wait()
        ends, turn = perf_counter() + seconds, number * len(paths) // clients
        while perf_counter() < ends and not faults:
            began = perf_counter()
            connection.request("GET", paths[turn % len(paths)])
            answer = connection.getresponse()
            answer.read()
            taken.append(perf_counter() - began)
            turn += 1
            if answer.status != 200:
                faults.append(f"{answer.status} for {paths[(turn - 1) % len(paths)]}")

    began = perf_counter()
    threads = [Thread(target=client, args=(number,)) for number in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults or len(taken) < 2:
        raise RuntimeError(f"no measurement: {faults[:1]}")
    cuts = quantiles(taken, n=20)
    return Speed(len(taken) / (perf_counter() - began), cuts[9] * 1000, cuts[18] * 1000)
