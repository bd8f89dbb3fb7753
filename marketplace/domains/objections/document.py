"""Search sees nothing of an objection: it is between a contributor and the unit."""

from marketplace.domains.objections.model import Objection
from search.document import Document


def documents_of(objection: Objection) -> list[Document]:
    return []
