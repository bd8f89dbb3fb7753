"""Nobody searches for ratings: they stand on the page of whoever was rated."""

from marketplace.domains.ratings.model import Rating
from search.document import Document


def documents_of(rating: Rating) -> list[Document]:
    return []
