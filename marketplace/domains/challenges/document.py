"""Search has no kind for challenges yet: the list of challenges leads to them."""

from marketplace.domains.challenges.model import Challenge
from search.document import Document


def documents_of(challenge: Challenge) -> list[Document]:
    return []
