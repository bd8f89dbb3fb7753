"""`marketplace`: one small module a command. Exit codes: 0 good, 1 found something wrong, 2 misuse, or an engine that does not answer."""

from typing import Any

import click

from graph.errors import GraphError, StartFailed, Unavailable
from marketplace.cli.analyse import analyse_network
from marketplace.cli.backup import backup
from marketplace.cli.check import check
from marketplace.cli.create_admin import create_admin
from marketplace.cli.demo import demo
from marketplace.cli.explain_permission import explain_permission
from marketplace.cli.export import export
from marketplace.cli.import_file import import_file, undo_import
from marketplace.cli.init import init
from marketplace.cli.outbox import outbox
from marketplace.cli.reindex import reindex
from marketplace.cli.restore import restore
from marketplace.cli.rotate_keys import rotate_keys
from marketplace.cli.run import run
from marketplace.cli.worker import worker
from marketplace.kernel.errors import Problem
from search.errors import SearchUnavailable


class NotAnswering(click.ClickException):
    """What a setting names can't be reached or entered."""

    exit_code = 2


class Commands(click.Group):
    """What an operator can mend is one sentence on stderr, not a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except StartFailed as error:
            raise click.ClickException(f"The embedded graph did not start. The end of its log:\n{error}") from error
        except (Unavailable, SearchUnavailable) as error:
            raise NotAnswering(f"The store does not answer: {error}") from error
        except Problem as problem:
            raise click.ClickException(str(problem.message) % problem.values if problem.values else str(problem.message)) from problem
        except GraphError as error:
            raise click.ClickException(f"{type(error).__name__}: {error}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jiangchuang")
def main() -> None:
    """The marketplace of workers' innovations. Settings come from the environment; see marketplace/config.py."""


for command in (
    run,
    init,
    create_admin,
    demo,
    worker,
    outbox,
    reindex,
    analyse_network,
    check,
    explain_permission,
    export,
    import_file,
    undo_import,
    backup,
    restore,
    rotate_keys,
):
    main.add_command(command)
