"""Take out what is filtered: the same address as the page's, sent as a form, recorded, then given."""

import hashlib
import hmac
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.errors import Forbidden, Problem
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.tables import write_csv, write_xlsx
from marketplace.kernel.workdays import SHANGHAI
from marketplace.pages.downloads.rows import PEOPLE, header, rows_of
from marketplace.pages.search.state import SearchState, state_of
from marketplace.processes.downloads.model import Format
from marketplace.processes.downloads.service import record_download
from marketplace.web.access import requires
from marketplace.web.door import change_each_time
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("downloads", __name__)
IN_MEMORY = 1 << 20
WRITERS = {
    Format.CSV: (write_csv, "text/csv"), Format.XLSX: (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip


@room.post("/search/export")
@requires(Permission.SEARCH_EXPORT)
def take_out() -> ResponseReturnValue:
    """A POST, since it leaves a record: no link and no reload takes anything out."""
    format, state = asked()
    write, media = WRITERS[format]
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  sent and closed by the answer
    count = write(file, header(), rows_of(state))
    change_each_time(record_download, format, digest_of(state.text), tuple(state.filters), state.sort, count)
    file.seek(0)
    day = current_site().clock.now().astimezone(SHANGHAI).date()
    return send_file(file, media, as_attachment=True, download_name=f"{_('search results')}-{day.isoformat()}.{format}")


def asked() -> tuple[Format, SearchState]:
    """Raises Problem (400) for what no page of ours sends, Forbidden for people's cards in bulk."""
    format = request.form.get("format", "")
    if format not in tuple(Format):
        raise Problem(label("Choose a format: xlsx or csv."))
    state = state_of(request.form)
    if state.filters.get("kind") == (PEOPLE,) and not current_actor().is_officer:
        raise Forbidden(label("Cards of people can be taken out by union officers only."))
    return Format(format), state


def digest_of(words: str) -> str:
    """Keyed, so that nobody who reads the records can try words; nothing for no words."""
    return hmac.new(current_site().settings.signing_key.encode(), words.encode(), hashlib.sha256).hexdigest()[:16] if words else ""
