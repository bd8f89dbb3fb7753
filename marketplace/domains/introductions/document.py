"""Search sees nothing of an introduction: it is between its two sides and the scout."""

from marketplace.domains.introductions.model import Introduction
from search.document import Document


def documents_of(introduction: Introduction) -> list[Document]:
    return []
