"""Each export is recorded before the file is sent."""

from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created
from marketplace.processes.downloads.model import Download, Format
from marketplace.processes.downloads.repository import create_download_node


def record_download(uow: UnitOfWork, format: Format, words: str, filters: tuple[str, ...], sort: str, rows: int) -> Download:
    """Raises Forbidden for whoever may not take lists out."""
    uow.actor.require(Permission.SEARCH_EXPORT, None)
    download = Download(
        id=uow.new_id(), format=format, words=words, filters=filters, sort=sort, rows=rows, by=uow.actor.account_id, created_at=uow.now,
        updated_at=uow.now,
    )  # fmt: skip
    create_download_node(uow.tx, download)
    uow.record(created(download, at=uow.now, verb=f"export-{format}"))
    return download
