"""Who waits at the door is found by nobody but the officers who decide, on their desk."""

from marketplace.domains.registrations.model import Registration
from search.document import Document


def documents_of(registration: Registration) -> list[Document]:
    return []
