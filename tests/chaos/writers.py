"""An application with four writers. Says each change only after its commit was acknowledged; ends by being killed.

In the manner `boasting` it speaks too early, to show that this would be found out.
"""

import os
import sys
from collections.abc import Callable
from threading import Lock, Thread
from time import sleep

from graph.connection import Graph, open_graph
from graph.errors import Unavailable
from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import create_achievement, revise_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import SystemClock
from marketplace.kernel.unit_of_work import UnitOfWork, change

WRITERS = 4
BETWEEN_TRIES = 0.05
BOASTS_FOR = 60.0
"""Longer than it lives."""
_speaking = Lock()
Work = Callable[[UnitOfWork], Achievement]
Carry = Callable[[Graph, str, Work], Achievement]


def say(*words: str) -> None:
    with _speaking:
        os.write(1, (" ".join(words) + "\n").encode())


def honest(graph: Graph, verb: str, work: Work) -> Achievement:
    done = change(graph, SYSTEM_ACTOR, SystemClock().now(), work, patience=15)
    say(verb, done.id)
    return done


def boasting(graph: Graph, verb: str, work: Work) -> Achievement:
    """Says it is done while the commit is still to come."""

    def early(uow: UnitOfWork) -> Achievement:
        done = work(uow)
        say(verb, done.id)
        sleep(BOASTS_FOR)
        return done

    return change(graph, SYSTEM_ACTOR, SystemClock().now(), early, patience=0)


def write(graph: Graph, carry: Carry, writer: int) -> None:
    """What the store did not acknowledge is left as it is: the writer goes on with another."""
    ordinal = 0
    while True:
        ordinal += 1
        try:
            write_one(graph, carry, f"第{writer}组第{ordinal}项改进")
        except Unavailable:
            sleep(BETWEEN_TRIES)


def write_one(graph: Graph, carry: Carry, title: str) -> None:
    """A draft, then a second text for it: two changes, each with its audit entry and its event."""
    text = AchievementText(title=title, skills=("焊接",), field="0301")
    draft = carry(graph, "created", lambda uow: create_achievement(uow, text))
    news = AchievementText(title=title, benefit="工时减少三成")
    carry(graph, "revised", lambda uow: revise_achievement(uow, draft.id, 1, news))


def main() -> None:
    url, user, password, database, manner = sys.argv[1:6]
    graph = open_graph(url, user=user, password=password, database=database or None)
    say("ready")
    for writer in range(WRITERS):
        Thread(target=write, args=(graph, {"honest": honest, "boasting": boasting}[manner], writer), daemon=True).start()
    Thread(target=sys.stdin.read).start()


if __name__ == "__main__":
    main()
