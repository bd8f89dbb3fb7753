"""A request to be erased is in no search."""

from marketplace.processes.erasure.model import Erasure
from search.document import Document


def documents_of(erasure: Erasure) -> list[Document]:
    return []
