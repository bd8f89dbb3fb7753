"""Search sees nothing of a question of first refusal: it is one person's and the parties'."""

from marketplace.kernel.first_refusals import FirstRefusal
from search.document import Document


def documents_of(asked: FirstRefusal) -> list[Document]:
    return []
