"""An application with four writers. Says each change only after its commit was acknowledged; ends by being killed."""

import os
import sys
from threading import Lock, Thread

from graph.connection import Graph, open_graph
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import create_achievement, revise_achievement
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.clock import SystemClock
from marketplace.kernel.unit_of_work import change

WRITERS = 4
_speaking = Lock()


def say(*words: str) -> None:
    with _speaking:
        os.write(1, (" ".join(words) + "\n").encode())


def write(graph: Graph, writer: int) -> None:
    """A draft, then a second text for it: two changes, each with its audit entry and its event."""
    clock, ordinal = SystemClock(), 0
    while True:
        ordinal += 1
        text = AchievementText(title=f"第{writer}组第{ordinal}项改进", skills=("焊接",), field="0301")
        draft = change(graph, SYSTEM_ACTOR, clock.now(), lambda uow, text=text: create_achievement(uow, text), patience=15)  # type: ignore[misc]
        say("created", draft.id)
        news = AchievementText(title=text.title, benefit="工时减少三成")
        change(
            graph,
            SYSTEM_ACTOR,
            clock.now(),
            lambda uow, id=draft.id, news=news: revise_achievement(uow, id, 1, news),
            patience=15,  # type: ignore[misc]
        )
        say("revised", draft.id)


def main() -> None:
    url, user, password, database = sys.argv[1:5]
    graph = open_graph(url, user=user, password=password, database=database or None)
    say("ready")
    for writer in range(WRITERS):
        Thread(target=write, args=(graph, writer), daemon=True).start()
    Thread(target=sys.stdin.read).start()


if __name__ == "__main__":
    main()
