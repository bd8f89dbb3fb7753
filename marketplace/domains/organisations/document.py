"""Organisations are reached by the tree and by links; search does not list them."""

from marketplace.domains.organisations.model import Organisation
from search.document import Document


def documents_of(organisation: Organisation) -> list[Document]:
    return []
