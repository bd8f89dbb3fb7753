"""Each export is recorded before the file is sent."""

from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created
from marketplace.processes.exports.model import Format, NetworkExport
from marketplace.processes.exports.repository import create_export_node


def record_export(uow: UnitOfWork, what: str, format: Format, nodes: int, links: int) -> NetworkExport:
    """Who, which kind and how much; no name and no address, for both may be personal."""
    uow.actor.require(Permission.NETWORK_EXPORT, None)
    export = NetworkExport(
        id=uow.new_id(), what=what, format=format, nodes=nodes, links=links, by=uow.actor.account_id, created_at=uow.now, updated_at=uow.now
    )  # fmt: skip
    create_export_node(uow.tx, export)
    uow.record(created(export, at=uow.now, verb=f"export-{format}"))
    return export
