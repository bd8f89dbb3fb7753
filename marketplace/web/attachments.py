"""What readers send along: opened by the real parser, kept before the graph tells of it, handed out as a download only."""

from collections.abc import Iterable

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.kernel.errors import NotFound
from marketplace.kernel.files import Checked, checked_file
from marketplace.kernel.stored_file import StoredFile
from marketplace.web.site import current_site


def take_upload() -> tuple[Checked, str] | None:
    """The file that was sent, and where it lies now. None where none was chosen, which the reader is told. Raises Invalid for what it is not."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        flash(_("Choose a file first."), "error")
        return None
    checked = checked_file(sent.filename, sent.read(), "file")
    return checked, current_site().files.keep(checked)


def attachment(file: StoredFile, name: str = "") -> Response:
    """Never inline: what somebody uploaded does not run on our page. `name` where its own would tell too much."""
    answer = Response(current_site().files.fetch(file.path), mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name or file.name)
    return answer


def attachment_among(files: Iterable[StoredFile], id: str) -> Response:
    """Raises NotFound for a file that is not among those that the reader may open here."""
    found = next((one for one in files if one.id == id), None)
    if found is None:
        raise NotFound(id)
    return attachment(found)
