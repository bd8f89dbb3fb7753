"""Which tests go to one process together: those of a file, which share what it built, and all those of an `xdist_group`.

xdist's own groups are written into the ids of tests, which pytest 9.2 no longer lets it do: every test would be on its own, and each world be
built in each process."""

import ast
from functools import cache
from pathlib import Path

from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).resolve().parents[1]
SECONDS = {"journey": 15.0, "slow": 6.0}
"""About what a test with such a mark takes: what is long begins early, so that no process is left with it at the end."""
OTHERWISE = 0.3
FEWEST = 2
"""A process begins a test when it knows the next one, or that there is none: one that came in place of a crashed one would wait for ever."""


@cache
def marks_in(path: str) -> dict[str, dict[str, str]]:
    """Of a file's tests by name, and of all of them under no name: each mark, and the word that it is given, if any."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    whole = [node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"]
    named = {node.name: node.decorator_list for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {"": _marks(whole)} | {name: _marks(decorators) for name, decorators in named.items()}


def _marks(written: list[ast.expr]) -> dict[str, str]:
    nodes = [one for expression in written for one in ast.walk(expression)]
    bare = {node.attr: "" for node in nodes if isinstance(node, ast.Attribute)}
    given = [(node.func.attr, node.args) for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return bare | {name: str(args[0].value) for name, args in given if args and isinstance(args[0], ast.Constant)}


def marks_of(nodeid: str) -> dict[str, str]:
    path, _, test = nodeid.partition("::")
    found = marks_in(path)
    return found[""] | found.get(test.partition("[")[0], {})


def scope_of(nodeid: str) -> str:
    return marks_of(nodeid).get("xdist_group") or nodeid.partition("::")[0]


def seconds_of(nodeid: str) -> float:
    return max((SECONDS[mark] for mark in marks_of(nodeid) if mark in SECONDS), default=OTHERWISE)


class Together(LoadScopeScheduling):
    """The longest first."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """What ended its process is told once, and not sent to the next one."""
        fatal = next(((unit, test) for unit in self.assigned_work[node].values() for test, done in unit.items() if not done), None)
        if fatal is None:
            return super().remove_node(node)
        unit, test = fatal
        unit[test] = True
        super().remove_node(node)
        return test

    def _assign_work_unit(self, node: WorkerController) -> None:
        longest = max(self.workqueue, key=lambda scope: sum(map(seconds_of, self.workqueue[scope])))
        self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)
        if self._pending_of(self.assigned_work[node]) < FEWEST:
            self._reschedule(node)
