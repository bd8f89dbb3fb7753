"""Search sees nothing of a unit's rules: they are its own and its people's."""

from marketplace.domains.share_rules.model import ShareRule
from search.document import Document


def documents_of(rule: ShareRule) -> list[Document]:
    return []
