"""Nobody searches for an invitation: it is reached by its code, by a message or from the page of who sent it."""

from marketplace.kernel.invitations import Invitation
from search.document import Document


def documents_of(invitation: Invitation) -> list[Document]:
    return []
