"""Search sees nothing of a report."""

from marketplace.domains.reviews.model import Report
from search.document import Document


def documents_of(report: Report) -> list[Document]:
    return []
