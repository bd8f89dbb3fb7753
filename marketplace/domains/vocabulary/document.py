"""Nobody searches for synonyms: they act on every search."""

from marketplace.domains.vocabulary.model import Synonym
from search.document import Document


def documents_of(synonym: Synonym) -> list[Document]:
    return []
