"""What the graph knows of a stored file; the bytes lie in the file store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.kernel.files import Checked


class Access(StrEnum):
    """DOMAIN, who sees what: evidence is for the signed-in, marked 'for enterprises', or the makers' own."""

    SIGNED_IN = "signed-in"
    ENTERPRISES = "enterprises"
    MAKERS = "makers"


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    path: str
    media_type: str
    size: int
    digest: str
    access: Access
    created_at: datetime


def stored_file(id: str, file: Checked, place: str, access: Access, now: datetime) -> StoredFile:
    return StoredFile(id, file.name, place, file.media_type, len(file.content), file.digest, access, now)
