"""Which face stands and which gives way: the rules of writing, the same in both engines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.document import GUARDED, Document


@dataclass(slots=True)
class Shelf:
    """The faces of some entities as they stand, by key, and the versions at which faces were forgotten."""

    faces: dict[str, Document]
    gone: dict[str, int]

    def take(self, document: Document) -> bool:
        """False for what is older than what stands there, or than its own deletion."""
        before = self.faces.get(document.key)
        if document.version < max(before.version if before else 0, self.gone.get(document.key, 0)):
            return False
        self.faces[document.key] = document
        self.gone.pop(document.key, None)
        return True

    def forget(self, key: str, version: int) -> bool:
        """False where something newer stands."""
        before = self.faces.get(key)
        if before is not None and before.version > version:
            return False
        self.faces.pop(key, None)
        self.gone[key] = max(version, self.gone.get(key, 0))
        return True

    def shown(self, ids: Iterable[str]) -> Iterator[tuple[Document, tuple[str, ...]]]:
        """Each face, with the readers who are shown the guarded face instead: an entity is found through one of them."""
        for id in ids:
            guarded, public = self.faces.get(id + GUARDED), self.faces.get(id)
            if public is not None:
                yield public, guarded.audience if guarded else ()
            if guarded is not None:
                yield guarded, ()
